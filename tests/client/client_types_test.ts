/**
 * What the compiler knows of a client from its spec; checked by `deno check`.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { LWWMap } from "../../shared/crdt/lww_map.ts";
import type { LWWRegister } from "../../shared/crdt/lww_register.ts";
import type { AppSpec } from "../../shared/spec/app_spec.ts";
import type { CrdtAt } from "../../shared/spec/spec_values.ts";
import type { Client } from "../../zones/client/client.ts";
import type {
  DispatchPath,
  MutationOf,
  PayloadArgs,
  ReadPath,
  WritePath,
} from "../../zones/client/client_paths.ts";
import type { app } from "./notes_app.ts";

type App = typeof app;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true : false;

Deno.test("the paths and values of a client follow from its spec", () => {
  const same: [
    Same<ReadPath<App>, "/client/notes" | "/client/draft" | "/client/title">,
    Same<WritePath<App>, "/client/notes" | "/client/draft">,
    Same<DispatchPath<App>, "/server/add" | "/client/render">,
    Same<PayloadArgs<App, "/server/add">, [payload: { name: string }]>,
    Same<CrdtAt<App, "/client/notes">, LWWMap<string>>,
    Same<CrdtAt<App, "/client/title">, LWWRegister<string>>,
    Same<
      MutationOf<App, "/client/draft">["message"],
      LWWRegister<string>["state"] | null
    >,
    Same<ReadPath<AppSpec>, string>,
  ] = [true, true, true, true, true, true, true, true];
  assertEquals(same.every(Boolean), true);
});

Deno.test("a client of a plain AppSpec takes any path", () => {
  const read = (client: Client<AppSpec>) => client.get("/client/anything");
  assertEquals(read.length, 1);
});
