/**
 * Zonekit's core: one `AppSpec` declares the zones of an app, the CRDT-typed
 * state in each, what is derived from what and computed where, and who may see
 * and write what. The same pure step then runs it in a browser, in an edge
 * worker, in a Durable Object and in a simulator.
 *
 * ```ts
 * import { defineApp, LWWMap } from "@zonekit/shared";
 *
 * const app = defineApp({
 *   zones: {
 *     db: {
 *       notes: {
 *         crdtType: "LWWMap",
 *         valueType: "string",
 *         init: () => new Map<string, string>(),
 *         access: {
 *           using: (session, key) => key.startsWith(`${session.claims.sub}/`),
 *           withCheck: (session, effect) =>
 *             effect.key.startsWith(`${session.claims.sub}/`),
 *         },
 *       },
 *     },
 *     client: {
 *       notes: {
 *         replica_of: "/db/notes",
 *         scope: (session) => [{ prefix: `${session.claims.sub}/` }],
 *       },
 *     },
 *   },
 *   channels: [{ type: "websocket", fromZone: "db", toZone: "client" }],
 * });
 * console.assert(app.zones.client.notes.replica_of === "/db/notes");
 * console.assert(LWWMap.startEmpty<string>("a").countKeys() === 0);
 * ```
 *
 * @module
 */

export * from "./crdt/contract.ts";
export { GSet, gset, type GSetOp, type GSetRow } from "./crdt/gset.ts";
export {
  type CrdtDefinition,
  defineCrdt,
  type DefinedCrdt,
  type ImpliedByRest,
} from "./crdt/define_crdt.ts";
export { LWWMap, lwwMap, type LWWMapState } from "./crdt/lww_map.ts";
export {
  LWWRegister,
  lwwRegister,
  type LWWRegisterState,
} from "./crdt/lww_register.ts";
export {
  crdtFrom,
  messageFrom,
  messageToBytes,
  rowsFrom,
  rowsToBytes,
} from "./crdt/message_bytes.ts";
export { MaxRegister, maxRegister } from "./crdt/max_register.ts";
export { ORSet, orSet, type ORSetState } from "./crdt/or_set.ts";
export type { Counters, ORSetRow } from "./crdt/or_set_row.ts";
export { PNCounter, pnCounter, type PNCounterOp } from "./crdt/pn_counter.ts";
export type { Increment, PNCounterRow, Tally } from "./crdt/pn_counter_row.ts";
export { Sequence, type SequenceState } from "./crdt/sequence/sequence.ts";
export { sequence } from "./crdt/sequence/sequence_type.ts";
export type { Elements } from "./crdt/sequence/elements.ts";
export type { Head, Piece, Place, Run } from "./crdt/sequence/run.ts";
export { Text, type TextChange, textOf } from "./crdt/sequence/text.ts";
export { CrdtError, type CrdtErrorCode } from "./crdt/crdt_error.ts";
export { ValueError } from "./codec/value_error.ts";
export { DecodeError } from "./codec/decode_error.ts";
export { Reader, type ReadLimits } from "./codec/reader.ts";
export { Writer } from "./codec/writer.ts";
export { BytePool } from "./codec/byte_pool.ts";
export type { KeyRange } from "./ports/rows.ts";
export { CODES } from "./protocol/code_sentences.ts";
export type { Code, Fault } from "./protocol/codes.ts";
export { FaultError } from "./protocol/fault_error.ts";
export * from "./spec/app_spec.ts";
export * from "./spec/app.ts";
export * from "./spec/define_app.ts";
export { parseAppSpec } from "./spec/parse.ts";
export { deployableApp } from "./spec/deployable.ts";
export { SpecError } from "./spec/spec_error.ts";
export type { EntryKind, KindOf, PathsOf, VarAt } from "./spec/spec_paths.ts";
export type {
  CrdtAt,
  MessageAt,
  PayloadOf,
  ValueAt,
} from "./spec/spec_values.ts";
export type { SpecFault, SpecFaults } from "./spec/spec_faults.ts";
