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
import type { Live, Part } from "../../protocol/live.ts";
import { encodeMessage } from "../../protocol/message.ts";
import { takePage } from "../page.ts";
import { diffValue } from "../value_feed.ts";
import type { Peer, PeerWant, RowWant, Touched } from "./peer.ts";
import type { Producer } from "./producer.ts";

/** More changed rows than so many pages hold come in pages. */
const LIVE_PAGES_MAX = 4;

/** The next message for a peer, or nothing. With `always`, also an empty one. */
export function compose(
  producer: Producer,
  peer: Peer,
  always = false,
): { readonly number: number; readonly bytes: Uint8Array } | null {
  if (!peer.wants) return null;
  const touched = producer.touchedSince(peer);
  const parts: Part[] = [];
  for (const want of peer.wants.values()) {
    parts.push(...partsOf(producer, peer, want, touched));
  }
  const { verdicts } = peer;
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

function* partsOf(
  producer: Producer,
  peer: Peer,
  want: PeerWant,
  touched: readonly Touched[] | null,
): Generator<Part> {
  if (want.kind === "rows") {
    return yield* rowParts(producer, peer, want, touched);
  }
  const value = producer.valueOf(want, touched);
  if (!value) return;
  const part = diffValue(want.id, want.last, value, producer.head);
  want.last = value;
  if (part) yield part;
}

function* rowParts(
  producer: Producer,
  peer: Peer,
  want: RowWant,
  touched: readonly Touched[] | null,
): Generator<Part> {
  const { rows: view, paging } = producer;
  const { path, range } = want;
  const { rows, gone } = changed(producer, peer, want, touched);
  const part = {
    want: want.id,
    rows: [],
    gone: [],
    replace: null,
    digest: null,
  };
  if (want.next === null && rows.length > LIVE_PAGES_MAX * paging.rows) {
    // Too much for one message: what was missed comes in pages.
    want.next = range.from;
    want.since = peer.seq;
    want.replace = false;
    if (gone.length > 0) yield { ...part, gone, next: want.next };
  } else if (rows.length + gone.length > 0) {
    yield { ...part, rows, gone, next: want.next };
  }
  if (want.next === null || !producer.isWhole(want)) return;
  const from = want.next;
  const progress = { next: from, since: want.since, resumed: null };
  const page = takePage(view, path, [range], progress, () => true, paging);
  const replace = want.replace ? { from, to: page.next ?? range.to } : null;
  want.next = page.next;
  yield { ...part, rows: page.rows, replace, next: page.next };
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
