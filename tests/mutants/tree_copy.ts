/**
 * A copy of the core and the simulator, to plant bugs in.
 *
 * @module
 */

import type { LawPlant } from "./plant.ts";

const ROOT = new URL("../../", import.meta.url);

/** A folder with a copy, in which one bug at a time is planted. */
export class TreeCopy {
  readonly #folder: URL;

  private constructor(folder: URL) {
    this.#folder = folder;
  }

  /** Copies the tree, and these files and folders besides. */
  static async make(
    files: readonly string[] = [],
    folders: readonly string[] = [],
  ): Promise<TreeCopy> {
    const path = await Deno.makeTempDir({ prefix: "zonekit-mutants-" });
    const folder = new URL(`file://${path}/`);
    for (const name of ["shared/", "sim/", ...folders]) {
      await copyFolder(new URL(name, ROOT), new URL(name, folder));
    }
    for (const file of files) {
      const target = new URL(file, folder);
      await Deno.mkdir(new URL(".", target), { recursive: true });
      await Deno.copyFile(new URL(file, ROOT), target);
    }
    return new TreeCopy(folder);
  }

  /** A file of the copy. */
  at(file: string): URL {
    return new URL(file, this.#folder);
  }

  /** Does something while a bug stands in the copy. */
  async planted<T>(
    { file, find, put }: LawPlant,
    run: () => Promise<T>,
  ): Promise<T> {
    const text = await Deno.readTextFile(this.at(file));
    const times = text.split(find).length - 1;
    if (times !== 1) {
      throw new Error(`${file} holds it ${times} times: ${find}`);
    }
    await Deno.writeTextFile(this.at(file), text.replace(find, () => put));
    try {
      return await run();
    } finally {
      await Deno.writeTextFile(this.at(file), text);
    }
  }

  /** Takes the copy away. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#folder, { recursive: true });
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
    } else if (/\.(ts|json)$/.test(entry.name)) {
      await Deno.copyFile(source, target);
    }
  }
}
