/**
 * The rows of a space in one SQLite table. It holds no index beside its key:
 * every index would be a row more to pay for at each write.
 *
 * @module
 */

import type {
  KeyRange,
  RowView,
  RowWrite,
  StoredRow,
} from "../../../shared/ports/rows.ts";
import type { SqlStorage } from "./platform.ts";

type RowRecord = { key: string; seq: number; body: ArrayBuffer };

const TABLE = `CREATE TABLE IF NOT EXISTS rows (
  path TEXT NOT NULL,
  key TEXT NOT NULL,
  seq INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (path, key)
) WITHOUT ROWID`;

const GET = `SELECT key, seq, body FROM rows WHERE path = ? AND key = ?`;
const SINCE = `SELECT key, seq, body FROM rows
  WHERE path = ? AND key >= ? AND seq > ? ORDER BY key LIMIT ?`;
const SINCE_TO = `SELECT key, seq, body FROM rows
  WHERE path = ? AND key >= ? AND key < ? AND seq > ? ORDER BY key LIMIT ?`;
const PUT = `INSERT INTO rows (path, key, seq, body) VALUES (?, ?, ?, ?)
  ON CONFLICT (path, key) DO UPDATE SET seq = excluded.seq, body = excluded.body`;
const DELETE = `DELETE FROM rows WHERE path = ? AND key = ?`;

/** Below every seq. */
const SEQ_NONE = -1;
/** SQLite's word for no limit. */
const LIMIT_NONE = -1;

/** Rows in SQLite. Its text orders by UTF-8 bytes, as keys do everywhere. */
export class SqlRows implements RowView {
  readonly #sql: SqlStorage;
  #rowsWritten = 0;

  /** Opens the table, and makes it at the first time. */
  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(TABLE);
  }

  /** How many rows the platform counts as written since this was opened. */
  get rowsWritten(): number {
    return this.#rowsWritten;
  }

  /** Returns the row at a key. */
  get(path: string, key: string): StoredRow | undefined {
    return this.#select(GET, path, key)[0];
  }

  /** Returns the rows of a range in key order, at most `limit`. */
  range(path: string, range: KeyRange, limit: number = Infinity): StoredRow[] {
    return this.since(path, range, SEQ_NONE, limit);
  }

  /** Returns those of them whose seq is above `seq`. */
  since(
    path: string,
    { from, to }: KeyRange,
    seq: number,
    limit: number = Infinity,
  ): StoredRow[] {
    const most = Number.isFinite(limit) ? limit : LIMIT_NONE;
    return to === null
      ? this.#select(SINCE, path, from, seq, most)
      : this.#select(SINCE_TO, path, from, to, seq, most);
  }

  /** Writes and deletes rows, in this order; the caller holds the transaction. */
  write(writes: readonly RowWrite[]): void {
    for (const { path, key, seq, body } of writes) {
      const cursor = body === null
        ? this.#sql.exec(DELETE, path, key)
        : this.#sql.exec(PUT, path, key, seq, body);
      this.#rowsWritten += cursor.rowsWritten;
    }
  }

  #select(query: string, ...bindings: (string | number)[]): StoredRow[] {
    return this.#sql.exec<RowRecord>(query, ...bindings).toArray()
      .map(({ key, seq, body }) => ({ key, seq, body: new Uint8Array(body) }));
  }
}
