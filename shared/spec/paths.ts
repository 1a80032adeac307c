/**
 * Names and the paths made of them: `/zone/name`.
 *
 * @module
 */

import type { Path, ZoneName } from "./app_spec.ts";
import { describe } from "../codec/describe.ts";
import { found } from "./fields.ts";
import { SpecError } from "./spec_error.ts";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Names that mean something else on an object. */
const RESERVED: readonly string[] = ["__proto__", "constructor", "prototype"];

/** A path taken apart. */
interface PathParts {
  /** The zone. */
  readonly zone: ZoneName;
  /** The last segment. */
  readonly name: string;
}

/** Whether a text can name a zone, a var or a computation. */
function isName(text: string): boolean {
  return NAME.test(text) && !RESERVED.includes(text);
}

/** Refuses a name that is no identifier. */
export function assertName(at: string, name: string): void {
  if (isName(name)) return;
  const wanted = "an identifier ([A-Za-z_][A-Za-z0-9_]*) that is none of " +
    RESERVED.join(", ");
  throw new SpecError(at, `named ${describe(name)}`, wanted);
}

/** The path of an entry of a zone. */
export function joinPath(zone: ZoneName, name: string): Path {
  return `/${zone}/${name}`;
}

/** The parts of a path, or `null` for what is none. */
function splitPath(path: string): PathParts | null {
  const [before, zone, name, ...rest] = path.split("/");
  if (before !== "" || zone === undefined || name === undefined) return null;
  if (rest.length > 0 || !isName(zone) || !isName(name)) return null;
  return { zone, name };
}

/** A path in a spec that is well formed, whatever it names. */
export function pathAt(
  at: string,
  value: unknown,
  wanted: string,
): PathParts & { readonly path: Path } {
  const parts = typeof value === "string" ? splitPath(value) : null;
  if (parts === null) {
    throw new SpecError(at, found(value), `${wanted}, such as "/zone/name"`);
  }
  return { ...parts, path: joinPath(parts.zone, parts.name) };
}
