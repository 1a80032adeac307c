import type { Dot } from "./contract.ts";

/** The dot of what nobody wrote: the value of a computation, and `init`. */
export const NO_DOT: Dot = { actor: "", counter: 0 };
