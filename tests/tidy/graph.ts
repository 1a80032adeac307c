/**
 * Questions to a graph of files: who is in a cycle, who is never reached.
 *
 * @module
 */

/** Each file with the files it leads to. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** Returns one cycle as a path that ends where it begins, or nothing. */
export function findCycle(graph: Graph): readonly string[] | undefined {
  const done = new Set<string>();
  function visit(file: string, trail: string[]): string[] | undefined {
    const start = trail.indexOf(file);
    if (start >= 0) return [...trail.slice(start), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...trail, file]);
      if (cycle) return cycle;
    }
    done.add(file);
    return undefined;
  }
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/** Returns the files that no entry leads to. */
export function findUnreached(
  graph: Graph,
  isEntry: (file: string) => boolean,
): readonly string[] {
  const reached = new Set([...graph.keys()].filter(isEntry));
  // A set's iterator also visits what is added on the way.
  for (const file of reached) {
    for (const next of graph.get(file) ?? []) reached.add(next);
  }
  return [...graph.keys()].filter((file) => !reached.has(file));
}
