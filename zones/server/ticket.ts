/**
 * Tickets: what the worker gives for a token and a space, to open one socket
 * with. A browser cannot send a header with a socket, and a token must stand in
 * no address; a ticket is worth nothing after half a minute, or elsewhere.
 *
 * @module
 */

import { jwtVerify, SignJWT } from "jose";
import { refuse } from "../../shared/protocol/fault_error.ts";
import type { Verified } from "./token.ts";
import { secretBytes } from "./secret.ts";
import type { ServerEnv } from "./server_env.ts";

const ISSUER = "zonekit";
const TYP = "zonekit-ticket";
const TICKET_S = 30;

/** What a ticket admits to. */
export interface Admission extends Verified {
  /** The space. */
  readonly space: string;
}

/** Makes a ticket that opens a socket at one origin. */
export async function issueTicket(
  env: ServerEnv,
  origin: string,
  { claims, subject, expiresMs, space }: Admission,
): Promise<string> {
  const nowS = Math.floor(Date.now() / 1_000);
  return await new SignJWT({ claims, subject, expiresMs, space })
    .setProtectedHeader({ alg: "HS256", typ: TYP })
    .setIssuer(ISSUER)
    .setAudience(origin)
    .setIssuedAt(nowS)
    .setExpirationTime(nowS + TICKET_S)
    .sign(keyOf(env));
}

/** What a ticket admits to. Throws `FaultError` for one that is not ours, here and now. */
export async function admissionOf(
  env: ServerEnv,
  origin: string,
  ticket: string,
): Promise<Admission> {
  const key = keyOf(env);
  try {
    const { payload } = await jwtVerify<Admission>(ticket, key, {
      algorithms: ["HS256"],
      issuer: ISSUER,
      audience: origin,
      typ: TYP,
      requiredClaims: ["exp", "claims", "subject", "expiresMs", "space"],
    });
    return payload;
  } catch {
    return refuse("needs-auth", "ticket", "none that is good", "a new one");
  }
}

function keyOf(env: ServerEnv): Uint8Array {
  return secretBytes("ZONEKIT_TICKET_KEY", env.ZONEKIT_TICKET_KEY);
}
