/**
 * The step of a client: what it writes shows at once, is stored, is sent when it
 * is stored, and stays in the outbox until the master has answered.
 *
 * @module
 */

import { HybridClock } from "../../crdt/hlc.ts";
import type { Fault } from "../../protocol/codes.ts";
import type { App } from "../../spec/app.ts";
import type { Outcome, Surroundings } from "../outcome.ts";
import { ClientStep } from "./client_step.ts";
import { Outbox } from "./outbox.ts";
import type { ClientState, Rejected } from "./state.ts";
import type { Transaction } from "./transaction.ts";

/** What happens to a client. */
export type ClientEvent =
  /** It starts, over what its store holds; these actors' writes are its to send. */
  | { readonly type: "boot"; readonly actors: readonly string[] }
  /** Another tab ended: its writes are this client's to send. */
  | { readonly type: "adopt"; readonly actor: string }
  /** Somebody looks at these vars from now on. */
  | { readonly type: "observe"; readonly paths: readonly string[] }
  /** The app writes. */
  | { readonly type: "write"; readonly run: (tx: Transaction) => void }
  /** The app dispatches an event to a computation. */
  | {
    readonly type: "dispatch";
    readonly path: string;
    readonly payload: unknown;
  }
  /** The app has dealt with a refused write; `again` makes a new one of it. */
  | {
    readonly type: "dealt";
    readonly rejected: Rejected;
    readonly again: boolean;
  }
  /** The link upward stands. */
  | { readonly type: "linked" }
  /** The link upward is gone, or could not be had. */
  | { readonly type: "unlinked"; readonly fault: Fault | null }
  /** A frame came down. */
  | { readonly type: "frame"; readonly bytes: Uint8Array }
  /** The other end lives. */
  | { readonly type: "pong" }
  /** The page is looked at again, or the network is back. */
  | { readonly type: "wake" }
  /** The time that was asked for has come. */
  | { readonly type: "alarm" }
  /** The app closes the client. */
  | { readonly type: "close" };

/** What came of a client's step. */
export interface ClientOutcome extends Outcome {
  /** Vars that became others. */
  readonly changed: ReadonlySet<string>;
  /** Whether connection, outbox or refused writes became others. */
  readonly statusChanged: boolean;
  /** The write that the event made; `null` for none. */
  readonly written: { readonly actor: string; readonly n: number } | null;
}

/** A client that has not read its store yet. */
export function newClient(
  app: App,
  zone: string,
  nodeId: string,
  actor: string,
): ClientState {
  const time = { nowMs: 0 };
  return {
    app,
    zone,
    nodeId,
    author: { actor, nextN: 1 },
    lastOwn: 0,
    time,
    clock: new HybridClock(() => time.nowMs),
    received: 0,
    epoch: "",
    seen: 0,
    outbox: new Outbox(),
    rejected: [],
    lastWant: 0,
    wants: new Map(),
    observed: new Set(),
    computed: new Map(),
    tables: new Map(),
    link: {
      phase: "down",
      number: 0,
      greeted: false,
      received: 0,
      demandVersion: 0,
      attempts: 0,
      dialAtMs: null,
      pushed: new Set(),
      heardMs: 0,
      checkedMs: 0,
      pingedMs: null,
      askedMs: null,
      pushedMs: null,
    },
    connection: "connecting",
    fault: null,
    claims: undefined,
    alarmAtMs: null,
  };
}

/**
 * One event of a client. A `FaultError` of `write` and `dispatch`, and what an
 * app's mutator throws, changes nothing; anything else means: forget the state.
 */
export function stepClient(
  state: ClientState,
  event: ClientEvent,
  around: Surroundings,
): ClientOutcome {
  state.time.nowMs = around.nowMs;
  const step = new ClientStep(state, around);
  switch (event.type) {
    case "boot":
      step.boot(event.actors);
      break;
    case "adopt":
      step.adopt(event.actor);
      break;
    case "observe":
      step.observe(event.paths);
      break;
    case "write":
      step.write(event.run);
      break;
    case "dispatch":
      step.dispatch(event.path, event.payload);
      break;
    case "dealt":
      step.dealt(event.rejected, event.again);
      break;
    case "close":
      step.close();
      break;
    default:
      step.link.handle(event);
  }
  return step.finish();
}
