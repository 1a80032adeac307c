/**
 * What can be said of values without writing them: most are plain data, of
 * which a walk shows that they are carried, or that two are equal.
 *
 * @module
 */

import { DEPTH_MAX, FORBIDDEN_KEY } from "./tag.ts";

/** What has more parts is for the codec to judge: it may hold one thing many times over. */
const PARTS_MAX = 10_000;

let partsLeft = 0;

/** Whether a value is surely carried; where it is not said, writing it shows. */
export function isSurelyCarried(value: unknown): boolean {
  partsLeft = PARTS_MAX;
  try {
    return isCarried(value, DEPTH_MAX);
  } catch {
    return false;
  }
}

function isCarried(value: unknown, levels: number): boolean {
  switch (typeof value) {
    case "string":
      return value.isWellFormed();
    case "number":
      return Number.isFinite(value);
    case "boolean":
    case "undefined":
      return true;
    case "object":
      return value === null ||
        (levels > 0 && partsLeft-- > 0 && arePartsCarried(value, levels - 1));
    default:
      return false;
  }
}

function arePartsCarried(value: object, levels: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) {
    return areMembersCarried(value as Record<string, unknown>, levels);
  }
  if (prototype !== Array.prototype || !Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) {
    // It may be a hole.
    if (value[i] === undefined || !isCarried(value[i], levels)) return false;
  }
  return Object.keys(value).length === value.length &&
    Object.getOwnPropertySymbols(value).length === 0;
}

function areMembersCarried(
  value: Readonly<Record<string, unknown>>,
  levels: number,
): boolean {
  for (const key in value) {
    // Somebody may have given all objects a member.
    if (!Object.hasOwn(value, key)) continue;
    if (key === FORBIDDEN_KEY || !key.isWellFormed()) return false;
    if (!isCarried(value[key], levels)) return false;
  }
  return Object.getOwnPropertySymbols(value).length === 0;
}
