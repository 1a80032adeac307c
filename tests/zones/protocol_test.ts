import { assert, assertEquals } from "@std/assert";
import { SignJWT } from "jose";
import { FRAME_BYTES_MAX } from "../../shared/protocol/limits.ts";
import { SUBPROTOCOL } from "../../shared/protocol/version.ts";
import { type LocalZones, SECRETS, startZones } from "./local_zones.ts";
import { RawClient } from "./raw_client.ts";

let zones: LocalZones;
Deno.test.beforeAll(async () => {
  zones = await startZones();
});
Deno.test.afterAll(async () => await zones[Symbol.asyncDispose]());
Deno.test.afterEach(() => assertEquals(zones.log, []));

Deno.test("a write of one session reaches the user's others, and nobody else", async () => {
  using phone = await RawClient.join(zones.url, "ada", "home");
  using laptop = await RawClient.join(zones.url, "ada", "home");
  using other = await RawClient.join(zones.url, "bob", "home");
  assertEquals(phone.protocol, SUBPROTOCOL);

  const { fault } = await phone.write({ values: { "ada/1/text": "milk" } });
  assertEquals(fault, null);
  await phone.row("ada/1/text");
  await laptop.row("ada/1/text");
  assert(laptop.wasSent("milk"));

  await other.write({ values: { "bob/1/text": "bread" } });
  await other.row("bob/1/text");
  for (const secret of ["ada", "milk", phone.actor]) {
    assert(!other.wasSent(secret), secret);
  }
  assert(!laptop.wasSent("bread"));
});

Deno.test("a write in one space is not in another", async () => {
  using here = await RawClient.join(zones.url, "ada", "here");
  using there = await RawClient.join(zones.url, "ada", "there");
  await here.write({ values: { "ada/1/text": "milk" } });
  await there.write({ values: { "ada/2/text": "bread" } });
  await there.row("ada/2/text");
  assert(!there.wasSent("milk"));
});

Deno.test("what the db derives reaches the clients of all users", async () => {
  using ada = await RawClient.join(zones.url, "ada", "derived");
  using bob = await RawClient.join(zones.url, "bob", "derived");
  await bob.text("0 users");
  await ada.write({ path: "/db/users", values: { ada: "Ada" } });
  await bob.text("1 users");
  await ada.write({ path: "/db/users", values: { ada: null } });
  assert(!bob.wasSent("Ada"));
});

Deno.test("a heartbeat is answered, and a frame that is none is refused", async () => {
  using ada = await RawClient.join(zones.url, "ada", "frames");
  using bob = await RawClient.join(zones.url, "bob", "frames");
  ada.sendRaw("ping");
  await ada.text("pong");
  ada.sendRaw("hello");
  assertEquals((await ada.refusal("malformed")).found, "text");
  ada.sendRaw(new Uint8Array(FRAME_BYTES_MAX + 1));
  await ada.refusal("too-large");
  const { fault } = await ada.write({ values: { "ada/1/text": "milk" } });
  assertEquals(fault, null);
  assertEquals(
    (await bob.write({ values: { "ada/1/text": "x" } })).fault?.code,
    "forbidden",
  );
});

Deno.test("a session ends when its token does", async () => {
  const token = await new SignJWT({
    sub: "ada",
    iss: "zonekit",
    aud: "zonekit",
  })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    // Tokens are believed five seconds longer.
    .setExpirationTime("-3s")
    .sign(new TextEncoder().encode(SECRETS.ZONEKIT_TOKEN_SECRET));
  using client = await RawClient.enter(zones.url, token, "ends");
  await client.refusal("needs-auth");
  const { code, reason, wasClean } = await client.closed;
  assertEquals([code, reason, wasClean], [1008, "needs-auth", true]);
});

Deno.test("a client that closes its socket is let go cleanly", async () => {
  using client = await RawClient.join(zones.url, "ada", "closes");
  client.close();
  assertEquals((await client.closed).wasClean, true);
});
