/**
 * The fixture, built and running in real workerd, with a look at what its
 * masters have on disk.
 *
 * @module
 */

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { type DevApp, type DevOptions, startDev } from "../../deploy/mod.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import spec from "./fixture/app.ts";

/** The entries that the build takes from the fixture's folder. */
const ENTRIES = [
  new URL("./fixture/server.ts", import.meta.url),
  new URL("./fixture/db.ts", import.meta.url),
  new URL("./fixture/page.ts", import.meta.url),
];
const FOLDER = fileURLToPath(new URL(".", ENTRIES[0]));

/** The fixture, as every node parses it. */
export const APP = parseAppSpec(spec);

/** Stored rows as text, by `path key object`: seq and body. */
export type StoredTexts = ReadonlyMap<string, string>;

/** The fixture, running. */
export interface RunningFixture extends AsyncDisposable {
  /** Where it is. */
  readonly url: string;
  /** What runs it. */
  readonly app: DevApp;
  /** Every row that the masters have stored, bookkeeping included. */
  storedRows(): StoredTexts;
}

/** Starts the fixture in a work folder of its own. */
export async function startFixture(
  options: DevOptions = {},
): Promise<RunningFixture> {
  const workFolder = await Deno.makeTempDir();
  const app = await startDev(FOLDER, { port: 0, workFolder, ...options });
  const objects = join(workFolder, "data", `${app.scriptNames.db}-DbNode`);
  return {
    url: app.url,
    app,
    storedRows: () => readRows(objects),
    async [Symbol.asyncDispose]() {
      await app.stop();
      await Deno.remove(workFolder, { recursive: true });
    },
  };
}

/** The rows that hold what users wrote: no row of the kit's own bookkeeping. */
export function dataRows(rows: StoredTexts): StoredTexts {
  return new Map([...rows].filter(([name]) => name.startsWith("/")));
}

function readRows(folder: string): StoredTexts {
  const files = [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => /^[0-9a-f]+\.sqlite$/.test(name)).sort();
  return new Map(files.flatMap((name) => rowsOf(folder, name)));
}

function rowsOf(folder: string, name: string): [string, string][] {
  using database = new DatabaseSync(join(folder, name), { readOnly: true });
  return database
    .prepare("SELECT path, key, seq, hex(body) AS body FROM rows")
    .all()
    .map((row) => [
      `${row.path} ${row.key} ${name}`,
      `${row.seq} ${row.body}`,
    ]);
}
