import * as fc from "fast-check";

/** How hard something is tried. */
export interface Effort {
  /** How many times each law. Default: 100. */
  readonly runs?: number;
  /** How many of the type's few operations all orders are tried of. Default: 3. */
  readonly operations?: number;
  /** What the chances are drawn from; a failure names it. Default: drawn. */
  readonly seed?: number;
  /** Where a failure was found, to find it again at once; it names that too. */
  readonly path?: string;
}

/** Tries a law; what it gives is how it was broken, or `null`. */
export type Proof = (effort: Effort) => string | null;

/** The proof of a property. */
export function proofOf<T>(property: fc.IProperty<T>): Proof {
  return ({ runs = 100, operations: _, ...where }) => {
    const found = fc.check(property, { numRuns: runs, ...where });
    if (!found.failed) return null;
    return `${found.errorInstance}\n${fc.defaultReportMessage(found)}`;
  };
}
