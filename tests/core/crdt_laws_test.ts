import { assertEquals } from "@std/assert";
import { gset } from "../../shared/crdt/gset.ts";
import { lwwMap } from "../../shared/crdt/lww_map.ts";
import { lwwRegister } from "../../shared/crdt/lww_register.ts";
import { crdtTypes } from "../../shared/crdt/registry.ts";
import {
  arbitraryElement,
  arbitraryLww,
  arbitraryMember,
} from "./arbitrary_row.ts";
import { testRowLaws } from "./crdt_laws.ts";

testRowLaws({
  type: lwwRegister,
  entry: (chance) => ["", arbitraryLww(chance)],
  rival: arbitraryLww,
});

testRowLaws({
  type: lwwMap,
  entry: arbitraryMember,
  rival: arbitraryLww,
});

testRowLaws({
  type: gset,
  entry: arbitraryElement,
  rival: (_chance, row) => ({ value: row.value }),
});

Deno.test("crdtTypes has each type under its name", () => {
  for (const [name, type] of crdtTypes) assertEquals(type.name, name);
});
