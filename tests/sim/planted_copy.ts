/**
 * A copy of the core and the simulator with a bug planted in it.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { Plant } from "./plants.ts";

const ROOT = new URL("../../", import.meta.url);

/** Does something in a copy of the tree with a bug in it, which is gone afterwards. */
export async function inPlantedCopy(
  bug: Plant,
  run: (folder: URL) => Promise<void>,
): Promise<void> {
  const path = await Deno.makeTempDir({ prefix: "zonekit-plant-" });
  try {
    const folder = new URL(`file://${path}/`);
    for (const name of ["shared/", "sim/"]) {
      await copyFolder(new URL(name, ROOT), new URL(name, folder));
    }
    await plant(folder, bug);
    await run(folder);
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

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
