/**
 * A copy of the fixture app, for a test to edit, build and run.
 *
 * @module
 */

import { basename, join } from "node:path";

const FILES = [
  new URL("./fixture/app.ts", import.meta.url),
  new URL("./fixture/count_for_server.ts", import.meta.url),
  new URL("./fixture/db.ts", import.meta.url),
  new URL("./fixture/env.ts", import.meta.url),
  new URL("./fixture/index.html", import.meta.url),
  new URL("./fixture/page.ts", import.meta.url),
  new URL("./fixture/rules.ts", import.meta.url),
  new URL("./fixture/server.ts", import.meta.url),
  new URL("./fixture/style.css", import.meta.url),
];

/** A folder of its own with the fixture app in it. */
export interface AppCopy extends AsyncDisposable {
  /** The app's folder, which is called `fixture`. */
  readonly path: string;
  /** Replaces a piece of a file, which must be there. */
  edit(file: string, from: string, to: string): Promise<void>;
  /** Writes a file. */
  write(file: string, text: string): Promise<void>;
  /** Reads a file. */
  read(file: string): Promise<string>;
}

/** Copies the fixture app; the copy is removed at the end. */
export async function copyFixture(): Promise<AppCopy> {
  const parent = await Deno.realPath(await Deno.makeTempDir());
  const path = join(parent, "fixture");
  await Deno.mkdir(path);
  for (const url of FILES) {
    await Deno.copyFile(url, join(path, basename(url.pathname)));
  }
  const copy: AppCopy = {
    path,
    read: (file) => Deno.readTextFile(join(path, file)),
    write: (file, text) => Deno.writeTextFile(join(path, file), text),
    async edit(file, from, to) {
      const text = await copy.read(file);
      if (!text.includes(from)) throw new Error(`No "${from}" in ${file}`);
      await copy.write(file, text.replace(from, () => to));
    },
    [Symbol.asyncDispose]: () => Deno.remove(parent, { recursive: true }),
  };
  return copy;
}
