/**
 * The port to storage behind RAM. It is read at the start, and written in
 * batches; what fails, fails with an error, and then is used no more.
 *
 * @module
 */

import type { KeyRange, RowWrite } from "../../shared/ports/rows.ts";

/** What is written as a whole or not at all. */
export interface RowBatch {
  /** Paths whose rows are deleted first; `null` for none. */
  readonly clears: ((path: string) => boolean) | null;
  /** Rows to write and delete, in order. */
  readonly writes: readonly RowWrite[];
  /** Every row that should be there, for a store that may have lost its rows. */
  all(): readonly RowWrite[];
}

/** Durable rows. */
export interface RowStore {
  /** All rows. */
  load(): Promise<RowWrite[]>;
  /** The rows of a range of a path. */
  read(path: string, range: KeyRange): Promise<RowWrite[]>;
  /** Resolves when the batch is durable. */
  write(batch: RowBatch): Promise<void>;
  /** Lets go of it. */
  close(): void;
}
