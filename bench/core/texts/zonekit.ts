import { HybridClock } from "../../../shared/crdt/hlc.ts";
import {
  crdtFrom,
  messageFrom,
  messageToBytes,
  rowsToBytes,
} from "../../../shared/crdt/message_bytes.ts";
import {
  Sequence,
  type SequenceState,
} from "../../../shared/crdt/sequence/sequence.ts";
import { sequence } from "../../../shared/crdt/sequence/sequence_type.ts";
import { type TextChange, textOf } from "../../../shared/crdt/sequence/text.ts";
import { type Delta, WRITER } from "../contestant.ts";
import type { TextContestant, TextReplica } from "../text_contestant.ts";

type State = SequenceState<string>;

class ZonekitText implements TextReplica {
  held: Sequence<string>;

  constructor(held: Sequence<string>) {
    this.held = held;
  }

  insert(at: number, text: string): Delta {
    return this.#take(textOf(this.held).insert(at, text));
  }

  remove(at: number, units: number): Delta {
    return this.#take(textOf(this.held).delete(at, units));
  }

  merge(delta: Delta): void {
    const message = messageFrom(sequence, delta as Uint8Array, WRITER);
    this.held = this.held.apply(message as State);
  }

  read(): string {
    return textOf(this.held).toString();
  }

  save(): Delta {
    return rowsToBytes(sequence, this.held.state);
  }

  #take({ updatedCrdt, message }: TextChange): Delta {
    this.held = updatedCrdt;
    return messageToBytes(sequence, message!, WRITER);
  }
}

export const zonekitText: TextContestant = {
  name: "zonekit",
  open: (actor) => new ZonekitText(Sequence.startEmpty(actor, clock())),
  load: (actor, saved) => {
    const held = crdtFrom(sequence, saved as Uint8Array, actor, clock());
    return new ZonekitText(held as Sequence<string>);
  },
};

function clock(): HybridClock {
  return new HybridClock(() => Date.now());
}
