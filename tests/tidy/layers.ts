/**
 * The import direction of this repository, as data.
 *
 * A layer may import itself and the layers listed for it, which all stand
 * above it in this table, and the packages listed for it; everything else is
 * an error. The lint plugin and the tidy tests read the table, and so should a
 * newcomer.
 *
 * @module
 */

const CORE = [
  "shared/codec",
  "shared/crdt",
  "shared/ports",
  "shared/spec",
  "shared/protocol",
  "shared/node",
  "shared",
] as const;

const ZONES = [
  "zones/client",
  "zones/client/mod.ts",
  "zones/server",
  "zones/server/mod.ts",
  "zones/db",
  "zones/db/mod.ts",
] as const;

/** What a layer may import beside itself. */
export interface Allowed {
  /** Other layers; an absent list allows every one. */
  readonly layers?: readonly string[];
  /** Package names and `node:`-like schemes; an absent list allows all. */
  readonly packages?: readonly string[];
}

/**
 * Each layer and what it may import. A zone's `mod.ts` is a layer of its own:
 * it is the entry file that chooses the zone's adapters.
 */
export const LAYERS = {
  "shared/codec": { layers: [], packages: [] },
  "shared/crdt": { layers: ["shared/codec"], packages: [] },
  "shared/ports": { layers: ["shared/codec"], packages: [] },
  "shared/spec": {
    layers: ["shared/codec", "shared/crdt", "shared/ports"],
    packages: [],
  },
  "shared/protocol": {
    layers: ["shared/codec", "shared/crdt", "shared/ports"],
    packages: [],
  },
  "shared/node": {
    layers: [
      "shared/codec",
      "shared/crdt",
      "shared/ports",
      "shared/spec",
      "shared/protocol",
    ],
    packages: [],
  },
  "shared": { layers: CORE, packages: [] },
  "zones/client": { layers: CORE, packages: [] },
  "zones/client/adapters": {
    layers: [...CORE, "zones/client"],
    packages: ["idb-keyval"],
  },
  "zones/client/mod.ts": {
    layers: [...CORE, "zones/client", "zones/client/adapters"],
    packages: [],
  },
  "zones/server": { layers: CORE, packages: ["hono", "jose"] },
  "zones/server/adapters": {
    layers: [...CORE, "zones/server"],
    packages: ["cloudflare:workers", "hono", "jose"],
  },
  "zones/server/mod.ts": {
    layers: [...CORE, "zones/server", "zones/server/adapters"],
    packages: ["hono"],
  },
  "zones/db": { layers: CORE, packages: [] },
  "zones/db/adapters": {
    layers: [...CORE, "zones/db"],
    packages: ["cloudflare:workers"],
  },
  "zones/db/mod.ts": {
    layers: [...CORE, "zones/db", "zones/db/adapters"],
    packages: [],
  },
  "sim": { layers: [...CORE, ...ZONES], packages: [] },
  // The simulator's shell: files, workers and real time stay out of the world
  // it runs, which imports nothing of it.
  "sim/cli": { layers: [...CORE, "sim"], packages: ["node:"] },
  "laws": { layers: CORE, packages: ["fast-check"] },
  "deploy": {
    layers: CORE,
    packages: ["@babel/parser", "miniflare", "node:", "terser"],
  },
  "examples": {
    layers: [...CORE, ...ZONES, "sim"],
    packages: ["@preact/signals", "preact"],
  },
  "tests": {},
} as const satisfies Record<string, Allowed>;

/** A unit of the repository with its own place in the import direction. */
export type Layer = keyof typeof LAYERS;

const NAMES = Object.keys(LAYERS) as Layer[];

/**
 * Returns the innermost layer that holds a repository-relative path. A test or
 * bench belongs to the tests wherever it stands.
 */
export function layerOf(path: string): Layer | undefined {
  if (/_(test|bench)\.tsx?$/.test(path)) return "tests";
  return NAMES
    .filter((name) => path === name || path.startsWith(name + "/"))
    .sort((a, b) => b.length - a.length)[0];
}

/** Says whether a file of layer `from` may import a file of layer `to`. */
export function mayImport(from: Layer, to: Layer): boolean {
  const { layers }: Allowed = LAYERS[from];
  return from === to || !layers || layers.includes(to);
}

/** Says whether a file of layer `from` may import a package by `specifier`. */
export function mayUse(from: Layer, specifier: string): boolean {
  const { packages }: Allowed = LAYERS[from];
  return !packages ||
    packages.some((name) =>
      specifier === name || specifier.startsWith(name + "/") ||
      (name.endsWith(":") && specifier.startsWith(name))
    );
}
