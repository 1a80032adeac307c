/**
 * Holds for the stand-in and for the real `@std/assert`: what passes, what
 * fails, and what is returned.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertExists,
  assertFalse,
  assertGreater,
  assertInstanceOf,
  AssertionError,
  assertLess,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
  fail,
} from "@std/assert";

/** Says whether `fn` fails as an assertion does. Uses no assertion itself. */
function fails(fn: () => unknown): boolean {
  try {
    fn();
    return false;
  } catch (caught) {
    if (caught instanceof AssertionError) return true;
    throw caught;
  }
}

async function failsLater(fn: () => Promise<unknown>): Promise<boolean> {
  try {
    await fn();
    return false;
  } catch (caught) {
    if (caught instanceof AssertionError) return true;
    throw caught;
  }
}

function expectAll(wanted: boolean, cases: Record<string, () => unknown>) {
  for (const [name, fn] of Object.entries(cases)) {
    if (fails(fn) !== wanted) {
      throw new Error(`${name}: ${wanted ? "passed" : "failed"}`);
    }
  }
}

Deno.test("assertions pass on what they name", () => {
  expectAll(false, {
    assert: () => assert("x"),
    assertFalse: () => assertFalse(0),
    assertEquals: () =>
      assertEquals({ a: [new Set([1])] }, { a: [new Set([1])] }),
    assertNotEquals: () => assertNotEquals([1], [2]),
    assertStrictEquals: () => assertStrictEquals(NaN, NaN),
    assertThrows: () => assertThrows(() => fail()),
    assertMatch: () => assertMatch("abc", /b/),
    assertStringIncludes: () => assertStringIncludes("abc", "bc"),
    assertInstanceOf: () => assertInstanceOf(new Map(), Map),
    assertGreater: () => assertGreater(2, 1),
    assertLess: () => assertLess("a", "b"),
    assertExists: () => assertExists(0),
  });
});

Deno.test("assertions fail on anything else", () => {
  expectAll(true, {
    assert: () => assert(""),
    assertFalse: () => assertFalse(1),
    assertEquals: () => assertEquals(new Map([[1, "a"]]), new Map([[1, "b"]])),
    assertNotEquals: () => assertNotEquals({ a: 1 }, { a: 1 }),
    assertStrictEquals: () => assertStrictEquals([], []),
    "assertThrows of nothing": () => assertThrows(() => 1),
    "assertThrows of another class": () =>
      assertThrows(() => JSON.parse("{"), TypeError),
    "assertThrows of another message": () =>
      assertThrows(() => JSON.parse("{"), SyntaxError, "no such words"),
    assertMatch: () => assertMatch("abc", /x/),
    assertStringIncludes: () => assertStringIncludes("abc", "cb"),
    assertInstanceOf: () => assertInstanceOf([], Map),
    "assertGreater of an equal": () => assertGreater(1, 1),
    "assertLess of an equal": () => assertLess(1, 1),
    assertExists: () => assertExists(null),
    fail: () => fail("always"),
  });
});

Deno.test("assertRejects tells a rejection from a value and from a throw", async () => {
  const error = new TypeError("wanted words");
  const reject = () => Promise.reject(error);
  const found = await assertRejects(reject, TypeError, "wanted");
  assertStrictEquals(found, error);
  assert(await failsLater(() => assertRejects(() => Promise.resolve(1))));
  assert(await failsLater(() => assertRejects(reject, RangeError)));
  assert(
    await failsLater(() =>
      assertRejects(() => {
        throw error;
      })
    ),
  );
});

Deno.test("assertThrows returns the error with the class's type", () => {
  const found: SyntaxError = assertThrows(() => JSON.parse("{"), SyntaxError);
  assertInstanceOf(found, SyntaxError);
});

Deno.test("a failed assertEquals shows both values and the note", () => {
  const found = assertThrows(
    () => assertEquals({ a: "left" }, { a: "right" }, "the note"),
    AssertionError,
  );
  for (const part of ["left", "right", "the note"]) {
    assertStringIncludes(found.message, part);
  }
});
