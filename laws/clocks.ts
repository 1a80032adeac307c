import * as fc from "fast-check";
import type { Clock } from "../shared/crdt/contract.ts";

/** Makes clocks as coarse and as wrong as they come: they stand still, tie and go back. */
export const clocks: fc.Arbitrary<() => Clock> = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 })
  .map((times) => () => {
    let at = 0;
    return { now: () => times[at++ % times.length]! };
  });
