import { describe } from "../../codec/describe.ts";
import { assertValue } from "../../codec/value.ts";
import type {
  Clock,
  DeltaBasedCRDT,
  MutationResult,
  RowSource,
} from "../contract.ts";
import { crdtError } from "../crdt_error.ts";
import { givenItems } from "../given_items.ts";
import { writerId } from "../lww_row.ts";
import { systemClock } from "../system_clock.ts";
import { VersionedRows } from "../versioned_rows.ts";
import { deletion, insertion } from "./edits.ts";
import { type Elements, piecesOf } from "./elements.ts";
import { parseRuns } from "./parse_runs.ts";
import { joinRuns, type Run, sideBySide } from "./run.ts";
import { elementsBefore } from "./placed_run.ts";
import { RunOrder } from "./run_order.ts";

/** Runs by key: what is known of a sequence, or what has changed in one. */
export type SequenceState<VT> = Map<string, Run<VT>>;

const isLive = () => true;
/** What stands in a text for what is none: the object replacement character. */
const NO_TEXT = "\ufffc";

/**
 * A list of values that anybody may insert into and take from. What is inserted
 * at one place at one time by several stays together, each one's in its order
 * (Fugue: Weidner and Kleppmann, "The Art of the Fugue", 2023).
 *
 * ```ts
 * import { Sequence } from "@zonekit/shared";
 *
 * const { updatedCrdt: ann, message } = Sequence.startEmpty<string>("ann")
 *   .insert(0, ["milk", "tea"]);
 * const ben = Sequence.startEmpty<string>("ben").apply(message!);
 * console.assert(ben.get(1) === "tea" && ben.length === 2);
 * console.assert(ann.delete(0, 1).updatedCrdt.getValue()[0] === "tea");
 * ```
 */
export class Sequence<VT> implements DeltaBasedCRDT<VT[], SequenceState<VT>> {
  /** The node this replica is at, which its runs are named after. */
  readonly nodeId: string;
  readonly #rows: VersionedRows<Run<VT>>;
  readonly #clock: Clock;
  /** Whether all that the node has written is here: only then its runs go on. */
  readonly #goesOn: boolean;

  private constructor(
    nodeId: string,
    rows: VersionedRows<Run<VT>>,
    clock: Clock,
    goesOn: boolean = true,
  ) {
    this.nodeId = nodeId;
    this.#rows = rows;
    this.#clock = clock;
    this.#goesOn = goesOn;
  }

  /** Makes an empty sequence; the default clock runs over the system's time. */
  static startEmpty<VT>(
    nodeId: string,
    clock: Clock = systemClock,
  ): Sequence<VT> {
    const rows = VersionedRows.of<Run<VT>>(new Map(), isLive);
    return new Sequence(nodeId, rows, clock);
  }

  /** Makes a sequence of a state; throws `CrdtError` when it is none. */
  static fromState<VT>(
    nodeId: string,
    state: SequenceState<VT>,
    clock: Clock = systemClock,
  ): Sequence<VT> {
    const rows = new Map(parseRuns(state) as SequenceState<VT>);
    return new Sequence(nodeId, VersionedRows.of(rows, isLive), clock);
  }

  /**
   * Makes a sequence over rows. Over a view of somebody's rows, as a computation
   * has it, no run goes on: what its author is writing meanwhile is not there.
   */
  static overRows<VT>(
    nodeId: string,
    rows: RowSource<Run<VT>>,
    clock: Clock,
  ): Sequence<VT> {
    if (rows instanceof VersionedRows) {
      return new Sequence<VT>(nodeId, rows, clock);
    }
    const held = VersionedRows.of(new Map(rows.entries()), isLive);
    return new Sequence(nodeId, held, clock, false);
  }

  /** How many elements there are. */
  get length(): number {
    return this.#order.tree.live;
  }

  /** Returns an element; `undefined` where there is none. */
  get(index: number): VT | undefined {
    const found = index >= 0 ? this.#order.tree.find(index, "live") : null;
    if (!found) return undefined;
    const { span: { of, from }, offset } = found;
    const at = from + offset;
    const [piece] = sideBySide(of.row.pieces, at, at + 1);
    return valuesOf<VT>(piece!.elements!)[0];
  }

  /** Returns the elements. */
  getValue(): VT[] {
    return this.#pieces().flatMap((elements) => valuesOf<VT>(elements));
  }

  /** What is known of it, by run. */
  get state(): SequenceState<VT> {
    return new Map(this.#rows.entries());
  }

  /** The elements as text: what is no code point stands as U+FFFC. */
  toString(): string {
    return this.#pieces().map((elements) =>
      typeof elements === "string" ? elements : NO_TEXT.repeat(elements.length)
    ).join("");
  }

  /** How many UTF-16 units its text has. */
  get units(): number {
    return this.#order.tree.units;
  }

  /** Returns the element that begins at a UTF-16 unit of the text. Throws `CrdtError` for none. */
  elementAt(unit: number): number {
    const { tree } = this.#order;
    if (unit === tree.units) return tree.live;
    checkRange(unit, 0, tree.units);
    const { span, offset } = tree.find(unit, "units")!;
    const inside = elementsBefore(span, offset);
    if (inside !== null) return tree.countBefore(span, "live") + inside;
    throw crdtError(
      "bad-range",
      "index",
      `${unit}, within a character`,
      "a place between two",
    );
  }

  /**
   * Inserts values before an element, or behind all; none is no change. Throws
   * `ValueError`, or `CrdtError` for a place that there is not.
   */
  insert(
    index: number,
    values: Iterable<VT>,
  ): MutationResult<Sequence<VT>, SequenceState<VT>> {
    checkRange(index, 0, this.length);
    const list = typeof values === "string" ? values : [...givenItems(values)];
    assertValue(list);
    return this.#inserted(index, piecesOf(list));
  }

  /** Takes out elements from one on; none is no change. Throws `CrdtError`. */
  delete(
    index: number,
    count: number = 1,
  ): MutationResult<Sequence<VT>, SequenceState<VT>> {
    checkRange(index, count, this.length);
    if (count === 0) return { updatedCrdt: this, message: null };
    return this.#changed(deletion(this.#order, index, count));
  }

  /** Takes in a delta or a whole state; returns itself when it holds no news. */
  apply(remoteDelta: SequenceState<VT>): this {
    const news = parseRuns(remoteDelta) as SequenceState<VT>;
    const rows = this.#rows.joinAll(news, joinRuns<VT>);
    return rows === this.#rows ? this : this.#over(rows) as this;
  }

  get #order(): RunOrder<VT> {
    return this.#rows.index(() => new RunOrder<VT>());
  }

  /** The elements that are there, in order. */
  #pieces(): Elements<VT>[] {
    return [...this.#order.tree.all()].flatMap(({ of, from, count, live }) =>
      live === 0 ? [] : sideBySide(of.row.pieces, from, from + count)
        .map(({ elements }) => elements!)
    );
  }

  #inserted(
    index: number,
    pieces: readonly Elements<VT>[],
  ): MutationResult<Sequence<VT>, SequenceState<VT>> {
    if (pieces.length === 0) return { updatedCrdt: this, message: null };
    const author = writerId(this.nodeId);
    const isTaken = (key: string) => this.#rows.get(key) !== undefined;
    const goesOn = this.#goesOn;
    const names = { author, clock: this.#clock, isTaken, goesOn };
    return this.#changed(insertion(this.#order, index, pieces, names));
  }

  #changed(
    message: SequenceState<VT>,
  ): MutationResult<Sequence<VT>, SequenceState<VT>> {
    const rows = this.#rows.joinAll(message, joinRuns<VT>);
    return { updatedCrdt: this.#over(rows), message };
  }

  #over(rows: VersionedRows<Run<VT>>): Sequence<VT> {
    return new Sequence(this.nodeId, rows, this.#clock, this.#goesOn);
  }
}

function valuesOf<VT>(elements: Elements<VT>): readonly VT[] {
  return typeof elements === "string"
    ? [...elements] as readonly unknown[] as readonly VT[]
    : elements;
}

function checkRange(index: number, count: number, length: number): void {
  const isThere = Number.isSafeInteger(index) && index >= 0 &&
    Number.isSafeInteger(count) && count >= 0 && index + count <= length;
  if (isThere) return;
  const found = `${describe(count)} from ${describe(index)} on`;
  throw crdtError("bad-range", "index", found, `a range within ${length}`);
}
