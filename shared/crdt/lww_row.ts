/**
 * One last-writer-wins row: what a register is, and what stands at each key of
 * a map.
 *
 * @module
 */

import { decodeError } from "../codec/decode_error.ts";
import { describe } from "../codec/describe.ts";
import type { Reader } from "../codec/reader.ts";
import { assertValue, compareValues } from "../codec/value.ts";
import { ValueError } from "../codec/value_error.ts";
import type { Writer } from "../codec/writer.ts";
import type { Stamp } from "./contract.ts";
import { type CrdtError, crdtError } from "./crdt_error.ts";
import { NODE_ID_CHARS_MAX, nodeIdFault } from "./node_id.ts";
import { compareStamps } from "./stamp.ts";

/** A value, who wrote it, and when. */
export type LWWRegisterState<VT> = {
  /** A hybrid logical clock in one safe integer. */
  timestamp: number;
  /** The writer's id, never the local node's. */
  nodeId: string;
  /** What was written. */
  value: VT;
};

/** Returns the later of two writes; `held` itself when nothing changes. */
export function joinLww<VT>(
  held: LWWRegisterState<VT> | undefined,
  incoming: LWWRegisterState<VT>,
): LWWRegisterState<VT> {
  if (held === undefined) return incoming;
  const order = compareStamps(incoming, held) ||
    compareValues(incoming.value, held.value);
  return order > 0 ? incoming : held;
}

/** Returns the same value under another stamp. */
export function restampLww<VT>(
  row: LWWRegisterState<VT>,
  stamp: Stamp,
): LWWRegisterState<VT> {
  const { timestamp, nodeId } = stamp;
  return { timestamp, nodeId, value: row.value };
}

/** Writes the canonical bytes of a row. */
export function writeLww(writer: Writer, row: LWWRegisterState<unknown>): void {
  writer.uint(row.timestamp);
  writer.string(row.nodeId);
  writer.value(row.value);
}

/** Reads what `writeLww` wrote. */
export function readLww(reader: Reader): LWWRegisterState<unknown> {
  const timestamp = reader.uint();
  const at = reader.at;
  const nodeId = reader.string(NODE_ID_CHARS_MAX);
  const fault = nodeIdFault(nodeId);
  if (fault !== null) throw decodeError(at, fault, "a node id");
  return { timestamp, nodeId, value: reader.value() };
}

/** Writes the canonical bytes of what an author writes. */
export function writeLwwChange(
  writer: Writer,
  { timestamp, value }: LWWRegisterState<unknown>,
): void {
  writer.uint(timestamp);
  writer.value(value);
}

/** Reads what `writeLwwChange` wrote. */
export function readLwwChange(
  reader: Reader,
  nodeId: string,
): LWWRegisterState<unknown> {
  return { timestamp: reader.uint(), nodeId, value: reader.value() };
}

/**
 * Checks a state that came from outside the type system. Throws `CrdtError`;
 * `key` is where it stands in what is checked, if anywhere.
 */
export function checkLww(
  state: unknown,
  key: string | null,
): asserts state is LWWRegisterState<unknown> {
  if (typeof state !== "object" || state === null || !("value" in state)) {
    const wanted = "{ timestamp, nodeId, value }";
    throw crdtError("bad-message", pathOf(key), describe(state), wanted);
  }
  const { timestamp, nodeId, value } = state as LWWRegisterState<unknown>;
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) {
    const [at, found] = [`${pathOf(key)}.timestamp`, describe(timestamp)];
    const wanted = "an integer from 0 to 2^53-1";
    throw crdtError("bad-timestamp", at, found, wanted);
  }
  const fault = nodeIdFault(nodeId);
  if (fault !== null) throw badNodeId(`${pathOf(key)}.nodeId`, fault);
  try {
    assertValue(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const at = `${pathOf(key)}.value${error.path}`;
    throw crdtError("bad-value", at, error.found, error.wanted);
  }
}

/** Returns a checked copy of a state. Throws as `checkLww` does. */
export function parseLww(
  state: unknown,
  key: string | null,
): LWWRegisterState<unknown> {
  checkLww(state, key);
  const { timestamp, nodeId, value } = state;
  return { timestamp, nodeId, value };
}

/** Checks a row that travels: somebody must have written it. Throws `CrdtError`. */
export function checkSentLww(
  state: unknown,
  key: string | null,
): asserts state is LWWRegisterState<unknown> {
  checkLww(state, key);
  if (state.nodeId !== "") return;
  throw badNodeId(`${pathOf(key)}.nodeId`, "empty");
}

function pathOf(key: string | null): string {
  return key === null ? "" : `[${JSON.stringify(key)}]`;
}

/** Returns the id of a node that writes; refuses one that cannot. */
export function writerId(nodeId: string): string {
  const fault = nodeId === "" ? "empty" : nodeIdFault(nodeId);
  if (fault !== null) throw badNodeId("nodeId", fault);
  return nodeId;
}

function badNodeId(path: string, found: string): CrdtError {
  const wanted = `1 to ${NODE_ID_CHARS_MAX} ASCII characters`;
  return crdtError("bad-node-id", path, found, wanted);
}
