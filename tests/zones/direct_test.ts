import { assertEquals } from "@std/assert";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { app } from "./fixture/direct_app.ts";
import { startZones } from "./local_zones.ts";
import { RawClient } from "./raw_client.ts";

Deno.test("clients right below the root have server nodes of no zone between", async () => {
  const entry = new URL("./fixture/direct.ts", import.meta.url);
  await using zones = await startZones({ entry });
  using ada = await RawClient.open(zones.url, "ada", "home");
  using bob = await RawClient.open(zones.url, "bob", "home");
  const { hash } = parseAppSpec(app);
  for (const client of [ada, bob]) await client.hello(["/client/notes"], hash);
  const write = { path: "/db/notes", values: { "1": "milk" } };
  assertEquals((await ada.write(write)).fault, null);
  await bob.row("1");
});
