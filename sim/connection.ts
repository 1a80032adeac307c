/**
 * A link between two nodes, as the source document shows it: what is set on it
 * holds for the ways under it at once.
 *
 * @module
 */

import type { ChannelType, RunningNode } from "../shared/spec/app_spec.ts";
import { UsageError } from "./usage_error.ts";
import type { Wires } from "./wires.ts";

/** Two nodes that talk to each other over a channel. */
export interface Connection {
  /** The node of the channel's `fromZone`. */
  readonly fromNodeId: string;
  /** The zone nearer to the root. */
  readonly fromZone: string;
  /** The node of the channel's `toZone`. */
  readonly toNodeId: string;
  /** The zone further from the root. */
  readonly toZone: string;
  /** What carries it. */
  readonly channelType: ChannelType;
  /**
   * Whether it is open. While it is `false`, what either node sends is lost in
   * silence, and no new link between them is made.
   */
  isActive: boolean;
  /**
   * How long a message is under way at least, in milliseconds, in either
   * direction. Time goes in whole milliseconds: a part of one counts as one.
   */
  latency: number;
}

/** How long a message takes where nobody has said otherwise, in milliseconds. */
const LATENCY_MS = 10;

/** A connection over the ways of a world. */
export class WireConnection implements Connection {
  readonly fromNodeId: string;
  readonly fromZone: string;
  readonly toNodeId: string;
  readonly toZone: string;
  readonly channelType: ChannelType = "websocket";
  /** The end of the ways above: the node, or what holds sockets for the root. */
  readonly above: string;
  readonly #wires: Wires;
  #latency = LATENCY_MS;

  /** Joins two nodes by an open way in each direction. */
  constructor(
    wires: Wires,
    from: RunningNode,
    to: RunningNode,
    above: string,
  ) {
    this.fromNodeId = from.id;
    this.fromZone = from.zone;
    this.toNodeId = to.id;
    this.toZone = to.zone;
    this.above = above;
    this.#wires = wires;
    this.isActive = true;
    this.latency = LATENCY_MS;
  }

  get isActive(): boolean {
    const [above, below] = [this.above, this.toNodeId];
    return !this.#wires.isCut(above, below) && !this.#wires.isCut(below, above);
  }

  set isActive(isOpen: boolean) {
    for (const [from, to] of this.#ways()) {
      if (isOpen) this.#wires.repair(from, to);
      else this.#wires.cut(from, to);
    }
  }

  get latency(): number {
    return this.#latency;
  }

  set latency(ms: number) {
    if (!Number.isFinite(ms) || ms < 0) {
      const wanted = "a number of milliseconds from 0";
      throw new UsageError("bad-option", "latency", String(ms), wanted);
    }
    this.#latency = ms;
    for (const [from, to] of this.#ways()) {
      this.#wires.setLatency(from, to, Math.ceil(ms));
    }
  }

  #ways(): [string, string][] {
    return [[this.above, this.toNodeId], [this.toNodeId, this.above]];
  }
}
