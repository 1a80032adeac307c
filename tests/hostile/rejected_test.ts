/** The shipped client shows what was refused, and takes it back. */

import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  decodeAuthored,
  encodeAuthored,
} from "../../shared/node/read_effects.ts";
import type { WireEffect } from "../../shared/protocol/authored.ts";
import type { Code } from "../../shared/protocol/codes.ts";
import { FaultError } from "../../shared/protocol/fault_error.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";
import { assertHarmless } from "./bystander.ts";
import { withDeadline } from "./deadline.ts";
import { openHeadless, type Tamper } from "./headless_client.ts";
import { lwwBody, stampAt } from "./raw_write.ts";
import { startFixture } from "./running_fixture.ts";

const OWN = "mallory/note";

/** Another write under the same number: with its first row as it was, but for this. */
function changed(
  change: (effect: WireEffect) => WireEffect,
): Tamper {
  return (write) => {
    const authored = decodeAuthored(write.authored);
    assert(authored.kind === "effects");
    const effects = authored.effects
      .map(change);
    return withBytes(write, encodeAuthored({ ...authored, effects }));
  };
}

function withBytes(write: PushedWrite, authored: Uint8Array): PushedWrite {
  return { ...write, authored };
}

function rowed(make: () => { key?: string; body?: Uint8Array }) {
  return changed((effect) => ({
    ...effect,
    rows: effect.rows.map((row) => ({ ...row, ...make() })),
  }));
}

/** What is done to a good write on its way, and the code that it comes back with. */
const TAMPERED: Readonly<Record<string, readonly [Code, Tamper]>> = {
  "another's key": ["forbidden", rowed(() => ({ key: "bob/standing" }))],
  "a rule that throws": ["forbidden", rowed(() => ({ key: "mallory/throws" }))],
  "no var": ["unknown-path", changed((e) => ({ ...e, path: "/db/none" }))],
  "a replica's path": [
    "unknown-path",
    changed((effect) => ({ ...effect, path: "/client/notes" })),
  ],
  "another type": [
    "wrong-type",
    changed((effect) => ({ ...effect, crdtType: "GSet" })),
  ],
  "another value": [
    "bad-value",
    rowed(() => ({ body: lwwBody(7) })),
  ],
  "no body": ["malformed", rowed(() => ({ body: new Uint8Array() }))],
  "garbage": ["malformed", (w) => withBytes(w, Uint8Array.of(9, 9, 9))],
};

Deno.test("a refused write ends in its client's rejected list", async (t) => {
  await using fixture = await startFixture();
  let tamper: Tamper = (write) => write;
  const client = await openHeadless(
    fixture.url,
    "mallory",
    (write) => tamper(write),
  );
  const note = (value: string) =>
    client.mutate("/client/notes", (notes) => notes.setValueForKey(OWN, value));
  const shown = () => client.get("/client/notes").getValueForKey(OWN);
  const saved = async (handle: { wait(level: "db"): Promise<void> }) =>
    await withDeadline("a verdict", handle.wait("db"));

  await saved(note("good"));
  for (const [name, [code, done]] of Object.entries(TAMPERED)) {
    await t.step(`${name} comes back as ${code}`, async () => {
      await assertHarmless(fixture, async () => {
        tamper = done;
        const handle = note("bad");
        assertEquals(shown(), "bad");
        const error = await saved(handle).then(() => null, (error) => error);
        tamper = (write) => write;
        assert(error instanceof FaultError);
        assertEquals(error.code, code);
        const [rejected, ...more] = client.rejected;
        assert(rejected !== undefined && more.length === 0);
        assertEquals(rejected.code, code);
        const wanted = [{ path: "/db/notes", key: OWN, value: "bad" }];
        assertEquals(rejected.effects, wanted);
        assertEquals(shown(), "good");
        assertEquals(client.status.unsynced, 0);
        rejected.dismiss();
        assertEquals(client.rejected, []);
      });
    });
  }

  await t.step("an event that throws comes back", async () => {
    await assertHarmless(fixture, async () => {
      for (const path of ["/server/note", "/db/tally"] as const) {
        const handle = client.dispatch(path, "throw");
        const error = await saved(handle).then(() => null, (error) => error);
        assert(error instanceof FaultError);
        assertEquals(error.code, "computation-failed");
        const [rejected] = client.rejected;
        assertEquals(rejected?.event, { path, payload: "throw" });
        rejected?.dismiss();
      }
    });
  });

  await t.step("a write without a rule comes back", async () => {
    await assertHarmless(fixture, async () => {
      const handle = client.mutate(
        "/client/sealed",
        (sealed) => sealed.setValueForKey(OWN, "x"),
      );
      const error = await saved(handle).then(() => null, (error) => error);
      assert(error instanceof FaultError);
      assertEquals(error.code, "forbidden");
      client.rejected[0]?.dismiss();
    });
  });

  await t.step("what the client itself can tell is thrown at once", () => {
    const cases: readonly [Code, () => unknown][] = [
      ["too-large", () => note("x".repeat(2 ** 20))],
      [
        "bad-value",
        () =>
          client.mutate(
            "/client/boxes",
            (boxes) => boxes.setValueForKey(OWN, "no object" as never),
          ),
      ],
    ];
    for (const [code, run] of cases) {
      const error = assertThrows(run, FaultError);
      assertEquals(error.code, code);
    }
    assertEquals(client.rejected, []);
    assertEquals(client.status.unsynced, 0);
  });

  await t.step(
    "a clock or a number that was wrong is mended, and written once",
    async () => {
      const mended: readonly Tamper[] = [
        rowed(() => ({ body: lwwBody("late", stampAt(90_000)) })),
        (write) => ({ ...write, n: write.n + 1 }),
      ];
      for (const [i, once] of mended.entries()) {
        let isFirst = true;
        tamper = (write) => {
          const sent = isFirst ? once(write) : write;
          isFirst = false;
          return sent;
        };
        await saved(note(`mended ${i}`));
        assertEquals(shown(), `mended ${i}`);
        assertEquals(client.rejected, []);
        assertEquals(client.status.unsynced, 0);
      }
    },
  );

  await client.close();
});
