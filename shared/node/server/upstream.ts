/**
 * A server node's link to its parent: what it demands, counted by those who
 * need it, and the copy that this keeps fresh. The copy knows which ranges it
 * holds whole.
 *
 * @module
 */

import { compareKeys } from "../../codec/key_order.ts";
import { encodeValue } from "../../codec/value.ts";
import { encodeBase64Url } from "../../crdt/base64url.ts";
import { inRange } from "../../ports/key_range.ts";
import type { KeyRange } from "../../ports/rows.ts";
import type { Live, Part, Verdict } from "../../protocol/live.ts";
import { encodeMessage } from "../../protocol/message.ts";
import { PROTOCOL_VERSION } from "../../protocol/version.ts";
import type { Consumer, Want } from "../../protocol/want.ts";
import type { App } from "../../spec/app.ts";
import { applyPart, type Change } from "../apply_part.ts";
import type { DraftRows } from "../draft_rows.ts";

/** Something this node demands. */
interface Held {
  /** What the parent calls it. */
  readonly id: number;
  readonly path: string;
  readonly range: KeyRange;
  readonly consumer: Consumer | null;
  /** Where its rows are kept. */
  readonly rowsPath: string;
  /** How many need it. */
  users: number;
  /** Whether all of it is here. */
  whole: boolean;
  /** Whether it is a derived var that never had a value. */
  isVoid: boolean;
  /** All of it was here once, up to this seq; `null` when it never was. */
  seq: number | null;
  /** When that was, by the master's time. */
  syncedMs: number;
}

/** The link upward and what is held through it. */
export interface Upstream {
  /** Its number; 0 before the first hello. */
  link: number;
  /** Whether the parent has answered the hello. */
  greeted: boolean;
  /** The history of the copy. */
  epoch: string;
  /** The copy is current up to this seq. */
  head: number;
  /** What is here whole was current at this time of the master's. */
  syncedMs: number;
  /** The last live message applied. */
  number: number;
  /** Demands sent since the hello. */
  demandVersion: number;
  /** What to add to the master's time: its time less this node's. */
  offsetMs: number;
  /** When the parent was asked for the root's head; `null` when it has answered. */
  askedAtMs: number | null;
  /** Whether something may have been lost further up: the parent is to be asked. */
  isDoubted: boolean;
  /** Whether `head` was the root's own when the parent last spoke. */
  isLatest: boolean;
  /** Since when a message between others is missing; `null` for none. */
  gapMs: number | null;
  /** Messages that came before their turn. */
  readonly early: Map<number, Live>;
  /** The id of the last demand. */
  lastId: number;
  /** What is demanded. */
  readonly held: Map<string, Held>;
  /** Keys of demands not told to the parent yet. */
  readonly added: Set<string>;
  /** Demands to withdraw. */
  readonly dropped: Map<string, Held>;
}

/** What is missing between messages for so long is asked for. */
export const GAP_MS_MAX = 2_000;

/** A link that is not there yet. */
export function newUpstream(): Upstream {
  return {
    link: 0,
    greeted: false,
    epoch: "",
    head: 0,
    syncedMs: 0,
    number: 0,
    demandVersion: 0,
    offsetMs: 0,
    askedAtMs: null,
    isDoubted: false,
    isLatest: false,
    gapMs: null,
    early: new Map(),
    lastId: 0,
    held: new Map(),
    added: new Set(),
    dropped: new Map(),
  };
}

/**
 * Where the rows of a demand are kept: apart for each consumer of a derived var.
 * A consumer is what its session claims, and only then what it calls itself.
 */
function rowsPathOf(path: string, consumer: Consumer | null): string {
  if (consumer === null) return path;
  const claims = encodeBase64Url(encodeValue(consumer.claims));
  return `${path}@${consumer.nodeId} ${claims}`;
}

/** Demands something for one more user; returns the key to release it by. */
export function hold(
  up: Upstream,
  path: string,
  range: KeyRange,
  consumer: Consumer | null = null,
): string {
  const rowsPath = rowsPathOf(path, consumer);
  const key = `${rowsPath}\n${range.from}\n${range.to ?? "\n"}`;
  const held = up.held.get(key);
  if (held) held.users++;
  else {
    up.held.set(key, {
      id: ++up.lastId,
      path,
      range,
      consumer,
      rowsPath,
      users: 1,
      whole: false,
      isVoid: true,
      seq: null,
      syncedMs: 0,
    });
    up.added.add(key);
  }
  return key;
}

/** Gives up one use of a demand; the last one withdraws it. */
export function release(up: Upstream, key: string): void {
  const held = up.held.get(key);
  if (!held || --held.users > 0) return;
  up.held.delete(key);
  if (!up.added.delete(key)) up.dropped.set(key, held);
}

/** Counts one user more of a demand that there is. */
export function share(up: Upstream, key: string): void {
  up.held.get(key)!.users++;
}

/** The demand through which a range of a var is here whole; `null` where it is not. */
export function coverOf(
  up: Upstream,
  path: string,
  range: KeyRange,
): string | null {
  for (const [key, held] of up.held) {
    if (held.whole && held.rowsPath === path && contains(held.range, range)) {
      return key;
    }
  }
  return null;
}

/**
 * All rows up to this seq are here, of whatever was here whole once: while
 * pages of a catch-up are missing, no more than where it began.
 */
export function headOf(app: App, up: Upstream): number {
  let head = up.head;
  for (const { path, whole, seq } of up.held.values()) {
    if (whole || seq === null || app.vars.get(path)?.kind !== "source") {
      continue;
    }
    head = Math.min(head, seq);
  }
  return head;
}

/** Says whether a demand is here whole. */
export function isWhole(up: Upstream, key: string): boolean {
  return up.held.get(key)?.whole === true;
}

function contains(outer: KeyRange, inner: KeyRange): boolean {
  if (compareKeys(outer.from, inner.from) > 0) return false;
  if (outer.to === null) return true;
  return inner.to !== null && compareKeys(inner.to, outer.to) <= 0;
}

/**
 * A hello with a new link, of this number or a greater one: all that is demanded,
 * from where the copy stands.
 */
export function hello(
  up: Upstream,
  draft: DraftRows,
  node: string,
  specHash: string,
  least: number,
): Uint8Array {
  up.link = Math.max(up.link + 1, least);
  up.greeted = false;
  up.number = 0;
  up.demandVersion = 0;
  up.early.clear();
  // What was asked on the old link is not answered on this one.
  if (up.askedAtMs !== null) up.isDoubted = true;
  up.askedAtMs = null;
  up.isLatest = false;
  up.gapMs = null;
  forgetDropped(up, draft);
  up.added.clear();
  for (const held of up.held.values()) {
    if (held.whole) keepCursor(held, up);
    held.whole = false;
  }
  return encodeMessage({
    type: "hello",
    protocol: PROTOCOL_VERSION,
    specHash,
    node,
    link: up.link,
    seen: up.head,
    wants: [...up.held.values()].map((held) => wantOf(up, held)),
  });
}

/** Notes down how far something that is whole has got. */
function keepCursor(
  held: Held,
  { head, syncedMs }: Pick<Upstream, "head" | "syncedMs">,
): void {
  held.seq = head;
  held.syncedMs = syncedMs;
}

function wantOf(up: Upstream, held: Held): Want {
  const { id, path, range, consumer, seq, syncedMs } = held;
  const { epoch } = up;
  const cursor = seq === null ? null : { epoch, seq, syncedMs, page: null };
  return { id, path, range, consumer, cursor };
}

/** The demand that tells the parent of what changed, or nothing. */
export function demandFrame(up: Upstream, draft: DraftRows): Uint8Array | null {
  if (!up.greeted || up.added.size + up.dropped.size === 0) return null;
  const add = [...up.added].map((key) => wantOf(up, up.held.get(key)!));
  const drop = [...up.dropped.values()].map((held) => held.id);
  forgetDropped(up, draft);
  up.added.clear();
  const version = ++up.demandVersion;
  return encodeMessage({ type: "demand", link: up.link, version, add, drop });
}

/** Takes what nobody needs any more out of the copy. */
function forgetDropped(up: Upstream, draft: DraftRows): void {
  for (const held of up.dropped.values()) forgetRows(up, draft, held);
  up.dropped.clear();
}

function forgetRows(up: Upstream, draft: DraftRows, dropped: Held): void {
  const path = dropped.rowsPath;
  const others = [...up.held.values()].filter((held) => held.rowsPath === path);
  for (const { key } of draft.range(path, dropped.range)) {
    if (!others.some((held) => inRange(held.range, key))) {
      draft.remove(path, key);
    }
  }
}

/** What came of a live message. */
export interface Received {
  /** Rows of the copy that became others. */
  readonly changes: Change[];
  /** Answers to writes. */
  readonly verdicts: Verdict[];
  /** Demands whose rows were here whole once, and come in pages now. */
  readonly reopened: Set<string>;
  /** Whether the link is one of another history than the welcome said. */
  isForeign: boolean;
}

/** Applies a live message, and those that waited for it. */
export function receiveLive(
  app: App,
  up: Upstream,
  live: Live,
  draft: DraftRows,
  nowMs: number,
): Received {
  const received: Received = {
    changes: [],
    verdicts: [],
    reopened: new Set(),
    isForeign: false,
  };
  if (live.link !== up.link) return received;
  if (live.number <= up.number) return received;
  up.early.set(live.number, live);
  for (;;) {
    const next = up.early.get(up.number + 1);
    if (!next) break;
    up.early.delete(next.number);
    // The hello came twice, and the second time to one who was put back meanwhile.
    if (next.epoch !== "" && next.epoch !== up.epoch) {
      received.isForeign = true;
      break;
    }
    const before = { head: up.head, syncedMs: up.syncedMs };
    up.number = next.number;
    up.syncedMs = next.timeMs;
    // This node's clock may have jumped since the parent was last heard.
    up.offsetMs = next.timeMs - nowMs;
    up.head = Math.max(up.head, next.head);
    received.verdicts.push(...next.verdicts);
    for (const part of next.parts) {
      applyTo(app, up, part, draft, before, received);
    }
  }
  up.gapMs = up.early.size === 0 ? null : up.gapMs ?? nowMs;
  return received;
}

function applyTo(
  app: App,
  up: Upstream,
  part: Part,
  draft: DraftRows,
  before: Pick<Upstream, "head" | "syncedMs">,
  { changes, reopened }: Received,
): void {
  const entry = [...up.held].find(([, one]) => one.id === part.want);
  if (!entry) return;
  const [key, held] = entry;
  const ordered = app.vars.get(held.path)?.kind === "source";
  changes.push(...applyPart(draft, held.rowsPath, part, ordered));
  // Where a catch-up begins anew, it is whole up to what came before.
  if (held.whole && part.next !== null) keepCursor(held, before);
  held.whole = part.next === null;
  if (part.replace) held.isVoid = false;
  if (!held.whole && held.seq !== null) reopened.add(key);
}
