import { assert, assertEquals } from "@std/assert";
import { nodeNameFor } from "../../zones/server/node_name.ts";
import { startZones } from "./local_zones.ts";
import { RawClient } from "./raw_client.ts";

Deno.test("a server node that hibernates keeps its sockets, and goes on", async () => {
  await using zones = await startZones();
  using phone = await RawClient.join(zones.url, "ada", "home");
  using laptop = await RawClient.join(zones.url, "ada", "home");
  await phone.write({ values: { "ada/1/text": "milk" } });

  await zones.evictServer("home/0", "hibernate");
  assertEquals(
    (await phone.write({ values: { "ada/2/text": "oats" } })).fault,
    null,
  );
  await laptop.row("ada/2/text");
});

Deno.test("a master that slept delivers to a server node that sleeps", async () => {
  const server = new URL("./fixture/two_nodes.ts", import.meta.url);
  await using zones = await startZones({ server });
  using ada = await RawClient.join(zones.url, "ada", "home");
  using bob = await RawClient.join(zones.url, "bob", "home");
  const [adaNode, bobNode] = ["ada", "bob"]
    .map((user) => nodeNameFor("home", user, 2));
  assert(adaNode !== bobNode);
  await bob.write({ path: "/db/users", values: { bob: "Bob" } });
  await ada.text("1 users");

  await zones.evictServer(adaNode!, "hibernate");
  await zones.evictServer(bobNode!, "hibernate");
  await zones.evictMaster("home");
  await ada.write({ path: "/db/users", values: { ada: "Ada" } });
  await bob.text("2 users");
});

Deno.test("a server node that was closed holds nothing that is not given back", async () => {
  await using zones = await startZones();
  using before = await RawClient.join(zones.url, "ada", "home");
  await before.write({ values: { "ada/1/text": "milk" } });

  await zones.evictServer("home/0", "close");
  await before.closed;
  using after = await RawClient.join(zones.url, "ada", "home");
  await after.row("ada/1/text");
  await after.write({ values: { "ada/2/text": "oats" } });
  await after.row("ada/2/text");
});

Deno.test("a master that was evicted answers a write sent twice as it did at first", async () => {
  await using zones = await startZones();
  using client = await RawClient.join(zones.url, "ada", "home");
  const accepted = await client.write({ values: { "ada/1/text": "milk" } });
  const refused = await client.write({ values: { "bob/1/text": "bread" } });
  assertEquals(accepted.fault, null);
  assertEquals(refused.fault?.code, "forbidden");

  await zones.evictMaster("home");
  assertEquals(await client.resend(1), accepted);
  assertEquals(await client.resend(2), refused);
  assertEquals((await client.write({ values: { "ada/1/text": "oats" } })).n, 3);
});
