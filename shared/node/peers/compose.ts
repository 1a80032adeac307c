/**
 * What a peer has coming: its verdicts, the rows it wants that changed since it
 * was last told, the next pages of its catch-ups, and the values computed for
 * it, as one message.
 *
 * @module
 */

import { compareKeys } from "../../codec/key_order.ts";
import { inRange } from "../../ports/key_range.ts";
import type { StoredRow } from "../../ports/rows.ts";
import { LIVE_BYTES_MAX } from "../../protocol/limits.ts";
import { emptyPart, type Live, type Part } from "../../protocol/live.ts";
import { encodeMessage } from "../../protocol/message.ts";
import { takePage } from "../page.ts";
import { diffValue, NOTHING } from "../value_feed.ts";
import type { Peer, PeerWant, RowWant, Touched } from "./peer.ts";
import type { Producer } from "./producer.ts";

/** More changed rows than so many pages hold come in pages. */
const LIVE_PAGES_MAX = 4;

/**
 * The next message for a peer, or nothing. With `always`, also an empty one. One
 * that is full leaves the rest to the next.
 */
export function compose(
  producer: Producer,
  peer: Peer,
  always = false,
): { readonly number: number; readonly bytes: Uint8Array } | null {
  if (!peer.wants) return null;
  const touched = producer.touchedSince(peer);
  const parts: Part[] = [];
  let left = LIVE_BYTES_MAX;
  for (const want of peer.wants.values()) {
    for (const part of partsOf(producer, peer, want, touched, left)) {
      left -= bytesOf(part);
      parts.push(part);
    }
  }
  const { verdicts } = peer;
  if (verdicts.length > 0) parts.push(...stillToCome(peer, parts));
  peer.seq = producer.head;
  peer.touched.clear();
  peer.verdicts = [];
  if (!always && parts.length === 0 && verdicts.length === 0) return null;
  const live: Live = {
    type: "live",
    link: peer.link,
    number: ++peer.number,
    head: peer.seq,
    epoch: producer.epoch,
    timeMs: producer.timeMs,
    verdicts,
    parts,
  };
  return { number: live.number, bytes: encodeMessage(live) };
}

/** Says whether there may be more for a peer than was sent. */
export function hasMore(producer: Producer, peer: Peer): boolean {
  if (!peer.wants) return false;
  const touched = producer.touchedSince(peer);
  if (peer.verdicts.length > 0 || touched === null || touched.length > 0) {
    return true;
  }
  return [...peer.wants.values()].some((want) =>
    want.kind === "rows"
      ? want.next !== null && producer.isWhole(want)
      : want.log === null
  );
}

/** Tells who hears of an answer which rows come later, because they are not here. */
function stillToCome(peer: Peer, parts: readonly Part[]): Part[] {
  const told = new Set(parts.map((part) => part.want));
  return [...peer.wants!.values()].flatMap((want): Part[] =>
    want.kind === "value" || want.next === null || told.has(want.id)
      ? []
      : [emptyPart(want.id, want.next)]
  );
}

function* partsOf(
  producer: Producer,
  peer: Peer,
  want: PeerWant,
  touched: readonly Touched[] | null,
  left: number,
): Generator<Part> {
  if (want.kind === "rows") {
    return yield* rowParts(producer, peer, want, touched, left);
  }
  if (left <= 0) {
    // It is run for the next message.
    want.log = null;
    return;
  }
  const value = producer.valueOf(want, touched);
  if (!value) return;
  if (value === NOTHING) {
    if (want.last === null && !want.isVoid) yield emptyPart(want.id);
    want.isVoid = true;
    return;
  }
  const part = diffValue(want.id, want.last, value, producer.head);
  want.last = value;
  if (part) yield part;
}

function* rowParts(
  producer: Producer,
  peer: Peer,
  want: RowWant,
  touched: readonly Touched[] | null,
  left: number,
): Generator<Part> {
  const { rows: view, paging } = producer;
  const { path, range } = want;
  const { rows, gone } = changed(producer, peer, want, touched);
  const live = { ...emptyPart(want.id, want.next), rows, gone };
  const isTooMany = want.next === null &&
    rows.length > LIVE_PAGES_MAX * paging.rows;
  const isTooMuch = rows.length > 0 && bytesOf(live) > left;
  if (isTooMany || isTooMuch) {
    // Too much for one message: what was missed comes in pages.
    if (want.next === null) {
      want.since = peer.seq;
      want.replace = false;
    }
    want.next = range.from;
    // What comes later than this message is missing in what was here whole.
    if (gone.length > 0 || left <= 0) {
      yield { ...emptyPart(want.id, want.next), gone };
    }
  } else if (rows.length + gone.length > 0) {
    yield live;
  }
  if (left <= 0 || want.next === null || !producer.isWhole(want)) return;
  const from = want.next;
  const progress = { next: from, since: want.since, resumed: null };
  const page = takePage(view, path, [range], progress, () => true, paging);
  const replace = want.replace ? { from, to: page.next ?? range.to } : null;
  want.next = page.next;
  yield { ...emptyPart(want.id, page.next), rows: page.rows, replace };
}

function bytesOf({ rows, gone }: Part): number {
  let bytes = 0;
  for (const { key, body } of rows) bytes += key.length + body.length;
  for (const key of gone) bytes += key.length;
  return bytes;
}

/** The rows of a want that became others where the peer holds it already. */
function changed(
  { rows: view }: Producer,
  peer: Peer,
  { path, range, next }: RowWant,
  touched: readonly Touched[] | null,
): { readonly rows: readonly StoredRow[]; readonly gone: readonly string[] } {
  const isHeld = (key: string) =>
    inRange(range, key) && (next === null || compareKeys(key, next) < 0);
  if (touched === null) {
    const rows = view.since(path, range, peer.seq);
    return { rows: rows.filter((row) => isHeld(row.key)), gone: [] };
  }
  const rows: StoredRow[] = [];
  const gone: string[] = [];
  for (const [at, key] of touched) {
    if (at !== path || !isHeld(key)) continue;
    const row = view.get(path, key);
    if (row) rows.push(row);
    else gone.push(key);
  }
  return { rows, gone };
}
