/**
 * The shell of a master: it runs the shipped step, each event in one
 * transaction over SQLite.
 *
 * @module
 */

import type { MasterState } from "../../../shared/node/master/state.ts";
import {
  type MasterEvent,
  newMaster,
  stepMaster,
} from "../../../shared/node/master/step.ts";
import type { Output } from "../../../shared/node/outcome.ts";
import {
  answerCall,
  type CallEvent,
  PeerCalls,
} from "../../../shared/node/peer_calls.ts";
import type { PeersByName } from "../../../shared/ports/peer.ts";
import type { App } from "../../../shared/spec/app.ts";
import { logUndone, random } from "./ambient.ts";
import type { ObjectState, ObjectStorage } from "./platform.ts";
import { SqlRows } from "./sql_rows.ts";

/** What the db script's `env` gives its objects. */
export interface DbEnv {
  /** The server node objects, named `<space>/<i>`. */
  readonly SERVER_NODES: PeersByName;
}

/** What the master says of itself: figures, and nothing of what it holds. */
export interface DbStats {
  /** Rows that SQLite counted as written since the object woke. */
  readonly rowsWritten: number;
}

/** Carries bytes, time and chance into the step, and performs what comes out. */
export class MasterShell {
  readonly #app: App;
  readonly #storage: ObjectStorage;
  readonly #rows: SqlRows;
  readonly #calls: PeerCalls;
  #state: MasterState | null = null;

  /** Makes the shell of a master that has not woken yet. */
  constructor(app: App, { id, storage }: ObjectState, env: DbEnv) {
    this.#app = app;
    this.#storage = storage;
    this.#rows = new SqlRows(storage.sql);
    this.#calls = new PeerCalls(
      nameOf(id),
      (name) => env.SERVER_NODES.getByName(name),
      (event) => this.#heard(event),
    );
  }

  /** Diagnostics. */
  stats(): DbStats {
    return { rowsWritten: this.#rows.rowsWritten };
  }

  /** Answers a call of a server node. */
  answer(from: string, sealed: Uint8Array): Uint8Array[] {
    return answerCall(
      sealed,
      (bytes) => this.#hear({ type: "peer", from, bytes, answering: false }),
    );
  }

  /** Runs an event, and returns what it replies with; what throws is undone. */
  run(event: MasterEvent): Uint8Array[] {
    try {
      if (this.#state) return this.#step(this.#state, event);
      const state = newMaster(this.#app);
      this.#step(state, { type: "boot" });
      this.#state = state;
      return this.#step(state, event);
    } catch (error) {
      // The rows are as they were before, and the memory may be ahead of them.
      this.#state = null;
      this.#calls.forget();
      logUndone(event.type, error);
      throw error;
    }
  }

  #hear(event: Extract<MasterEvent, { type: "peer" }>): Uint8Array[] {
    try {
      return this.run(event);
    } catch (error) {
      const code = codeOf(error);
      return this.run({ ...event, type: "peer-unstored", code });
    }
  }

  #heard(event: CallEvent): void {
    try {
      if (event.type === "peer") this.#hear(event);
      else this.run(event);
    } catch {
      // It is undone and logged, and nobody waits for an answer to an answer.
    }
  }

  #step(state: MasterState, event: MasterEvent): Uint8Array[] {
    const { after } = this.#storage.transactionSync(() => {
      const outcome = stepMaster(state, event, {
        rows: this.#rows,
        nowMs: Date.now(),
        random,
      });
      this.#rows.write(outcome.writes);
      return outcome;
    });
    return after.flatMap((output) => this.#perform(output));
  }

  /** Performs an output; the platform holds it back until the rows are durable. */
  #perform(output: Output): Uint8Array[] {
    switch (output.type) {
      case "reply":
        return [output.bytes];
      case "call":
        this.#calls.call(output.to, output.bytes);
        return [];
      case "alarm":
        if (output.atMs === null) void this.#storage.deleteAlarm();
        else void this.#storage.setAlarm(output.atMs);
        return [];
      default:
        return [];
    }
  }
}

function nameOf({ name }: ObjectState["id"]): string {
  if (name) return name;
  throw new TypeError("A master object is got by its space's name");
}

function codeOf(error: unknown): "space-full" | "internal" {
  return String(error).includes("SQLITE_FULL") ? "space-full" : "internal";
}
