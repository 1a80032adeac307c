/**
 * Asking for a socket so that a refusal can be read, which no WebSocket shows.
 *
 * @module
 */

import { request } from "node:http";
import type { IncomingMessage } from "node:http";

/** How a request for a socket was answered. */
export interface UpgradeAnswer {
  /** The HTTP status: 101 for a socket. */
  readonly status: number;
  /** What the refusal says; `undefined` for a socket. */
  readonly fault: { readonly code: string; readonly path: string } | undefined;
}

/** Asks for a socket, and lets go of one at once. */
export function askForSocket(
  url: string,
  protocols: readonly string[],
  origin: string | null = url,
): Promise<UpgradeAnswer> {
  const headers: Record<string, string> = {
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    "Sec-WebSocket-Protocol": protocols.join(", "),
  };
  if (origin !== null) headers.Origin = origin;
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/connect`, { headers });
    asked.on("upgrade", (_response, socket) => {
      socket.destroy();
      resolve({ status: 101, fault: undefined });
    });
    asked.on("response", (response: IncomingMessage) => {
      const chunks: Uint8Array[] = [];
      response.on("data", (chunk: Uint8Array) => chunks.push(chunk));
      response.on("end", () => {
        const text = new TextDecoder().decode(
          Uint8Array.from(chunks.flatMap((chunk) => [...chunk])),
        );
        resolve({ status: response.statusCode ?? 0, fault: JSON.parse(text) });
      });
    });
    asked.on("error", reject);
    asked.end();
  });
}
