/**
 * A verified session on its way from the worker to a server node: one header
 * of a request that the worker makes from nothing, so that no header of the
 * outside can stand in for it.
 *
 * @module
 */

import { base64url } from "jose";

/** Who connects, and until when. */
export interface HandedSession {
  /** What the token said. */
  readonly claims: unknown;
  /** When it ends. */
  readonly expiresMs: number;
}

const HEADER = "X-Zonekit-Session";

/** The request that brings a session to its node. */
export function upgradeRequest(url: string, session: HandedSession): Request {
  const { claims, expiresMs } = session;
  return new Request(url, {
    headers: {
      Upgrade: "websocket",
      // Claims can hold any character, and a header only some.
      [HEADER]: base64url.encode(JSON.stringify({ claims, expiresMs })),
    },
  });
}

/** The session of such a request. Throws `TypeError` when there is none. */
export function handedSession(request: Request): HandedSession {
  const header = request.headers.get(HEADER);
  if (header === null) throw new TypeError("A session is handed by the worker");
  const json = new TextDecoder().decode(base64url.decode(header));
  return JSON.parse(json) as HandedSession;
}
