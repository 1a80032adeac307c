/**
 * How far it has got, on standard error: one line that is written anew where
 * somebody looks at a terminal, and a line now and then where not.
 *
 * @module
 */

import type { Totals } from "./run_seeds.ts";

const TERMINAL_MS = 200;
const LOG_MS = 10_000;

/** Tells how far it has got. */
export class Progress {
  readonly #isTerminal = Deno.stderr.isTerminal();
  readonly #beganMs = performance.now();
  #toldMs = this.#beganMs;

  /** Events a second since it began. */
  eventsPerSecond(events: number): number {
    const seconds = (performance.now() - this.#beganMs) / 1_000;
    return Math.round(events / Math.max(seconds, 0.001));
  }

  /** Something was done: tells of it, unless it told a moment ago. */
  update({ seeds, events, violations }: Totals): void {
    const speed = this.eventsPerSecond(events);
    this.#tell(
      `${seeds} seeds, ${speed} events/s, ${violations} violations`,
    );
  }

  /** One more history was tried. */
  shrinking(runs: number, happenings: number): void {
    this.#tell(`shrinking: ${runs} runs, ${happenings} events left`);
  }

  /** Writes a line that stays. */
  line(text: string): void {
    this.clear();
    console.error(text);
  }

  /** Takes the line away that is written anew. */
  clear(): void {
    if (this.#isTerminal) this.#write("\r\x1b[K");
  }

  #tell(text: string): void {
    const nowMs = performance.now();
    const everyMs = this.#isTerminal ? TERMINAL_MS : LOG_MS;
    if (nowMs - this.#toldMs < everyMs) return;
    this.#toldMs = nowMs;
    if (this.#isTerminal) this.#write(`\r\x1b[K${text}`);
    else console.error(text);
  }

  #write(text: string): void {
    Deno.stderr.writeSync(new TextEncoder().encode(text));
  }
}
