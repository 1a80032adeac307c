/**
 * The calls between nodes that are no clients: they may be lost, doubled, and
 * overtake one another; each is answered or seen to fail.
 *
 * @module
 */

import { openFrame, sealFrame } from "../shared/protocol/envelope.ts";
import { FaultError } from "../shared/protocol/fault_error.ts";
import type { MasterHost, ServerHost } from "./hosts.ts";
import type { Random } from "./random.ts";
import { copiesOf, delayOf, type Roster, wayOf } from "./roster.ts";
import type { Wires } from "./wires.ts";

/** A call on a way that is cut is given up after so long. */
export const GIVEN_UP_MS = 3_000;
/** How much longer a call takes that is overtaken. */
export const OVERTAKEN = 10;

/** All calls of a world. */
export class Calls {
  readonly #roster: Roster;
  readonly #wires: Wires;
  /** Calls that wait for their answer, by who made them. */
  readonly #waiting = new Map<string, number>();

  /** Carries calls between the members of a world. */
  constructor(roster: Roster, wires: Wires) {
    this.#roster = roster;
    this.#wires = wires;
  }

  /** Says whether a node waits for an answer: such a one does not hibernate. */
  isWaiting(name: string): boolean {
    return (this.#waiting.get(name) ?? 0) > 0;
  }

  /** Carries a call, and its answer back. */
  call(from: MasterHost | ServerHost, name: string, bytes: Uint8Array): void {
    const { life } = from;
    const to = this.#nodeOf(name);
    this.#count(from.name, 1);
    let isOver = false;
    const end = (run: () => void) => {
      if (isOver) return;
      isOver = true;
      this.#count(from.name, -1);
      if (life === from.life) run();
    };
    const fail = () =>
      end(() => void from.run({ type: "peer-failed", to: name }));
    const sealed = this.#between(from.name, name, sealFrame(bytes));
    const copies = to ? copiesOf(this.#roster, this.#way(from.name, name)) : 0;
    if (copies === 0) return this.#after(this.#delay(from.name, name), fail);
    const answer = (answers: Uint8Array[]) =>
      end(() => this.#answered(from, name, answers, fail));
    this.#after(this.#delay(from.name, name), () => {
      if (!this.#deliver(from.name, to!, sealed, answer, fail)) {
        this.#after(GIVEN_UP_MS, fail);
      }
    });
    // A call that comes twice is answered once.
    if (copies > 1) {
      const delayMs = this.#delay(from.name, name) +
        this.#delay(name, from.name);
      this.#after(delayMs, () => {
        this.#deliver(from.name, to!, sealed, () => {}, () => {});
      });
    }
  }

  #deliver(
    from: string,
    to: MasterHost | ServerHost,
    sealed: Uint8Array,
    answer: (answers: Uint8Array[]) => void,
    fail: () => void,
  ): boolean {
    const { weather } = this.#roster;
    return this.#wires.pass(from, to.name, () => {
      const replies = answersOf(
        sealed,
        (bytes) => to.run({ type: "peer", from, bytes, answering: false }),
      );
      const back = this.#way(to.name, from);
      if (!replies || back.chance(weather.drop)) {
        return this.#after(this.#delay(to.name, from), fail);
      }
      const answers = replies.map((reply) =>
        this.#between(to.name, from, sealFrame(reply))
      );
      this.#after(this.#delay(to.name, from), () => {
        if (!this.#wires.pass(to.name, from, () => answer(answers))) {
          this.#after(GIVEN_UP_MS, fail);
        }
      });
    });
  }

  #answered(
    from: MasterHost | ServerHost,
    name: string,
    answers: readonly Uint8Array[],
    fail: () => void,
  ): void {
    for (const sealed of answers) {
      const bytes = opened(sealed);
      if (!bytes) return fail();
      from.run({ type: "peer", from: name, bytes, answering: true });
    }
  }

  /** Two versions of the protocol do not read one another's envelopes. */
  #between(from: string, to: string, sealed: Uint8Array): Uint8Array {
    const roster = this.#roster;
    if (roster.protocolOf(from) === roster.protocolOf(to)) return sealed;
    return sealed.with(0, sealed[0]! + 1);
  }

  #way(from: string, to: string): Random {
    return wayOf(this.#roster, from, to);
  }

  #delay(from: string, to: string): number {
    const { weather } = this.#roster;
    const way = this.#way(from, to);
    const delayMs = delayOf(this.#roster, way) +
      this.#wires.latencyOf(from, to);
    return way.chance(weather.reorder) ? OVERTAKEN * delayMs : delayMs;
  }

  #after(delayMs: number, run: () => void): void {
    const { agenda } = this.#roster;
    agenda.at(agenda.nowMs + delayMs, run);
  }

  #nodeOf(name: string): MasterHost | ServerHost | undefined {
    const { master, servers } = this.#roster;
    return name === master.name ? master : servers.get(name)?.host;
  }

  #count(name: string, change: number): void {
    this.#waiting.set(name, (this.#waiting.get(name) ?? 0) + change);
  }
}

/** What is in an envelope; `null` for another version's. */
function opened(sealed: Uint8Array): Uint8Array | null {
  try {
    return openFrame(sealed);
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}

/** What a call is answered with; `null` by a node that died of it. */
function answersOf(
  sealed: Uint8Array,
  run: (bytes: Uint8Array) => Uint8Array[] | null,
): Uint8Array[] | null {
  const bytes = opened(sealed);
  return bytes ? run(bytes) : null;
}
