/**
 * Bytes that nobody has written, for all that takes bytes from outside: each
 * gives a value or a `DecodeError`, and nothing in it may be out of proportion.
 *
 * @module
 */

import { DecodeError } from "../../shared/codec/decode_error.ts";
import { mutated, noise } from "../core/hostile_bytes.ts";
import { Seeded } from "../core/seeded.ts";
import { FUZZ_TARGETS, type FuzzTarget } from "./fuzz_targets.ts";

/** So many bytes may come of one: a record that is told as the one before it. */
const BYTES_PER_BYTE = 64;

/** What came of some bytes. */
export interface Fuzzed {
  /** How many lots of bytes. */
  readonly lots: number;
  /** How many were taken. */
  readonly taken: number;
  /** The longest that any took, in milliseconds. */
  readonly slowestMs: number;
  /** The seed of that one, and what read it. */
  readonly slowest: string;
}

/** Tries the lots of so many seeds. Throws at the first that breaks something, with its seed. */
export function fuzz(first: number, count: number): Fuzzed {
  let [taken, slowestMs, slowest] = [0, 0, ""];
  for (let seed = first; seed < first + count; seed++) {
    const chance = new Seeded(seed);
    const target = chance.pick(FUZZ_TARGETS);
    const bytes = chance.below(4) === 0
      ? noise(chance)
      : mutated(chance, chance.pick(target.valid));
    const beganMs = performance.now();
    if (isTaken(target, bytes, seed)) taken++;
    const ms = performance.now() - beganMs;
    if (ms > slowestMs) {
      slowestMs = ms;
      slowest = `seed ${seed}, ${bytes.length} bytes for ${target.name}`;
    }
  }
  return { lots: count, taken, slowestMs, slowest };
}

function isTaken(
  { name, read }: FuzzTarget,
  bytes: Uint8Array,
  seed: number,
): boolean {
  let size: number;
  try {
    size = read(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw new Error(`${name}, seed ${seed}: ${error}`, { cause: error });
  }
  if (size <= BYTES_PER_BYTE * bytes.length) return true;
  throw new Error(`${name}, seed ${seed}: ${size} of ${bytes.length} bytes`);
}
