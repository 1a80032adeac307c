/**
 * The shell of a server node: it holds the hibernatable sockets of clients, and
 * runs the shipped step over its memory.
 *
 * @module
 */

import { refusalFrame } from "../../../shared/node/frames.ts";
import type { Output } from "../../../shared/node/outcome.ts";
import { answerCall, PeerCalls } from "../../../shared/node/peer_calls.ts";
import type { ServerState } from "../../../shared/node/server/state.ts";
import {
  newServer,
  type ServerEvent,
  stepServer,
} from "../../../shared/node/server/step.ts";
import { MemoryRows } from "../../../shared/ports/memory_rows.ts";
import type { Fault } from "../../../shared/protocol/codes.ts";
import { SUBPROTOCOL } from "../../../shared/protocol/version.ts";
import type { App } from "../../../shared/spec/app.ts";
import { logError, random, randomId } from "../ambient.ts";
import { faultResponse } from "../fault_response.ts";
import { handedSession } from "../handed_session.ts";
import { spaceOfNode } from "../node_name.ts";
import type { ServerEnv } from "../server_env.ts";
import type {
  ObjectState,
  RequestResponsePair,
  ServerSocket,
} from "./platform.ts";
import { closeFailed, performOn } from "./socket.ts";

/** The client's end goes into a `Response`, and is of no use besides. */
declare const WebSocketPair: new () => { 0: never; 1: ServerSocket };
declare const WebSocketRequestResponsePair: new (
  request: string,
  response: string,
) => RequestResponsePair;

const TEXT_REFUSED = refusalFrame({
  code: "malformed",
  path: "frame",
  found: "text",
  wanted: "bytes",
});
const EVENT_UNDONE: Fault = {
  code: "internal",
  path: "session",
  found: "an error of the server",
  wanted: "another try",
};
const EVENT_REFUSED = refusalFrame(EVENT_UNDONE);

/** Carries bytes, time and chance into the step, and performs what comes out. */
export class ServerShell {
  readonly #app: App;
  readonly #zone: string;
  readonly #name: string;
  readonly #ctx: ObjectState;
  readonly #calls: PeerCalls;
  #rows = new MemoryRows();
  #state: ServerState | null = null;

  /** Makes the shell of a node whose memory is empty. */
  constructor(
    app: App,
    zone: string,
    ctx: ObjectState,
    env: ServerEnv,
  ) {
    this.#app = app;
    this.#zone = zone;
    this.#name = nameOf(ctx.id);
    this.#ctx = ctx;
    this.#calls = new PeerCalls(
      this.#name,
      (name) => env.DB_NODES.getByName(name),
      (event) => this.#tryRun(event),
    );
    const heartbeat = new WebSocketRequestResponsePair("ping", "pong");
    ctx.setWebSocketAutoResponse(heartbeat);
  }

  /** Takes a client's socket. */
  accept(request: Request): Response {
    const { claims, expiresMs } = handedSession(request);
    const { 0: client, 1: server } = new WebSocketPair();
    const socket = randomId();
    this.#ctx.acceptWebSocket(server, [socket]);
    if (!this.#tryRun({ type: "joined", socket, claims, expiresMs })) {
      closeFailed(server);
      return faultResponse(EVENT_UNDONE);
    }
    const headers = { "Sec-WebSocket-Protocol": SUBPROTOCOL };
    const upgraded = { status: 101, webSocket: client, headers };
    return new Response(null, upgraded);
  }

  /** Takes a client's frame. */
  frame(ws: ServerSocket, message: string | ArrayBuffer): void {
    const link = this.#socketOf(ws);
    const answer = (bytes: Uint8Array) =>
      performOn(ws, { type: "send", link, bytes });
    if (typeof message === "string") return answer(TEXT_REFUSED);
    const bytes = new Uint8Array(message);
    if (!this.#tryRun({ type: "frame", socket: link, bytes })) {
      answer(EVENT_REFUSED);
    }
  }

  /** A client has closed its socket. */
  closed(ws: ServerSocket): void {
    this.lost(ws);
    // Without an answer the other end waits ten seconds for it.
    performOn(ws, { type: "close", link: this.#socketOf(ws), fault: null });
  }

  /** A client's socket is gone. */
  lost(ws: ServerSocket): void {
    this.#tryRun({ type: "left", socket: this.#socketOf(ws) });
  }

  /** Answers a call of the master. */
  answer(from: string, sealed: Uint8Array): Uint8Array[] {
    return answerCall(
      sealed,
      (bytes) => this.run({ type: "peer", from, bytes, answering: false }),
    );
  }

  /** Runs an event, and returns what it replies with. */
  run(event: ServerEvent): Uint8Array[] {
    try {
      this.#state ??= this.#wake();
      return this.#step(this.#state, event);
    } catch (error) {
      // Half an event may be in the memory: the attachments and the master
      // give all of it back.
      this.#state = null;
      this.#rows = new MemoryRows();
      this.#calls.forget();
      logError(`a server node dropped its memory at a ${event.type}`, error);
      throw error;
    }
  }

  #tryRun(event: ServerEvent): boolean {
    try {
      this.run(event);
      return true;
    } catch {
      return false;
    }
  }

  /** A memory with the sessions whose sockets outlived the one before. */
  #wake(): ServerState {
    const name = this.#name;
    const state = newServer(this.#app, this.#zone, name, spaceOfNode(name));
    const sockets = this.#ctx.getWebSockets().flatMap((ws) => {
      const attachment: unknown = ws.deserializeAttachment();
      return attachment instanceof Uint8Array
        ? [{ socket: this.#socketOf(ws), attachment }]
        : [];
    });
    if (sockets.length > 0) this.#step(state, { type: "restored", sockets });
    return state;
  }

  #step(state: ServerState, event: ServerEvent): Uint8Array[] {
    const { writes, after } = stepServer(state, event, {
      rows: this.#rows,
      nowMs: Date.now(),
      random,
    });
    this.#rows.write(writes);
    return after.flatMap((output) => this.#perform(output));
  }

  #perform(output: Output): Uint8Array[] {
    switch (output.type) {
      case "reply":
        return [output.bytes];
      case "call":
        this.#calls.call(output.to, output.bytes);
        return [];
      case "turn":
        setTimeout(() => this.#tryRun({ type: "turn" }), 0);
        return [];
      case "alarm":
        if (output.atMs === null) void this.#ctx.storage.deleteAlarm();
        else void this.#ctx.storage.setAlarm(output.atMs);
        return [];
      case "send":
      case "close":
      case "attach":
        for (const ws of this.#ctx.getWebSockets(output.link)) {
          performOn(ws, output);
        }
        return [];
      default:
        return [];
    }
  }

  #socketOf(ws: ServerSocket): string {
    return this.#ctx.getTags(ws)[0] ?? "";
  }
}

function nameOf({ name }: ObjectState["id"]): string {
  if (name) return name;
  throw new TypeError("A server node object is got by its name, <space>/<i>");
}
