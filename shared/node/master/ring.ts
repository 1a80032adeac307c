/**
 * The ring of commits: one row a commit, in a fixed number of slots. It is the
 * head, the index by which peers catch up, the record of what was answered, and
 * the counts of live keys, in one write.
 *
 * @module
 */

import { Reader } from "../../codec/reader.ts";
import { bytesOf, type Writer } from "../../codec/writer.ts";
import { KEY_BYTES_MAX, PATH_LENGTH_MAX } from "../../protocol/limits.ts";
import type { RowView, StoredRow } from "../../ports/rows.ts";
import type { DraftRows } from "../draft_rows.ts";
import type { Touched } from "../peers/peer.ts";
import { WHOLE } from "../var_rows.ts";
import { type ActorRecord, readActor, writeActor } from "./actors.ts";

/** How many commits the ring holds. */
const RING_SLOTS = 1_024;
/** Of an actor that was answered within so many commits, copies may be under way. */
const RECENT_COMMITS = 64;
/** Where the ring is stored. */
const RING_PATH = "#ring";
/** Where actors stand whose slot was used again. */
export const ACTORS_PATH = "#actors";
/** A commit of more keys than this is not indexed: catch-up scans instead. */
const TOUCHED_MAX = 1_024;
/** The index in memory holds so many keys; older commits are scanned for. */
const INDEXED_MAX = 16_384;
/** A commit whose keys or actors have more bytes leaves them out: all slots are read when a master wakes. */
const PART_BYTES_MAX = 32 * 1024;

/** One commit. */
export interface Commit {
  /** Its seq. */
  readonly seq: number;
  /** Which commit of this history it is; its slot is the remainder. */
  readonly index: number;
  /** The rows it changed; `null` when they were too many to list. */
  touched: readonly Touched[] | null;
  /** The actors it answered last, as they stood after it. */
  readonly actors: Map<string, ActorRecord>;
  /** Actors it answered that stand in the table, for want of room here. */
  readonly moved: readonly string[];
  /** How many rows of each var were live after it. */
  readonly counts: ReadonlyMap<string, number>;
  /** Where the sweep goes on. */
  readonly sweep: Touched;
}

function slotKey(index: number): string {
  return String(index % RING_SLOTS).padStart(4, "0");
}

function encodeCommit(commit: Commit): Uint8Array {
  return bytesOf((writer) => {
    writer.uint(commit.index);
    writer.u8(commit.touched ? 1 : 0);
    writeTouched(writer, commit);
    writeActors(writer, commit);
    writer.list(commit.moved, (w, actor) => w.string(actor));
    writer.list([...commit.counts], (w, [path, count]) => {
      w.string(path);
      w.uint(count);
    });
    for (const part of commit.sweep) writer.string(part);
  });
}

function writeTouched(writer: Writer, { touched }: Commit): void {
  writer.list(touched ?? [], (w, [path, key]) => {
    w.string(path);
    w.string(key);
  });
}

function writeActors(writer: Writer, { actors }: Commit): void {
  writer.list([...actors], (w, [actor, record]) => {
    w.string(actor);
    writeActor(w, record);
  });
}

/** Whether a part of a commit is too large to stand in its row. */
function isLarge(write: (writer: Writer) => void): boolean {
  return bytesOf(write).length > PART_BYTES_MAX;
}

function decodeCommit(row: StoredRow): Commit {
  const reader = new Reader(row.body);
  const index = reader.uint();
  const listed = reader.flag();
  const touched = reader.list(
    Infinity,
    (r) => [r.string(PATH_LENGTH_MAX), r.string(KEY_BYTES_MAX)] as const,
  );
  const actors = reader.list(
    Infinity,
    (r) => [r.string(PATH_LENGTH_MAX), readActor(r)] as const,
  );
  const moved = reader.list(Infinity, (r) => r.string(PATH_LENGTH_MAX));
  const counts = reader.list(
    Infinity,
    (r) => [r.string(PATH_LENGTH_MAX), r.uint()] as const,
  );
  const sweep = [
    reader.string(PATH_LENGTH_MAX),
    reader.string(KEY_BYTES_MAX + 8),
  ] as const;
  return {
    seq: row.seq,
    index,
    touched: listed ? touched : null,
    actors: new Map(actors),
    moved,
    counts: new Map(counts),
    sweep,
  };
}

/** The ring in memory: bounded by its slots, whatever the space holds. */
export class Ring {
  readonly #commits: Commit[] = [];
  readonly #slotOfActor = new Map<string, number>();
  #indexed = 0;

  /** Reads the ring of a store. */
  static load(rows: RowView): Ring {
    const ring = new Ring();
    const commits = rows.range(RING_PATH, WHOLE).map(decodeCommit);
    commits.sort((a, b) => a.index - b.index);
    for (const commit of commits) ring.#keep(commit);
    return ring;
  }

  /** The seq of the last commit; 0 before the first. */
  get head(): number {
    return this.#commits.at(-1)?.seq ?? 0;
  }

  /** How many rows of each var are live. */
  get counts(): ReadonlyMap<string, number> {
    return this.#commits.at(-1)?.counts ?? new Map();
  }

  /** Where the sweep goes on. */
  get sweep(): Touched {
    return this.#commits.at(-1)?.sweep ?? ["", ""];
  }

  /** What is known of an actor here; the rest stands in the table. */
  recordOf(actor: string): ActorRecord | undefined {
    const index = this.#slotOfActor.get(actor);
    return index === undefined ? undefined : this.#at(index)?.actors.get(actor);
  }

  /** Whether one of the last commits answered an actor. */
  isRecent(actor: string): boolean {
    const last = this.#commits.at(-1)?.index ?? 0;
    const index = this.#slotOfActor.get(actor) ?? -Infinity;
    return index > last - RECENT_COMMITS;
  }

  /** Every row touched after `seq`, or `null` when the ring does not reach so far. */
  touchedSince(seq: number): Touched[] | null {
    const found = new Map<string, Touched>();
    for (let i = this.#commits.length - 1; i >= 0; i--) {
      const commit = this.#commits[i]!;
      if (commit.seq <= seq) return [...found.values()];
      if (!commit.touched) return null;
      for (const touched of commit.touched) {
        found.set(`${touched[0]}\n${touched[1]}`, touched);
      }
    }
    const first = this.#commits[0];
    return first === undefined || first.index === 0
      ? [...found.values()]
      : null;
  }

  /** Adds a commit, and saves the actors of the slot it takes. */
  append(
    draft: DraftRows,
    seq: number,
    touched: readonly Touched[],
    actors: ReadonlyMap<string, ActorRecord>,
    counts: ReadonlyMap<string, number>,
    sweep: Touched,
  ): void {
    const index = (this.#commits.at(-1)?.index ?? -1) + 1;
    const listed = touched.length <= TOUCHED_MAX ? touched : null;
    let commit: Commit = {
      seq,
      index,
      touched: listed,
      actors: new Map(actors),
      moved: [],
      counts,
      sweep,
    };
    let body = encodeCommit(commit);
    this.#retire(draft, index - RING_SLOTS, actors);
    if (body.length > PART_BYTES_MAX) {
      commit = lightened(draft, commit);
      body = encodeCommit(commit);
    }
    draft.put(RING_PATH, slotKey(index), seq, body);
    this.#keep(commit);
  }

  #retire(
    draft: DraftRows,
    index: number,
    except: ReadonlyMap<string, ActorRecord>,
  ): void {
    const left = this.#at(index);
    if (!left) return;
    for (const [actor, record] of left.actors) {
      if (this.#slotOfActor.get(actor) !== index) continue;
      this.#slotOfActor.delete(actor);
      if (except.has(actor)) continue;
      putActor(draft, actor, left.seq, record);
    }
  }

  /** Forgets where an actor stood: what is known of it stands elsewhere now. */
  #leave(actor: string): void {
    const index = this.#slotOfActor.get(actor);
    if (index !== undefined) this.#at(index)?.actors.delete(actor);
    this.#slotOfActor.delete(actor);
  }

  #keep(commit: Commit): void {
    this.#commits.push(commit);
    if (this.#commits.length > RING_SLOTS) {
      this.#indexed -= this.#commits.shift()!.touched?.length ?? 0;
    }
    for (const actor of commit.actors.keys()) {
      const before = this.#slotOfActor.get(actor);
      if (before !== undefined) this.#at(before)?.actors.delete(actor);
      this.#slotOfActor.set(actor, commit.index);
    }
    for (const actor of commit.moved) this.#leave(actor);
    this.#indexed += commit.touched?.length ?? 0;
    for (const old of this.#commits) {
      if (this.#indexed <= INDEXED_MAX) break;
      this.#indexed -= old.touched?.length ?? 0;
      old.touched = null;
    }
  }

  #at(index: number): Commit | undefined {
    const first = this.#commits[0];
    return first && this.#commits[index - first.index];
  }
}

/** A commit without what is too large in it: keys are scanned for, actors stand in the table. */
function lightened(draft: DraftRows, commit: Commit): Commit {
  const { seq, actors } = commit;
  const touched = isLarge((writer) => writeTouched(writer, commit))
    ? null
    : commit.touched;
  if (!isLarge((writer) => writeActors(writer, commit))) {
    return { ...commit, touched };
  }
  for (const [actor, record] of actors) putActor(draft, actor, seq, record);
  return { ...commit, touched, actors: new Map(), moved: [...actors.keys()] };
}

/** `seq` is that of the actor's last answer: by it the sweep knows its age. */
function putActor(
  draft: DraftRows,
  actor: string,
  seq: number,
  record: ActorRecord,
): void {
  const body = bytesOf((writer) => writeActor(writer, record));
  draft.put(ACTORS_PATH, actor, seq, body);
}

/** An actor that has left the ring, from the table. */
export function retiredActor(
  rows: RowView,
  actor: string,
): ActorRecord | undefined {
  const row = rows.get(ACTORS_PATH, actor);
  return row && readActor(new Reader(row.body));
}
