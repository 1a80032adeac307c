/**
 * What is measured, whatever is measured: one figure a contestant.
 *
 * @module
 */

/** A task, and in what its figure is. */
export interface Task<Contestant> {
  /** What the table calls it. */
  readonly title: string;
  /** What the figure is in; `ms` and `MB` are shown as so many times the first contestant's. */
  readonly unit: "ms" | "MB" | "bytes";
  /** The figure for a contestant, at a size. */
  readonly run: (contestant: Contestant, size: number) => number;
}

/** How long something takes, in milliseconds. */
export function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** What is held after a collection, in megabytes; WebAssembly's memory too. */
export function memory(): number {
  for (let i = 0; i < 4; i++) globalThis.gc!();
  const { heapUsed, external } = Deno.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

declare global {
  var gc: (() => void) | undefined;
}
