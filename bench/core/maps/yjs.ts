import * as Y from "yjs";
import type { Delta, MapContestant, MapReplica, Value } from "../contestant.ts";

class YjsMap implements MapReplica {
  readonly doc: Y.Doc = new Y.Doc();
  readonly #map: Y.Map<Value> = this.doc.getMap("map");
  #told: Uint8Array = new Uint8Array();

  constructor() {
    this.doc.on("update", (update: Uint8Array) => this.#told = update);
  }

  set(key: string, value: Value): Delta {
    this.#map.set(key, value);
    return this.#told;
  }

  setMany(entries: readonly (readonly [string, Value])[]): Delta {
    this.doc.transact(() => {
      for (const [key, value] of entries) this.#map.set(key, value);
    });
    return this.#told;
  }

  merge(delta: Delta): void {
    Y.applyUpdate(this.doc, delta as Uint8Array);
  }

  get(key: string): Value | undefined {
    return this.#map.get(key);
  }

  save(): Delta {
    return Y.encodeStateAsUpdate(this.doc);
  }

  missing(before: MapReplica) {
    const vector = Y.encodeStateVector((before as YjsMap).doc);
    const ours = Y.encodeStateVector(this.doc);
    const news = Y.encodeStateAsUpdate(this.doc, vector);
    const theirs = Y.encodeStateAsUpdate((before as YjsMap).doc, ours);
    const all = [vector, ours, news, theirs];
    return {
      bytes: all.reduce((sum, { length }) => sum + length, 0),
      messages: 4,
    };
  }
}

export const yjs: MapContestant = {
  name: "Yjs",
  open: () => new YjsMap(),
  load: (_actor, saved) => {
    const replica = new YjsMap();
    replica.merge(saved);
    return replica;
  },
};
