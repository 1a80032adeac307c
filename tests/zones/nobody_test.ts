import { nodeNameFor } from "../../zones/server/node_name.ts";
import { type LocalZones, startZones } from "./local_zones.ts";
import { RawClient } from "./raw_client.ts";

let zones: LocalZones;
Deno.test.beforeAll(async () => {
  const entry = new URL("./fixture/two_nodes.ts", import.meta.url);
  zones = await startZones({ entry });
});
Deno.test.afterAll(async () => await zones[Symbol.asyncDispose]());

/** Waits until a master tells these nodes of changes, and no others. */
async function told(space: string, nodes: readonly string[]): Promise<void> {
  // A link is kept, and behind it whether its node wants something.
  const query = `SELECT key FROM rows WHERE path = '#nodes'
    AND hex(body) LIKE '%01' ORDER BY key`;
  const wanted = JSON.stringify([...nodes].sort());
  let found = "";
  for (let left = 500; left > 0; left--) {
    const rows = await zones.sql(space, query) as { key: string }[];
    found = JSON.stringify(rows.map(({ key }) => key));
    if (found === wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`The master tells ${found}, want ${wanted}`);
}

Deno.test("a node whose last client leaves is told of nothing more", async () => {
  const node = nodeNameFor("left", "ada", 2);
  {
    using client = await RawClient.join(zones.url, "ada", "left");
    await client.write({ values: { "ada/1/text": "milk" } });
    await told("left", [node]);
  }
  await told("left", []);
});

Deno.test("a node that slept when its last client left is told of nothing more", async () => {
  const node = nodeNameFor("slept", "ada", 2);
  {
    using client = await RawClient.join(zones.url, "ada", "slept");
    await client.write({ values: { "ada/1/text": "milk" } });
    await told("slept", [node]);
    await zones.evictServer(node, "hibernate");
  }
  await told("slept", []);
});

Deno.test("a node that was ended with its clients is told of one change at most", async () => {
  const [adaNode, bobNode] = ["ada", "bob"]
    .map((user) => nodeNameFor("ended", user, 2));
  using ada = await RawClient.join(zones.url, "ada", "ended");
  using bob = await RawClient.join(zones.url, "bob", "ended");
  await ada.text("0 users");
  await bob.text("0 users");
  await told("ended", [bobNode!, adaNode!]);

  await zones.evictServer(adaNode!, "close");
  await bob.write({ path: "/db/users", values: { bob: "Bob" } });
  await told("ended", [bobNode!]);
});
