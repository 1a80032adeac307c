import { assert, assertEquals, assertThrows } from "@std/assert";
import { compareKeys } from "../../shared/codec/key_order.ts";
import { inRange } from "../../shared/ports/key_range.ts";
import type { ScopePart } from "../../shared/spec/app_spec.ts";
import { rangesOf, ScopeError } from "../../shared/spec/scope.ts";
import { forSeeds } from "../core/seeded.ts";

Deno.test("rangesOf turns a key, a prefix and a range into ranges", () => {
  assertEquals(rangesOf([{ key: "a" }]), [{ from: "a", to: "a\0" }]);
  assertEquals(rangesOf([{ prefix: "a/" }]), [{ from: "a/", to: "a0" }]);
  assertEquals(rangesOf([{ prefix: "" }]), [{ from: "", to: null }]);
  assertEquals(rangesOf([{ from: "a", to: "b" }]), [{ from: "a", to: "b" }]);
  assertEquals(rangesOf([{ from: "a", to: "a" }]), []);
  assertEquals(rangesOf([]), []);
});

Deno.test("rangesOf sorts by UTF-8 bytes and merges what touches", () => {
  assertEquals(
    rangesOf([
      { from: "m", to: "p" },
      { key: "z" },
      { from: "a", to: "c" },
      { from: "c", to: "d" },
      { key: "n" },
      { key: "z" },
    ]),
    [
      { from: "a", to: "d" },
      { from: "m", to: "p" },
      { from: "z", to: "z\0" },
    ],
  );
  assertEquals(rangesOf([{ key: "x" }, { prefix: "" }, { prefix: "y" }]), [
    { from: "", to: null },
  ]);
  assertEquals(
    rangesOf([{ key: "\u{10000}" }, { key: "\u{e000}" }])
      .map(({ from }) => from),
    ["\u{e000}", "\u{10000}"],
  );
});

/** Whether a part itself, before it is made a range, holds a key. */
function partHolds(part: ScopePart, key: string): boolean {
  if ("key" in part) return part.key === key;
  if ("prefix" in part) return key.startsWith(part.prefix);
  return compareKeys(part.from, key) <= 0 && compareKeys(key, part.to) < 0;
}

Deno.test("rangesOf holds the keys its parts hold, with gaps between ranges", () => {
  forSeeds(300, (chance) => {
    const letters = [..."a/\0\u{d7ff}\u{e000}\u{10ffff}"];
    const text = () =>
      chance.many(chance.below(3), () => chance.pick(letters)).join("");
    const parts = chance.many(chance.below(5), (): ScopePart => {
      const kind = chance.below(3);
      if (kind === 0) return { key: text() };
      if (kind === 1) return { prefix: text() };
      const [from, to] = [text(), text()].sort(compareKeys);
      return { from: from!, to: to! };
    });
    const ranges = rangesOf(parts);
    for (const [i, { from }] of ranges.slice(1).entries()) {
      const end = ranges[i]!.to;
      assert(end !== null && compareKeys(end, from) < 0, "two ranges touch");
    }
    for (const key of chance.many(20, text)) {
      assertEquals(
        ranges.some((range) => inRange(range, key)),
        parts.some((part) => partHolds(part, key)),
        JSON.stringify({ parts, key }),
      );
    }
  });
});

Deno.test("rangesOf refuses what is no answer of a scope", () => {
  const part = "{ key }, { prefix } or { from, to }";
  const refusals: [answer: unknown, path: string, rest: string][] = [
    [undefined, "", `undefined, want an array of ${part}`],
    [{ key: "a" }, "", `an object, want an array of ${part}`],
    [[null], "[0]", `null, want ${part}`],
    [["a"], "[0]", `"a", want ${part}`],
    [[{}], "[0]", `an object with no field, want ${part}`],
    [
      [{ key: "a", prefix: "b" }],
      "[0]",
      `an object with key, prefix, want ${part}`,
    ],
    [[{ from: "a" }], "[0]", `an object with from, want ${part}`],
    [[{ key: "a" }, { key: undefined }], "[1].key", "undefined, want a string"],
    [[{ prefix: 1 }], "[0].prefix", "1, want a string"],
    [
      [{ key: "\ud800" }],
      "[0].key",
      "text with a lone surrogate, want text that can be a key",
    ],
    [
      [{ from: "b", to: "a" }],
      "[0].to",
      '"a", want a key that is not before "b"',
    ],
  ];
  for (const [answer, path, rest] of refusals) {
    const error = assertThrows(() => rangesOf(answer), ScopeError);
    assertEquals(
      error.message,
      `Cannot use this scope: ${path || "it"} is ${rest}`,
    );
    assertEquals([error.code, error.path], ["bad-scope", path]);
  }
});
