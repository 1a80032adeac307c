/**
 * Forgetting what is older than anybody may still ask for: tombstones, and what
 * was answered to authors who have gone. A few rows are looked at with each
 * commit, from where the last one stopped, round and round: no alarm, no index.
 *
 * @module
 */

import { compareKeys } from "../../codec/key_order.ts";
import { after } from "../../ports/key_range.ts";
import type { StoredRow } from "../../ports/rows.ts";
import { DAY_MS, HORIZON_MS } from "../../protocol/limits.ts";
import type { App, SourceVar } from "../../spec/app.ts";
import type { DraftRows } from "../draft_rows.ts";
import type { Surroundings } from "../outcome.ts";
import { decodeRow } from "../row_body.ts";
import type { Touched } from "../peers/peer.ts";
import { ACTORS_PATH } from "./ring.ts";
import type { MasterState } from "./state.ts";

/** So many rows are looked at, and two for each that the commit changes: thus what goes outruns what comes. */
const ROWS_MIN = 8;
/** Rows in memory at a time. */
const CHUNK_ROWS = 32;

/** Forgets what is old among the next rows; returns where to go on. */
export function sweepSome(
  { app, ring }: MasterState,
  { rows, nowMs }: Surroundings,
  draft: DraftRows,
  changed: number,
): Touched {
  const paths = sweptPaths(app);
  const [stopped, key] = ring.sweep;
  // A deploy may have taken the path away: then the next one.
  const next = paths.findIndex((path) => compareKeys(path, stopped) >= 0);
  const at = Math.max(0, next);
  const path = paths[at]!;
  let from = path === stopped ? key : "";
  for (let left = ROWS_MIN + 2 * changed; left > 0; left -= CHUNK_ROWS) {
    const most = Math.min(left, CHUNK_ROWS);
    const found = rows.range(path, { from, to: null }, most);
    for (const row of found) {
      if (row.seq >= nowMs - HORIZON_MS - DAY_MS) continue;
      // What this commit writes, or has written anew, is not what was read.
      if (draft.get(path, row.key)?.seq !== row.seq) continue;
      if (isGone(app, path, row)) draft.remove(path, row.key);
    }
    if (found.length < most) return [paths[at + 1] ?? paths[0]!, ""];
    from = after(found.at(-1)!.key);
  }
  return [path, from];
}

/** What is walked over, in key order. */
function sweptPaths(app: App): string[] {
  const sources = app.zones.get(app.root)!.vars
    .filter(({ kind }) => kind === "source").map(({ path }) => path);
  return [ACTORS_PATH, ...sources].sort(compareKeys);
}

/** Whether a row says no more than that nothing is there; a key of `init` would come back. */
function isGone(app: App, path: string, row: StoredRow): boolean {
  if (path === ACTORS_PATH) return true;
  const variable = app.vars.get(path) as SourceVar;
  if (variable.initRows.has(row.key)) return false;
  return !variable.crdt.isLive(decodeRow(variable.crdt, row.body));
}
