/**
 * The source vars of the client's zone, which its device has for itself: every
 * tab writes them, so each row is joined with what is there, here and in the store.
 *
 * @module
 */

import type { WireEffect } from "../../protocol/authored.ts";
import type { App, SourceVar } from "../../spec/app.ts";
import { dotOf } from "../read_effects.ts";
import { decodeChange, decodeRow, encodeRow } from "../row_body.ts";
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

/** Makes the changes of a write in the private vars of this client's zone. */
export function changePrivate(
  { state, draft, changed }: ClientWork,
  effects: readonly WireEffect[],
  { actor, n }: { readonly actor: string; readonly n: number },
): void {
  let index = 0;
  for (const { path, rows } of effects) {
    const { crdt, initRows } = state.app.vars.get(path) as SourceVar;
    for (const { key, body } of rows) {
      const stored = draft.get(path, key);
      const held = stored ? decodeRow(crdt, stored.body) : initRows.get(key);
      const dot = dotOf(actor, n, index++);
      const row: unknown = crdt.apply(
        held,
        decodeChange(crdt, body, actor),
        dot,
      );
      if (row === held) continue;
      draft.put(path, key, 0, encodeRow(crdt, row));
      noteChange(changed, path, key);
    }
  }
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
