/**
 * Bugs to plant in the protocol.
 *
 * @module
 */

import type { Plant } from "../plant.ts";

/** The bugs. */
export const WIRE: readonly Plant[] = [
  {
    name: "another history's cursor is gone on from",
    file: "shared/protocol/want.ts",
    find: "if (cursor?.epoch !== epoch) return null;",
    put: "if (cursor === null) return null;",
  },
  {
    name: "rows travel without their seqs",
    file: "shared/protocol/live.ts",
    find: "w.uint(row.seq);",
    put: "w.uint(0);",
  },
  {
    name: "retractions do not travel",
    file: "shared/protocol/live.ts",
    find: "writer.list(part.gone, ",
    put: "writer.list(part.gone.slice(1), ",
    scenario: "board",
  },
  {
    name: "a verdict's fault does not travel",
    file: "shared/protocol/live.ts",
    find: "writer.optional(verdict.fault, writeFault);",
    put: "writer.optional(verdict.n < 0 ? verdict.fault : null, writeFault);",
  },
  {
    name: "only the first page's interval travels",
    file: "shared/protocol/live.ts",
    find: "if (part.replace) writeRange(writer, part.replace);",
    put: 'if (part.replace) writeRange(writer, { ...part.replace, from: "" });',
  },
  {
    name: "what an event made does not travel",
    file: "shared/protocol/push.ts",
    find: "writer.optional(write.effects, writeEffects);",
    put: "writer.optional(write.n < 0 ? write.effects : null, writeEffects);",
  },
  {
    name: "a demand drops nothing",
    file: "shared/protocol/demand.ts",
    find: "writer.list(demand.drop, ",
    put: "writer.list(demand.drop.slice(1), ",
  },
];
