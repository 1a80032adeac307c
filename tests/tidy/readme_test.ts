/**
 * The README shows the example as it is.
 *
 * @module
 */

import { assertStringIncludes } from "@std/assert";

const ROOT = new URL("../../", import.meta.url);

Deno.test("the README's spec is the to-do app's own", async () => {
  const readme = await Deno.readTextFile(new URL("README.md", ROOT));
  const spec = await Deno.readTextFile(new URL("examples/todo/app.ts", ROOT));
  assertStringIncludes(readme, "```ts\n" + spec.trimEnd() + "\n```");
});
