import type { AnyCrdt } from "./contract.ts";
import { gset } from "./gset.ts";
import { lwwMap } from "./lww_map.ts";
import { lwwRegister } from "./lww_register.ts";
import { maxRegister } from "./max_register.ts";
import { orSet } from "./or_set.ts";
import { pnCounter } from "./pn_counter.ts";
import { sequence } from "./sequence/sequence_type.ts";

export { gset, lwwMap, lwwRegister, maxRegister, orSet, pnCounter, sequence };

/**
 * The types in the box, by the name under which a spec asks for them. Written
 * out, so that a bundler sees that those nobody asks for can go.
 */
export const crdtTypes: ReadonlyMap<string, AnyCrdt> = new Map<string, AnyCrdt>(
  [
    ["LWWRegister", lwwRegister],
    ["LWWMap", lwwMap],
    ["GSet", gset],
    ["ORSet", orSet],
    ["PNCounter", pnCounter],
    ["MaxRegister", maxRegister],
    ["Sequence", sequence],
  ],
);
