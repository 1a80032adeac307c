import * as Y from "yjs";
import type { Delta } from "../contestant.ts";
import type { TextContestant, TextReplica } from "../text_contestant.ts";

class YjsText implements TextReplica {
  readonly doc: Y.Doc = new Y.Doc();
  readonly #text: Y.Text = this.doc.getText("text");
  #told: Uint8Array = new Uint8Array();

  constructor() {
    this.doc.on("update", (update: Uint8Array) => this.#told = update);
  }

  insert(at: number, text: string): Delta {
    this.#text.insert(at, text);
    return this.#told;
  }

  remove(at: number, units: number): Delta {
    this.#text.delete(at, units);
    return this.#told;
  }

  merge(delta: Delta): void {
    Y.applyUpdate(this.doc, delta as Uint8Array);
  }

  read(): string {
    return this.#text.toString();
  }

  save(): Delta {
    return Y.encodeStateAsUpdate(this.doc);
  }
}

export const yjsText: TextContestant = {
  name: "Yjs",
  open: () => new YjsText(),
  load: (_actor, saved) => {
    const replica = new YjsText();
    replica.merge(saved);
    return replica;
  },
};
