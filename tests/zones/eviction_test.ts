import { assert, assertEquals } from "@std/assert";
import { nodeNameFor } from "../../zones/server/node_name.ts";
import { type LocalZones, startZones } from "./local_zones.ts";
import { RawClient } from "./raw_client.ts";

let zones: LocalZones;
Deno.test.beforeAll(async () => {
  const entry = new URL("./fixture/two_nodes.ts", import.meta.url);
  zones = await startZones({ entry });
});
Deno.test.afterAll(async () => await zones[Symbol.asyncDispose]());

const nodeOf = (user: string) => nodeNameFor("home", user, 2);

Deno.test("a server node that hibernates keeps its sockets, and goes on", async () => {
  using phone = await RawClient.join(zones.url, "ada", "home");
  using laptop = await RawClient.join(zones.url, "ada", "home");
  await phone.write({ values: { "ada/1/text": "milk" } });

  await zones.evictServer(nodeOf("ada"), "hibernate");
  const { fault } = await phone.write({ values: { "ada/2/text": "oats" } });
  assertEquals(fault, null);
  await laptop.row("ada/2/text");
});

Deno.test("a master that slept delivers to a server node that sleeps", async () => {
  using ada = await RawClient.join(zones.url, "ada", "home");
  using bob = await RawClient.join(zones.url, "bob", "home");
  assert(nodeOf("ada") !== nodeOf("bob"));
  await bob.write({ path: "/db/users", values: { bob: "Bob" } });
  await ada.text("1 users");

  await zones.evictServer(nodeOf("ada"), "hibernate");
  await zones.evictServer(nodeOf("bob"), "hibernate");
  await zones.evictMaster("home");
  await ada.write({ path: "/db/users", values: { ada: "Ada" } });
  await bob.text("2 users");
});

Deno.test("a server node that was closed holds nothing that is not given back", async () => {
  using before = await RawClient.join(zones.url, "ada", "home");
  await before.write({ values: { "ada/3/text": "tea" } });

  await zones.evictServer(nodeOf("ada"), "close");
  await before.closed;
  using after = await RawClient.join(zones.url, "ada", "home");
  await after.row("ada/3/text");
  await after.write({ values: { "ada/4/text": "salt" } });
  await after.row("ada/4/text");
});

Deno.test("a master that was evicted answers a write sent twice as it did at first", async () => {
  using client = await RawClient.join(zones.url, "ada", "home");
  const accepted = await client.write({ values: { "ada/5/text": "rice" } });
  const refused = await client.write({ values: { "bob/5/text": "rice" } });
  assertEquals(accepted.fault, null);
  assertEquals(refused.fault?.code, "forbidden");

  await zones.evictMaster("home");
  assertEquals(await client.resend(1), accepted);
  assertEquals(await client.resend(2), refused);
  const next = await client.write({ values: { "ada/5/text": "peas" } });
  assertEquals([next.n, next.fault], [3, null]);
});
