/**
 * The source vars of the client's zone, which its device has for itself: every
 * tab writes them, so each row is joined with what is there, here and in the store.
 *
 * @module
 */

import { equalBytes } from "../../codec/byte_order.ts";
import type { AnyCrdt } from "../../crdt/contract.ts";
import { decodeRow, encodeRow } from "../row_body.ts";
import type { ClientWork } from "./client_work.ts";
import { noteChange } from "./compute.ts";
import type { ClientState } from "./state.ts";

/** The type of a private var; `undefined` for every other path. */
export function privateCrdt(
  { app, zone }: Pick<ClientState, "app" | "zone">,
  path: string,
): AnyCrdt | undefined {
  const variable = app.vars.get(path);
  return variable?.kind === "source" && variable.zone === zone
    ? variable.crdt
    : undefined;
}

/** The bytes of two versions of a row, joined. */
export function joinBodies(
  crdt: AnyCrdt,
  held: Uint8Array,
  body: Uint8Array,
): Uint8Array {
  const row = crdt.join(decodeRow(crdt, held), decodeRow(crdt, body));
  return encodeRow(crdt, row);
}

/** Joins a row into a private var; any other path is left alone. */
export function joinPrivate(
  { state, draft, changed }: ClientWork,
  path: string,
  key: string,
  body: Uint8Array,
): void {
  const crdt = privateCrdt(state, path);
  if (!crdt) return;
  const held = draft.get(path, key)?.body;
  const joined = held ? joinBodies(crdt, held, body) : body;
  if (held && equalBytes(held, joined)) return;
  draft.put(path, key, 0, joined);
  noteChange(changed, path, key);
}
