/**
 * The fixture's page: a client on one of two server nodes, and its account of
 * what it wrote and was shown.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { DevApp } from "../../deploy/mod.ts";
import { nodeNameFor } from "../../zones/server/node_name.ts";
import type {} from "./fixture/page.ts";
import { NODES, SPACE } from "./fixture/space.ts";
import { masterRows } from "./master_rows.ts";
import notes from "./fixture/app.ts";
import { type Device, openStage, type Stage } from "./stage.ts";

const FOLDER = new URL("./fixture/", import.meta.url);

/** Users whom the nodes are shared among: the first is on node 0, the second on node 1. */
export const USERS: readonly string[] = Array.from(
  { length: NODES },
  (_, node) => {
    const isThere = (user: string) =>
      nodeNameFor(SPACE, user, NODES) === `${SPACE}/${node}`;
    return ["ann", "bob", "cid", "dan", "eve", "fay"].find(isThere)!;
  },
);

/** Starts the fixture. */
export function openNotes(): Promise<Stage> {
  return openStage(FOLDER);
}

/** Opens the fixture on a new device, for a user. */
export async function start(stage: Stage, user: string): Promise<Device> {
  const device = await stage.openDevice();
  await device.page.waitForFunction(() => "journey" in globalThis);
  await device.page.evaluate((user) => journey.start(user), user);
  await untilSaved(device);
  return device;
}

/** Waits until there is a connection, and nothing that it has not carried. */
export async function untilSaved({ page }: Device): Promise<void> {
  await page.waitForFunction(() => {
    const { connection, unsynced } = journey.client.status;
    return connection === "connected" && unsynced === 0;
  });
}

/** Writes a note, and waits for the answer. */
export async function put(
  { page }: Device,
  key: string,
  text: string,
): Promise<void> {
  await page.evaluate(([key, text]) => journey.put(key!, text!), [key, text]);
}

/** Waits until a note is shown. */
export async function untilShown(
  { page }: Device,
  key: string,
  text: string,
): Promise<void> {
  await page.waitForFunction(
    ([key, text]) => journey.shown()[key!] === text,
    [key, text],
  );
}

/** Lets devices write without a pause, each under its user's name, while `run` runs. */
export async function duringBursts(
  devices: readonly Device[],
  run: () => Promise<void>,
): Promise<void> {
  const bursts = Promise.all(
    devices.map(({ page }, i) =>
      page.evaluate((user) => journey.burst(user), USERS[i]!)
    ),
  );
  const running = run();
  await Promise.race([running, bursts]);
  await running;
  for (const { page } of devices) await page.evaluate(() => journey.stop());
  await bursts;
}

/** Waits until each device has had a write acknowledged that it makes now. */
export async function untilAllAck(devices: readonly Device[]): Promise<void> {
  const text = crypto.randomUUID();
  await Promise.all(
    devices.map((device, i) => put(device, `${USERS[i]}/at ${text}`, text)),
  );
}

/** Takes the memory of a server node, and its sockets or not. */
export async function evictServer(
  { miniflare, scriptNames }: DevApp,
  node: number,
  webSockets: "close" | "hibernate",
): Promise<void> {
  const name = `${SPACE}/${node}`;
  const { server } = scriptNames;
  const options = { name, webSockets };
  await miniflare.unsafeEvictDurableObject(server, "ServerNode", options);
}

/** Takes the memory of the master. */
export async function evictMaster(
  { miniflare, scriptNames }: DevApp,
): Promise<void> {
  const options = { name: SPACE };
  await miniflare.unsafeEvictDurableObject(scriptNames.db, "DbNode", options);
}

/**
 * Asserts that the devices show the same, which is what stands at the master,
 * and that it holds all that was ever acknowledged to one of them; that no view
 * of theirs lacked what an earlier one had; and that nothing was refused or went
 * wrong on the way. Returns how much was acknowledged.
 */
export async function assertNothingLost(
  stage: Stage,
  devices: readonly Device[],
): Promise<number> {
  const stored: Record<string, unknown> = {};
  for (const [key, { value }] of masterRows(stage, notes, "/db/notes")) {
    stored[key] = value;
  }
  const wanted = JSON.stringify(Object.entries(stored).sort());
  let count = 0;
  for (const { page, errors } of devices) {
    await page.waitForFunction(
      (wanted) =>
        JSON.stringify(Object.entries(journey.shown()).sort()) === wanted,
      wanted,
    );
    const account = await page.evaluate(() => {
      const { acked, lost, refused } = journey;
      return { acked, lost, refused };
    });
    assertEquals(account.lost, []);
    assertEquals(account.refused, []);
    assertEquals(errors, []);
    const acked = Object.entries(account.acked);
    assertEquals(acked.filter(([key, text]) => stored[key] !== text), []);
    count += acked.length;
  }
  return count;
}
