import type { AnyCrdt } from "./contract.ts";
import { gset } from "./gset.ts";
import { lwwMap } from "./lww_map.ts";
import { lwwRegister } from "./lww_register.ts";

export { gset, lwwMap, lwwRegister };

/**
 * The types in the box, by the name under which a spec asks for them. Written
 * out, so that a bundler sees that those nobody asks for can go.
 */
export const crdtTypes: ReadonlyMap<string, AnyCrdt> = new Map<string, AnyCrdt>(
  [
    ["LWWRegister", lwwRegister],
    ["LWWMap", lwwMap],
    ["GSet", gset],
  ],
);
