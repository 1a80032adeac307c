import * as fc from "fast-check";
import type { LawSubject } from "@zonekit/laws";
import { Days, days } from "../core/days.ts";

/** How a type from outside is put to the proof. */
export const DAYS: LawSubject<Days, number, number, number> = {
  type: days,
  start: () => new Days(0),
  stateOf: ({ state }) => state,
  command: fc.nat(6).map((day) => ({
    name: `cross ${day} out`,
    run: (crdt) => crdt.crossOut(day),
  })),
  few: [0, 1, 1, 2].map((day, i) => ({
    name: `${i} cross ${day} out`,
    run: (crdt) => crdt.crossOut(day),
  })),
  oracle: (sent) =>
    [0, 1, 2, 3, 4, 5, 6].filter((day) =>
      sent.every(({ message }) => Math.floor(message / 2 ** day) % 2 === 0)
    ),
};
