import { assert, assertEquals, assertThrows } from "@std/assert";
import { Hono } from "hono";
import { SpecError } from "../../shared/spec/spec_error.ts";
import { nodeNameFor } from "../../zones/server/node_name.ts";
import type { ServerZoneOptions } from "../../zones/server/options.ts";
import { serverZone } from "../../zones/server/server_zone.ts";
import type { ServerEnv } from "../../zones/server/server_env.ts";
import { app } from "./fixture/app.ts";

const URL_HERE = "http://127.0.0.1";
const nobody = {
  getByName: () => {
    throw new Error("No object may wake");
  },
};
const ENV: ServerEnv = {
  DB_NODES: nobody,
  SERVER_NODES: nobody,
  ZONEKIT_TICKET_KEY: "t".repeat(32),
  ZONEKIT_TOKEN_SECRET: "s".repeat(32),
  ZONEKIT_DEV: "1",
};

async function ask(
  options: ServerZoneOptions,
  path: string,
  init: RequestInit,
  env: ServerEnv = ENV,
): Promise<Response> {
  const request = new Request(URL_HERE + path, init);
  return await serverZone(app, options).fetch(request, env);
}

function posted(body: unknown, headers: Record<string, string> = {}) {
  return {
    method: "POST",
    body: JSON.stringify(body),
    headers: { Origin: URL_HERE, ...headers },
  };
}

async function signIn(options: ServerZoneOptions = {}): Promise<string> {
  const response = await ask(options, "/dev/sign-in", posted({ user: "ada" }));
  const { token } = await response.json() as { token: string };
  return token;
}

Deno.test("without `spaces` nobody enters any", async () => {
  const authorization = { Authorization: `Bearer ${await signIn()}` };
  const request = posted({ space: "home" }, authorization);
  assertEquals((await ask({}, "/connect", request)).status, 403);
  const spaces = () => true;
  assertEquals((await ask({ spaces }, "/connect", request)).status, 200);
});

Deno.test("`spaces` is asked with the session's claims", async () => {
  const asked: unknown[] = [];
  const spaces: ServerZoneOptions["spaces"] = ({ claims }, space) => {
    asked.push([claims.sub, space]);
    return Promise.resolve(false);
  };
  const authorization = { Authorization: `Bearer ${await signIn()}` };
  const request = posted({ space: "home" }, authorization);
  assertEquals((await ask({ spaces }, "/connect", request)).status, 403);
  assertEquals(asked, [["ada", "home"]]);
});

Deno.test("the sign-in for development is nowhere but in development", async () => {
  const { ZONEKIT_DEV: _, ...deployed } = ENV;
  for (const env of [deployed, { ...ENV, ZONEKIT_DEV: "true" }]) {
    const request = posted({ user: "ada" });
    const response = await ask({}, "/dev/sign-in", request, env);
    assertEquals(response.status, 404);
  }
});

Deno.test("a secret that is short or missing signs nothing", async () => {
  const { ZONEKIT_TOKEN_SECRET: _, ...without } = ENV;
  for (const env of [without, { ...ENV, ZONEKIT_TOKEN_SECRET: "short" }]) {
    const request = posted({ user: "ada" });
    const response = await ask({}, "/dev/sign-in", request, env);
    const { code, path } = await response.json() as Record<string, string>;
    const wanted = [500, "internal", "env.ZONEKIT_TOKEN_SECRET"];
    assertEquals([response.status, code, path], wanted);
  }
});

Deno.test("`origins` admits the pages of other origins, and takes the own one's place", async () => {
  const origins = ["http://127.0.0.1:3000"];
  const asked = {
    Origin: origins[0]!,
    "Access-Control-Request-Method": "POST",
  };
  const preflight = { method: "OPTIONS", headers: asked };
  const { headers } = await ask({ origins }, "/connect", preflight);
  assertEquals(headers.get("Access-Control-Allow-Origin"), origins[0]);
  assertEquals(
    headers.get("Access-Control-Allow-Headers"),
    "Authorization,Content-Type",
  );

  const user = { user: "ada" };
  const theirs = posted(user, { Origin: origins[0]! });
  assertEquals((await ask({ origins }, "/dev/sign-in", theirs)).status, 200);
  const own = posted(user);
  assertEquals((await ask({ origins }, "/dev/sign-in", own)).status, 403);
});

Deno.test("options that cannot be meant are refused when the worker starts", () => {
  const token = { issuer: "i", audience: "a" };
  const refused: [string, ServerZoneOptions][] = [
    ["nodes", { nodes: 0 }],
    ["nodes", { nodes: 1.5 }],
    ["origins", { origins: ["http://127.0.0.1/"] }],
    ["origins", { origins: ["*"] }],
    ["clockToleranceS", { token: { ...token, clockToleranceS: 31 } }],
    ["clockToleranceS", { token: { ...token, clockToleranceS: NaN } }],
    ["algorithms", { token: { ...token, algorithms: ["none"] } }],
    ["algorithms", { token: { ...token, algorithms: ["ES256", "HS256"] } }],
    ["algorithms", { token: { ...token, algorithms: [] } }],
    ["jwksUrl", { token: { ...token, jwksUrl: "/keys" } }],
    ["jwksUrl", { token: { ...token, jwksUrl: "http:keys" } }],
  ];
  for (const [name, options] of refused) {
    assertThrows(() => serverZone(app, options), RangeError, name);
  }
  const spec = { zones: {}, channels: [] };
  assertThrows(() => serverZone(spec), SpecError);
});

Deno.test("nodeNameFor spreads subjects evenly, and moves few when a node is added", () => {
  const users = Array.from({ length: 3_000 }, (_, i) => `user-${i}`);
  const nodeOf = (nodes: number) => (user: string) =>
    nodeNameFor("home", user, nodes);
  const counts = new Map<string, number>();
  for (const name of users.map(nodeOf(3))) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  assertEquals([...counts.keys()].sort(), ["home/0", "home/1", "home/2"]);
  for (const count of counts.values()) assert(Math.abs(count - 1_000) < 150);
  const moved = users.filter((user) => nodeOf(3)(user) !== nodeOf(4)(user));
  assert(moved.every((user) => nodeOf(4)(user) === "home/3"));
  assert(moved.length < 900);
});

Deno.test("serverZone can be mounted behind an app's own routes", async () => {
  const own = new Hono().get("/own", (c) => c.text("own"))
    .mount("/", serverZone(app).fetch);
  assertEquals(await (await own.request("/own", {}, ENV)).text(), "own");
  assertEquals((await own.request("/health", {}, ENV)).status, 200);
});
