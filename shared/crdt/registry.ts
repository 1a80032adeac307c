import type { AnyCrdt } from "./contract.ts";
import { gset } from "./gset.ts";
import { lwwMap } from "./lww_map.ts";
import { lwwRegister } from "./lww_register.ts";

/** The types in the box, by the name under which a spec asks for them. */
export const crdtTypes: ReadonlyMap<string, AnyCrdt> = new Map(
  [lwwRegister, lwwMap, gset].map((type): [string, AnyCrdt] => [
    type.name,
    type,
  ]),
);
