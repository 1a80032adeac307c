/**
 * What a peer has coming: its verdicts, the rows it wants that changed since it
 * was last told, the next pages of its catch-ups, and the values computed for
 * it, as one message.
 *
 * @module
 */

import { compareKeys } from "../../codec/key_order.ts";
import { inRange } from "../../ports/key_range.ts";
import type { RowView } from "../../ports/rows.ts";
import type { Live, Part } from "../../protocol/live.ts";
import { encodeMessage } from "../../protocol/message.ts";
import { PAGE_ROWS_MAX } from "../../protocol/limits.ts";
import { FaultError } from "../../protocol/fault_error.ts";
import type { Surroundings } from "../outcome.ts";
import { takePage } from "../page.ts";
import { ReadLog } from "../read_log.ts";
import { diffValue } from "../value_feed.ts";
import { WHOLE } from "../var_rows.ts";
import type { Peer, RowWant, ValueWant } from "./peer.ts";
import { evaluateFor } from "./place.ts";
import type { Touched } from "./ring.ts";
import type { MasterState } from "./state.ts";

/** More changed rows than this come in pages. */
const LIVE_ROWS_MAX = 4 * PAGE_ROWS_MAX;

/** What composing reads. */
export interface Sight {
  /** The master. */
  readonly state: MasterState;
  /** The event's surroundings. */
  readonly around: Surroundings;
  /** The rows after this event's commit. */
  readonly rows: RowView;
}

/** The next message for a peer, or nothing. With `always`, also an empty one. */
export function compose(
  sight: Sight,
  peer: Peer,
  always = false,
): { readonly number: number; readonly bytes: Uint8Array } | null {
  if (!peer.wants) return null;
  const { head } = sight.state.ring;
  const touched = peer.seq < head
    ? sight.state.ring.touchedSince(peer.seq)
    : [];
  const parts: Part[] = [];
  for (const want of peer.wants.values()) {
    if (want.kind === "rows") addRows(sight, peer, want, touched, parts);
    else addValue(sight, peer, want, touched, parts);
  }
  const { verdicts } = peer;
  peer.seq = head;
  peer.verdicts = [];
  if (!always && parts.length === 0 && verdicts.length === 0) return null;
  const live: Live = {
    type: "live",
    link: peer.link,
    number: ++peer.number,
    head,
    timeMs: sight.around.nowMs,
    verdicts,
    parts,
  };
  return { number: live.number, bytes: encodeMessage(live) };
}

/** Says whether there is more for a peer than was sent. */
export function hasMore(state: MasterState, peer: Peer): boolean {
  if (!peer.wants) return false;
  if (peer.verdicts.length > 0 || peer.seq < state.ring.head) return true;
  return [...peer.wants.values()].some((want) =>
    want.kind === "rows" ? want.next !== null : want.log === null
  );
}

function addRows(
  { rows }: Sight,
  peer: Peer,
  want: RowWant,
  touched: readonly Touched[] | null,
  parts: Part[],
): void {
  const { path } = want.want;
  const range = want.want.range ?? WHOLE;
  const held = (key: string) =>
    inRange(range, key) &&
    (want.next === null || compareKeys(key, want.next) < 0);
  const changed = touched === null
    ? rows.since(path, range, peer.seq).filter((row) => held(row.key))
    : touched.flatMap(([at, key]) => {
      const row = at === path && held(key) ? rows.get(path, key) : undefined;
      return row ? [row] : [];
    });
  const base = { want: want.want.id, gone: [], digest: null };
  if (want.next === null && changed.length > LIVE_ROWS_MAX) {
    // Too much for one message: what was missed comes in pages.
    want.next = range.from;
    want.since = peer.seq;
    want.replace = false;
  } else if (changed.length > 0) {
    parts.push({ ...base, rows: changed, replace: null, next: want.next });
  }
  if (want.next === null) return;
  const from = want.next;
  const progress = { next: from, since: want.since, resumed: null };
  const page = takePage(rows, path, [range], progress, () => true);
  const replace = want.replace ? { from, to: page.next ?? range.to } : null;
  want.next = page.next;
  parts.push({ ...base, rows: page.rows, replace, next: page.next });
}

function addValue(
  { state, around, rows }: Sight,
  peer: Peer,
  want: ValueWant,
  touched: readonly Touched[] | null,
  parts: Part[],
): void {
  const { log } = want;
  const stale = log === null || touched === null ||
    touched.some(([path, key]) => log.covers(path, key));
  const variable = state.app.vars.get(want.want.path);
  if (!stale || variable?.kind !== "derived") return;
  const consumer = want.want.consumer ?? { nodeId: peer.name, claims: {} };
  want.log = new ReadLog();
  try {
    const value = evaluateFor(
      state,
      around,
      rows,
      state.ring.counts,
      variable,
      consumer,
      want.log,
    );
    if (!value) return;
    const part = diffValue(
      want.want.id,
      want.last,
      value,
      state.ring.head,
    );
    want.last = value;
    if (part) parts.push(part);
  } catch (error) {
    // A computation that throws leaves the last good value where it is; it is
    // tried again when something that it read changes.
    if (!(error instanceof FaultError)) throw error;
  }
}
