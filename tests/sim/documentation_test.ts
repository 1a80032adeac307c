/**
 * The examples in the simulator's documentation do what they say.
 *
 * @module
 */

import { assertEquals } from "@std/assert";

const ROOT = new URL("../../", import.meta.url);

Deno.test("what the simulator's documentation shows runs, and its assertions hold", async () => {
  const files = ["mod", "start_app", "membership", "simulate"];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--doc", ...files.map((name) => `sim/${name}.ts`)],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const decoder = new TextDecoder();
  const said = decoder.decode(stdout) + decoder.decode(stderr);
  assertEquals(success, true, said);
  // `console.assert` only says so.
  assertEquals(said.includes("Assertion failed"), false, said);
  const ran = files.filter((name) =>
    new RegExp(`sim/${name}\\.ts#\\S+ \\.\\.\\. ok`).test(said)
  );
  assertEquals(ran, files, said);
});
