/**
 * What the parts of a client's step share: the state, what one event has done so
 * far, and the link.
 *
 * @module
 */

import type { Surroundings } from "../outcome.ts";
import type { Output } from "../outcome.ts";
import type { DraftRows } from "../draft_rows.ts";
import type { EffectOnRow } from "../read_effects.ts";
import type { ChangedRows } from "./compute.ts";
import type { Pending } from "./pending.ts";
import type { ClientState, ClientWant } from "./state.ts";

/** What other parts ask of the link. */
export interface LinkWork {
  /** Opens the link. */
  dial(): void;
  /** Opens the link now, or asks whether something was missed on it. */
  wake(): void;
  /** Asks for a new start of the link, going on from the cursors. */
  hello(): void;
  /** Changes what is demanded. */
  demand(drop: readonly number[], add: readonly ClientWant[]): void;
  /** Sends what was not sent on this link yet. */
  push(): void;
  /** Marks all that is unanswered as sent, and sends it. */
  drain(): void;
}

/** The work of one event. */
export interface ClientWork {
  /** The client's memory. */
  readonly state: ClientState;
  /** The event's surroundings. */
  readonly around: Surroundings;
  /** The base and the outbox, as this event leaves them. */
  readonly draft: DraftRows;
  /** What to do when it is durable. */
  readonly after: Output[];
  /** Rows of the view that became others. */
  readonly changed: ChangedRows;
  /** Whether connection, outbox or refused writes became others. */
  statusChanged: boolean;
  /** The link upward, for this event. */
  readonly link: LinkWork;
  /** Stores a pending write. */
  store(pending: Pending): void;
  /** Notes that rows of the view may be others, under each var that shows them. */
  noteRows(effects: readonly EffectOnRow[]): void;
}
