import { assertEquals } from "@std/assert";
import { silencedLines, unfinishedLines } from "./wording.ts";

// Split, so that the repository's own test does not find them here.
const MARK = "TO" + "DO";
const EXCUSE = "for" + " now";
const HOLE = "place" + "holder";
const CAST = "as " + "any";

Deno.test("unfinishedLines finds marks and excuses by their line", () => {
  const text = `const x = 1;\n// ${MARK}: more\n// enough ${EXCUSE}\n${HOLE}`;
  assertEquals(unfinishedLines(text), [
    `2: // ${MARK}: more`,
    `3: // enough ${EXCUSE}`,
    `4: ${HOLE}`,
  ]);
});

Deno.test("unfinishedLines leaves to-dos, attributes and selectors alone", () => {
  const text = `todo.ts Todo\n<input ${HOLE}="x">\ninput::${HOLE} {}`;
  assertEquals(unfinishedLines(text), []);
});

Deno.test("silencedLines finds casts and tests switched off", () => {
  const off = "ignore: " + "true";
  assertEquals(silencedLines(`x ${CAST};\nDeno.test({ ${off} })`), [
    `1: x ${CAST};`,
    `2: Deno.test({ ${off} })`,
  ]);
  assertEquals(silencedLines("x as const; ignore: false"), []);
});
