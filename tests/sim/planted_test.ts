/**
 * The power of the checkers: each planted bug must be caught by the memory world,
 * within a few hundred seeds.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Plant, PLANTS } from "./plants.ts";

const ROOT = new URL("../../", import.meta.url);
const SEEDS_MAX = 400;

async function copyFolder(from: URL, to: URL): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const entry of Deno.readDir(from)) {
    const [source, target] = [
      new URL(entry.name, from),
      new URL(entry.name, to),
    ];
    if (entry.isDirectory) {
      await copyFolder(new URL(`${source}/`), new URL(`${target}/`));
    } else if (entry.name.endsWith(".ts")) await Deno.copyFile(source, target);
  }
}

async function plant(folder: URL, { file, find, put }: Plant): Promise<void> {
  const url = new URL(file, folder);
  const text = await Deno.readTextFile(url);
  assertEquals(text.split(find).length, 2, `${file} holds it once: ${find}`);
  await Deno.writeTextFile(url, text.replace(find, () => put));
}

async function runSeeds(
  folder: URL,
  scenario = "todo",
): Promise<{ code: number; text: string }> {
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
    const path = await Deno.makeTempDir({ prefix: "zonekit-plant-" });
    try {
      const folder = new URL(`file://${path}/`);
      for (const name of ["shared/", "sim/"]) {
        await copyFolder(new URL(name, ROOT), new URL(name, folder));
      }
      await Deno.mkdir(new URL("tests/sim/", folder), { recursive: true });
      for (const name of ["slice.ts", "seeds.ts"]) {
        const file = `tests/sim/${name}`;
        await Deno.copyFile(new URL(file, ROOT), new URL(file, folder));
      }
      await plant(folder, bug);
      const { code, text } = await runSeeds(folder, bug.scenario);
      assert(code !== 0, `${SEEDS_MAX} seeds saw nothing`);
      assertStringIncludes(text, "seed ");
    } finally {
      await Deno.remove(path, { recursive: true });
    }
  });
}
