/**
 * The source vars of the client's zone, which its device has for itself: every
 * tab writes them, so each row is joined with what is there, here and in the store.
 *
 * @module
 */

import type { App } from "../../spec/app.ts";
import { decodeRow, encodeRow } from "../row_body.ts";
import type { ClientWork } from "./client_work.ts";
import { noteChange } from "./compute.ts";

/** The bytes of two versions of a row, joined: `held` itself when it stays. */
export type JoinBodies = (held: Uint8Array, body: Uint8Array) => Uint8Array;

/** How rows of a private var are joined; `undefined` for every other path. */
export function privateJoin(
  app: App,
  zone: string,
  path: string,
): JoinBodies | undefined {
  const variable = app.vars.get(path);
  if (variable?.kind !== "source" || variable.zone !== zone) return undefined;
  const { crdt } = variable;
  return (held, body) => {
    const row: unknown = decodeRow(crdt, held);
    const joined = crdt.join(row, decodeRow(crdt, body));
    return joined === row ? held : encodeRow(crdt, joined);
  };
}

/** Joins a row into a private var; any other path is left alone. */
export function joinPrivate(
  { state, draft, changed }: ClientWork,
  path: string,
  key: string,
  body: Uint8Array,
): void {
  const join = privateJoin(state.app, state.zone, path);
  if (!join) return;
  const held = draft.get(path, key)?.body;
  const joined = held ? join(held, body) : body;
  if (joined === held) return;
  draft.put(path, key, 0, joined);
  noteChange(changed, path, key);
}
