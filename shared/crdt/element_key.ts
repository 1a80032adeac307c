/**
 * Where an element of a set stands: what has the same canonical bytes has the
 * same key.
 *
 * @module
 */

import { encodeValue } from "../codec/value.ts";
import { ValueError } from "../codec/value_error.ts";
import { encodeBase64Url } from "./base64url.ts";
import { crdtError } from "./crdt_error.ts";

/** How many canonical bytes an element may have: as base64url they fit a key. */
export const ELEMENT_BYTES_MAX = 768;

/** Returns the key of an element, `null` for one too large; throws `ValueError`. */
export function keyIfSmall(element: unknown): string | null {
  const bytes = encodeValue(element);
  return bytes.length > ELEMENT_BYTES_MAX ? null : encodeBase64Url(bytes);
}

/** Returns the key of an element; throws `ValueError` or `CrdtError`. */
export function elementKey(element: unknown): string {
  const key = keyIfSmall(element);
  if (key !== null) return key;
  const found = `an element of ${encodeValue(element).length} bytes`;
  const wanted = `at most ${ELEMENT_BYTES_MAX}`;
  throw crdtError("element-too-large", "", found, wanted);
}

/** The key of an element that came in a message: all that is wrong with it is a `CrdtError` there. */
export function sentElementKey(element: unknown, at: string): string {
  try {
    return elementKey(element);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const path = `${at}${error.path}`;
    throw crdtError("bad-value", path, error.found, error.wanted);
  }
}

/** Why an element may not stand at a key, or `null`. */
export function elementFault(key: string, element: unknown): string | null {
  return key === keyIfSmall(element)
    ? null
    : "an element stands at the key it gives";
}
