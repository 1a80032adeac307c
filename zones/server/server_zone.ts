/**
 * The half of the server zone that holds nothing: it verifies who asks before
 * any object wakes, and serves the page.
 *
 * @module
 */

import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { FaultError, refuse } from "../../shared/protocol/fault_error.ts";
import { SUBPROTOCOL } from "../../shared/protocol/version.ts";
import type { AppSpec } from "../../shared/spec/app_spec.ts";
import { deployableApp } from "../../shared/spec/deployable.ts";
import { logError } from "./ambient.ts";
import {
  assertOrigin,
  bearerOf,
  isAllowed,
  originOf,
  textOf,
  ticketOf,
} from "./asked.ts";
import { faultResponse } from "./fault_response.ts";
import { upgradeRequest } from "./handed_session.ts";
import { nodeNameFor, SPACE_NAME } from "./node_name.ts";
import {
  nodeCount,
  originsOf,
  type ServerZoneOptions,
  tokenRules,
} from "./options.ts";
import { pageResponse, POLICY_OF_PAGE } from "./page_response.ts";
import type { ServerEnv } from "./server_env.ts";
import { admissionOf, issueTicket } from "./ticket.ts";
import { devToken, tokenVerifier } from "./token.ts";

/** The worker of a server zone: what the platform takes as a script's default. */
export interface ServerZone {
  /** Answers a request. */
  readonly fetch: (
    request: Request,
    env: ServerEnv,
  ) => Response | Promise<Response>;
}

const BODY_BYTES_MAX = 4_096;
/** No slash: in keys such as `user/todo`, one name would begin another. */
const DEV_USER = /^[\p{L}\p{M}\p{N}._-]{1,64}$/u;

/**
 * Makes the worker of an app's server zone. It is a Hono app, to be exported as
 * it is; an app with routes of its own mounts it behind them, with Hono's
 * `mount("/", zone.fetch)`. It answers:
 *
 * - `GET /health`: `{ status, protocol, spec }`.
 * - `POST /connect` with `Authorization: Bearer <token>` and `{ space }`:
 *   `{ ticket, expiresMs }`, where the session ends at `expiresMs`.
 * - `GET /connect`, upgraded, with the subprotocols `zonekit.4` and
 *   `t.<ticket>`: the socket of a client.
 * - `POST /dev/sign-in` with `{ user }`: `{ token }`, only with
 *   `env.ZONEKIT_DEV` of `"1"` and without a JWKS.
 * - any other `GET`: the page and its files, from `env.ASSETS`.
 *
 * A refusal is JSON: `{ code, path, found, wanted }`. Throws `SpecError` for a
 * spec and `RangeError` for options that cannot be served.
 */
export function serverZone(
  spec: AppSpec,
  options: ServerZoneOptions = {},
): ServerZone {
  const { hash } = deployableApp(spec);
  const rules = tokenRules(options.token);
  const verify = tokenVerifier(rules);
  const nodes = nodeCount(options);
  const origins = originsOf(options);
  const policy = options.contentSecurityPolicy ?? POLICY_OF_PAGE;
  const zone = new Hono<{ Bindings: ServerEnv }>();

  zone.onError((error) => {
    if (error instanceof FaultError) return faultResponse(error.fault);
    logError("a request failed", error);
    const [found, wanted] = ["an error of the server", "another try"];
    return faultResponse({ code: "internal", path: "request", found, wanted });
  });
  zone.notFound((c) => {
    const [found, wanted] = ["nothing", "a route or a file"];
    const { path } = c.req;
    return faultResponse({ code: "unknown-path", path, found, wanted });
  });

  zone.get("/health", (c) => {
    c.header("Cache-Control", "no-store");
    return c.json({ status: "ok", protocol: SUBPROTOCOL, spec: hash });
  });

  for (const path of ["/connect", "/dev/sign-in"]) {
    const allowed = (origin: string, c: Context) =>
      isAllowed(c, origins, origin) ? origin : null;
    zone.on(
      ["POST", "OPTIONS"],
      path,
      cors({
        origin: allowed,
        allowMethods: ["POST"],
        allowHeaders: ["Authorization", "Content-Type"],
      }),
      bodyLimit({ maxSize: BODY_BYTES_MAX, onError: refuseBody }),
    );
  }

  zone.post("/connect", async (c) => {
    assertOrigin(c, origins);
    const verified = await verify(c.env, bearerOf(c));
    const space = await textOf(c, "space", SPACE_NAME);
    const session = { claims: verified.claims, signature: "" };
    if (await options.spaces?.(session, space) !== true) {
      refuse("forbidden", "space", "one that does not admit you", "another");
    }
    const admission = { ...verified, space };
    const ticket = await issueTicket(c.env, originOf(c), admission);
    c.header("Cache-Control", "no-store");
    return c.json({ ticket, expiresMs: verified.expiresMs });
  });

  zone.get("/connect", async (c) => {
    assertOrigin(c, origins);
    const admission = await admissionOf(c.env, originOf(c), ticketOf(c));
    const { space, subject } = admission;
    const name = nodeNameFor(space, subject, nodes);
    const node = c.env.SERVER_NODES.getByName(name);
    return await node.fetch(upgradeRequest(c.req.url, admission));
  });

  zone.post("/dev/sign-in", async (c) => {
    if (c.env.ZONEKIT_DEV !== "1" || rules.jwksUrl) return c.notFound();
    assertOrigin(c, origins);
    const user = await textOf(c, "user", DEV_USER);
    c.header("Cache-Control", "no-store");
    return c.json({ token: await devToken(rules, c.env, user) });
  });

  zone.get("*", async (c) => {
    const asset = await c.env.ASSETS?.fetch(c.req.raw);
    if (!asset || asset.status === 404) return c.notFound();
    return pageResponse(asset, policy);
  });
  return zone;
}

function refuseBody(): Response {
  const wanted = `at most ${BODY_BYTES_MAX} bytes`;
  const fault = { code: "too-large", path: "body", found: "more" } as const;
  return faultResponse({ ...fault, wanted });
}
