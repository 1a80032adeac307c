/**
 * When the master tells another history than the rows here are of.
 *
 * @module
 */

import type { DraftRows } from "../draft_rows.ts";
import { WHOLE } from "../var_rows.ts";
import type { ClientWant } from "./state.ts";
import { CURSORS_PATH, encodeCursor } from "./stored.ts";

/**
 * Rows of another history stay in view, until anything of this one comes; the
 * cursor that counted on their seqs does not stay.
 */
export function age(draft: DraftRows, { path, held }: ClientWant): void {
  draft.put(CURSORS_PATH, path, 0, encodeCursor({ cursor: null, held }));
  for (const { key, body } of draft.range(path, WHOLE)) {
    draft.put(path, key, 0, body);
  }
}
