/**
 * Where a server node's computations run: over its copy, which throws `NotHeld`
 * for what it does not hold.
 *
 * @module
 */

import type { RowSource } from "../../crdt/contract.ts";
import { keyRange } from "../../ports/key_range.ts";
import type { KeyRange, RowView } from "../../ports/rows.ts";
import type { Consumer } from "../../protocol/want.ts";
import type { DerivedVar, Var } from "../../spec/app.ts";
import { ELSEWHERE } from "../../spec/app.ts";
import { rangesOf } from "../../spec/scope.ts";
import {
  evaluate,
  type Evaluation,
  guarded,
  type Place,
  visibleTo,
} from "../evaluate.ts";
import { mapRows, noRows } from "../map_rows.ts";
import { NotHeld } from "../not_held.ts";
import type { Surroundings } from "../outcome.ts";
import { ReadLog } from "../read_log.ts";
import { VarRows, WHOLE } from "../var_rows.ts";
import type { ServerState } from "./state.ts";
import { coverOf } from "./upstream.ts";

/** What a place reads. */
export interface Sight {
  /** The server node. */
  readonly state: ServerState;
  /** The event's surroundings. */
  readonly around: Surroundings;
  /** The copy, after what this event brought. */
  readonly rows: RowView;
  /** Where to note the demands that were read through; absent where none are counted. */
  readonly used?: Set<string>;
}

/** A derived var that this zone computes, for a consumer. */
export function evaluateHere(
  sight: Sight,
  variable: DerivedVar,
  consumer: Consumer,
  log: ReadLog = new ReadLog(),
): Evaluation {
  const { app, zone, name } = sight.state;
  const session = { claims: consumer.claims, signature: "" };
  const paths = variable.dependsOn.map((dependency) => dependency.path);
  const place = placeAt(
    sight,
    name,
    visibleTo(app, zone, paths, variable.path),
    {
      rangesOf: (path) => dependencyRanges(sight, variable, path, consumer),
      lastStamp: 0,
    },
  );
  const event = { nodeId: consumer.nodeId, session, payload: undefined };
  return evaluate(place, variable, event, log);
}

/** A place at a server node. */
export function placeAt(
  sight: Sight,
  nodeId: string,
  visible: readonly Var[],
  options: {
    readonly rangesOf: (path: string) => readonly KeyRange[];
    readonly lastStamp: number;
  },
): Place {
  const { app, zone } = sight.state;
  return {
    app,
    zone,
    nodeId,
    visible,
    nowMs: sight.around.nowMs + sight.state.up.offsetMs,
    lastStamp: options.lastStamp,
    rowsOf: (variable, log) =>
      copied(sight, variable, options.rangesOf(variable.path), log),
  };
}

function copied(
  sight: Sight,
  variable: Var,
  ranges: readonly KeyRange[],
  log: ReadLog,
): RowSource<unknown> {
  const { state, rows } = sight;
  const { crdt, path } = variable;
  if (variable.kind === "derived" && variable.computerZone === state.zone) {
    const self = { nodeId: state.name, claims: {} };
    const value = evaluateHere(sight, variable, self, log).rows;
    return value ? mapRows(crdt, value) : noRows(crdt);
  }
  const initRows = variable.kind === "source"
    ? variable.initRows
    : new Map<string, unknown>();
  const source = new VarRows(rows, path, crdt, initRows, ranges);
  const demand = (range: KeyRange) => {
    const key = coverOf(state.up, path, range);
    if (key === null) throw new NotHeld(path, range);
    sight.used?.add(key);
  };
  const demandAll = () => ranges.forEach(demand);
  return {
    get: (key) => {
      demand(variable.kind === "derived" ? WHOLE : keyRange(key));
      return source.get(key);
    },
    entries: () => {
      demandAll();
      return source.entries();
    },
    countLive: () => {
      demandAll();
      return source.countLive();
    },
  };
}

function dependencyRanges(
  sight: Sight,
  variable: DerivedVar,
  path: string,
  consumer: Consumer,
): readonly KeyRange[] {
  const dependency = variable.dependsOn.find((d) => d.path === path);
  const scope = dependency?.scope;
  if (!scope || scope === ELSEWHERE) return [WHOLE];
  const node = {
    id: sight.state.name,
    zone: sight.state.zone,
    state: {},
    getTimestamp: () => 0,
  };
  const session = { claims: consumer.claims, signature: "" };
  return guarded(path, () => rangesOf(scope(session, node)));
}
