/**
 * The memory world: any spec, run with the shipped steps and the shipped bytes
 * over a simulated network, simulated stores and virtual time, all from one
 * seed. What breaks, breaks again under the same seed.
 *
 * `startApp` gives an app to look at and to move by hand; `simulate` runs it
 * under hundreds of histories in which everything goes wrong, and holds it to
 * the kit's promises and its own.
 *
 * ```ts
 * import { injectLocalMutation, startApp } from "@zonekit/sim";
 * import type { LWWMap } from "@zonekit/shared";
 *
 * const app = startApp({
 *   zones: {
 *     db: { notes: { crdtType: "LWWMap", valueType: "string", init: () => new Map() } },
 *     client: {},
 *   },
 *   channels: [{ type: "websocket", fromZone: "db", toZone: "client" }],
 * });
 * injectLocalMutation(app, "db", "/db/notes", (notes: LWWMap<string>) => notes.setValueForKey("a", "b"));
 * console.assert(app.zones.db![0]!.state.notes.countKeys() === 1);
 * ```
 *
 * @module
 */

export {
  digestOf,
  injectLocalMutation,
  nowMs,
  runFor,
  type RunningApp,
  settle,
  startApp,
  type StartOptions,
  tick,
} from "./start_app.ts";
export type { Mutator } from "../shared/node/client/transaction.ts";
export type { Connection } from "./connection.ts";
export {
  establishConnection,
  initNode,
  leave,
  type NodeOptions,
} from "./membership.ts";
export type { MemberNode } from "./running_node.ts";
export type { NodeRef } from "./topology.ts";
export { type UsageCode, UsageError } from "./usage_error.ts";
export {
  drawnHistory,
  type Failure,
  type Report,
  simulate,
} from "./simulate.ts";
export type { AppClient, Simulation, WorkloadMoment } from "./simulation.ts";
export type { Holds, Invariant } from "./invariant.ts";
export type { AppNode, AppNodes, StateOf } from "./app_nodes.ts";
export type { Device } from "./scenario.ts";
export type { Random } from "./random.ts";
export type { Act, Ending, Happening, History, Strike } from "./history.ts";
export type { Checker, Watch, Watched } from "./checker.ts";
export { Violation } from "./violation.ts";
export { WorkloadError } from "./workload_error.ts";
export { CHECKERS } from "./checkers/checkers.ts";
export { FAULTS } from "./faults/faults.ts";
export type { Cast, Drawn, Fault } from "./faults/fault.ts";
export type { Weather } from "./weather.ts";
export {
  bounce,
  crash,
  deploy,
  evict,
  hold,
  partition,
  release,
  repair,
  skew,
} from "./app_verbs.ts";
export type { Release } from "./world.ts";
export { randomMutator } from "./workloads/random_mutator.ts";
