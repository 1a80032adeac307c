import { LoroDoc, type LoroMap } from "loro-crdt";
import type { Delta, MapContestant, MapReplica, Value } from "../contestant.ts";

class LoroReplica implements MapReplica {
  readonly doc: LoroDoc = new LoroDoc();
  readonly #map: LoroMap = this.doc.getMap("map");

  set(key: string, value: Value): Delta {
    const from = this.doc.oplogVersion();
    this.#map.set(key, { ...value });
    this.doc.commit();
    return this.doc.export({ mode: "update", from });
  }

  setMany(entries: readonly (readonly [string, Value])[]): Delta {
    const from = this.doc.oplogVersion();
    for (const [key, value] of entries) this.#map.set(key, { ...value });
    this.doc.commit();
    return this.doc.export({ mode: "update", from });
  }

  merge(delta: Delta): void {
    this.doc.import(delta as Uint8Array);
  }

  get(key: string): Value | undefined {
    return this.#map.get(key) as Value | undefined;
  }

  save(): Delta {
    return this.doc.export({ mode: "snapshot" });
  }

  missing(before: MapReplica) {
    const { doc } = before as LoroReplica;
    const versions = [
      doc.oplogVersion().encode(),
      this.doc.oplogVersion().encode(),
    ];
    const updates = [
      this.doc.export({ mode: "update", from: doc.oplogVersion() }),
      doc.export({ mode: "update", from: this.doc.oplogVersion() }),
    ];
    const bytes = [...versions, ...updates]
      .reduce((sum, { length }) => sum + length, 0);
    return { bytes, messages: 4 };
  }
}

export const loro: MapContestant = {
  name: "Loro",
  open: () => new LoroReplica(),
  load: (_actor, saved) => {
    const replica = new LoroReplica();
    replica.merge(saved);
    return replica;
  },
};
