import { describe } from "../codec/describe.ts";
import type { Clock } from "./contract.ts";
import { crdtError } from "./crdt_error.ts";

/** How many stamps fit in a millisecond before the clock runs ahead of time. */
export const HLC_TICKS_PER_MS = 2048;

/**
 * A hybrid logical clock in one safe integer: milliseconds since 1970 × 2048,
 * plus a counter that carries into the milliseconds when it is full (Kulkarni
 * et al., "Logical Physical Clocks", 2014). It never repeats and, unless it is
 * corrected, never goes back.
 */
export class HybridClock implements Clock {
  readonly #nowMs: () => number;
  #offsetMs = 0;
  #last = 0;

  /** Runs over a source of milliseconds since 1970. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** The greatest timestamp given or observed; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** What is added to the source's time. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Returns the next timestamp: past the last, and at least the time. */
  now(): number {
    const physical = Math.floor(
      (this.#nowMs() + this.#offsetMs) * HLC_TICKS_PER_MS,
    );
    return this.#last = usable(Math.max(this.#last + 1, physical));
  }

  /** Makes every later timestamp greater than this one. */
  observe(timestamp: number): void {
    this.#last = Math.max(this.#last, usable(timestamp));
  }

  /**
   * Corrects the time. The second argument lets a clock that ran ahead come
   * back: the greatest timestamp that others hold; absent keeps `last`.
   */
  setOffset(offsetMs: number, last: number = this.#last): void {
    const checked = usable(last);
    if (!Number.isFinite(offsetMs)) {
      const found = describe(offsetMs);
      throw crdtError("bad-timestamp", "offsetMs", found, "milliseconds");
    }
    this.#offsetMs = offsetMs;
    this.#last = checked;
  }
}

function usable(timestamp: number): number {
  if (Number.isSafeInteger(timestamp) && timestamp >= 0) return timestamp;
  const code = timestamp > Number.MAX_SAFE_INTEGER
    ? "clock-exhausted"
    : "bad-timestamp";
  const wanted = "an integer from 0 to 2^53-1";
  throw crdtError(code, "timestamp", describe(timestamp), wanted);
}
