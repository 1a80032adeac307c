import { describe } from "../../codec/describe.ts";
import { assertValue } from "../../codec/value.ts";
import { crdtError } from "../crdt_error.ts";
import { defineCrdt, type DefinedCrdt } from "../define_crdt.ts";
import { authorOf } from "./edits.ts";
import { piecesOf } from "./elements.ts";
import { missingOf } from "./missing.ts";
import { parseRuns } from "./parse_runs.ts";
import { renameRuns } from "./rename_runs.ts";
import { joinRuns, pieceOf, type Run, RUN_MAX } from "./run.ts";
import { readRun, runFault, writeRun } from "./run_codec.ts";
import { Sequence, type SequenceState } from "./sequence.ts";

/** The rules of `Sequence`: a row a run. */
export const sequence: DefinedCrdt<
  "Sequence",
  Sequence<unknown>,
  SequenceState<unknown>,
  Run<unknown>
> = /* @__PURE__ */ defineCrdt({
  name: "Sequence",
  delivery: "causal",
  rows: (message: SequenceState<unknown>) => parseRuns(message),
  message: (runs): SequenceState<unknown> => new Map(runs),
  join: joinRuns<unknown>,
  fold: (nodeId, clock, rows) => Sequence.overRows(nodeId, rows, clock),
  initRows,
  valueOf,
  itemsOf: valueOf,
  authorOf: (key, { head, pieces }) =>
    head !== null || pieces.some(({ elements }) => elements !== null)
      ? authorOf(key)
      : null,
  rename: renameRuns,
  makes: (message) =>
    [...message].flatMap(([key, run]) => idsOf(key, run, false)),
  needs,
  missing: missingOf,
  faultOf: runFault,
  writeRow: writeRun,
  readRow: readRun,
});

function valueOf({ pieces }: Run<unknown>): unknown[] {
  return pieces.flatMap(({ elements }) => [...elements ?? []]);
}

/** The names of elements that a change adds, or takes out. */
function idsOf(key: string, run: Run<unknown>, isGone: boolean): string[] {
  return run.pieces
    .filter(({ elements }) => (elements === null) === isGone)
    .flatMap(({ from, count }) =>
      Array.from({ length: count }, (_, i) => `${key}:${from + i}`)
    );
}

/** What an element hangs on, and what is taken out. */
function needs(message: SequenceState<unknown>): string[] {
  return [...message].flatMap(([key, run]) => {
    const parent = run.head?.parent;
    const first = run.pieces.find(({ elements }) => elements !== null);
    return [
      ...parent ? [`${parent.run}:${parent.at}`] : [],
      ...first && first.from > 0 ? [`${key}:${first.from - 1}`] : [],
      ...idsOf(key, run, true),
    ];
  });
}

function initRows(init: unknown): [string, Run<unknown>][] {
  if (!Array.isArray(init)) {
    throw crdtError("bad-init", "", describe(init), "an array");
  }
  assertValue(init);
  const rows: [string, Run<unknown>][] = [];
  for (let at = 0; at < init.length; at += RUN_MAX) {
    const parent = at === 0
      ? null
      : { run: keyOf(at - RUN_MAX), at: RUN_MAX - 1 };
    let from = 0;
    const pieces = piecesOf(init.slice(at, at + RUN_MAX)).map((elements) => {
      const piece = pieceOf(from, elements);
      from += piece.count;
      return piece;
    });
    rows.push([keyOf(at), { head: { parent, side: "right" }, pieces }]);
  }
  return rows;
}

/** The key of a run of `init`. */
function keyOf(at: number): string {
  return `init.${String(at / RUN_MAX).padStart(12, "0")}`;
}
