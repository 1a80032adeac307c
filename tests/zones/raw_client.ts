/**
 * A client that speaks the protocol by hand, so that every byte it is sent can
 * be looked at.
 *
 * @module
 */

import { Writer } from "../../shared/codec/writer.ts";
import { HLC_TICKS_PER_MS } from "../../shared/crdt/hlc.ts";
import { writeLwwChange } from "../../shared/crdt/lww_row.ts";
import { encodeAuthored } from "../../shared/node/read_effects.ts";
import type { WireEffect } from "../../shared/protocol/authored.ts";
import type { Fault } from "../../shared/protocol/codes.ts";
import type { Live, Verdict } from "../../shared/protocol/live.ts";
import {
  decodeMessage,
  encodeMessage,
  type Message,
} from "../../shared/protocol/message.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";
import type { Refusal } from "../../shared/protocol/signals.ts";
import {
  PROTOCOL_VERSION,
  SUBPROTOCOL,
} from "../../shared/protocol/version.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { app } from "./fixture/app.ts";

/** The hash of the fixture's spec. */
export const SPEC_HASH = parseAppSpec(app).hash;

/** What has not come by then will not come. */
const WAIT_MS_MAX = 15_000;

/** Signs in as on a developer's machine, and returns the token. */
export async function signIn(url: string, user: string): Promise<string> {
  const response = await post(`${url}/dev/sign-in`, { user });
  const { token } = await response.json() as { token: string };
  return token;
}

/** Posts JSON as the zone's own page would. */
export async function post(
  address: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return await fetch(address, {
    method: "POST",
    headers: { Origin: new URL(address).origin, ...headers },
    body: JSON.stringify(body),
  });
}

/** Gets a ticket for a space. */
export async function ticketFor(
  url: string,
  token: string,
  space: string,
): Promise<string> {
  const authorization = { Authorization: `Bearer ${token}` };
  const response = await post(`${url}/connect`, { space }, authorization);
  const { ticket } = await response.json() as { ticket: string };
  return ticket;
}

/** Opens a socket as a page of an origin would. */
export function openSocket(
  url: string,
  protocols: readonly string[],
  origin: string,
): WebSocket {
  const address = `${url.replace("http", "ws")}/connect`;
  // Deno takes headers here, which the types of browsers do not know.
  const options = { protocols, headers: { Origin: origin } };
  return Reflect.construct(WebSocket, [address, options]);
}

/** One write of some keys of a var, under an actor's next number. */
export interface RawWrite {
  /** The var; the to-dos when absent. */
  readonly path?: string;
  /** Values by key; `null` removes. */
  readonly values: Readonly<Record<string, string | null>>;
  /** The stamp; a greater one each time when absent. */
  readonly timestamp?: number;
}

/** A connected client. */
export class RawClient implements Disposable {
  /** Every frame that came, as it came. */
  readonly frames: (Uint8Array | string)[] = [];
  /** The actor that its writes are numbered for. */
  readonly actor: string;
  readonly #socket: WebSocket;
  readonly #messages: Message[] = [];
  readonly #closed: Promise<CloseEvent>;
  #wakes: (() => void)[] = [];
  #link = 0;
  #n = 0;
  #seen = 0;
  readonly #writes = new Map<number, PushedWrite>();
  #stamp = Date.now() * HLC_TICKS_PER_MS;

  private constructor(socket: WebSocket, actor: string) {
    this.#socket = socket;
    this.actor = actor;
    socket.binaryType = "arraybuffer";
    socket.addEventListener("message", ({ data }) => this.#received(data));
    this.#closed = new Promise((resolve) =>
      socket.addEventListener("close", resolve)
    );
  }

  /** Opens a socket for a user of a space. */
  static async open(
    url: string,
    user: string,
    space: string,
  ): Promise<RawClient> {
    return await RawClient.enter(url, await signIn(url, user), space);
  }

  /** Opens a socket with a token. */
  static async enter(
    url: string,
    token: string,
    space: string,
  ): Promise<RawClient> {
    const ticket = await ticketFor(url, token, space);
    const socket = openSocket(url, [SUBPROTOCOL, `t.${ticket}`], url);
    const client = new RawClient(socket, `actor-${crypto.randomUUID()}`);
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve);
      socket.addEventListener("error", reject);
    });
    return client;
  }

  /** Opens a socket and says hello for the to-dos and the count of users. */
  static async join(
    url: string,
    user: string,
    space: string,
  ): Promise<RawClient> {
    const client = await RawClient.open(url, user, space);
    await client.hello(["/client/todos", "/client/users_said"]);
    return client;
  }

  /** The subprotocol that the other end chose. */
  get protocol(): string {
    return this.#socket.protocol;
  }

  /** Resolves when the socket is closed. */
  get closed(): Promise<CloseEvent> {
    return this.#closed;
  }

  /** Says hello, wanting vars from nothing, and waits for the welcome. */
  async hello(
    paths: readonly string[],
    specHash: string = SPEC_HASH,
  ): Promise<void> {
    this.#link++;
    this.send({
      type: "hello",
      protocol: PROTOCOL_VERSION,
      specHash,
      node: `node-${this.actor}`,
      link: this.#link,
      seen: 0,
      wants: paths.map((path, id) => (
        { id, path, range: null, consumer: null, cursor: null }
      )),
    });
    await this.until((message) => message.type === "welcome");
  }

  /** Sends a message. */
  send(message: Message): void {
    this.sendRaw(encodeMessage(message));
  }

  /** Sends anything. */
  sendRaw(data: string | Uint8Array): void {
    this.#socket.send(typeof data === "string" ? data : new Uint8Array(data));
  }

  /** Pushes a write, and returns its number. */
  push({ path = "/db/todos", values, timestamp }: RawWrite): number {
    const rows = Object.entries(values).map(([key, value]) => {
      const writer = new Writer();
      this.#stamp++;
      const stamp = timestamp ?? this.#stamp;
      writeLwwChange(writer, { timestamp: stamp, nodeId: this.actor, value });
      return { key, body: writer.finish() };
    });
    const effects = [{ path, crdtType: "LWWMap", rows }];
    const n = ++this.#n;
    this.pushEffects(n, effects);
    return n;
  }

  /** Pushes effects as they are. */
  pushEffects(n: number, effects: readonly WireEffect[]): void {
    const stamp = ++this.#stamp;
    const authored = encodeAuthored({ kind: "effects", stamp, effects });
    this.pushAuthored(n, authored);
  }

  /** Pushes bytes that should be what an author made. */
  pushAuthored(n: number, authored: Uint8Array): void {
    const write: PushedWrite = {
      actor: this.actor,
      n,
      seenThrough: this.#seen,
      authored,
      session: null,
      fault: null,
      effects: null,
    };
    this.#n = Math.max(n, this.#n);
    this.#writes.set(n, write);
    this.#sendWrite(write);
  }

  /** Pushes a write again, as it was, and waits for its verdict. */
  async resend(n: number): Promise<Verdict> {
    this.#messages.length = 0;
    this.#sendWrite(this.#writes.get(n)!);
    return await this.verdict(n);
  }

  /** Pushes a write, and waits for its verdict. */
  async write(write: RawWrite): Promise<Verdict> {
    const n = this.push(write);
    return await this.verdict(n);
  }

  /** Waits for the verdict of a write. */
  async verdict(n: number): Promise<Verdict> {
    const isIt = (verdict: Verdict) =>
      verdict.actor === this.actor && verdict.n === n;
    const message = await this.until((message) =>
      message.type === "live" && message.verdicts.some(isIt)
    );
    return (message as Live).verdicts.find(isIt)!;
  }

  /** Waits until a row with a key has come. */
  async row(key: string): Promise<void> {
    await this.until((message) =>
      message.type === "live" &&
      message.parts.some(({ rows }) => rows.some((row) => row.key === key))
    );
  }

  /** Waits until a text was sent. */
  async text(text: string): Promise<void> {
    while (!this.wasSent(text)) await this.#next();
  }

  /** Waits for the refusal of a frame. */
  async refusal(code: Fault["code"]): Promise<Fault> {
    const message = await this.until((message) =>
      message.type === "refusal" && message.fault.code === code
    );
    return (message as Refusal).fault;
  }

  /** Waits for a message among those that came and will come. */
  async until(accepts: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const message = this.#messages.find(accepts);
      if (message) return message;
      await this.#next();
    }
  }

  /** Whether a text occurs in any frame. */
  wasSent(text: string): boolean {
    return this.frames.some((frame) =>
      // One byte a character, so that bytes can be looked for as text.
      (typeof frame === "string" ? frame : latin1(frame)).includes(text)
    );
  }

  /** Closes the socket. */
  close(): void {
    this.#socket.close();
  }

  /** Closes the socket. */
  [Symbol.dispose](): void {
    this.close();
  }

  async #next(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const late = () => reject(new Error(`Nothing came in ${WAIT_MS_MAX} ms`));
    const timer = setTimeout(late, WAIT_MS_MAX);
    this.#wakes.push(resolve);
    await promise.finally(() => clearTimeout(timer));
  }

  #sendWrite(write: PushedWrite): void {
    this.send({ type: "push", link: this.#link, writes: [write] });
  }

  #received(data: string | ArrayBuffer): void {
    if (typeof data === "string") this.frames.push(data);
    else {
      const bytes = new Uint8Array(data);
      this.frames.push(bytes);
      this.#messages.push(decodeMessage(bytes));
    }
    for (const wake of this.#wakes.splice(0)) wake();
  }
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
