/**
 * What stands between two nodes, by direction: an open way, a longer one, none,
 * or one on which everything waits.
 *
 * @module
 */

/** The ways between all nodes of a world. */
export class Wires {
  readonly #cut = new Set<string>();
  readonly #held = new Map<string, (() => void)[]>();
  readonly #latencyMs = new Map<string, number>();

  /** Cuts the way from one node to another: what is sent is lost in silence. */
  cut(from: string, to: string): void {
    this.#cut.add(wire(from, to));
  }

  /** Opens a way again. */
  repair(from: string, to: string): void {
    this.#cut.delete(wire(from, to));
  }

  /** Says whether a way is cut. */
  isCut(from: string, to: string): boolean {
    return this.#cut.has(wire(from, to));
  }

  /** Lets everything on a way wait from now on. */
  hold(from: string, to: string): void {
    const key = wire(from, to);
    if (!this.#held.has(key)) this.#held.set(key, []);
  }

  /** Lets everything through that waited, in order. */
  release(from: string, to: string): void {
    const waiting = this.#held.get(wire(from, to)) ?? [];
    this.#held.delete(wire(from, to));
    for (const pass of waiting) pass();
  }

  /** Makes a way longer. */
  setLatency(from: string, to: string, ms: number): void {
    this.#latencyMs.set(wire(from, to), ms);
  }

  /** How much longer a way is than others. */
  latencyOf(from: string, to: string): number {
    return this.#latencyMs.get(wire(from, to)) ?? 0;
  }

  /** Does something at the other end, unless the way is cut; says whether it will be done. */
  pass(from: string, to: string, arrive: () => void): boolean {
    const key = wire(from, to);
    if (this.#cut.has(key)) return false;
    const held = this.#held.get(key);
    if (held) held.push(arrive);
    else arrive();
    return true;
  }

  /** Opens every way, and lets everything through; latencies stay. */
  healAll(): void {
    this.#cut.clear();
    for (const key of [...this.#held.keys()]) {
      const waiting = this.#held.get(key)!;
      this.#held.delete(key);
      for (const pass of waiting) pass();
    }
  }
}

function wire(from: string, to: string): string {
  return `${from}\n${to}`;
}
