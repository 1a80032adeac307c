/**
 * The step of a client: what it writes shows at once, is stored, is sent when it
 * is stored, and stays in the outbox until the master has answered.
 *
 * @module
 */

import { HybridClock } from "../../crdt/hlc.ts";
import type { App } from "../../spec/app.ts";
import type { Surroundings } from "../outcome.ts";
import type { ClientEvent, ClientOutcome } from "./client_event.ts";
import { ClientStep } from "./client_step.ts";
import { adopt, restore } from "./restore.ts";
import { takeOthers } from "./others.ts";
import { Outbox } from "./outbox.ts";
import type { ClientState } from "./state.ts";

export type { ClientEvent, ClientOutcome } from "./client_event.ts";

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
    outbox: new Outbox(actor),
    lastWant: 0,
    wants: new Map(),
    observed: new Set(),
    computed: new Map(),
    tables: new Map(),
    link: {
      phase: "down",
      number: 0,
      greeted: false,
      syncedMs: 0,
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
      knownMs: new Map(),
      heldMs: null,
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
      restore(step, event.actors);
      break;
    case "adopt":
      adopt(step, event.actor);
      break;
    case "others":
      takeOthers(step, event.rows);
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
