/**
 * Bugs to plant in the clock, for the laws to catch.
 *
 * @module
 */

import type { LawPlant } from "../plant.ts";

/** The bugs. */
export const CLOCK: readonly LawPlant[] = [
  {
    name: "the clock gives a time twice",
    file: "shared/crdt/hlc.ts",
    find: "Math.max(this.#last + 1, physical)",
    put: "Math.max(this.#last, physical)",
  },
  {
    name: "the clock goes back with the time",
    file: "shared/crdt/hlc.ts",
    find: "this.#last = usable(Math.max(this.#last + 1, physical))",
    put: "this.#last = usable(physical)",
  },
  {
    name: "the clock forgets a greater time that it gave",
    file: "shared/crdt/hlc.ts",
    find: "this.#last = Math.max(this.#last, usable(timestamp));",
    put: "this.#last = usable(timestamp);",
  },
  {
    name: "a clock that ran ahead does not come back",
    file: "shared/crdt/hlc.ts",
    find: "    this.#last = checked;\n",
    put: "    this.#last = Math.max(this.#last, checked);\n",
  },
  {
    name: "the clock does not take its correction",
    file: "shared/crdt/hlc.ts",
    find: "(this.#nowMs() + this.#offsetMs) * HLC_TICKS_PER_MS",
    put: "this.#nowMs() * HLC_TICKS_PER_MS",
  },
  {
    name: "the clock gives parts of a tick",
    file: "shared/crdt/hlc.ts",
    find:
      "const physical = Math.floor(\n      (this.#nowMs() + this.#offsetMs) * HLC_TICKS_PER_MS,\n    );",
    put:
      "const physical = (this.#nowMs() + this.#offsetMs) * HLC_TICKS_PER_MS;",
  },
  {
    name: "the clock goes on when there are no times left",
    file: "shared/crdt/hlc.ts",
    find: "const code = timestamp > Number.MAX_SAFE_INTEGER",
    put:
      "if (timestamp > 0) return timestamp;\n  const code = timestamp > Number.MAX_SAFE_INTEGER",
  },
];
