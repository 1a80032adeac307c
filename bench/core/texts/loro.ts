import { LoroDoc, type LoroText } from "loro-crdt";
import type { Delta } from "../contestant.ts";
import type { TextContestant, TextReplica } from "../text_contestant.ts";

class LoroReplica implements TextReplica {
  readonly doc: LoroDoc = new LoroDoc();
  readonly #text: LoroText = this.doc.getText("text");

  insert(at: number, text: string): Delta {
    return this.#told(() => this.#text.insert(at, text));
  }

  remove(at: number, units: number): Delta {
    return this.#told(() => this.#text.delete(at, units));
  }

  merge(delta: Delta): void {
    this.doc.import(delta as Uint8Array);
  }

  read(): string {
    return this.#text.toString();
  }

  save(): Delta {
    return this.doc.export({ mode: "snapshot" });
  }

  #told(change: () => void): Delta {
    const from = this.doc.oplogVersion();
    change();
    this.doc.commit();
    return this.doc.export({ mode: "update", from });
  }
}

export const loroText: TextContestant = {
  name: "Loro",
  open: () => new LoroReplica(),
  load: (_actor, saved) => {
    const replica = new LoroReplica();
    replica.merge(saved);
    return replica;
  },
};
