/**
 * One digest of many runs: a sum, which is the same in whichever order and by
 * whomever the seeds were run.
 *
 * @module
 */

import { hashHex } from "../shared/codec/hash.ts";
import { encodeValue } from "../shared/codec/value.ts";

/** Sums up what runs gave. */
export class SeedDigest {
  #sum = 0n;

  /** Adds what a seed gave. */
  add(seed: number, digest: string): void {
    const mixed = BigInt(`0x${hashHex(encodeValue([seed, digest]))}`);
    this.#sum = BigInt.asUintN(64, this.#sum + mixed);
  }

  /** The sum, in 16 hex digits. */
  get hex(): string {
    return this.#sum.toString(16).padStart(16, "0");
  }
}
