import { assertEquals } from "@std/assert";
import { lwwRegister } from "../../shared/crdt/lww_register.ts";
import type { SourceVar } from "../../shared/spec/app.ts";
import type { ValueType } from "../../shared/spec/app_spec.ts";
import { valueFault } from "../../shared/spec/check_value.ts";

type Validate = (value: unknown) => unknown;

function sourceVar(valueType: ValueType, validate?: Validate): SourceVar {
  const standard = validate && { version: 1 as const, vendor: "t", validate };
  return {
    kind: "source",
    path: "/db/x",
    zone: "db",
    name: "x",
    crdt: lwwRegister,
    valueType,
    schema: standard ? { "~standard": standard } : null,
    initRows: new Map(),
    using: undefined,
    withCheck: undefined,
  };
}

const samples = [{}, [], 0, NaN, Infinity, "", false, null, undefined, 1n];

function takenBy(valueType: ValueType): unknown[] {
  const variable = sourceVar(valueType);
  return samples.filter((sample) => valueFault(variable, sample) === null);
}

Deno.test("valueFault lets through what valueType names, and nothing else", () => {
  assertEquals(takenBy("object"), [{}, []]);
  assertEquals(takenBy("array"), [[]]);
  assertEquals(takenBy("number"), [0]);
  assertEquals(takenBy("string"), [""]);
  assertEquals(takenBy("boolean"), [false]);
});

Deno.test("valueFault says what was found and what was wanted", () => {
  assertEquals(
    valueFault(sourceVar("number"), NaN),
    "/db/x got NaN, want a finite number",
  );
  assertEquals(
    valueFault(sourceVar("object"), null),
    "/db/x got null, want an object",
  );
});

Deno.test("valueFault asks the schema only about values of the right type", () => {
  const asked: unknown[] = [];
  const variable = sourceVar("string", (value) => {
    asked.push(value);
    return { value };
  });
  assertEquals(valueFault(variable, "a"), null);
  assertEquals(valueFault(variable, 1), "/db/x got 1, want a string");
  assertEquals(asked, ["a"]);
});

Deno.test("valueFault gives the schema's first issue and its place", () => {
  const path = ["a", { key: 0 }];
  const variable = sourceVar("object", () => ({
    issues: [{ message: "too short", path }, { message: "other" }],
  }));
  assertEquals(
    valueFault(variable, {}),
    "/db/x got a value its schema refuses: too short at a.0, want what its " +
      "schema lets through",
  );
});

Deno.test("valueFault lets a schema copy a value but not change it", () => {
  const copies = sourceVar("object", (value) => ({
    value: { ...(value as object) },
  }));
  assertEquals(valueFault(copies, { a: 1, b: [2] }), null);
  const changes = sourceVar("string", (value) => ({
    value: String(value).trim(),
  }));
  assertEquals(valueFault(changes, "a"), null);
  const wanted = "want a schema that only checks";
  const found = "/db/x got a value its schema changes";
  assertEquals(valueFault(changes, " a"), `${found}, ${wanted}`);
  const strips = sourceVar("object", () => ({ value: {} }));
  assertEquals(valueFault(strips, { a: 1 }), `${found}, ${wanted}`);
  const toFunction = sourceVar("object", () => ({ value: { f: () => 1 } }));
  assertEquals(valueFault(toFunction, {}), `${found}, ${wanted}`);
});

Deno.test("valueFault refuses a schema that answers later, throws, or says nothing", () => {
  const later = sourceVar("string", async (value) => await { value });
  assertEquals(
    valueFault(later, ""),
    "/db/x got a value with a schema that answers later, want a schema that " +
      "answers at once",
  );
  const throws = sourceVar("string", () => {
    throw new Error("no");
  });
  assertEquals(
    valueFault(throws, ""),
    "/db/x got a value its schema throws at: no, want what its schema lets " +
      "through",
  );
  const silent = sourceVar("string", () => undefined);
  assertEquals(
    valueFault(silent, ""),
    "/db/x got a value its schema gives no answer for, want a schema that " +
      "follows the standard",
  );
});
