/**
 * The kit's own way with a type, in small: authors see the master's rows under
 * their own unanswered writes, the master takes writes in order per actor, may
 * refuse them, and may be sent one twice; rows replace what a reader held.
 *
 * @module
 */

import type {
  Clock,
  CRDT,
  CrdtContract,
  Dot,
} from "../shared/crdt/contract.ts";
import type { Author } from "./author.ts";
import { canonical } from "./canonical.ts";
import { expectSame } from "./expect_same.ts";
import { renamed } from "./renamed.ts";
import { applyWrite, type Write } from "./row_history.ts";
import { VersionedRows } from "../shared/crdt/versioned_rows.ts";
import type { Command, LawSubject, Sent } from "./subject.ts";

/** The changes of one write have numbers of their own. */
const DOTS_A_WRITE = 1_000;

/** A master and its authors. */
export class Star<C extends CRDT<unknown, Message>, Message, Row, Change> {
  /** The master's rows. */
  readonly rows: Map<string, Row> = new Map();
  /** What the master has accepted, in order. */
  readonly accepted: Sent<Message>[] = [];
  /** All that was ever written. */
  written: Write<Message, Change>[] = [];
  /** The authors. */
  readonly authors: Author<Message, Row, Change>[];
  readonly #type: CrdtContract<C, Message, Row, Change>;
  readonly #clock: Clock;
  /** The last number of each author that the master has judged. */
  readonly #answered = new Map<string, number>();
  #lastName = 1_000;

  /** Begins with nothing. */
  constructor(
    { type }: LawSubject<C, Message, Row, Change>,
    actors: readonly string[],
    clock: Clock,
  ) {
    this.#type = type;
    this.#clock = clock;
    this.authors = actors.map((actor) => ({
      actor,
      base: new Map(),
      seen: new Set(),
      unanswered: [],
      made: 0,
    }));
  }

  /** What an author sees: the master's rows, and its own writes over them. */
  view(at: number): C {
    const { actor, base, unanswered } = this.authors[at]!;
    const rows = new Map(base);
    for (const write of unanswered) applyWrite(this.#type, rows, write);
    return this.fold(actor, rows);
  }

  /** The value over rows. */
  fold(actor: string, rows: ReadonlyMap<string, Row>): C {
    const { fold, isLive } = this.#type;
    const held = VersionedRows.of(new Map(rows), (row) => isLive(row));
    return fold(actor, this.#clock, held);
  }

  /** An author writes. */
  write(at: number, command: Command<C, Message>): void {
    const author = this.authors[at]!;
    const { message } = command.run(this.view(at));
    if (message === null) return;
    const { actor, unanswered, made } = author;
    const own = unanswered.map(({ sent }) => sent);
    const write: Write<Message, Change> = {
      sent: { message, actor, seen: new Set([...author.seen, ...own]) },
      changes: [...this.#type.rows(message)],
      dot: { actor, counter: (made + 1) * DOTS_A_WRITE },
    };
    this.written.push(write);
    this.authors[at] = {
      ...author,
      unanswered: [...unanswered, write],
      made: made + 1,
    };
  }

  /**
   * The master judges an author's first unanswered write, and answers with its
   * rows; a refused one goes with all that need it.
   */
  judge(at: number, isAccepted: boolean, isDoubled: boolean): void {
    const author = this.authors[at]!;
    const [first, ...later] = author.unanswered;
    if (!first) return;
    const { actor, counter } = first.dot;
    if (isAccepted) {
      this.#expectFit(first);
      this.accepted.push(first.sent);
      applyWrite(this.#type, this.rows, first);
      if (isDoubled) applyWrite(this.#type, this.rows, first);
    }
    this.#answered.set(actor, counter + DOTS_A_WRITE - 1);
    const unanswered = isAccepted ? later : this.#without(first, later);
    this.authors[at] = { ...author, unanswered };
    this.pull(at);
  }

  /** What a write does is its author's to do, and needs nothing that is not there. */
  #expectFit({ sent, changes, dot }: Write<Message, Change>): void {
    const rows = new Map(this.rows);
    for (const [i, [key, change]] of changes.entries()) {
      const author = this.#type.authorOf(key, change) ?? sent.actor;
      expectSame("whose change it is", author, sent.actor);
      const after = { actor: dot.actor, counter: dot.counter + i };
      const rowAt = (at: string) => rows.get(at);
      const isAnswered = ({ actor, counter }: Dot) =>
        counter <= (this.#answered.get(actor) ?? DOTS_A_WRITE - 1);
      const missing = this.#type.missing(
        key,
        change,
        rowAt,
        after,
        isAnswered,
      );
      expectSame("what is missing", `${missing}`, "null");
      const row = this.#type.apply(rows.get(key), change, after);
      if (row !== undefined) rows.set(key, row);
    }
  }

  /** An author takes the master's rows in. */
  pull(at: number): void {
    this.authors[at] = {
      ...this.authors[at]!,
      base: new Map(this.rows),
      seen: new Set(this.accepted),
    };
  }

  /**
   * Somebody else writes under an author's number, as its copy does: the author
   * takes another id, and makes again what was not answered.
   */
  fork(at: number, command: Command<C, Message>): void {
    const author = this.authors[at]!;
    const [first] = author.unanswered;
    if (!first) return;
    const before = canonical(this.view(at).getValue());
    const copy = { ...author, unanswered: [] };
    this.authors[at] = { ...copy, made: first.dot.counter / DOTS_A_WRITE - 1 };
    this.write(at, command);
    this.judge(at, true, false);
    const actor = `${author.actor}~`;
    const now = () => ++this.#lastName;
    const unanswered = renamed(this.#type, author, { actor, now });
    const gone = new Set(author.unanswered);
    this.written = this.written.filter((write) => !gone.has(write));
    this.written.push(...unanswered);
    const made = unanswered.length;
    this.authors[at] = { ...author, actor, unanswered, made };
    // A stamp's order is the new clock's, and may be another.
    const isStamped = unanswered.some(({ changes }) =>
      changes.some(([, change]) => this.#type.stampOf(change))
    );
    if (isStamped) return;
    const after = canonical(this.view(at).getValue());
    expectSame("what is named anew", after, before);
  }

  #without(
    refused: Write<Message, Change>,
    later: readonly Write<Message, Change>[],
  ): Write<Message, Change>[] {
    const gone = new Set(this.#type.makes(refused.sent.message));
    return later.filter(({ sent: { message } }) => {
      const isGone = this.#type.needs(message).some((id) => gone.has(id));
      if (isGone) { for (const id of this.#type.makes(message)) gone.add(id); }
      return !isGone;
    });
  }
}
