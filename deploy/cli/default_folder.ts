import { fileURLToPath } from "node:url";

/** The app that the kit itself comes with. */
const EXAMPLE = fileURLToPath(new URL("../../examples/todo", import.meta.url));

/** The app that is meant when none is named: the one here, else the example. */
export async function defaultFolder(): Promise<string> {
  const here = await Deno.stat("app.ts").catch(() => null);
  return here?.isFile ? "." : EXAMPLE;
}
