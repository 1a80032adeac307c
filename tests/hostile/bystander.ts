/**
 * A client that is connected while another one attacks, and must notice
 * nothing of it.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { freshActor, notesOf } from "./raw_write.ts";
import { dataRows, type RunningFixture } from "./running_fixture.ts";
import { WireClient } from "./wire_client.ts";

const BOB = "bob";
const PATHS = ["/client/notes", "/client/board", "/client/said"];

/**
 * Runs an attack, and asserts that it changed no row of the masters' (with
 * `bookkeeping`, not even one of the kit's own), and that a client which is
 * connected all the while got no frame of it, has its link, and goes on.
 */
export async function assertHarmless(
  fixture: RunningFixture,
  attack: () => Promise<void>,
  bookkeeping: "untouched" | "may change" = "may change",
): Promise<void> {
  using bob = await WireClient.join(fixture.url, BOB, PATHS);
  const actor = freshActor();
  assertEquals((await bob.write(notesOf(actor, 1, note(1)))).fault, null);
  await bob.until((message) =>
    message.type === "live" && message.parts.some(({ want }) => want === 1)
  );
  await settle(bob);
  const rows = fixture.storedRows();
  const frames = bob.frames.length;
  const live = bob.lastLive;

  await attack();

  assertEquals(await bob.check(), live, "a live message was lost");
  assertEquals(bob.frames.length, frames + 1, "the bystander got a frame");
  const after = fixture.storedRows();
  if (bookkeeping === "untouched") assertEquals(after, rows);
  else assertEquals(dataRows(after), dataRows(rows));
  assertEquals((await bob.write(notesOf(actor, 2, note(2)))).fault, null);
  assertEquals(bob.lastLive > live, true);
  assertEquals(bob.closed, null);
}

/** The same text each time: what is derived of it does not change. */
function note(n: number): Record<string, string> {
  return { [`${BOB}/standing`]: `${n}` };
}

/** Waits until nothing more comes of what was done before. */
async function settle(client: WireClient): Promise<void> {
  for (let quiet = 0; quiet < 3; quiet++) {
    const before = client.frames.length;
    await client.check();
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (client.frames.length > before + 1) quiet = -1;
  }
}
