/**
 * Writes that the rules refuse: they are undone and shown with the reason,
 * until somebody has dealt with them.
 *
 * @module
 */

import { assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { GATE, GATED } from "./fixture/app.ts";
import { openNotes, put, start, USERS } from "./notes_page.ts";
import { closeBrowser } from "./stage.ts";
import { add, openTodo, signIn, untilSaved, untilShown } from "./todo_page.ts";

Deno.test.afterAll(closeBrowser);

const TOO_LONG = "x".repeat(501);

function refusals(page: Page) {
  return page.getByRole("region", { name: "Refused changes" })
    .getByRole("listitem");
}

Deno.test("a refused to-do is taken back, listed with its reason over a reload, retried and dismissed", async () => {
  await using stage = await openTodo();
  const { page, errors } = await signIn(stage, "ann");
  await add(page, "fine");
  // A page that does not know of the rule: this one would not let it through.
  await page.evaluate(() => {
    document.querySelector("form")!.noValidate = true;
  });
  await add(page, TOO_LONG);
  await refusals(page).first().waitFor();
  await untilShown(page, ["fine"]);
  assertMatch(
    await refusals(page).locator("p").innerText(),
    /^“x+.* was not saved: .+ \(forbidden\)/,
  );

  await page.reload();
  await untilSaved(page);
  await untilShown(page, ["fine"]);
  assertEquals(await refusals(page).count(), 1);

  await refusals(page).getByRole("button", { name: "Retry" }).click();
  await untilSaved(page);
  await refusals(page).first().waitFor();
  await untilShown(page, ["fine"]);
  assertEquals(await refusals(page).count(), 1);

  await refusals(page).getByRole("button", { name: "Dismiss" }).click();
  await refusals(page).first().waitFor({ state: "detached" });
  await page.reload();
  await untilSaved(page);
  await untilShown(page, ["fine"]);
  assertEquals(await refusals(page).count(), 0);
  assertEquals(errors, []);
});

Deno.test("a refused write is accepted at a retry, when the rule has come to allow it", async () => {
  await using stage = await openNotes();
  const [ann, bob] = await Promise.all(USERS.map((user) => start(stage, user)));
  await put(ann!, "early", GATED);
  const before = await ann!.page.evaluate(() => ({
    shown: journey.shown(),
    rejected: journey.client.rejected.map(({ code, path, effects }) => ({
      code,
      path,
      effects,
    })),
  }));
  assertEquals(before, {
    shown: {},
    rejected: [{
      code: "forbidden",
      path: "/db/notes",
      effects: [{ path: "/db/notes", key: "early", value: GATED }],
    }],
  });
  await put(bob!, GATE, "open");
  await ann!.page.evaluate(() =>
    journey.client.rejected[0]!.retry().wait("db")
  );
  await bob!.page.waitForFunction(
    (gated) => journey.shown().early === gated,
    GATED,
  );
  assertEquals(
    await ann!.page.evaluate(() => journey.client.rejected.length),
    0,
  );
});
