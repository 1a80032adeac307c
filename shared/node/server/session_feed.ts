/**
 * What one session has coming: its verdicts, the rows it may see that changed,
 * the next pages of its catch-ups, and the values computed for it. Only what
 * passes `using` is looked at any further.
 *
 * @module
 */

import { compareKeys } from "../../codec/key_order.ts";
import { inRange } from "../../ports/key_range.ts";
import type { StoredRow } from "../../ports/rows.ts";
import { emptyPart, type Part } from "../../protocol/live.ts";
import { ELSEWHERE } from "../../spec/app.ts";
import type { SourceVar } from "../../spec/app.ts";
import type { Change } from "../apply_part.ts";
import { digestOf } from "../digest.ts";
import { takePage } from "../page.ts";
import type { Touched, ValueWant } from "../peers/peer.ts";
import { decodeRow } from "../row_body.ts";
import { diffValue, NOTHING } from "../value_feed.ts";
import type { Sight } from "./place.ts";
import type { RowsWant, Session } from "./session.ts";
import { isWhole } from "./upstream.ts";
import { valueFor } from "./value_want.ts";

/**
 * Rows of these demands come to this node in pages, not in the order of their
 * seqs: who reads them goes on from its cursor when all of them are here.
 */
export function reopen(session: Session, keys: ReadonlySet<string>): void {
  for (const want of session.wants.values()) {
    if (want.kind !== "rows" || want.next !== null) continue;
    if (!want.holds.some((key) => keys.has(key))) continue;
    want.next = "";
    want.since = want.cursorSeq;
    want.resumed = null;
    want.replace = false;
  }
}

/** The parts that a session has coming, cut into messages. */
export function partsFor(
  sight: Sight,
  session: Session,
  changes: readonly Change[],
): Part[][] {
  const touched = changes.map(({ path, key }) => [path, key] as const);
  const messages: Part[][] = [[]];
  for (const want of session.wants.values()) {
    if (want.kind === "value") {
      const part = valuePart(sight, want, touched);
      if (part) messages[0]!.push(part);
      continue;
    }
    const live = liveRows(session, want, changes);
    if (live) messages[0]!.push(live);
    for (const page of pages(sight, session, want)) {
      if (page.rows.length > 0) messages.push([page]);
      else messages.at(-1)!.push(page);
    }
  }
  if (session.verdicts.length > 0) {
    const told = new Set(messages.flat().map((part) => part.want));
    messages.at(-1)!.push(...stillToCome(session, told));
  }
  return messages.filter((parts, i) => i === 0 || parts.length > 0);
}

/** Tells who hears of an answer which rows come later, because they are not here. */
function stillToCome(session: Session, told: ReadonlySet<number>): Part[] {
  return [...session.wants.values()].flatMap((want): Part[] =>
    want.kind === "value" || want.next === null || want.replace ||
      told.has(want.id)
      ? []
      : [emptyPart(want.id, want.next)]
  );
}

function valuePart(
  sight: Sight,
  want: ValueWant,
  touched: readonly Touched[],
): Part | null {
  const value = valueFor(sight, want, touched);
  // Who shows it shows that it is loading.
  if (!value || value === NOTHING) return null;
  const part = diffValue(want.id, want.last, value, 0);
  want.last = value;
  return part;
}

function liveRows(
  session: Session,
  want: RowsWant,
  changes: readonly Change[],
): Part | null {
  const rows: StoredRow[] = [];
  const gone: string[] = [];
  for (const { path, key, before, after } of changes) {
    if (path !== want.source.path || !isLiveAt(want, key)) continue;
    if (after && sees(session, want.source, after)) rows.push(after);
    else if (before && sees(session, want.source, before)) gone.push(key);
  }
  if (rows.length + gone.length === 0) return null;
  for (const row of rows) want.cursorSeq = Math.max(want.cursorSeq, row.seq);
  return { ...emptyPart(want.id, want.next), rows, gone };
}

function isLiveAt(want: RowsWant, key: string): boolean {
  if (want.next !== null && compareKeys(key, want.next) >= 0) return false;
  return want.ranges.some((range) => inRange(range, key));
}

function* pages(
  sight: Sight,
  session: Session,
  want: RowsWant,
): Generator<Part> {
  const { source, ranges, replace } = want;
  if (!want.holds.every((key) => isWhole(sight.state.up, key))) return;
  while (want.next !== null) {
    const from = want.next;
    const progress = { next: from, since: want.since, resumed: want.resumed };
    const page = takePage(
      sight.rows,
      source.path,
      ranges,
      progress,
      (row) =>
        sees(session, source, row) &&
        (!replace || isLiveRow(source, row) || source.initRows.has(row.key)),
      sight.state.paging,
    );
    want.next = page.next;
    for (const row of page.rows) {
      want.cursorSeq = Math.max(want.cursorSeq, row.seq);
    }
    yield {
      want: want.id,
      rows: page.rows,
      gone: [],
      replace: replace ? { from, to: page.next } : null,
      next: page.next,
      digest: page.next === null ? digestFor(sight, session, want) : null,
    };
  }
}

function digestFor(
  sight: Sight,
  session: Session,
  { source, ranges }: RowsWant,
): number {
  const rows = ranges.flatMap((range) => sight.rows.range(source.path, range))
    .filter((row) => sees(session, source, row));
  return digestOf(rows, source.crdt, source.initRows);
}

function isLiveRow(source: SourceVar, row: StoredRow): boolean {
  return source.crdt.isLive(decodeRow(source.crdt, row.body));
}

/** Whether a session may see a row. A rule that throws has not allowed it. */
export function sees(
  session: Session,
  source: SourceVar,
  row: StoredRow,
): boolean {
  const rule = source.using;
  if (!rule || rule === ELSEWHERE) return false;
  const held = decodeRow(source.crdt, row.body);
  const value = source.crdt.isLive(held)
    ? source.crdt.valueOf(held)
    : undefined;
  try {
    return rule({ claims: session.claims, signature: "" }, row.key, value) ===
      true;
  } catch {
    return false;
  }
}
