/**
 * Refused writes as an app shows them.
 *
 * @module
 */

import type { Rejected } from "../../shared/node/client/state.ts";
import { decodeAuthored } from "../../shared/node/read_effects.ts";
import { decodeChange } from "../../shared/node/row_body.ts";
import { type Code, sentenceOf } from "../../shared/protocol/codes.ts";
import type { App } from "../../shared/spec/app.ts";
import type { WriteHandle } from "./write_handles.ts";

/** One row that a refused write wanted to change. */
export interface RejectedEffect {
  /** The source var. */
  readonly path: string;
  /** The row's key. */
  readonly key: string;
  /** What was to stand there; `undefined` for a removal. */
  readonly value: unknown;
}

/** A write that was refused, until the app has dealt with it. */
export interface RejectedWrite {
  /** Which kind of fault. */
  readonly code: Code;
  /** What was wrong, in one sentence. */
  readonly reason: string;
  /** Where the fault is. */
  readonly path: string;
  /** What it wanted to change; nothing for an event. */
  readonly effects: readonly RejectedEffect[];
  /** The event that was dispatched; `null` for a write of effects. */
  readonly event: { readonly path: string; readonly payload: unknown } | null;
  /** Makes a new write of it, with a new number and time. */
  retry(): WriteHandle;
  /** Takes it off the list. */
  dismiss(): void;
}

/** A refused write with what it wanted, read from its bytes. */
export function showRejected(
  app: App,
  { actor, authored, fault }: Rejected,
  deal: (again: boolean) => WriteHandle,
): RejectedWrite {
  return {
    code: fault.code,
    reason: sentenceOf(fault),
    path: fault.path,
    ...contentOf(app, authored, actor),
    retry: () => deal(true),
    dismiss: () => void deal(false),
  };
}

function contentOf(
  app: App,
  bytes: Uint8Array,
  actor: string,
): Pick<RejectedWrite, "effects" | "event"> {
  const authored = decodeAuthored(bytes);
  if (authored.kind === "event") {
    const { path, payload } = authored;
    return { effects: [], event: { path, payload } };
  }
  const effects = authored.effects.flatMap(({ path, crdtType, rows }) => {
    const known = app.vars.get(path)?.crdt;
    // What a newer spec has otherwise, or not at all, is shown without values.
    const crdt = known?.name === crdtType ? known : undefined;
    return rows.map(({ key, body }) => {
      const change: unknown = crdt && decodeChange(crdt, body, actor);
      return { path, key, value: crdt && crdt.valueOf(change) };
    });
  });
  return { effects, event: null };
}
