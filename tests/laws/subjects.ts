/**
 * Every type of the box, and one from outside, as the laws take them.
 *
 * @module
 */

import { checkLaws, type Effort, type Tried } from "@zonekit/laws";
import { COUNTER } from "./counters.ts";
import { DAYS } from "./days.ts";
import { MAP, MAX, REGISTER } from "./registers.ts";
import { SEQUENCE } from "./sequences.ts";
import { GROWING, LEAVING } from "./sets.ts";

/** Puts each type under all laws, by the type's name. */
export const LAWS: ReadonlyMap<string, (effort: Effort) => Tried> = new Map([
  ["LWWRegister", (effort: Effort) => checkLaws(REGISTER, effort)],
  ["LWWMap", (effort) => checkLaws(MAP, effort)],
  ["MaxRegister", (effort) => checkLaws(MAX, effort)],
  ["GSet", (effort) => checkLaws(GROWING, effort)],
  ["ORSet", (effort) => checkLaws(LEAVING, effort)],
  ["PNCounter", (effort) => checkLaws(COUNTER, effort)],
  ["Sequence", (effort) => checkLaws(SEQUENCE, effort)],
  ["Days", (effort) => checkLaws(DAYS, effort)],
]);
