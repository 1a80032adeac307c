/**
 * What stands in a master's own store, read from its file, past all of the kit
 * but the form of a row.
 *
 * @module
 */

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Writer } from "../../shared/codec/writer.ts";
import { decodeRow } from "../../shared/node/row_body.ts";
import type { AppSpec } from "../../shared/spec/app_spec.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import type { Stage } from "./stage.ts";

/** A row of the master. */
export interface MasterRow {
  /** The commit it came with. */
  readonly seq: number;
  /** Its value; `undefined` for one that was removed. */
  readonly value: unknown;
}

/** The rows of a var, by key. */
export function masterRows(
  stage: Stage,
  spec: AppSpec,
  path: string,
): Map<string, MasterRow> {
  const { crdt } = parseAppSpec(spec).vars.get(path)!;
  return new Map(
    select(stage, path).map(({ key, seq, body }) => {
      const row = decodeRow(crdt, body);
      const value = crdt.isLive(row) ? crdt.valueOf(row) : undefined;
      return [key, { seq, value }];
    }),
  );
}

/**
 * How many commits have touched a row: each of them names the keys it changed.
 * With its length before it, for it may also name the place behind a key, where
 * its sweep has stopped.
 */
export function commitsOf(stage: Stage, key: string): number {
  const writer = new Writer();
  writer.string(key);
  const hex = writer.finish().toHex();
  return select(stage, "#ring")
    .filter(({ body }) => body.toHex().includes(hex)).length;
}

interface Stored {
  readonly key: string;
  readonly seq: number;
  readonly body: Uint8Array;
}

function select(stage: Stage, path: string): Stored[] {
  using database = new DatabaseSync(fileOf(stage), { readOnly: true });
  const query = "SELECT key, seq, body FROM rows WHERE path = ?";
  return database.prepare(query).all(path).map((row) => ({
    key: String(row.key),
    seq: Number(row.seq),
    body: row.body as Uint8Array,
  }));
}

/** The file of the one master there is. */
function fileOf({ app, dataFolder }: Stage): string {
  const folder = join(dataFolder, `${app.scriptNames.db}-DbNode`);
  const [file, ...more] = [...Deno.readDirSync(folder)]
    .map(({ name }) => name)
    .filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name));
  if (file === undefined || more.length > 0) {
    throw new Error(`There are ${more.length} masters more than one`);
  }
  return join(folder, file);
}
