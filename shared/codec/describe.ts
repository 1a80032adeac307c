import { WORDS } from "./words.ts";

const QUOTED_CHARS_MAX = 40;

function describeObject(value: object): string {
  if (Array.isArray(value)) return "an array";
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return "an object";
  const maker: unknown = Object.getOwnPropertyDescriptor(
    prototype,
    "constructor",
  )?.value;
  return typeof maker === "function" && maker.name !== ""
    ? `an instance of ${maker.name}`
    : "an object with a prototype of its own";
}

/** Says in a few words what a value is, for the `found` of an error. */
export function describe(value: unknown): string {
  if (!WORDS) return "";
  switch (typeof value) {
    case "string":
      return value.length > QUOTED_CHARS_MAX
        ? `a string of ${value.length} characters`
        : JSON.stringify(value);
    case "number":
    case "boolean":
    case "undefined":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return "a bigint";
    case "object":
      return value === null ? "null" : describeObject(value);
    default:
      return `a ${typeof value}`;
  }
}
