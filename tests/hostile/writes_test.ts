/** Writes that must be refused, each with its code and without a trace. */

import { assert, assertEquals } from "@std/assert";
import { Writer } from "../../shared/codec/writer.ts";
import { encodeAuthored } from "../../shared/node/read_effects.ts";
import type { EffectRow, WireEffect } from "../../shared/protocol/authored.ts";
import type { Code } from "../../shared/protocol/codes.ts";
import { HORIZON_MS } from "../../shared/protocol/limits.ts";
import { encodeMessage } from "../../shared/protocol/message.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";
import { assertHarmless } from "./bystander.ts";
import { writeLww } from "../../shared/crdt/lww_row.ts";
import {
  eventOf,
  freshActor,
  lwwBody,
  mapEffect,
  notesOf,
  stampAt,
  writeOf,
  writeOfBytes,
} from "./raw_write.ts";
import { startFixture } from "./running_fixture.ts";
import { WireClient } from "./wire_client.ts";

const OWN = "mallory/note";
const [ARRAY, OBJECT, NULL] = [8, 9, 1];
/** Three bytes that stand for half a character. */
const SURROGATE = [0xed, 0xa0, 0x80];
const STAND_IN = "\u0001\u0002\u0003";

/** A body whose value is these bytes. */
function bodyOf(value: readonly number[]): Uint8Array {
  return Uint8Array.from([...lwwBody(null).slice(0, -1), ...value]);
}

/** Arrays within one another, so many levels deep. */
function nested(levels: number): number[] {
  return [...Array(levels).fill([ARRAY, 1]).flat(), NULL];
}

/** An effect on the notes, or another var, of rows as they are. */
function rowsEffect(
  rows: readonly EffectRow[],
  path = "/db/notes",
  crdtType = "LWWMap",
): WireEffect {
  return { path, crdtType, rows };
}

function written(
  make: () => readonly WireEffect[],
): (actor: string) => PushedWrite {
  return (actor) => writeOf(actor, 1, ...make());
}

function authored(bytes: readonly number[]): (actor: string) => PushedWrite {
  return (actor) => writeOfBytes(actor, 1, Uint8Array.from(bytes));
}

/** One row with a body. */
function oneRow(
  make: () => Uint8Array | readonly number[],
  path?: string,
): (actor: string) => PushedWrite {
  return written(() => [
    rowsEffect([{ key: OWN, body: Uint8Array.from(make()) }], path),
  ]);
}

function stamped(offsetMs: number) {
  return oneRow(() => lwwBody("x", stampAt(offsetMs)));
}

/** The bytes of a row, which say whose it is. */
function namesWriter(): Uint8Array {
  const writer = new Writer();
  writeLww(writer, { timestamp: stampAt(), nodeId: "somebody", value: "x" });
  return writer.finish();
}

function manyRows(count: number): WireEffect {
  const keys = Array.from({ length: count }, (_, i) => [`mallory/${i}`, "x"]);
  return mapEffect("/db/notes", Object.fromEntries(keys));
}

/** The same write with half a character where the stand-in was. */
function withSurrogate(write: PushedWrite): PushedWrite {
  const bytes = [...write.authored];
  const at = bytes.findIndex((_, i) =>
    [1, 2, 3].every((byte, j) => bytes[i + j] === byte)
  );
  assert(at >= 0);
  bytes.splice(at, SURROGATE.length, ...SURROGATE);
  return { ...write, authored: Uint8Array.from(bytes) };
}

function valued(path: string, value: unknown, key = OWN) {
  return written(() => [mapEffect(path, { [key]: value })]);
}

function setElement(key: string, element: unknown) {
  const writer = new Writer();
  writer.value(element);
  return written(() => [
    rowsEffect([{ key, body: writer.finish() }], "/db/tags", "GSet"),
  ]);
}

/** A write of no rows, made at another time. */
function made(offsetMs: number): (actor: string) => PushedWrite {
  const stamp = stampAt(offsetMs);
  const write = { kind: "effects", stamp, effects: [] } as const;
  return authored([...encodeAuthored(write)]);
}

/** What is wrong, the code that says so, and a write of it. */
const REFUSED: readonly (readonly [
  string,
  Code,
  (actor: string) => PushedWrite,
])[] = [
  ["another's key", "forbidden", valued("/db/notes", "x", "bob/standing")],
  ["a key of nobody", "forbidden", valued("/db/notes", "x", "__proto__")],
  ["a var without rules", "forbidden", valued("/db/sealed", "x")],
  [
    "one good row, one bad",
    "forbidden",
    written(() => [
      mapEffect("/db/notes", { [OWN]: "x", "bob/standing": "x" }),
    ]),
  ],
  [
    "one good effect, one bad",
    "forbidden",
    written(() => [
      mapEffect("/db/board", { [OWN]: "x" }),
      mapEffect("/db/notes", { "bob/standing": "x" }),
    ]),
  ],
  ["no var", "unknown-path", valued("/db/none", "x")],
  ["no path", "unknown-path", valued("", "x")],
  ["a reserved path", "unknown-path", valued("/db/__proto__", "x")],
  ["the kit's own rows", "unknown-path", valued("#ring", "x")],
  ["a replica's path", "unknown-path", valued("/client/notes", "x")],
  ["a derived var", "unknown-path", valued("/server/note_count", "x")],
  ["a computation", "unknown-path", valued("/db/count_notes", "x")],
  ...["GSet", "LWWRegister", "", "__proto__"].map((crdtType) =>
    [
      `the type "${crdtType}"`,
      "wrong-type",
      written(() => [
        { ...mapEffect("/db/notes", { [OWN]: "x" }), crdtType },
      ]),
    ] as const
  ),
  ["a number for a text", "bad-value", valued("/db/notes", 7)],
  ["a text for an object", "bad-value", valued("/db/boxes", "x")],
  ["a list for a text", "bad-value", valued("/db/notes", ["x"])],
  [
    "a register with keys",
    "bad-value",
    written(() => [
      { ...mapEffect("/db/title", { x: "x" }), crdtType: "LWWRegister" },
    ]),
  ],
  ["an element elsewhere", "bad-value", setElement("elsewhere", "x")],
  ["a large element", "bad-value", setElement("x", "x".repeat(1_000))],
  ["no body", "malformed", oneRow(() => [])],
  ["another body", "malformed", oneRow(() => [255, 255, 255])],
  [
    "more than a body",
    "malformed",
    oneRow(() => [...lwwBody("x"), 0]),
  ],
  ["65 levels", "malformed", oneRow(() => bodyOf(nested(65)), "/db/boxes")],
  [
    "a reserved member",
    "malformed",
    oneRow(() => {
      const name = [..."__proto__"].map((letter) => letter.charCodeAt(0));
      return bodyOf([OBJECT, 1, name.length, ...name, NULL]);
    }, "/db/boxes"),
  ],
  [
    "half a character in a key",
    "malformed",
    (actor) =>
      withSurrogate(notesOf(actor, 1, { [`mallory/${STAND_IN}`]: "x" })),
  ],
  [
    "half a character in a value",
    "malformed",
    (actor) => withSurrogate(notesOf(actor, 1, { [OWN]: STAND_IN })),
  ],
  [
    "a key of 1,025 bytes",
    "malformed",
    valued("/db/notes", "x", `mallory/${"x".repeat(1_017)}`),
  ],
  ["1,001 rows", "malformed", written(() => [manyRows(1_001)])],
  [
    "1,200 rows in two effects",
    "too-large",
    written(() => [manyRows(600), manyRows(600)]),
  ],
  ["a change that names a writer", "malformed", oneRow(namesWriter)],
  ["a stamp of init", "stale-write", oneRow(() => lwwBody("x", 0))],
  ["a stamp 90 s ahead", "clock-skew", stamped(90_000)],
  [
    "the last stamp of all",
    "clock-skew",
    oneRow(() => lwwBody("x", Number.MAX_SAFE_INTEGER)),
  ],
  ["a stamp of 90 days ago", "stale-write", stamped(-HORIZON_MS)],
  ["made 90 s ahead", "clock-skew", made(90_000)],
  ["made 90 days ago", "stale-write", made(-HORIZON_MS)],
  [
    "an event of 90 days ago",
    "stale-write",
    (actor) => {
      const [stamp, path] = [stampAt(-HORIZON_MS), "/db/tally"];
      const event = { kind: "event", stamp, path, payload: null } as const;
      return writeOfBytes(actor, 1, encodeAuthored(event));
    },
  ],
  ["nothing", "malformed", authored([])],
  ["another kind", "malformed", authored([2, 0])],
  ["garbage", "malformed", authored([0, 3, 250, 1, 1])],
  [
    "something after it",
    "malformed",
    (actor) => {
      const write = notesOf(actor, 1, { [OWN]: "x" });
      return { ...write, authored: Uint8Array.from([...write.authored, 0]) };
    },
  ],
  ["no computation", "unknown-path", (a) => eventOf(a, 1, "/db/none", null)],
  [
    "a client's computation",
    "unknown-path",
    (actor) => eventOf(actor, 1, "/client/none", null),
  ],
  [
    "a derived var's computer",
    "unknown-path",
    (actor) => eventOf(actor, 1, "/db/count_notes", null),
  ],
  [
    "a computer of the server",
    "unknown-path",
    (actor) => eventOf(actor, 1, "/server/say_count", null),
  ],
  [
    "an event of 65 levels",
    "malformed",
    (actor) => {
      const event = {
        kind: "event",
        stamp: stampAt(),
        path: "/db/tally",
        payload: null,
      } as const;
      const bytes = [...encodeAuthored(event).slice(0, -1), ...nested(65)];
      return writeOfBytes(actor, 1, Uint8Array.from(bytes));
    },
  ],
];

Deno.test("a bad write gets its code, and leaves no trace", async (t) => {
  await using fixture = await startFixture();
  const { url } = fixture;

  await t.step("what is wrong with the content", async () => {
    await assertHarmless(fixture, async () => {
      using mallory = await WireClient.join(url, "mallory", ["/client/notes"]);
      for (const [name, code, make] of REFUSED) {
        const write = make(freshActor());
        // The answer is the same however often it is asked for.
        for (const time of ["first", "second"]) {
          const { fault, seq } = await mallory.write(write);
          assertEquals([fault?.code, seq], [code, 0], `${name}, ${time}`);
        }
      }
    });
  });

  await t.step("numbers that were used, and that leave a hole", async () => {
    await assertHarmless(fixture, async () => {
      using mallory = await WireClient.join(url, "mallory");
      const actor = freshActor();
      const values = { "bob/standing": "x" };
      const first = notesOf(actor, 1, values);
      assertEquals((await mallory.write(first)).fault?.code, "forbidden");
      assertEquals((await mallory.write(first)).fault?.code, "forbidden");
      const other = await mallory.write(notesOf(actor, 1, { [OWN]: "x" }));
      assertEquals(other.fault?.code, "actor-forked");
      const holed = { ...notesOf(actor, 5, { [OWN]: "x" }), seenThrough: 0 };
      const gap = await mallory.write(holed);
      assertEquals([gap.fault?.code, gap.lastN], ["gap", 1]);
    });
  });

  await t.step("numbers that cannot be", async () => {
    await assertHarmless(fixture, async () => {
      using mallory = await WireClient.join(url, "mallory");
      const write = notesOf(freshActor(), 3, { [OWN]: "x" });
      const bad: PushedWrite[] = [
        { ...write, n: 0, seenThrough: 0 },
        { ...write, seenThrough: 3 },
        { ...write, seenThrough: Number.MAX_SAFE_INTEGER },
        { ...write, actor: "" },
        { ...write, actor: "white space" },
        { ...write, actor: "ü" },
      ];
      for (const one of bad) {
        assertEquals(await refusalOf(mallory, [one]), "malformed");
      }
    }, "untouched");
  });

  await t.step("what is too large", async () => {
    await assertHarmless(fixture, async () => {
      using mallory = await WireClient.join(url, "mallory");
      const sized = (bytes: number) =>
        notesOf(freshActor(), 1, { [OWN]: "x".repeat(bytes) });
      assertEquals(await refusalOf(mallory, [sized(2 ** 20)]), "too-large");
      assertEquals(await refusalOf(mallory, [sized(300_000)]), "too-large");
      const actor = freshActor();
      const many = Array.from(
        { length: 257 },
        (_, i) => notesOf(actor, i + 1, { [OWN]: "x" }),
      );
      assertEquals(await refusalOf(mallory, many), "malformed");
    }, "untouched");
  });

  await t.step(
    "what only a server may say of a write is not heard",
    async () => {
      await assertHarmless(fixture, async () => {
        using mallory = await WireClient.join(url, "mallory");
        const actor = freshActor();
        const effects = [
          mapEffect("/db/notes", { "bob/standing": "x" }),
        ];
        const { fault } = await mallory.write({
          ...eventOf(actor, 1, "/server/note", "throw"),
          session: { nodeId: "by-hand", claims: { sub: "bob" } },
          effects,
        });
        assertEquals(fault?.code, "computation-failed");
        const as = await mallory.write({
          ...writeOf(actor, 2, ...effects),
          session: { nodeId: "by-hand", claims: { sub: "bob" } },
        });
        assertEquals(as.fault?.code, "forbidden");
      });
    },
  );
});

/** Pushes writes that no verdict can answer, and returns the code of the refusal. */
async function refusalOf(
  client: WireClient,
  writes: readonly PushedWrite[],
): Promise<Code | null> {
  const from = client.messages.length;
  client.sendRaw(
    encodeMessage({ type: "push", link: client.link, writes }),
  );
  const answer = await client.until(() => true, from);
  return answer.type === "refusal" ? answer.fault.code : null;
}
