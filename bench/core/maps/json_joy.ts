import { Model } from "json-joy/lib/json-crdt/index.js";
import { Patch } from "json-joy/lib/json-crdt-patch/index.js";
import type { Delta, MapContestant, MapReplica, Value } from "../contestant.ts";

/** The root object that all replicas begin with. */
const EMPTY: Uint8Array = (() => {
  const model = Model.create(undefined, 1_000_001);
  model.api.set({});
  return model.toBinary();
})();

let lastSession = 2_000_000;

class JsonJoyMap implements MapReplica {
  readonly model: Model;

  constructor(saved: Uint8Array) {
    this.model = Model.load(saved, ++lastSession);
  }

  set(key: string, value: Value): Delta {
    return this.setMany([[key, value]]);
  }

  setMany(entries: readonly (readonly [string, Value])[]): Delta {
    const object = this.model.api.obj([]);
    object.set(Object.fromEntries(entries));
    return this.model.api.flush().toBinary();
  }

  merge(delta: Delta): void {
    this.model.applyPatch(Patch.fromBinary(delta as Uint8Array));
  }

  get(key: string): Value | undefined {
    return this.model.api.obj([]).get(key).view() as Value;
  }

  save(): Delta {
    return this.model.toBinary();
  }

  missing() {
    return { bytes: NaN, messages: NaN };
  }
}

export const jsonJoy: MapContestant = {
  name: "json-joy",
  open: () => new JsonJoyMap(EMPTY),
  load: (_actor, saved) => new JsonJoyMap(saved as Uint8Array),
};
