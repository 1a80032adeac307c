/**
 * A server node on Cloudflare's platform: a Durable Object that holds the
 * hibernatable sockets of clients, and runs the shipped step over its memory.
 *
 * @module
 */

// @ts-types="./platform.ts"
import { DurableObject } from "cloudflare:workers";
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
import type { Peer } from "../../../shared/ports/peer.ts";
import type { Fault } from "../../../shared/protocol/codes.ts";
import { SUBPROTOCOL } from "../../../shared/protocol/version.ts";
import type { App } from "../../../shared/spec/app.ts";
import type { AppSpec } from "../../../shared/spec/app_spec.ts";
import { runnableApp } from "../../../shared/spec/runnable.ts";
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
import { zoneOfNodes } from "../zone_of_nodes.ts";

/** The client's end goes into a `Response`, and is of no use besides. */
declare const WebSocketPair: new () => { 0: never; 1: ServerSocket };
declare const WebSocketRequestResponsePair: new (
  request: string,
  response: string,
) => RequestResponsePair;

/** A server node object, as the platform and the master call it. */
export interface ServerNodeObject extends Peer {
  /** Takes a client's socket, with the session that the worker verified. */
  fetch(request: Request): Response;
  /** Takes a client's frame. */
  webSocketMessage(ws: ServerSocket, message: string | ArrayBuffer): void;
  /** A client has gone. */
  webSocketClose(ws: ServerSocket): void;
  /** A client was lost. */
  webSocketError(ws: ServerSocket): void;
  /** Rings when the step asked for it. */
  alarm(): void;
}

/** The class of an app's server node objects; only the platform makes any. */
export type ServerNodeClass = new (...given: never[]) => ServerNodeObject;

/**
 * Makes the class of an app's server node objects. Throws `SpecError` for a
 * spec that cannot run.
 */
export function serverNode(spec: AppSpec): ServerNodeClass {
  const app = runnableApp(spec);
  const zone = zoneOfNodes(app);
  return class extends DurableObject<ServerEnv> implements ServerNodeObject {
    readonly #shell: ServerShell;

    constructor(
      ...given: ConstructorParameters<typeof DurableObject<ServerEnv>>
    ) {
      super(...given);
      this.#shell = new ServerShell(app, zone, ...given);
    }

    override fetch(request: Request): Response {
      return this.#shell.accept(request);
    }

    override webSocketMessage(
      ws: ServerSocket,
      message: string | ArrayBuffer,
    ): void {
      this.#shell.frame(ws, message);
    }

    override webSocketClose(ws: ServerSocket): void {
      this.#shell.left(ws);
    }

    override webSocketError(ws: ServerSocket): void {
      this.#shell.left(ws);
    }

    override alarm(): void {
      this.#shell.run({ type: "alarm" });
    }

    call(from: string, sealed: Uint8Array): Promise<Uint8Array[]> {
      return Promise.resolve(this.#shell.answer(from, sealed));
    }
  };
}

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

const OPEN = 1;
const CLOSED = 3;
const CLOSED_NORMALLY = 1000;
const CLOSED_BY_POLICY = 1008;
const CLOSED_BY_ERROR = 1011;

/** Runs the step: carries bytes, time and chance in, and performs what comes out. */
class ServerShell {
  readonly #app: App;
  readonly #zone: string;
  readonly #name: string;
  readonly #ctx: ObjectState;
  readonly #calls: PeerCalls;
  #rows = new MemoryRows();
  #state: ServerState | null = null;

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
      close(server, CLOSED_BY_ERROR, "internal");
      return faultResponse(EVENT_UNDONE);
    }
    const headers = { "Sec-WebSocket-Protocol": SUBPROTOCOL };
    const upgraded = { status: 101, webSocket: client, headers };
    return new Response(null, upgraded);
  }

  /** Takes a client's frame. */
  frame(ws: ServerSocket, message: string | ArrayBuffer): void {
    if (typeof message === "string") return send(ws, TEXT_REFUSED);
    const bytes = new Uint8Array(message);
    const socket = this.#socketOf(ws);
    if (!this.#tryRun({ type: "frame", socket, bytes })) {
      send(ws, EVENT_REFUSED);
    }
  }

  /** A client has gone. */
  left(ws: ServerSocket): void {
    this.#tryRun({ type: "left", socket: this.#socketOf(ws) });
    // Without an answer the other end waits ten seconds for it.
    close(ws, CLOSED_NORMALLY, "");
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

function performOn(
  ws: ServerSocket,
  output: Extract<Output, { type: "send" | "close" | "attach" }>,
): void {
  if (output.type === "send") send(ws, output.bytes);
  else if (output.type === "attach") attach(ws, output.bytes);
  else if (output.fault) close(ws, CLOSED_BY_POLICY, output.fault.code);
  else close(ws, CLOSED_NORMALLY, "");
}

/** What the platform will not keep would be missed after a sleep: better now. */
function attach(ws: ServerSocket, bytes: Uint8Array): void {
  try {
    ws.serializeAttachment(bytes);
  } catch (error) {
    logError("a session cannot be kept beside its socket", error);
    close(ws, CLOSED_BY_ERROR, "internal");
  }
}

/** A socket that is closing takes nothing more; that it has left is told apart. */
function send(ws: ServerSocket, bytes: Uint8Array): void {
  if (ws.readyState === OPEN) ws.send(bytes);
}

function close(ws: ServerSocket, code: number, reason: string): void {
  if (ws.readyState !== CLOSED) ws.close(code, reason);
}

function nameOf({ name }: ObjectState["id"]): string {
  if (name) return name;
  throw new TypeError("A server node object is got by its name, <space>/<i>");
}
