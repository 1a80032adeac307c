/**
 * The promises of the kit itself, which hold for every app.
 *
 * @module
 */

import type { Checker } from "../checker.ts";
import { acknowledged } from "./acknowledged.ts";
import { answered } from "./answered.ts";
import { bounded } from "./bounded.ts";
import { claimsEnd } from "./claims_end.ts";
import { comesToRest } from "./comes_to_rest.ts";
import { converges } from "./converges.ts";
import { cursors } from "./cursors.ts";
import { noFuture } from "./no_future.ts";
import { onceEach } from "./once_each.ts";
import { replayed } from "./replayed.ts";
import { staysShown } from "./stays_shown.ts";
import { typedAnswers } from "./typed_answers.ts";
import { viewWhole } from "./view_whole.ts";

/** All of them. */
export const CHECKERS: readonly Checker[] = [
  acknowledged,
  answered,
  onceEach,
  replayed,
  bounded,
  typedAnswers,
  noFuture,
  claimsEnd,
  viewWhole,
  staysShown,
  cursors,
  comesToRest,
  converges,
];
