/**
 * The README shows the example as it is.
 *
 * @module
 */

import { assertMatch, assertStringIncludes } from "@std/assert";

const ROOT = new URL("../../", import.meta.url);

Deno.test("the README's spec is the to-do app's own", async () => {
  const readme = await Deno.readTextFile(new URL("README.md", ROOT));
  const spec = await Deno.readTextFile(new URL("examples/todo/app.ts", ROOT));
  assertStringIncludes(readme, "```ts\n" + spec.trimEnd() + "\n```");
});

/** Lines without their margins, as text stands deeper in one place than in another. */
function flat(text: string): string {
  return text.split("\n").map((line) => line.trim()).join("\n");
}

Deno.test("what the README shows of a proof stands in the example", async () => {
  const readme = await Deno.readTextFile(new URL("README.md", ROOT));
  for (
    const [file, begins] of [
      ["examples/todo/sim.ts", "{\n  name:"],
      ["examples/todo/hostile_test.ts", "Deno.test("],
    ] as const
  ) {
    const [, shown] = readme.split("```ts\n" + begins);
    const [code = ""] = shown?.split("\n```") ?? [];
    assertMatch(code, /\S/);
    const text = await Deno.readTextFile(new URL(file, ROOT));
    assertStringIncludes(flat(text), flat(begins + code));
  }
});
