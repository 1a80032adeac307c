/**
 * Puts types to the proof away from whoever waits for it.
 *
 * @module
 */

import { LAWS } from "./subjects.ts";

/** What to try. */
export interface LawOrder {
  /** The type, by name. */
  readonly type: string;
  /** What the chances are drawn from. */
  readonly seed: number;
  /** How often each law is tried. */
  readonly runs: number;
  /** How many operations all states are tried of. */
  readonly operations: number;
}

/** What came of it. */
export interface LawReply {
  /** How often a law was tried. */
  readonly runs: number;
  /** How many states there are. */
  readonly states: number;
  /** How a law is broken; `null` when all hold. */
  readonly broken: string | null;
}

/** Does an order. */
function replyTo({ type, ...effort }: LawOrder): LawReply {
  try {
    return { ...LAWS.get(type)!(effort), broken: null };
  } catch (error) {
    return { runs: 0, states: 0, broken: (error as Error).message };
  }
}

interface Scope {
  onmessage: ((event: MessageEvent<LawOrder>) => void) | null;
  postMessage(reply: LawReply): void;
}

const scope: Partial<Scope> = globalThis;
scope.onmessage = ({ data }) => scope.postMessage?.(replyTo(data));
