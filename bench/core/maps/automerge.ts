import * as Automerge from "@automerge/automerge";
import type { Delta, MapContestant, MapReplica, Value } from "../contestant.ts";

type Root = Record<string, Value>;

class AutomergeMap implements MapReplica {
  doc: Automerge.Doc<Root>;

  constructor(doc: Automerge.Doc<Root>) {
    this.doc = doc;
  }

  set(key: string, value: Value): Delta {
    return this.setMany([[key, value]]);
  }

  setMany(entries: readonly (readonly [string, Value])[]): Delta {
    this.doc = Automerge.change(this.doc, (root) => {
      for (const [key, value] of entries) root[key] = { ...value };
    });
    return Automerge.getLastLocalChange(this.doc)!;
  }

  merge(delta: Delta): void {
    [this.doc] = Automerge.applyChanges(this.doc, [delta as Uint8Array]);
  }

  get(key: string): Value | undefined {
    return this.doc[key];
  }

  save(): Delta {
    return Automerge.save(this.doc);
  }

  missing(before: MapReplica) {
    let [ours, theirs] = [this.doc, (before as AutomergeMap).doc];
    let [we, they] = [Automerge.initSyncState(), Automerge.initSyncState()];
    let [bytes, messages] = [0, 0];
    for (;;) {
      const [nextThey, up] = Automerge.generateSyncMessage(theirs, they);
      they = nextThey;
      if (up) [ours, we] = Automerge.receiveSyncMessage(ours, we, up);
      const [nextWe, down] = Automerge.generateSyncMessage(ours, we);
      we = nextWe;
      if (down) {
        [theirs, they] = Automerge.receiveSyncMessage(theirs, they, down);
      }
      for (const message of [up, down]) {
        if (!message) continue;
        bytes += message.length;
        messages++;
      }
      if (!up && !down) return { bytes, messages };
    }
  }
}

export const automerge: MapContestant = {
  name: "Automerge",
  open: () => new AutomergeMap(Automerge.init<Root>()),
  load: (_actor, saved) =>
    new AutomergeMap(Automerge.load<Root>(saved as Uint8Array)),
};
