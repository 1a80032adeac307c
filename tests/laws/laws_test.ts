/** Every type of the box, and one from outside, under the laws of all. */

import { checkLaws } from "@zonekit/laws";
import { COUNTER } from "./counters.ts";
import { MAP, MAX, REGISTER } from "./registers.ts";
import { SEQUENCE } from "./sequences.ts";
import { GROWING, LEAVING } from "./sets.ts";

const RUNS = 60;

function laws(name: string, check: () => { states: number }): void {
  Deno.test(`${name} keeps every law`, () => {
    const { states } = check();
    console.log(`${states} states of four operations over three replicas`);
  });
}

laws("LWWRegister", () => checkLaws(REGISTER, { runs: RUNS }));
laws("LWWMap", () => checkLaws(MAP, { runs: RUNS }));
laws("MaxRegister", () => checkLaws(MAX, { runs: RUNS }));
laws("GSet", () => checkLaws(GROWING, { runs: RUNS }));
laws("ORSet", () => checkLaws(LEAVING, { runs: RUNS }));
laws("PNCounter", () => checkLaws(COUNTER, { runs: RUNS }));
laws("Sequence", () => checkLaws(SEQUENCE, { runs: RUNS }));
