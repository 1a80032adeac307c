/**
 * Two devices of one user and one of another: what the first two share, the
 * third receives not one byte of.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import type { Device } from "./stage.ts";
import { closeBrowser } from "./stage.ts";
import {
  add,
  edit,
  openTodo,
  remove,
  signIn,
  tick,
  untilSaved,
  untilShown,
} from "./todo_page.ts";

Deno.test.afterAll(closeBrowser);

Deno.test("a user's changes reach the user's other device, and nothing of them another user", async () => {
  await using stage = await openTodo();
  const user = `ann-${crypto.randomUUID()}`;
  const stranger = `bob-${crypto.randomUUID()}`;
  const first = await signIn(stage, user);
  const second = await signIn(stage, user);
  const third = await signIn(stage, stranger);
  const [one, two] = [crypto.randomUUID(), crypto.randomUUID()];

  await add(first.page, `buy ${one}`);
  await untilShown(second.page, [`buy ${one}`]);
  await tick(first.page, `buy ${one}`);
  await untilShown(second.page, [`✓ buy ${one}`]);
  await edit(first.page, `buy ${one}`, `sell ${two}`);
  await untilShown(second.page, [`✓ sell ${two}`]);
  await add(second.page, "stay");
  await untilShown(first.page, ["stay", `✓ sell ${two}`]);
  await remove(first.page, `sell ${two}`);
  await untilShown(second.page, ["stay"]);

  // An answer to a write of its own comes after all that was meant for it.
  await add(third.page, "mine");
  await untilSaved(third.page);
  await untilShown(third.page, ["mine"]);
  const fourth = await signIn(stage, stranger);
  await untilShown(fourth.page, ["mine"]);

  for (const text of [user, one, two]) {
    assert(received(second, text), `the second device received no ${text}`);
    assert(!received(third, text), `the third device received ${text}`);
    assert(!received(fourth, text), `a snapshot brought ${text}`);
  }
  assert(received(third, stranger) && received(fourth, stranger));
  assert(!received(first, stranger) && !received(second, stranger));
  for (const { errors } of [first, second, third, fourth]) {
    assertEquals(errors, []);
  }
});

/** Whether a text stands in what came over the device's sockets. */
function received({ frames }: Device, text: string): boolean {
  const hex = new TextEncoder().encode(text).toHex();
  return frames.map((frame) => frame.toHex()).join("").includes(hex);
}
