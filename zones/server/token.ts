/**
 * Tokens: what their issuer says of a user, verified before it is believed.
 *
 * @module
 */

import {
  createRemoteJWKSet,
  errors,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from "jose";
import { ValueError } from "../../shared/codec/value_error.ts";
import { Writer } from "../../shared/codec/writer.ts";
import { refuse } from "../../shared/protocol/fault_error.ts";
import type { TokenRules } from "./options.ts";
import { secretBytes } from "./secret.ts";
import type { ServerEnv } from "./server_env.ts";

/** Beside the claims, a socket's attachment has to hold what it wants. */
const CLAIMS_BYTES_MAX = 4_096;
const SUBJECT_CHARS_MAX = 256;
const DEV_TOKEN_S = 12 * 60 * 60;

/** What a verified token says. */
export interface Verified {
  /** All that it says. */
  readonly claims: JWTPayload;
  /** Whom it is about. */
  readonly subject: string;
  /** When it ends. */
  readonly expiresMs: number;
}

/** Verifies a token. Throws `FaultError` for one that is not to be believed. */
export type VerifyToken = (env: ServerEnv, token: string) => Promise<Verified>;

/** Makes the verifier of a zone, which keeps the keys it has fetched. */
export function tokenVerifier(rules: TokenRules): VerifyToken {
  const { issuer, audience, typ, subject, jwksUrl } = rules;
  const options = {
    issuer,
    audience,
    typ,
    algorithms: [...rules.algorithms],
    requiredClaims: [subject, "exp"],
    clockTolerance: rules.clockToleranceS,
  };
  const jwks = jwksUrl && createRemoteJWKSet(jwksUrl);
  return async (env, token) => {
    const verifying = jwks
      ? jwtVerify(token, jwks, options)
      : jwtVerify(token, secretOf(env), options);
    const { payload } = await verifying.catch(refuseToken);
    const name = payload[subject];
    if (typeof name !== "string" || name.length > SUBJECT_CHARS_MAX || !name) {
      return refuse("needs-auth", "token", `no ${subject}`, "a user's name");
    }
    assertCarried(payload);
    // What is still believed now is worth a session.
    const endS = payload.exp! + rules.clockToleranceS;
    return { claims: payload, subject: name, expiresMs: endS * 1_000 };
  };
}

/** Makes a token for a user: only where anybody can be anybody. */
export async function devToken(
  rules: TokenRules,
  env: ServerEnv,
  user: string,
): Promise<string> {
  const nowS = Math.floor(Date.now() / 1_000);
  return await new SignJWT({ [rules.subject]: user, sub: user, name: user })
    .setProtectedHeader({ alg: "HS256", typ: rules.typ })
    .setIssuer(rules.issuer)
    .setAudience(rules.audience)
    .setIssuedAt(nowS)
    .setExpirationTime(nowS + DEV_TOKEN_S)
    .sign(secretOf(env));
}

function secretOf(env: ServerEnv): Uint8Array {
  return secretBytes("ZONEKIT_TOKEN_SECRET", env.ZONEKIT_TOKEN_SECRET);
}

/** Errors of the key server, which are no fault of the token. */
const KEYS_UNKNOWN = new Set([
  errors.JOSEError.code,
  errors.JWKSInvalid.code,
  errors.JWKSTimeout.code,
]);

/** Says what is wrong with a token, and nothing of what is in it. */
function refuseToken(error: unknown): never {
  if (!(error instanceof errors.JOSEError)) throw error;
  if (KEYS_UNKNOWN.has(error.code)) throw error;
  return refuse("needs-auth", "token", whatIsWrong(error), "a valid token");
}

function whatIsWrong(error: Error): string {
  if (error instanceof errors.JWTExpired) return "one that has run out";
  if (error instanceof errors.JWTClaimValidationFailed) {
    return `another ${error.claim}`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return "a wrong signature";
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return "another algorithm";
  return "none";
}

/** Refuses claims that cannot travel with the session. */
function assertCarried(claims: JWTPayload): void {
  const writer = new Writer();
  try {
    writer.value(claims);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    refuse("bad-value", `token${error.path}`, error.found, error.wanted);
  }
  if (writer.length <= CLAIMS_BYTES_MAX) return;
  const wanted = `at most ${CLAIMS_BYTES_MAX}`;
  refuse("too-large", "token", `claims of ${writer.length} bytes`, wanted);
}
