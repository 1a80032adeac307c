import { assertEquals } from "@std/assert";
import { ROOT } from "./repository.ts";

const ENTRIES = [
  "shared/mod.ts",
  "zones/client/mod.ts",
  "zones/server/mod.ts",
  "zones/db/mod.ts",
  "sim/mod.ts",
  "deploy/mod.ts",
];

/** Returns what `deno doc --lint` prints, and whether it found no fault. */
async function lintDocs(): Promise<{ success: boolean; text: string }> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", ...ENTRIES],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  return { success, text: new TextDecoder().decode(stderr) };
}

/** A fault as it is printed: what is wrong, and below it where. */
const FAULT = /^error\[[^\]]+\]: (.*)\n +--> (.*)$/gm;

Deno.test("everything public is documented, by public types", async () => {
  const { success, text } = await lintDocs();
  const faults = [...text.matchAll(FAULT)]
    .map(([, message, where]) => `${where}: ${message}`);
  // A fault that could not be read must not pass for none.
  assertEquals(success, faults.length === 0, text);
  // A package that stands in a public signature has faults of its own.
  const ours = faults.filter((fault) => !fault.includes("/node_modules/"));
  assertEquals(ours, []);
});
