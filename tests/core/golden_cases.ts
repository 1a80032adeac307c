/** What the golden vectors are made of: every kind of value, row and message. */

import { GSet } from "../../shared/crdt/gset.ts";
import { LWWMap } from "../../shared/crdt/lww_map.ts";
import { LWWRegister } from "../../shared/crdt/lww_register.ts";
import { MaxRegister } from "../../shared/crdt/max_register.ts";
import { ORSet } from "../../shared/crdt/or_set.ts";
import { PNCounter } from "../../shared/crdt/pn_counter.ts";
import { Sequence } from "../../shared/crdt/sequence/sequence.ts";
import { encodeAuthored } from "../../shared/node/read_effects.ts";
import type { Message } from "../../shared/protocol/message.ts";
import { PROTOCOL_VERSION } from "../../shared/protocol/version.ts";
import type { PushedWrite } from "../../shared/protocol/push.ts";

/** A value of every kind, and those at the edges of theirs. */
export const VALUES: readonly unknown[] = [
  undefined,
  null,
  false,
  true,
  0,
  -0,
  1,
  -1,
  63,
  64,
  -64,
  -65,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  0.5,
  -1e300,
  2 ** 53,
  0n,
  255n,
  -256n,
  2n ** 64n,
  "",
  "tea",
  "é \u{1f375} \ufeff",
  new Uint8Array(),
  new Uint8Array([0, 127, 255]),
  new Date(0),
  new Date(-1),
  new Date(8.64e15),
  [],
  [1, [undefined, "x"]],
  {},
  { b: 1, a: { "": null }, "\uffee": 2, "\u{1f600}": 3 },
];

/** Bytes that are no value, and why. */
export const REFUSED: readonly (readonly [hex: string, why: string])[] = [
  ["", "nothing"],
  ["0c", "an unknown tag"],
  ["0404" + "00", "more than one value"],
  ["048000", "a varint with a byte too many"],
  ["0481ffffffffffffff7f", "an integer that is not safe"],
  ["057ff8000000000000", "NaN"],
  ["057ff0000000000000", "an infinity"],
  ["053ff0000000000000", "an integer as a float"],
  ["0602c328", "a string that is no UTF-8"],
  ["0603eda080", "a lone surrogate"],
  ["0605616263", "a string that ends early"],
  ["08ffffffff0f", "a count of what is not there"],
  ["090201620201610" + "2", "keys in another order"],
  ["090201610201610" + "2", "a key twice"],
  ["0901095f5f70726f746f5f5f01", "a member named __proto__"],
  ["0a000100", "a bigint with a leading zero"],
  ["0a0100", "a bigint that is minus nothing"],
  ["0bffffffffffffff1f", "a time that is none"],
  ["0801".repeat(65) + "01", "more than 64 levels"],
];

const clock = { now: () => 5 };
const ANN = "ann-1";

/** A message of each type. */
export const CHANGES: readonly (readonly [type: string, message: unknown])[] = [
  [
    "LWWRegister",
    new LWWRegister(ANN, { timestamp: 0, nodeId: "", value: "" }, clock)
      .setValue("tea").message,
  ],
  [
    "LWWMap",
    LWWMap.startEmpty<unknown>(ANN, clock).setValueForKey("k", { n: 1 })
      .message,
  ],
  ["GSet", new GSet<string>().add("tea").message],
  ["ORSet", ORSet.startEmpty<string>(ANN).add("tea").message],
  ["MaxRegister", new MaxRegister(3).setValue(7).message],
  ["PNCounter", new PNCounter().decrement(3).message],
  [
    "Sequence",
    Sequence.startEmpty<unknown>(ANN, clock).insert(0, ["a", "b", 1]).message,
  ],
];

const fault = {
  code: "forbidden",
  path: "/db/todos",
  found: "ben/1",
  wanted: "one's own",
} as const;
const consumer = { nodeId: ANN, claims: { sub: "ann" } };
const rows = ["ann/milk/text", "ann/milk/done", "ann/tea/text"].map((
  key,
  i,
) => ({ key, seq: 1_800_000_000_000 + i, body: new Uint8Array([8, i, 8, 9]) }));
const effects = [{
  path: "/db/todos",
  crdtType: "LWWMap",
  rows: rows.map(({ key, body }) => ({ key, body })),
}];
const cursor = { epoch: "e1", seq: 7, syncedMs: 1_800_000_000_000 };
const part = {
  want: 1,
  rows,
  gone: ["ann/old"],
  replace: null,
  next: null,
  digest: null,
};
const write: PushedWrite = {
  actor: ANN,
  n: 1,
  seenThrough: 0,
  authored: encodeAuthored({ kind: "effects", stamp: 5, effects }),
  session: null,
  fault: null,
  effects: null,
};
const payload = { name: "tea" };
const event = {
  kind: "event",
  stamp: 6,
  path: "/server/add",
  payload,
} as const;

/** A message of every type, with every field in each of its forms. */
export const MESSAGES: {
  [T in Message["type"]]: Extract<Message, { type: T }>;
} = {
  hello: {
    type: "hello",
    protocol: PROTOCOL_VERSION,
    specHash: "0123456789abcdef",
    node: ANN,
    link: 3,
    seen: 9,
    wants: [
      { id: 1, path: "/db/todos", range: null, consumer: null, cursor: null },
      {
        id: 2,
        path: "/server/title",
        range: { from: "ann/", to: "ann0" },
        consumer,
        cursor: { ...cursor, page: null },
      },
      {
        id: 3,
        path: "/db/users",
        range: { from: "", to: null },
        consumer: null,
        cursor: { ...cursor, page: { key: "ann", seq: 8 } },
      },
    ],
  },
  welcome: {
    type: "welcome",
    link: 3,
    epoch: "e1",
    timeMs: 1_800_000_000_000,
    claims: { sub: "ann" },
  },
  demand: {
    type: "demand",
    link: 3,
    version: 1,
    add: [
      { id: 4, path: "/db/todos", range: null, consumer: null, cursor: null },
    ],
    drop: [1, 2],
  },
  push: {
    type: "push",
    link: 3,
    writes: [
      write,
      { ...write, n: 2, session: consumer, fault, seenThrough: 1 },
      { ...write, n: 3, authored: encodeAuthored(event), effects },
    ],
  },
  live: {
    type: "live",
    link: 3,
    number: 1,
    head: 1_800_000_000_002,
    epoch: "e1",
    timeMs: 1_800_000_000_005,
    verdicts: [
      { actor: ANN, n: 1, seq: 1_800_000_000_002, fault: null, lastN: 0 },
      { actor: ANN, n: 2, seq: 0, fault, lastN: 1 },
    ],
    parts: [part, {
      ...part,
      want: 2,
      replace: { from: "", to: null },
      next: "ann/u",
      digest: 12,
    }],
  },
  check: { type: "check", link: 3, number: 1, demands: 2 },
  checked: { type: "checked", link: 3, number: 1 },
  ack: { type: "ack", link: 3, number: 1 },
  resync: { type: "resync", link: 3 },
  refusal: { type: "refusal", fault },
};
