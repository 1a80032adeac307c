/**
 * A server node as what stands behind the server nodes of a zone below it: its
 * copy, what it computes, and its own link for all that it has not got.
 *
 * @module
 */

import type { RowView } from "../../ports/rows.ts";
import type { PushedWrite } from "../../protocol/push.ts";
import { type Consumer, cursorWithin, type Want } from "../../protocol/want.ts";
import type { App, Var } from "../../spec/app.ts";
import { ancestors } from "../../spec/graph.ts";
import type { Paging } from "../page.ts";
import type {
  Peer,
  PeerWant,
  RowWant,
  Touched,
  ValueWant,
} from "../peers/peer.ts";
import type { Producer } from "../peers/producer.ts";
import type { NewValue } from "../value_feed.ts";
import { WHOLE } from "../var_rows.ts";
import type { Sight } from "./place.ts";
import { enqueueFrom } from "./queue.ts";
import type { ServerState } from "./state.ts";
import { headOf, hold, isWhole, release } from "./upstream.ts";
import { valueFor } from "./value_want.ts";

/** A server node's side of its links down, in one step. */
export class ServerProducer implements Producer {
  readonly #sight: Sight;
  readonly #state: ServerState;

  /** Serves from what one step sees. */
  constructor(sight: Sight) {
    this.#sight = sight;
    this.#state = sight.state;
  }

  get app(): App {
    return this.#state.app;
  }

  get epoch(): string {
    const { up } = this.#state;
    return up.greeted ? up.epoch : "";
  }

  get head(): number {
    return headOf(this.#state.app, this.#state.up);
  }

  get timeMs(): number {
    return Math.floor(this.#sight.around.nowMs + this.#state.up.offsetMs);
  }

  get rows(): RowView {
    return this.#sight.rows;
  }

  get paging(): Paging {
    return this.#state.paging;
  }

  get isLatest(): boolean {
    const { up } = this.#state;
    return up.isLatest && this.head === up.head;
  }

  take(peer: Peer, want: Want): PeerWant | null {
    const { app, up } = this.#state;
    const { id, path } = want;
    const variable = app.vars.get(path);
    if (!variable) return null;
    if (variable.kind === "derived") {
      const theirs = this.#consumerOf(peer, want, variable);
      const consumer = theirs ?? { nodeId: this.#state.name, claims: {} };
      const holds = new Set<string>();
      if (variable.computerZone !== this.#state.zone) {
        holds.add(hold(up, path, WHOLE, theirs));
      }
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
    const cursor = cursorWithin(want.cursor, up.epoch, this.timeMs);
    return {
      kind: "rows",
      id,
      path,
      range,
      holds: [hold(up, path, range)],
      next: range.from,
      since: cursor?.seq ?? 0,
      replace: cursor === null,
    };
  }

  release(want: PeerWant): void {
    for (const key of want.holds) release(this.#state.up, key);
  }

  isWhole(want: RowWant): boolean {
    return want.holds.every((key) => isWhole(this.#state.up, key));
  }

  touchedSince(peer: Peer): readonly Touched[] {
    return [...peer.touched.values()];
  }

  valueOf(want: ValueWant, touched: readonly Touched[]): NewValue {
    return valueFor(this.#sight, want, touched);
  }

  push(peer: Peer, writes: readonly PushedWrite[]): void {
    for (const write of writes) enqueueFrom(this.#state, peer.name, write);
  }

  checkParent(): void {
    this.#state.up.isDoubted = true;
  }

  /**
   * Whom a var is computed for: the client that is named, the node whose own
   * var it is, or `null` for this node, whose copy all of them share.
   */
  #consumerOf(peer: Peer, want: Want, { zone }: Var): Consumer | null {
    if (want.consumer) return want.consumer;
    const own = this.#state.zone;
    const isOurs = zone === own ||
      ancestors(this.#state.app, own).includes(zone);
    return isOurs ? null : { nodeId: peer.name, claims: {} };
  }
}
