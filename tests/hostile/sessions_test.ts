/** Tokens, tickets, origins and hellos that must not be believed. */

import { assert, assertEquals } from "@std/assert";
import { SignJWT, UnsecuredJWT } from "jose";
import {
  PROTOCOL_VERSION,
  SUBPROTOCOL,
} from "../../shared/protocol/version.ts";
import { assertHarmless } from "./bystander.ts";
import { freshActor, notesOf } from "./raw_write.ts";
import { type RunningFixture, startFixture } from "./running_fixture.ts";
import { connect, post, signIn, ticketFor } from "./sign_in.ts";
import { askForSocket } from "./upgrade.ts";
import { helloOf, WireClient } from "./wire_client.ts";

const ISSUER = "zonekit";
const FOREIGN = "http://127.0.0.1:1";
/** What a good token holds, and each bad one has otherwise. */
const GOOD = {
  sub: "mallory",
  iss: ISSUER,
  aud: "zonekit",
  typ: "JWT",
  alg: "HS256",
  endsS: 60,
};

type TokenParts = { [Part in keyof typeof GOOD]: (typeof GOOD)[Part] };

function nowS(): number {
  return Math.floor(Date.now() / 1_000);
}

async function tokenOf(secret: string, parts: Partial<TokenParts> = {}) {
  const { sub, iss, aud, typ, alg, endsS } = { ...GOOD, ...parts };
  return await new SignJWT(sub === "" ? {} : { sub })
    .setProtectedHeader({ alg, typ })
    .setIssuer(iss)
    .setAudience(aud)
    .setIssuedAt(nowS() - 3_600)
    .setExpirationTime(nowS() + endsS)
    .sign(new TextEncoder().encode(secret));
}

function unsigned(claims: Record<string, unknown>, aud: string): string {
  return new UnsecuredJWT({ ...claims, aud, iss: ISSUER, exp: nowS() + 60 })
    .encode();
}

/** A ticket as the server makes them, with a key, for an origin, of an age. */
async function forgedTicket(
  key: string,
  aud: string,
  { endsS = 30, typ = "zonekit-ticket" } = {},
): Promise<string> {
  return await new SignJWT(admission())
    .setProtectedHeader({ alg: "HS256", typ })
    .setIssuer(ISSUER)
    .setAudience(aud)
    .setIssuedAt(nowS() - 60)
    .setExpirationTime(nowS() + endsS)
    .sign(new TextEncoder().encode(key));
}

function admission() {
  const claims = { sub: "mallory" };
  const expiresMs = Date.now() + 60_000;
  return { claims, subject: "mallory", expiresMs, space: "main" };
}

async function assertTokensRefused({ url, app }: RunningFixture) {
  const secret = app.secrets.ZONEKIT_TOKEN_SECRET;
  const good = await tokenOf(secret);
  assertEquals((await connect(url, good)).status, 200);
  const [head, body] = good.split(".");
  const bad: Readonly<Record<string, string>> = {
    "no token": "",
    "no JWT": "let-me-in",
    "another signature": `${head}.${body}.${"A".repeat(43)}`,
    "another secret": await tokenOf("x".repeat(32)),
    "the ticket key": await tokenOf(app.secrets.ZONEKIT_TICKET_KEY),
    "run out": await tokenOf(secret, { endsS: -31 }),
    "alg none": unsigned({ sub: "mallory" }, "zonekit"),
    "alg none, signed": unsigned({ sub: "mallory" }, "zonekit") + "AAAA",
    "another algorithm": await tokenOf(secret.repeat(2), { alg: "HS512" }),
    "another issuer": await tokenOf(secret, { iss: "mallory" }),
    "another audience": await tokenOf(secret, { aud: "another" }),
    "another kind": await tokenOf(secret, { typ: "zonekit-ticket" }),
    "nobody": await tokenOf(secret, { sub: "" }),
    "a ticket": await ticketFor(url, good),
  };
  for (const [name, token] of Object.entries(bad)) {
    const response = await connect(url, token);
    assertEquals(response.status, 401, name);
    const fault = await response.json() as { code: string };
    assertEquals(fault.code, "needs-auth", name);
  }
}

async function assertTicketsRefused({ url, app }: RunningFixture) {
  const key = app.secrets.ZONEKIT_TICKET_KEY;
  const token = await tokenOf(app.secrets.ZONEKIT_TOKEN_SECRET);
  const good = await ticketFor(url, token);
  const answer = await askForSocket(url, [SUBPROTOCOL, `t.${good}`]);
  assertEquals(answer.status, 101);
  const [head, , signature] = good.split(".");
  const other = unsigned(admission(), url).split(".")[1];
  const bad: Readonly<Record<string, string>> = {
    "no ticket": "",
    "no JWT": "let-me-in",
    "other content": `${head}.${other}.${signature}`,
    "alg none": unsigned(admission(), url),
    "another key": await forgedTicket("x".repeat(32), url),
    "the token's secret": await forgedTicket(
      app.secrets.ZONEKIT_TOKEN_SECRET,
      url,
    ),
    "run out": await forgedTicket(key, url, { endsS: -1 }),
    "another origin's": await forgedTicket(key, FOREIGN),
    "another kind": await forgedTicket(key, url, { typ: "JWT" }),
    "a token": token,
  };
  for (const [name, ticket] of Object.entries(bad)) {
    const { status, fault } = await askForSocket(
      url,
      [SUBPROTOCOL, `t.${ticket}`],
    );
    assertEquals([status, fault?.code], [401, "needs-auth"], name);
  }
  const old = await askForSocket(url, ["zonekit.0", `t.${good}`]);
  assertEquals(old.fault?.code, "protocol-version");
}

async function assertOriginsRefused({ url, app }: RunningFixture) {
  const token = await tokenOf(app.secrets.ZONEKIT_TOKEN_SECRET);
  const ticket = await ticketFor(url, token);
  for (const Origin of [FOREIGN, "null", `${url}.example.invalid`, ""]) {
    const responses = [
      await connect(url, token, "main", { Origin }),
      await post(`${url}/dev/sign-in`, { user: "mallory" }, { Origin }),
    ];
    for (const response of responses) {
      const { code } = await response.json() as { code: string };
      assertEquals([response.status, code], [403, "forbidden"], Origin);
      const allowed = response.headers.get("Access-Control-Allow-Origin");
      assertEquals(allowed, null, Origin);
    }
    const protocols = [SUBPROTOCOL, `t.${ticket}`];
    const { status, fault } = await askForSocket(url, protocols, Origin);
    assertEquals([status, fault?.code], [403, "forbidden"], Origin);
  }
  const none = await askForSocket(url, [SUBPROTOCOL, `t.${ticket}`], null);
  assertEquals([none.status, none.fault?.code], [403, "forbidden"]);
}

async function assertHellosRefused({ url }: RunningFixture) {
  const hello = helloOf(8, ["/client/notes"]);
  const bad = [
    [{ ...hello, protocol: PROTOCOL_VERSION + 1 }, "protocol-version"],
    [{ ...hello, protocol: 0 }, "protocol-version"],
    [{ ...hello, specHash: "0000000000000000" }, "spec-mismatch"],
    [{ ...hello, specHash: "" }, "spec-mismatch"],
    [{ ...hello, node: "" }, "malformed"],
    [{ ...hello, node: "a b" }, "malformed"],
    [{ ...hello, node: "x".repeat(65) }, "malformed"],
  ] as const;
  for (const [message, code] of bad) {
    using mallory = await WireClient.open(url, "mallory");
    mallory.send(message);
    const closed = await mallory.untilClosed();
    const [answer] = mallory.messages;
    assert(answer?.type === "refusal" && mallory.messages.length === 1);
    assertEquals(answer.fault.code, code);
    assertEquals([closed.code, closed.reason], [1008, code]);
  }
}

/** A ticket opens the space that it was given for, and no other is touched. */
async function assertSpacesApart({ url }: RunningFixture) {
  const token = await signIn(url, "bob");
  const response = await connect(url, token, "closed");
  const { code } = await response.json() as { code: string };
  assertEquals([response.status, code], [403, "forbidden"]);
  const strange = ["", "a/b", "x".repeat(65), "__proto__ ", "../main"];
  for (const space of strange) {
    const refused = await connect(url, token, space);
    assertEquals(refused.status, 400, space);
    await refused.body?.cancel();
  }
}

Deno.test("nobody is let in who should not be, and nothing changes", async (t) => {
  await using fixture = await startFixture();
  const cases = {
    "bad tokens get 401 needs-auth": assertTokensRefused,
    "bad tickets get 401 needs-auth": assertTicketsRefused,
    "foreign origins get 403 forbidden": assertOriginsRefused,
    "hellos of others get a refusal and the end": assertHellosRefused,
    "spaces that admit nobody get 403": assertSpacesApart,
  };
  for (const [name, run] of Object.entries(cases)) {
    await t.step(name, async () => {
      await assertHarmless(fixture, () => run(fixture), "untouched");
    });
  }

  await t.step("a ticket of another space writes there alone", async () => {
    using here = await WireClient.join(fixture.url, "bob", ["/client/notes"]);
    const [rows, frames] = [fixture.storedRows(), here.frames.length];
    using there = await WireClient.join(
      fixture.url,
      "bob",
      ["/client/notes"],
      "another",
    );
    assert(here.messages.some(holdsRows) && !there.messages.some(holdsRows));
    const written = notesOf(freshActor(), 1, { "bob/standing": "elsewhere" });
    assertEquals((await there.write(written)).fault, null);
    const after = fixture.storedRows();
    for (const [name, row] of rows) assertEquals(after.get(name), row);
    await here.check();
    assertEquals(here.frames.length, frames + 1);
  });
});

function holdsRows(message: WireClient["messages"][number]): boolean {
  return message.type === "live" &&
    message.parts.some(({ rows }) => rows.length > 0);
}
