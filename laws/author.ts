import type { Write } from "./row_history.ts";
import type { Sent } from "./subject.ts";

/** An author: what it has of the master, and what it waits for. */
export interface Author<Message, Row, Change> {
  /** Its id. */
  readonly actor: string;
  /** The master's rows, as they came last. */
  readonly base: ReadonlyMap<string, Row>;
  /** The messages in them. */
  readonly seen: ReadonlySet<Sent<Message>>;
  /** Its writes that the master has not answered. */
  readonly unanswered: readonly Write<Message, Change>[];
  /** How many writes it has made. */
  readonly made: number;
}
