/**
 * The master as what stands behind its server nodes: the rows of the space, the
 * ring that says which of them were touched, and what it computes for others.
 *
 * @module
 */

import type { RowView } from "../../ports/rows.ts";
import { FaultError } from "../../protocol/fault_error.ts";
import type { PushedWrite } from "../../protocol/push.ts";
import { cursorWithin, type Want } from "../../protocol/want.ts";
import type { App } from "../../spec/app.ts";
import type { DraftRows } from "../draft_rows.ts";
import type { Surroundings } from "../outcome.ts";
import type { Paging } from "../page.ts";
import type { Peer, PeerWant, Touched, ValueWant } from "../peers/peer.ts";
import type { Producer } from "../peers/producer.ts";
import { ReadLog } from "../read_log.ts";
import { type NewValue, NOTHING, travelling } from "../value_feed.ts";
import { WHOLE } from "../var_rows.ts";
import { commitBatch } from "./commit.ts";
import { evaluateFor } from "./place.ts";
import type { MasterState } from "./state.ts";

/** The master's side of its links, in one step. */
export class MasterProducer implements Producer {
  /** The root is never behind itself. */
  readonly isLatest = true;
  readonly #state: MasterState;
  readonly #around: Surroundings;
  readonly #draft: DraftRows;

  /** Serves from the draft of one step. */
  constructor(state: MasterState, around: Surroundings, draft: DraftRows) {
    this.#state = state;
    this.#around = around;
    this.#draft = draft;
  }

  get app(): App {
    return this.#state.app;
  }

  get epoch(): string {
    return this.#state.epoch;
  }

  get head(): number {
    return this.#state.ring.head;
  }

  get timeMs(): number {
    return Math.floor(this.#around.nowMs);
  }

  get rows(): RowView {
    return this.#draft;
  }

  get paging(): Paging {
    return this.#state.paging;
  }

  take(peer: Peer, want: Want): PeerWant | null {
    const { app, epoch } = this.#state;
    const { id, path } = want;
    const variable = app.vars.get(path);
    if (!variable) return null;
    if (variable.kind === "derived") {
      const consumer = want.consumer ?? { nodeId: peer.name, claims: {} };
      const holds = new Set<string>();
      return {
        kind: "value",
        id,
        path,
        variable,
        consumer,
        holds,
        last: null,
        isVoid: false,
        log: null,
      };
    }
    const range = want.range ?? WHOLE;
    const cursor = cursorWithin(want.cursor, epoch, this.#around.nowMs);
    return {
      kind: "rows",
      id,
      path,
      range,
      holds: [],
      next: range.from,
      since: cursor?.seq ?? 0,
      replace: cursor === null,
    };
  }

  release(): void {}

  isWhole(): boolean {
    return true;
  }

  touchedSince({ seq }: Peer): readonly Touched[] | null {
    const { ring } = this.#state;
    return seq < ring.head ? ring.touchedSince(seq) : [];
  }

  valueOf(want: ValueWant, touched: readonly Touched[] | null): NewValue {
    const { log, variable, consumer } = want;
    const isStale = log === null || touched === null ||
      touched.some(([path, key]) => log.covers(path, key));
    if (!isStale) return null;
    want.log = new ReadLog();
    const { counts } = this.#state.ring;
    try {
      const value = evaluateFor(
        this.#state,
        this.#around,
        this.#draft,
        counts,
        variable,
        consumer,
        want.log,
      );
      return travelling(variable.path, value);
    } catch (error) {
      // A computation that throws leaves the last good value where it is; it is
      // tried again when something that it read changes.
      if (error instanceof FaultError) return NOTHING;
      throw error;
    }
  }

  push(peer: Peer, writes: readonly PushedWrite[]): void {
    const verdicts = commitBatch(
      this.#state,
      this.#around,
      this.#draft,
      writes,
    );
    peer.verdicts.push(...verdicts);
  }

  checkParent(): void {}
}
