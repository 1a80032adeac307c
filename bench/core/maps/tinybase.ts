import {
  createMergeableStore,
  type MergeableChanges,
  type MergeableContent,
} from "tinybase";
import type { Delta, MapContestant, MapReplica, Value } from "../contestant.ts";

class TinyBaseMap implements MapReplica {
  readonly #store: ReturnType<typeof createMergeableStore>;
  #told = "";

  constructor(actor: string) {
    this.#store = createMergeableStore(actor);
    this.#store.addDidFinishTransactionListener((store) => {
      this.#told = JSON.stringify(
        (store as ReturnType<typeof createMergeableStore>)
          .getTransactionMergeableChanges(),
      );
    });
  }

  set(key: string, value: Value): Delta {
    this.#store.setValue(key, JSON.stringify(value));
    return this.#told;
  }

  setMany(entries: readonly (readonly [string, Value])[]): Delta {
    this.#store.transaction(() => {
      for (const [key, value] of entries) {
        this.#store.setValue(key, JSON.stringify(value));
      }
    });
    return this.#told;
  }

  merge(delta: Delta): void {
    this.#store.applyMergeableChanges(
      JSON.parse(delta as string) as MergeableChanges,
    );
  }

  get(key: string): Value | undefined {
    const text = this.#store.getValue(key);
    return text === undefined ? undefined : JSON.parse(text as string);
  }

  save(): Delta {
    return JSON.stringify(this.#store.getMergeableContent());
  }

  restore(saved: Delta): void {
    this.#store.setMergeableContent(
      JSON.parse(saved as string) as MergeableContent,
    );
  }

  missing() {
    return { bytes: NaN, messages: NaN };
  }
}

export const tinybase: MapContestant = {
  name: "TinyBase",
  open: (actor) => new TinyBaseMap(actor),
  load: (actor, saved) => {
    const replica = new TinyBaseMap(actor);
    replica.restore(saved);
    return replica;
  },
};
