/**
 * The power of the checkers: each planted bug must be caught by the memory world,
 * within a few hundred seeds.
 *
 * @module
 */

import { assert, assertStringIncludes } from "@std/assert";
import { inPlantedCopy } from "./planted_copy.ts";
import { PLANTS } from "./plants.ts";

const ROOT = new URL("../../", import.meta.url);
const SEEDS_MAX = 400;

async function runSeeds(
  folder: URL,
  scenario = "todo",
): Promise<{ code: number; text: string }> {
  await Deno.mkdir(new URL("tests/sim/", folder), { recursive: true });
  for (const name of ["slice.ts", "seeds.ts"]) {
    const file = `tests/sim/${name}`;
    await Deno.copyFile(new URL(file, ROOT), new URL(file, folder));
  }
  const script = new URL("tests/sim/seeds.ts", folder);
  const args = [
    "run",
    "--no-check",
    "--no-config",
    script.href,
    "0",
    `${SEEDS_MAX}`,
    scenario,
  ];
  const command = new Deno.Command(Deno.execPath(), {
    args,
    stdout: "piped",
    stderr: "piped",
  });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

for (const bug of PLANTS) {
  Deno.test(`planted and caught: ${bug.name}`, async () => {
    await inPlantedCopy(bug, async (folder) => {
      const { code, text } = await runSeeds(folder, bug.scenario);
      assert(code !== 0, `${SEEDS_MAX} seeds saw nothing`);
      assertStringIncludes(text, "seed ");
    });
  });
}
