/**
 * What an app says of its server zone, and what is made of it.
 *
 * @module
 */

import type { Session } from "../../shared/spec/app_spec.ts";

/** Which tokens are believed. */
export interface TokenOptions {
  /** Who makes them: what `iss` must be. */
  readonly issuer: string;
  /** For whom they are: what `aud` must be or hold. */
  readonly audience: string;
  /**
   * Where the issuer publishes its keys, as a JWKS over https. Without it,
   * tokens are signed by HS256 with `env.ZONEKIT_TOKEN_SECRET`.
   */
  readonly jwksUrl?: string;
  /**
   * The algorithms that the keys of the JWKS may sign by: `RS256`, `ES256` and
   * `EdDSA` when absent. Never `none`, and none that signs by a shared secret.
   */
  readonly algorithms?: readonly string[];
  /** What `typ` in a token's header must be; `JWT` when absent. */
  readonly typ?: string;
  /** The claim that names the user, which every token must have; `sub` when absent. */
  readonly subject?: "sub" | "user_id";
  /** How far the issuer's clock may be off, 0 to 30 seconds; 5 when absent. */
  readonly clockToleranceS?: number;
}

/** What an app says of its server zone. */
export interface ServerZoneOptions {
  /**
   * Whether a session may enter a space, which is one instance of the whole
   * app: a tenant, a document, a room. Its name is 1 to 64 letters, digits, `_`
   * and `-`. Anything but `true` is a no, and so is the absence of this option.
   */
  readonly spaces?: (
    session: Session,
    space: string,
  ) => boolean | Promise<boolean>;
  /**
   * The origins whose pages may sign in and connect, such as
   * `http://127.0.0.1:8787`, compared exactly. When absent, it is the one that
   * the worker itself is reached at, which is right where it serves the page.
   */
  readonly origins?: readonly string[];
  /**
   * Which tokens are believed; when absent, those signed by HS256 with
   * `env.ZONEKIT_TOKEN_SECRET`, of the issuer and for the audience `zonekit`.
   */
  readonly token?: TokenOptions;
  /** How many server nodes share the users of a space, 1 to 1,024; 1 when absent. */
  readonly nodes?: number;
  /**
   * The `Content-Security-Policy` of the page. When absent, the page may load
   * from and talk to its own origin only.
   */
  readonly contentSecurityPolicy?: string;
}

/** Which tokens are believed, with nothing left open. */
export type TokenRules =
  & Required<Omit<TokenOptions, "jwksUrl">>
  & { readonly jwksUrl: URL | null };

const TOKENS_OF_OURS: TokenOptions = {
  issuer: "zonekit",
  audience: "zonekit",
};
const ASYMMETRIC = ["RS256", "ES256", "EdDSA"];
const TOLERANCE_S = 5;
const TOLERANCE_S_MAX = 30;
const NODES_MAX = 1_024;

/** Fills in what an app left open. Throws `RangeError` for what cannot be meant. */
export function tokenRules(options: TokenOptions = TOKENS_OF_OURS): TokenRules {
  const {
    clockToleranceS = TOLERANCE_S,
    algorithms = ASYMMETRIC,
    jwksUrl,
  } = options;
  if (!(clockToleranceS >= 0 && clockToleranceS <= TOLERANCE_S_MAX)) {
    refuse("token.clockToleranceS", clockToleranceS, "0 to 30 seconds");
  }
  const shared = algorithms.find((name) => /^(none|HS\d+)$/i.test(name));
  if (shared !== undefined || algorithms.length === 0) {
    refuse("token.algorithms", shared ?? "empty", "algorithms of key pairs");
  }
  return {
    issuer: options.issuer,
    audience: options.audience,
    typ: options.typ ?? "JWT",
    subject: options.subject ?? "sub",
    clockToleranceS,
    algorithms: jwksUrl === undefined ? ["HS256"] : algorithms,
    jwksUrl: jwksUrl === undefined ? null : safeUrl(jwksUrl),
  };
}

/** The number of nodes of a space. Throws `RangeError`. */
export function nodeCount({ nodes = 1 }: ServerZoneOptions): number {
  if (Number.isInteger(nodes) && nodes >= 1 && nodes <= NODES_MAX) return nodes;
  return refuse("nodes", nodes, `an integer from 1 to ${NODES_MAX}`);
}

/** The origins, or `null` for the worker's own. Throws `RangeError`. */
export function originsOf(
  { origins }: ServerZoneOptions,
): ReadonlySet<string> | null {
  for (const origin of origins ?? []) {
    if (parseUrl(origin)?.origin !== origin) {
      refuse("origins", origin, "a scheme, a host and a port, and no more");
    }
  }
  return origins ? new Set(origins) : null;
}

function safeUrl(text: string): URL {
  const url = parseUrl(text);
  if (url?.protocol === "https:" || url?.hostname === "127.0.0.1") return url;
  return refuse("token.jwksUrl", text, "an https address");
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function refuse(path: string, found: unknown, wanted: string): never {
  throw new RangeError(
    `Cannot serve: options.${path} is ${found}, want ${wanted}`,
  );
}
