/** The hand-written minimum: a `Map`, a comparison, and JSON. */

import type { Delta, MapContestant, MapReplica, Value } from "../contestant.ts";

interface Entry {
  value: Value;
  ts: number;
  node: string;
}

type Change = [key: string, entry: Entry];

class FloorMap implements MapReplica {
  readonly map: Map<string, Entry>;
  readonly node: string;
  readonly format: Format;
  ts = 0;

  constructor(node: string, format: Format, map = new Map<string, Entry>()) {
    this.node = node;
    this.format = format;
    this.map = map;
    for (const { ts } of map.values()) this.ts = Math.max(this.ts, ts);
  }

  set(key: string, value: Value): Delta {
    return this.format.write([this.#put(key, value)]);
  }

  setMany(entries: readonly (readonly [string, Value])[]): Delta {
    return this.format.write(
      entries.map(([key, value]) => this.#put(key, value)),
    );
  }

  merge(delta: Delta): void {
    for (const [key, entry] of this.format.read(delta)) {
      const held = this.map.get(key);
      if (
        !held || entry.ts > held.ts ||
        entry.ts === held.ts && entry.node > held.node
      ) this.map.set(key, entry);
    }
  }

  get(key: string): Value | undefined {
    return this.map.get(key)?.value;
  }

  save(): Delta {
    return this.format.write([...this.map]);
  }

  missing(before: MapReplica) {
    const { ts } = before as FloorMap;
    const news = [...this.map].filter(([, entry]) => entry.ts > ts);
    const asked = JSON.stringify({ since: ts });
    return {
      bytes: asked.length + JSON.stringify(news).length,
      messages: 2,
    };
  }

  #put(key: string, value: Value): Change {
    const entry = {
      value,
      ts: Math.max(this.ts + 1, Date.now() * 2048),
      node: this.node,
    };
    this.ts = entry.ts;
    this.map.set(key, entry);
    return [key, entry];
  }
}

/** How the floor's deltas go over the wire: as JSON, or not at all. */
interface Format {
  write(changes: Change[]): Delta;
  read(delta: Delta): Change[];
}

const JSON_TEXT: Format = {
  write: (changes) => JSON.stringify(changes),
  read: (delta) => JSON.parse(delta as string),
};

function contestant(name: string, format: Format): MapContestant {
  return {
    name,
    open: (actor) => new FloorMap(actor, format),
    load: (actor, saved) =>
      new FloorMap(actor, format, new Map(format.read(saved))),
  };
}

/** Deltas are handed over as they are. */
const OBJECTS: Format = {
  write: (changes) => changes,
  read: (delta) => delta as Change[],
};

export const floor: MapContestant = contestant("floor", JSON_TEXT);
export const plainFloor: MapContestant = contestant("plain floor", OBJECTS);
