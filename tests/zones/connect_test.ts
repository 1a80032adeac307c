import { assert, assertEquals } from "@std/assert";
import { decodeJwt, SignJWT, UnsecuredJWT } from "jose";
import { SUBPROTOCOL } from "../../shared/protocol/version.ts";
import { type LocalZones, SECRETS, startZones } from "./local_zones.ts";
import { post, signIn, ticketFor } from "./raw_client.ts";

let zones: LocalZones;
Deno.test.beforeAll(async () => {
  zones = await startZones();
});
Deno.test.afterAll(async () => await zones[Symbol.asyncDispose]());

const GOOD = { sub: "ada", name: "Ada", iss: "zonekit", aud: "zonekit" };

interface Forgery {
  readonly secret?: string;
  readonly alg?: string;
  readonly typ?: string;
  readonly aud?: string;
  readonly ends?: string;
}

/** Signs a token that is good, but for what a test says. */
async function token(
  forgery: Forgery = {},
  claims: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const secret = forgery.secret ?? SECRETS.ZONEKIT_TOKEN_SECRET;
  return await new SignJWT({ ...GOOD, ...claims })
    .setProtectedHeader({
      alg: forgery.alg ?? "HS256",
      typ: forgery.typ ?? "JWT",
    })
    .setExpirationTime(forgery.ends ?? "1h")
    .sign(new TextEncoder().encode(secret));
}

/** Signs a ticket that is good, but for what a test says. */
async function ticket(forgery: Forgery = {}): Promise<string> {
  const secret = forgery.secret ?? SECRETS.ZONEKIT_TICKET_KEY;
  const claims = { sub: "ada" };
  const expiresMs = Date.now() + 60_000;
  return await new SignJWT({ claims, subject: "ada", expiresMs, space: "home" })
    .setProtectedHeader({ alg: "HS256", typ: forgery.typ ?? "zonekit-ticket" })
    .setIssuer("zonekit")
    .setAudience(forgery.aud ?? zones.url)
    .setExpirationTime(forgery.ends ?? "30s")
    .sign(new TextEncoder().encode(secret));
}

async function connect(
  bearer: string,
  body: unknown = { space: "home" },
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const authorization = { Authorization: `Bearer ${bearer}` };
  return await post(`${zones.url}/connect`, body, {
    ...authorization,
    ...headers,
  });
}

/** Holds a response to a refusal that gives nothing away. */
async function assertRefused(
  response: { readonly status: number; text(): Promise<string> },
  status: number,
  code: string,
  { name = "", secret = "" } = {},
): Promise<void> {
  const text = await response.text();
  const fault = JSON.parse(text);
  const fields = ["code", "path", "found", "wanted"];
  const [found, wanted] = [[response.status, fault.code], [status, code]];
  assertEquals(found, wanted, `${name}: ${text}`);
  assertEquals(Object.keys(fault), fields);
  assert(secret === "" || !text.includes(secret), name);
}

Deno.test("the sign-in for development gives a token of half a day", async () => {
  const { sub, name, exp = 0, iat = 0 } = decodeJwt(
    await signIn(zones.url, "ada"),
  );
  assertEquals([sub, name, exp - iat], ["ada", "ada", 12 * 60 * 60]);
  const slashed = await post(`${zones.url}/dev/sign-in`, { user: "ada/1" });
  await assertRefused(slashed, 400, "malformed");
});

Deno.test("a ticket lasts half a minute, and tells when the session ends", async () => {
  const bearer = await token();
  const response = await connect(bearer);
  const answer = await response.json() as { ticket: string; expiresMs: number };
  const { exp = 0, iat = 0 } = decodeJwt(answer.ticket);
  assertEquals(exp - iat, 30);
  assertEquals(answer.expiresMs, (decodeJwt(bearer).exp! + 5) * 1_000);
  assertEquals(response.headers.get("Cache-Control"), "no-store");
});

Deno.test("POST /connect believes no token but a good one", async () => {
  const bad = {
    "none": "",
    "no token at all": "x.y.z",
    "wrong signature": await token({ secret: "x".repeat(32) }),
    "signed by the ticket key": await token({
      secret: SECRETS.ZONEKIT_TICKET_KEY,
    }),
    "run out": await token({ ends: "-31s" }),
    "another algorithm": await token({ alg: "HS512", secret: "x".repeat(64) }),
    "unsigned": new UnsecuredJWT(GOOD).setExpirationTime("1h").encode(),
    "another audience": await token({}, { aud: "elsewhere" }),
    "another issuer": await token({}, { iss: "somebody" }),
    "another type": await token({ typ: "at+jwt" }),
    "nobody": await token({}, { sub: undefined }),
    "a nameless one": await token({}, { sub: "" }),
    "no text": await token({}, { sub: 7 }),
    "a ticket": await ticket(),
  };
  for (const [name, secret] of Object.entries(bad)) {
    const response = await connect(secret);
    await assertRefused(response, 401, "needs-auth", { name, secret });
  }
});

Deno.test("POST /connect refuses claims that cannot travel with a session", async () => {
  const large = await token({}, { note: "x".repeat(5_000) });
  await assertRefused(await connect(large), 413, "too-large");
  const odd = await token({}, { note: "\ud800" });
  await assertRefused(await connect(odd), 400, "bad-value");
});

Deno.test("POST /connect admits to no space but those it is told", async () => {
  const bearer = await token();
  const [forbidden, malformed] = [[403, "forbidden"], [
    400,
    "malformed",
  ]] as const;
  await assertRefused(
    await connect(bearer, { space: "private-1" }),
    ...forbidden,
  );
  for (const space of ["", "a/b", "a".repeat(65), "ü", 7, null, undefined]) {
    await assertRefused(await connect(bearer, { space }), ...malformed);
  }
  await assertRefused(await connect(bearer, null), ...malformed);
  const padded = { space: "home", padding: "x".repeat(5_000) };
  await assertRefused(await connect(bearer, padded), 413, "too-large");
});

Deno.test("POST /connect and the sign-in answer pages of their own origin only", async () => {
  const bearer = await token();
  const others = [`${zones.url}.evil`, "http://127.0.0.1:1", "null", ""];
  for (const Origin of others) {
    const response = await connect(bearer, { space: "home" }, { Origin });
    assertEquals(response.headers.get("Access-Control-Allow-Origin"), null);
    await assertRefused(response, 403, "forbidden");
    const user = { user: "ada" };
    const signedIn = await post(`${zones.url}/dev/sign-in`, user, { Origin });
    await assertRefused(signedIn, 403, "forbidden");
  }
});

Deno.test("GET /connect wakes no object without a good ticket of this place", async () => {
  const bearer = await signIn(zones.url, "ada");
  const good = await ticketFor(zones.url, bearer, "home");
  const protocols = {
    "run out": `${SUBPROTOCOL}, t.${await ticket({ ends: "-1s" })}`,
    "forged": `${SUBPROTOCOL}, t.${await ticket({ secret: "x".repeat(32) })}`,
    "changed": `${SUBPROTOCOL}, t.${good.slice(0, -5)}AAAAA`,
    "of another place": `${SUBPROTOCOL}, t.${await ticket({
      aud: "http://127.0.0.1:1",
    })}`,
    "of another kind": `${SUBPROTOCOL}, t.${await ticket({ typ: "JWT" })}`,
    "a token": `${SUBPROTOCOL}, t.${bearer}`,
    "none": SUBPROTOCOL,
  };
  const upgrade = (headers: Record<string, string>) =>
    zones.miniflare.dispatchFetch(`${zones.url}/connect`, {
      headers: { Upgrade: "websocket", Origin: zones.url, ...headers },
    });
  for (const [name, asked] of Object.entries(protocols)) {
    const response = await upgrade({ "Sec-WebSocket-Protocol": asked });
    await assertRefused(response, 401, "needs-auth", { name });
  }
  const asked = { "Sec-WebSocket-Protocol": `${SUBPROTOCOL}, t.${good}` };
  const foreign = await upgrade({ ...asked, Origin: "http://127.0.0.1:1" });
  await assertRefused(foreign, 403, "forbidden");
  const session = { "X-Zonekit-Session": "eyJjbGFpbXMiOnsic3ViIjoiYWRhIn19" };
  const handed = await upgrade({
    ...session,
    "Sec-WebSocket-Protocol": SUBPROTOCOL,
  });
  await assertRefused(handed, 401, "needs-auth");
  const other = await upgrade({
    "Sec-WebSocket-Protocol": `${SUBPROTOCOL}0, t.${good}`,
  });
  await assertRefused(other, 400, "protocol-version");
  const plain = await fetch(`${zones.url}/connect`, {
    headers: { Origin: zones.url },
  });
  await assertRefused(plain, 400, "malformed");

  const ids = () =>
    zones.miniflare.listDurableObjectIds("ServerNode", "fixture-server");
  assertEquals(await ids(), []);
  const { webSocket } = await upgrade(asked);
  webSocket!.accept();
  webSocket!.close();
  assertEquals((await ids()).length, 1);
});

Deno.test("the page is served with what protects it, and what is not there as JSON", async () => {
  const page = await fetch(zones.url);
  assert((await page.text()).includes("<title>fixture</title>"));
  const { headers } = page;
  assert(
    headers.get("Content-Security-Policy")?.includes("default-src 'self'"),
  );
  assertEquals(headers.get("X-Content-Type-Options"), "nosniff");
  assertEquals(headers.get("Cache-Control"), "no-cache");
  const etag = headers.get("ETag") ?? "";
  const again = await fetch(zones.url, { headers: { "If-None-Match": etag } });
  assertEquals([again.status, await again.text()], [304, ""]);
  const nothing = await fetch(`${zones.url}/nothing`);
  await assertRefused(nothing, 404, "unknown-path");

  const health = await fetch(`${zones.url}/health`);
  const { status, protocol } = await health.json() as Record<string, string>;
  assertEquals([status, protocol], ["ok", SUBPROTOCOL]);
});
