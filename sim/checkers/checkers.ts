/**
 * The promises of the kit itself, which hold for every app.
 *
 * @module
 */

import type { Checker } from "../checker.ts";
import { acknowledged } from "./acknowledged.ts";
import { bounded } from "./bounded.ts";
import { converges } from "./converges.ts";
import { neverBack } from "./never_back.ts";
import { onceEach } from "./once_each.ts";
import { replayed } from "./replayed.ts";
import { typedAnswers } from "./typed_answers.ts";

/** All of them. */
export const CHECKERS: readonly Checker[] = [
  acknowledged,
  onceEach,
  replayed,
  neverBack,
  bounded,
  typedAnswers,
  converges,
];
