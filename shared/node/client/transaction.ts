/**
 * One write in the making: what mutators return is gathered, checked, and taken
 * as a whole or not at all.
 *
 * @module
 */

import type { MutationResult } from "../../crdt/contract.ts";
import type { VersionedRows } from "../../crdt/versioned_rows.ts";
import type { WireEffect } from "../../protocol/authored.ts";
import { refuse } from "../../protocol/fault_error.ts";
import type { RowView } from "../../ports/rows.ts";
import type { Var } from "../../spec/app.ts";
import { dotOf, wireEffect } from "../read_effects.ts";
import { decodeChange } from "../row_body.ts";
import type { ClientState } from "./state.ts";
import { viewRows } from "./view.ts";

/** What a mutator is handed, and what it gives back. */
// deno-lint-ignore no-explicit-any -- the type of a path is known to `defineApp`, not here
export type Mutator = (crdt: any) => MutationResult<any, any> | null;

/** A write of several vars, atomic. */
export class Transaction {
  readonly #state: ClientState;
  readonly #rows: RowView;
  readonly #effects: WireEffect[] = [];
  readonly #tables = new Map<string, VersionedRows<unknown>>();

  /** Begins with nothing, over what the client sees now. */
  constructor(state: ClientState, rows: RowView) {
    this.#state = state;
    this.#rows = rows;
  }

  /** What was gathered. */
  get effects(): readonly WireEffect[] {
    return this.#effects;
  }

  /** Changes a var of the client's zone. Throws `FaultError`, and what the mutator throws. */
  mutate(path: string, fn: Mutator): void {
    const variable = this.#state.app.vars.get(path);
    if (
      !variable || variable.zone !== this.#state.zone ||
      variable.kind === "derived"
    ) {
      return refuse(
        "unknown-path",
        path,
        "no var that this zone can write",
        "a source var or a replica of it",
      );
    }
    const { crdt } = variable;
    const table = this.#tables.get(path) ??
      viewRows(this.#state, this.#rows, variable);
    const result = fn(
      crdt.fold(this.#state.author.actor, this.#state.clock, table),
    );
    if (result === undefined) {
      return refuse(
        "mutation-without-result",
        path,
        "undefined",
        "what the mutator of the CRDT returned, or null",
      );
    }
    if (result === null || result.message === null) return;
    const nodeId = this.#state.nodeId;
    const effect = wireEffect(this.#state.app, {
      nodeId,
      path,
      msg: result.message,
    }, this.#state.author.actor);
    this.#tables.set(path, this.#changed(variable, table, effect));
    this.#effects.push(effect);
  }

  /** The rows as they will be when the write is numbered: by the number it will have. */
  #changed(
    { crdt }: Var,
    table: VersionedRows<unknown>,
    { rows }: WireEffect,
  ): VersionedRows<unknown> {
    const { actor, nextN } = this.#state.author;
    const first = this.#effects.reduce((sum, one) => sum + one.rows.length, 0);
    return rows.reduce((changed, { key, body }, i) => {
      const held = changed.get(key);
      const dot = dotOf(actor, nextN, first + i);
      const row: unknown = crdt.apply(
        held,
        decodeChange(crdt, body, actor),
        dot,
      );
      return row === held ? changed : changed.with(key, row, held);
    }, table);
  }
}
