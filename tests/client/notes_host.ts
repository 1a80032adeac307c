/**
 * A server for these tests: the shipped steps of a server node and a master in
 * this process, over real sockets. A token is a subject's name.
 *
 * @module
 */

import { newMaster, stepMaster } from "../../shared/node/master/step.ts";
import type { Output } from "../../shared/node/outcome.ts";
import { newServer, stepServer } from "../../shared/node/server/step.ts";
import { MemoryRows } from "../../shared/ports/memory_rows.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { app } from "./notes_app.ts";

const PARENT = "db";
const NAME = "server-1";
const SESSION_MS = 3_600_000;

/** One step with its rows: what a shell is made of. */
interface Shell<Event> {
  run(event: Event): void;
}

type Step<State, Event> = (
  state: State,
  event: Event,
  around: { rows: MemoryRows; nowMs: number; random: () => number },
) => { writes: Parameters<MemoryRows["write"]>[0]; after: readonly Output[] };

function makeShell<State, Event>(
  state: State,
  step: Step<State, Event>,
  perform: (output: Output) => void,
): Shell<Event> {
  const rows = new MemoryRows();
  return {
    run(event) {
      const around = { rows, nowMs: Date.now(), random: Math.random };
      const { writes, after } = step(state, event, around);
      rows.write(writes);
      after.forEach(perform);
    },
  };
}

/** A running host. */
export interface NotesHost extends AsyncDisposable {
  /** Where the page is, and the server. */
  readonly url: string;
  /** Cuts every socket, and lets nobody connect. */
  cut(): void;
  /** Lets everybody connect again. */
  mend(): void;
  /** Answers no ping from here on. */
  silence(): void;
  /** How many pings there were. */
  readonly pinged: number;
  /** How often each subject has connected. */
  readonly connects: readonly string[];
  /** Values that were written, one for each time that the master wrote them. */
  readonly written: readonly string[];
}

/** Serves a page whose script is `script`, and the notes app behind it. */
export function serveNotes(script: string): NotesHost {
  const parsed = parseAppSpec(app);
  const sockets = new Map<string, WebSocket>();
  const connects: string[] = [];
  const written: string[] = [];
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let isCut = false;
  let isSilent = false;
  let pinged = 0;
  let next = 0;

  function later(run: () => void, ms = 0) {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  }
  const toServer = (bytes: Uint8Array, answering: boolean) =>
    later(() => server.run({ type: "peer", from: PARENT, bytes, answering }));
  const toMaster = (bytes: Uint8Array, answering: boolean) =>
    later(() => master.run({ type: "peer", from: NAME, bytes, answering }));
  const master = makeShell(
    newMaster(parsed),
    (state, event: Parameters<typeof stepMaster>[1], around) => {
      const outcome = stepMaster(state, event, around);
      for (const { path, key } of outcome.writes) {
        if (path === "/db/notes") written.push(key);
      }
      return outcome;
    },
    (output) => {
      if (output.type === "reply") toServer(output.bytes, true);
      if (output.type === "call") toServer(output.bytes, false);
    },
  );
  const server = makeShell(
    newServer(parsed, "server", NAME, PARENT),
    stepServer,
    (output) => {
      if (output.type === "reply") toMaster(output.bytes, true);
      if (output.type === "call") toMaster(output.bytes, false);
      if (output.type === "turn") later(() => server.run({ type: "turn" }));
      if (output.type === "send") {
        sockets.get(output.link)?.send(output.bytes as Uint8Array<ArrayBuffer>);
      }
      if (output.type === "close") sockets.get(output.link)?.close();
    },
  );
  master.run({ type: "boot" });

  function join(request: Request): Response {
    const [protocol = "", ticket = ""] =
      request.headers.get("sec-websocket-protocol")?.split(", ") ?? [];
    const { socket, response } = Deno.upgradeWebSocket(request, { protocol });
    const name = `socket-${++next}`;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      sockets.set(name, socket);
      server.run({
        type: "joined",
        socket: name,
        claims: { sub: ticket.slice(2) },
        expiresMs: Date.now() + SESSION_MS,
      });
    };
    socket.onmessage = ({ data }) => {
      if (data === "ping") {
        pinged++;
        return isSilent || socket.send("pong");
      }
      const bytes = new Uint8Array(data);
      server.run({ type: "frame", socket: name, bytes });
    };
    socket.onclose = () => {
      if (sockets.delete(name)) server.run({ type: "left", socket: name });
    };
    return response;
  }

  function connect(request: Request): Response {
    const token = request.headers.get("authorization")?.slice(7) ?? "";
    if (token === "expired") return new Response(null, { status: 401 });
    if (token === "stranger") return new Response(null, { status: 403 });
    connects.push(token);
    return Response.json({ ticket: token });
  }

  const http = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === "/page.js") {
        const headers = { "content-type": "text/javascript" };
        return new Response(script, { headers });
      }
      if (pathname !== "/connect") {
        const headers = { "content-type": "text/html" };
        const html =
          `<!doctype html><script type="module" src="/page.js"></script>`;
        return new Response(html, { headers });
      }
      if (isCut) return new Response(null, { status: 503 });
      return request.method === "POST" ? connect(request) : join(request);
    },
  );
  return {
    url: `http://127.0.0.1:${http.addr.port}/`,
    connects,
    written,
    cut() {
      isCut = true;
      for (const socket of sockets.values()) socket.close();
    },
    mend() {
      isCut = false;
    },
    silence() {
      isSilent = true;
    },
    get pinged() {
      return pinged;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.values()) socket.close();
      timers.forEach(clearTimeout);
      await http.shutdown();
    },
  };
}
