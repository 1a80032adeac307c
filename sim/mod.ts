/**
 * The memory world: any spec, run with the shipped steps and the shipped bytes
 * over a simulated network, simulated stores and virtual time, all from one
 * seed. What breaks, breaks again under the same seed.
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
  injectLocalMutation,
  type RunningApp,
  startApp,
  type StartOptions,
  tick,
} from "./start_app.ts";
export { type Run, runSeed, type Scenario } from "./run_seed.ts";
export { CALM, drawFaults, type Faults } from "./faults.ts";
export { type Random, randomOf } from "./random.ts";
export { Violation } from "./violation.ts";
export { type Settled, World, type WorldOptions } from "./world.ts";
export { Client, type WriteId } from "./client.ts";
export { type Entry, Ledger } from "./ledger.ts";
export { todoScenario } from "./scenarios/todo.ts";
