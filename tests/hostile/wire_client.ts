/**
 * A client that speaks the protocol by hand, and so can say anything.
 *
 * @module
 */

import {
  decodeMessage,
  encodeMessage,
  type Message,
} from "../../shared/protocol/message.ts";
import type { Live, Verdict } from "../../shared/protocol/live.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";
import {
  PROTOCOL_VERSION,
  SUBPROTOCOL,
} from "../../shared/protocol/version.ts";
import type { Want } from "../../shared/protocol/want.ts";
import { withDeadline } from "./deadline.ts";
import { openSocket, signIn, ticketFor } from "./sign_in.ts";
import { APP } from "./running_fixture.ts";

/** The link that clients here begin with; each hello has a greater one. */
export const FIRST_LINK = 7;

/** A want of a var from nothing. */
export function wantOf(id: number, path: string): Want {
  return { id, path, range: null, consumer: null, cursor: null };
}

/** A hello as the fixture's own clients say it. */
export function helloOf(
  link: number,
  paths: readonly string[],
  specHash: string = APP.hash,
): Extract<Message, { type: "hello" }> {
  return {
    type: "hello",
    protocol: PROTOCOL_VERSION,
    specHash,
    node: "by-hand",
    link,
    seen: 0,
    wants: paths.map((path, i) => wantOf(i + 1, path)),
  };
}

/** A connected client. */
export class WireClient implements Disposable {
  /** Every frame that came, in order. */
  readonly frames: (Uint8Array | string)[] = [];
  /** Every message that came, in order. */
  readonly messages: Message[] = [];
  /** The link of its last hello. */
  link = 0;
  /** The last number that a live message had. */
  lastLive = 0;
  /** The version of the last demand it sent on the link. */
  demands = 0;
  /** Why the socket was closed; `null` while it is open. */
  closed: { readonly code: number; readonly reason: string } | null = null;
  readonly #socket: WebSocket;
  #wake: () => void = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.addEventListener("message", ({ data }) => this.#received(data));
    socket.addEventListener("close", ({ code, reason }) => {
      this.closed = { code, reason };
      this.#wake();
    });
  }

  /** Opens a socket for a user of a space, and says nothing. */
  static async open(
    url: string,
    user: string,
    space = "main",
  ): Promise<WireClient> {
    const ticket = await ticketFor(url, await signIn(url, user), space);
    const socket = openSocket(url, [SUBPROTOCOL, `t.${ticket}`]);
    const client = new WireClient(socket);
    await withDeadline(
      "a socket",
      new Promise((resolve, reject) => {
        socket.addEventListener("open", resolve);
        socket.addEventListener("error", reject);
      }),
    );
    return client;
  }

  /** Opens a socket, says hello for these vars, and waits until all are there. */
  static async join(
    url: string,
    user: string,
    paths: readonly string[] = [],
    space = "main",
  ): Promise<WireClient> {
    const client = await WireClient.open(url, user, space);
    await client.hello(paths);
    for (let id = 1; id <= paths.length; id++) {
      await client.until((message) =>
        message.type === "live" &&
        message.parts.some((part) => part.want === id && part.next === null)
      );
    }
    return client;
  }

  /** Says hello, wanting these vars from nothing, and waits for the welcome. */
  async hello(
    paths: readonly string[] = [],
    specHash: string = APP.hash,
  ): Promise<void> {
    this.link = Math.max(FIRST_LINK, this.link + 1);
    this.lastLive = 0;
    this.demands = 0;
    this.send(helloOf(this.link, paths, specHash));
    await this.until((message) =>
      message.type === "welcome" && message.link === this.link
    );
  }

  /** Sends a message. */
  send(message: Message): void {
    if (message.type === "demand") {
      this.demands = Math.max(this.demands, message.version);
    }
    this.sendRaw(encodeMessage(message));
  }

  /** Sends anything. */
  sendRaw(data: string | Uint8Array): void {
    this.#socket.send(typeof data === "string" ? data : new Uint8Array(data));
  }

  /** Pushes writes over its link. */
  push(...writes: PushedWrite[]): void {
    this.send({ type: "push", link: this.link, writes });
  }

  /** Pushes one write, and waits for its verdict. */
  async write(write: PushedWrite): Promise<Verdict> {
    const from = this.messages.length;
    this.push(write);
    return await this.verdict(write, from);
  }

  /** Waits for a write's verdict, among messages from one on. */
  async verdict(
    { actor, n }: { readonly actor: string; readonly n: number },
    from = 0,
  ): Promise<Verdict> {
    const isIt = (verdict: Verdict) =>
      verdict.actor === actor && verdict.n === n;
    const message = await this.until(
      (message) => message.type === "live" && message.verdicts.some(isIt),
      from,
    );
    return (message as Live).verdicts.find(isIt)!;
  }

  /** Asks for the last live number and waits for the answer: all before it has come. */
  async check(): Promise<number> {
    const from = this.messages.length;
    this.send({
      type: "check",
      link: this.link,
      number: this.lastLive,
      demands: this.demands,
    });
    const answer = await this.until(({ type }) => type === "checked", from);
    return answer.type === "checked" ? answer.number : -1;
  }

  /** Waits for a message among those from one on, and those to come. */
  async until(
    accepts: (message: Message) => boolean,
    from = 0,
  ): Promise<Message> {
    return await withDeadline("a message", this.#find(accepts, from));
  }

  /** Waits until the socket is closed. */
  async untilClosed(): Promise<{ code: number; reason: string }> {
    return await withDeadline("the socket to close", this.#closing());
  }

  /** Closes the socket. */
  [Symbol.dispose](): void {
    this.#socket.close();
  }

  async #find(
    accepts: (message: Message) => boolean,
    from: number,
  ): Promise<Message> {
    for (let i = from;; i++) {
      while (i >= this.messages.length) {
        if (this.closed) throw new Error(`closed: ${this.closed.reason}`);
        await this.#next();
      }
      const message = this.messages[i]!;
      if (accepts(message)) return message;
    }
  }

  async #closing(): Promise<{ code: number; reason: string }> {
    while (!this.closed) await this.#next();
    return this.closed;
  }

  #next(): Promise<void> {
    const before = this.#wake;
    return new Promise((resolve) =>
      this.#wake = () => {
        before();
        resolve();
      }
    );
  }

  #received(data: string | ArrayBuffer): void {
    if (typeof data === "string") this.frames.push(data);
    else {
      const bytes = new Uint8Array(data);
      const message = decodeMessage(bytes);
      if (message.type === "live") this.lastLive = message.number;
      this.frames.push(bytes);
      this.messages.push(message);
    }
    const wake = this.#wake;
    this.#wake = () => {};
    wake();
  }
}
