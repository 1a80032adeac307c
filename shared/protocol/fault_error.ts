/**
 * A fault as something that can be thrown.
 *
 * @module
 */

import { WORDS } from "../codec/words.ts";
import { type Code, type Fault, sentenceOf } from "./codes.ts";

/** A refusal on its way to whoever caused it. */
export class FaultError extends Error {
  /** Always `FaultError`. */
  override readonly name = "FaultError";
  /** Which kind of fault. */
  readonly code: Code;
  /** What is wrong, where, and what was wanted. */
  readonly fault: Fault;

  /** Wraps a fault. */
  constructor(fault: Fault) {
    super(sentenceOf(fault));
    this.code = fault.code;
    this.fault = fault;
  }
}

/** Throws a fault, with its words where errors have words. */
export function refuse(
  code: Code,
  path: string,
  found: string,
  wanted: string,
): never {
  throw new FaultError({
    code,
    path,
    found: WORDS ? found : "",
    wanted: WORDS ? wanted : "",
  });
}
