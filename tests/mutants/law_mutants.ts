/**
 * All bugs that are planted for the laws to catch.
 *
 * @module
 */

import type { LawPlant } from "./plant.ts";
import { CLOCK } from "./planted/clock.ts";
import { CODEC } from "./planted/codec.ts";
import { CRDTS } from "./planted/crdts.ts";
import { ORDER } from "./planted/order.ts";

/** The bugs. */
export const LAW_MUTANTS: readonly LawPlant[] = [
  ...CRDTS,
  ...CLOCK,
  ...CODEC,
  ...ORDER,
];
