/**
 * What `check` says of an app: of six zones in a tree, and of a folder.
 *
 * @module
 */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { diagramOf } from "../../deploy/check/diagram.ts";
import {
  declassifiers,
  derivations,
  routeOf,
} from "../../deploy/check/dataflow.ts";
import { reportOf } from "../../deploy/check/report.ts";
import { treeScenario } from "../sim/tree_scenario.ts";
import { runCommand } from "./command_line.ts";
import { copyFixture } from "./fixture.ts";

const { app } = treeScenario;

Deno.test("a way goes up to where both zones hang, and down again", () => {
  assertEquals(routeOf(app, "db", "phone"), ["db", "region", "edge", "phone"]);
  assertEquals(routeOf(app, "edge", "region"), ["edge", "region"]);
  assertEquals(routeOf(app, "edge", "edge"), ["edge"]);
  assertEquals(
    routeOf(app, "console", "kiosk"),
    ["console", "office", "db", "region", "kiosk"],
  );
});

Deno.test("a derived var tells of the sources of all that it is computed from", () => {
  const sum = derivations(app).find(({ variable }) =>
    variable.path === "/phone/sum"
  )!;
  assertEquals(sum.sources, ["/db/notes"]);
  assertEquals(sum.reads.map(({ from, route }) => [from, route.join(" ")]), [
    ["/edge/size", "edge phone"],
    ["/edge/doubled", "edge phone"],
    ["/region/all", "region edge phone"],
  ]);
});

Deno.test("what is computed in a client tells nothing that it may not see", () => {
  assertEquals(declassifiers(app).map(({ variable }) => variable.path), [
    "/region/all",
    "/edge/size",
    "/edge/doubled",
    "/phone/at_db",
    "/phone/at_region",
  ]);
});

Deno.test("the report has a line for each var, each way and each declassifier", () => {
  const report = reportOf(app);
  for (
    const line of [
      "edge (server)",
      "  /db/notes: LWWMap of string, seen by `using`, written by `withCheck`",
      "  /phone/notes: LWWMap of string, a copy",
      "    a part of /db/notes: db -> region -> edge -> phone",
      "  /phone/at_db: LWWRegister of number, by /db/count_for_phone",
      "    its value: db -> region -> edge -> phone",
      "  /db/count_for_phone tells /phone/at_db of /db/notes",
    ]
  ) assertStringIncludes(report, `${line}\n`);
});

Deno.test("the diagram has a box for each zone and var, and an arrow for all that travels", () => {
  const lines = diagramOf(app).split("\n");
  const count = (part: string) =>
    lines.filter((line) => line.includes(part)).length;
  assertEquals(count("subgraph"), app.zones.size);
  assertEquals(count("<br>"), app.vars.size);
  assertEquals(count("<-."), 3);
  assertEquals(
    count("-->"),
    derivations(app).reduce((sum, { reads }) => sum + reads.length, 0),
  );
});

Deno.test("zonekit check prints the report of a folder, and writes its diagram there", async () => {
  await using copy = await copyFixture();
  const { code, stdout } = await runCommand(["check", copy.path]);
  assertEquals(code, 0);
  assertStringIncludes(stdout, "db (master)\n  /db/notes: LWWMap of string");
  const diagram = await copy.read(".zonekit/check/graph.mmd");
  assertStringIncludes(diagram, 'subgraph z0 ["db"]');
});

Deno.test("zonekit check refuses a spec that cannot run, by its first fault", async () => {
  await using copy = await copyFixture();
  await copy.edit("app.ts", `"LWWMap"`, `"LWWMop"`);
  const { code, stdout, stderr } = await runCommand(["check", copy.path]);
  assertEquals([code, stdout], [1, ""]);
  assertStringIncludes(stderr, "zones.db.notes.crdtType");
});
