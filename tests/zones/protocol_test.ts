import { assert, assertEquals } from "@std/assert";
import { startZones } from "./local_zones.ts";
import { RawClient } from "./raw_client.ts";

Deno.test("a write of one session reaches the user's others, and nobody else", async () => {
  await using zones = await startZones();
  using phone = await RawClient.join(zones.url, "ada", "home");
  using laptop = await RawClient.join(zones.url, "ada", "home");
  using other = await RawClient.join(zones.url, "bob", "home");
  assertEquals(phone.protocol, "zonekit.1");

  const verdict = await phone.write({ values: { "ada/1/text": "milk" } });
  assertEquals(verdict.fault, null);
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
