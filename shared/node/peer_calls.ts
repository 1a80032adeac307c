/**
 * Calls between nodes, as every shell carries them: sealed frames out, sealed
 * frames back, each of which becomes an event.
 *
 * @module
 */

import type { Peer } from "../ports/peer.ts";
import { openFrame, sealFrame } from "../protocol/envelope.ts";
import { FaultError } from "../protocol/fault_error.ts";
import { refusalFrame } from "./frames.ts";

/** What comes of a call that a node made. */
export type CallEvent =
  /** A frame of the answer. */
  | {
    readonly type: "peer";
    readonly from: string;
    readonly bytes: Uint8Array;
    readonly answering: true;
  }
  /** No answer. */
  | { readonly type: "peer-failed"; readonly to: string };

/** Makes a node's calls. */
export class PeerCalls {
  readonly #self: string;
  readonly #find: (name: string) => Peer;
  readonly #run: (event: CallEvent) => void;
  /** One handle a peer: calls through one handle begin in order. */
  readonly #handles = new Map<string, Peer>();
  #memory = Symbol();

  /** Calls as the node `self`; `run` takes what comes of it, and never throws. */
  constructor(
    self: string,
    find: (name: string) => Peer,
    run: (event: CallEvent) => void,
  ) {
    this.#self = self;
    this.#find = find;
    this.#run = run;
  }

  /** Begins a call at once, and waits for nothing. */
  call(to: string, frame: Uint8Array): void {
    void this.#carry(to, frame);
  }

  /** The node lost its memory: what it called for before is nobody's answer. */
  forget(): void {
    this.#memory = Symbol();
  }

  async #carry(to: string, frame: Uint8Array): Promise<void> {
    const memory = this.#memory;
    const answers = await this.#answersOf(to, frame);
    if (!answers && memory === this.#memory) {
      this.#run({ type: "peer-failed", to });
    }
    for (const bytes of answers ?? []) {
      if (memory !== this.#memory) return;
      this.#run({ type: "peer", from: to, bytes, answering: true });
    }
  }

  async #answersOf(
    to: string,
    frame: Uint8Array,
  ): Promise<Uint8Array[] | null> {
    try {
      const handle = this.#handles.get(to) ?? this.#find(to);
      this.#handles.set(to, handle);
      const sealed = await handle.call(this.#self, sealFrame(frame));
      return sealed.map(openFrame);
    } catch {
      // A handle that failed once may go on failing.
      this.#handles.delete(to);
      return null;
    }
  }
}

/**
 * Answers a call: opens the envelope, and seals what `run` replies with. What
 * it throws is answered too, as the refusal that the caller waits after.
 */
export function answerCall(
  sealed: Uint8Array,
  run: (frame: Uint8Array) => readonly Uint8Array[],
): Uint8Array[] {
  try {
    return run(openFrame(sealed)).map(sealFrame);
  } catch (error) {
    const fault = error instanceof FaultError ? error.fault : {
      code: "internal",
      path: "call",
      found: "a node that could not take it",
      wanted: "to be called again",
    } as const;
    return [sealFrame(refusalFrame(fault))];
  }
}
