/**
 * The list of planted bugs stays true to the code that they are planted in, and
 * the memory world catches the first of them.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { huntAll } from "./hunter.ts";
import { huntByLaws } from "./law_hunter.ts";
import { LAW_MUTANTS } from "./law_mutants.ts";
import { MUTANTS } from "./mutants.ts";
import { FIRST } from "./planted/first.ts";
import { hasEscaped, lawLineOf, lineOf } from "./report.ts";
import { SCENARIO_OF } from "./scenarios.ts";

const ROOT = new URL("../../", import.meta.url);
const ALL = [...MUTANTS, ...LAW_MUTANTS];

Deno.test("every planted bug changes a text of shipped code that stands there once", async () => {
  for (const { name, file, find, put } of ALL) {
    assert(/^(shared|zones)\//.test(file), `${name} is in shipped code`);
    const text = await Deno.readTextFile(new URL(file, ROOT));
    assertEquals(text.split(find).length, 2, `${name}: ${file} holds ${find}`);
    assert(text !== text.replace(find, () => put), `${name} changes something`);
  }
});

Deno.test("every planted bug has a name of its own and a scenario that there is", () => {
  assertEquals(new Set(ALL.map(({ name }) => name)).size, ALL.length);
  for (const { name, scenario = "todo" } of MUTANTS) {
    assert(SCENARIO_OF.has(scenario), `${name} is hunted in ${scenario}`);
  }
});

Deno.test("the memory world catches the first of the planted bugs", async () => {
  const { hunted } = await huntAll({
    plants: FIRST.slice(0, 6),
    seedsMax: 250,
    seedsMore: 0,
    asksOthers: false,
    shrinks: false,
    hunters: 2,
    onHunted: () => {},
  });
  const escaped = hunted.filter(({ caught }) => !caught);
  assertEquals(escaped.map(lineOf), []);
});

Deno.test("the laws catch bugs that are planted in a type, the clock and the codec", async () => {
  const files = ["or_set_row.ts", "hlc.ts", "codec/"];
  const plants = files.map((file) =>
    LAW_MUTANTS.find((plant) => plant.file.includes(file))!
  );
  const hunted = await huntByLaws(plants, 2, () => {});
  assertEquals(hunted.filter(hasEscaped).map(lawLineOf), []);
});
