/**
 * The link to a server node: a ticket for the token, then a WebSocket for the
 * ticket. The token is in one header and nowhere else.
 *
 * @module
 */

import type { Fault } from "../../../shared/protocol/codes.ts";
import { SUBPROTOCOL } from "../../../shared/protocol/version.ts";
import type { Link, LinkEvent, LinkMaker } from "../link.ts";

const TICKET_MS_MAX = 10_000;

/** Whom to connect to, and as whom. */
export interface LinkOptions {
  /** The server's address, without a slash at the end. */
  readonly url: string;
  /** The space. */
  readonly space: string;
  /** Gives the token of the moment. */
  readonly token: () => string | Promise<string>;
}

/** Links by `POST /connect` and a WebSocket. */
export function webSocketLink(options: LinkOptions): LinkMaker {
  return (on) => new WebSocketLink(options, on);
}

class WebSocketLink implements Link {
  readonly #options: LinkOptions;
  readonly #on: (event: LinkEvent) => void;
  /** Ends the attempt or the link that counts; what ended is heard no more. */
  #current = new AbortController();
  #socket: WebSocket | null = null;

  constructor(options: LinkOptions, on: (event: LinkEvent) => void) {
    this.#options = options;
    this.#on = on;
  }

  dial(): void {
    this.hangUp();
    this.#current = new AbortController();
    const { signal } = this.#current;
    this.#connect(signal).then(
      (fault) => fault && this.#unlinked(signal, fault),
      () => this.#unlinked(signal, null),
    );
  }

  send(data: Uint8Array | string): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#socket.send(data as Uint8Array<ArrayBuffer> | string);
  }

  ping(): void {
    this.send("ping");
  }

  hangUp(): void {
    this.#current.abort();
    this.#socket?.close();
    this.#socket = null;
  }

  /** Gives the fault of a server that will not have us; throws when there is none to be had. */
  async #connect(signal: AbortSignal): Promise<Fault | null> {
    const { url, space, token } = this.#options;
    const response = await fetch(`${url}/connect`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await token()}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ space }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TICKET_MS_MAX)]),
    });
    const { status } = response;
    if (status === 401) return refused("needs-auth", status, "a valid token");
    if (status === 403) return refused("forbidden", status, "admission");
    if (!response.ok) throw new Error(`POST /connect answered ${status}`);
    const { ticket } = await response.json() as { ticket?: unknown };
    if (typeof ticket !== "string") throw new Error("no ticket");
    signal.throwIfAborted();
    const address = url.replace(/^http/, "ws") + "/connect";
    this.#listen(new WebSocket(address, [SUBPROTOCOL, `t.${ticket}`]), signal);
    return null;
  }

  #listen(socket: WebSocket, signal: AbortSignal): void {
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    const on = this.#on;
    socket.addEventListener("open", () => on({ type: "linked" }), { signal });
    socket.addEventListener("message", ({ data }) => {
      if (data instanceof ArrayBuffer) {
        on({ type: "frame", bytes: new Uint8Array(data) });
      } else if (data === "pong") on({ type: "pong" });
    }, { signal });
    // An error is always followed by a close.
    socket.addEventListener("close", () => this.#unlinked(signal, null), {
      signal,
    });
  }

  #unlinked(signal: AbortSignal, fault: Fault | null): void {
    if (!signal.aborted) this.#on({ type: "unlinked", fault });
  }
}

function refused(
  code: "needs-auth" | "forbidden",
  status: number,
  wanted: string,
): Fault {
  return { code, path: "connect", found: `HTTP ${status}`, wanted };
}
