/**
 * Rows by their bytes, each decoded once: checkers look at the same ones again
 * and again.
 *
 * @module
 */

import { decodeRow } from "../shared/node/row_body.ts";
import type { Var } from "../shared/spec/app.ts";

/** What was decoded, for as long as somebody has the bytes. */
export class DecodedRows {
  readonly #rows = new WeakMap<Uint8Array, unknown>();

  /** The row that has these bytes. */
  of({ crdt }: Var, body: Uint8Array): unknown {
    const known = this.#rows.get(body);
    if (known !== undefined) return known;
    const row: unknown = decodeRow(crdt, body);
    this.#rows.set(body, row);
    return row;
  }
}
