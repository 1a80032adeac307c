/**
 * Bugs in the order of what hangs on one another: a removal on its addition, text
 * on the text before it. Peers order them again in the end, so that only tests see.
 *
 * @module
 */

import type { LawPlant } from "../plant.ts";

/** The bugs. */
export const ORDER: readonly LawPlant[] = [
  {
    name: "a write does not wait for another tab's that it builds upon",
    file: "shared/node/client/held_back.ts",
    find: "if (buildsUpon(pending, awaited.first)) held.add(pending.actor);",
    put: "",
  },
  {
    name: "what hangs on a refused write is accepted",
    file: "shared/node/master/commit.ts",
    find: "      checkNeeds(trial, effect, isAnswered);\n",
    put: "",
  },
  {
    name: "the master forgets what it has judged",
    file: "shared/node/master/commit.ts",
    find: "return numberOf(dot) <= record.lastN;",
    put: "return dot.counter < 0;",
  },
];
