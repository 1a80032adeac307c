import { parseAppSpec } from "../../shared/spec/parse.ts";
import {
  checkRefusals,
  compute,
  down,
  type Fields,
  register,
  seen,
  up,
  withDerived,
  withEntries,
} from "./refusals.ts";

Deno.test("parseAppSpec refuses a computer that is none, or another var's", () => {
  const at = "zones.tab.x";
  const like = 'such as "/zone/name"';
  checkRefusals([
    [
      withDerived({ computer: "edge/compute" }),
      `${at}.computer`,
      `"edge/compute", want the path of a computation, ${like}`,
    ],
    [
      withDerived({ computer: undefined }),
      `${at}.computer`,
      `missing, want the path of a computation, ${like}`,
    ],
    [
      withDerived({ computer: "/edge/__proto__" }),
      `${at}.computer`,
      `"/edge/__proto__", want the path of a computation, ${like}`,
    ],
    [
      withDerived({ computer: "/edge/nothing" }),
      `${at}.computer`,
      '"/edge/nothing", which names nothing, want a computation',
    ],
    [
      withDerived({ computer: "/db/title" }),
      `${at}.computer`,
      '"/db/title", which is a source var, want a computation',
    ],
    [
      withEntries({ tab: { x: seen, y: seen } }),
      "zones.tab.y.computer",
      '"/edge/compute", which computes "/tab/x" already, want a computation ' +
      "of its own",
    ],
  ]);
});

Deno.test("parseAppSpec refuses dependencies that are none", () => {
  const at = "zones.tab.x";
  const like = 'such as "/zone/name"';
  checkRefusals([
    [
      withDerived({ depends_on: undefined }),
      `${at}.depends_on`,
      "missing, want an array of paths",
    ],
    [
      withDerived({ depends_on: ["/db/title", 3] }),
      `${at}.depends_on[1]`,
      "3, want the path of a var, or { path, scope }",
    ],
    [
      withDerived({ depends_on: ["/db/a/b"] }),
      `${at}.depends_on[0]`,
      `"/db/a/b", want the path of a var, ${like}`,
    ],
    [
      withDerived({ depends_on: [{ path: "/db/title", scop: compute }] }),
      `${at}.depends_on[0].scop`,
      "an unknown field, want one of path, scope",
    ],
    [
      withDerived({ depends_on: ["/db/nothing"] }),
      `${at}.depends_on[0]`,
      '"/db/nothing", which names nothing, want a var',
    ],
    [
      withDerived({ depends_on: ["/edge/compute"] }),
      `${at}.depends_on[0]`,
      '"/edge/compute", which is a computation, want a var',
    ],
    [
      withDerived({ depends_on: ["/db/title", { path: "/db/title" }] }),
      `${at}.depends_on[1]`,
      '"/db/title" a second time, want each dependency once',
    ],
  ]);
});

Deno.test("parseAppSpec refuses a var where it cannot be", () => {
  const at = "zones.tab.x";
  const wanted = 'a source var of the root zone "db"';
  const replica = (path: string) => ({ replica_of: path });
  checkRefusals([
    [
      withEntries({ edge: { x: register } }),
      "zones.edge.x",
      'a source var in the server zone "edge", which keeps no state, want a ' +
      'source var in "db" or in a client zone',
    ],
    [
      withEntries({ edge: { x: replica("/db/title") } }),
      "zones.edge.x",
      'a replica in "edge", which is no client zone, want replicas in client ' +
      "zones only",
    ],
    [
      withEntries({ tab: { x: replica("/db/nothing") } }),
      `${at}.replica_of`,
      `"/db/nothing", which names nothing, want ${wanted}`,
    ],
    [
      withEntries({ tab: { x: replica("/edge/compute") } }),
      `${at}.replica_of`,
      `"/edge/compute", which is a computation, want ${wanted}`,
    ],
    [
      withEntries({ tab: { x: replica("/tab/y"), y: register } }),
      `${at}.replica_of`,
      `"/tab/y", which is a source var of "tab", want ${wanted}`,
    ],
    [
      withEntries({ tab: { x: replica("/tab/y"), y: seen } }),
      `${at}.replica_of`,
      `"/tab/y", which is a derived var, want ${wanted}`,
    ],
  ]);
});

Deno.test("parseAppSpec refuses what no route leads to", () => {
  const side = { type: "websocket", fromZone: "edge", toZone: "side" };
  const sides = (tab: Fields, sideZone: Fields): Fields => ({
    zones: { db: { title: register }, edge: { compute }, tab, side: sideZone },
    channels: [up, down, side],
  });
  checkRefusals([
    [
      withEntries({
        edge: { x: { ...seen, computer: "/tab/f" } },
        tab: { f: compute },
      }),
      "zones.edge.x.computer",
      '"/tab/f", from where nothing comes down to "edge", want a computation ' +
      'in "edge" or a zone between it and the root',
    ],
    [
      sides({ x: { ...seen, computer: "/side/f" } }, { f: compute }),
      "zones.tab.x.computer",
      '"/side/f", from where nothing comes down to "tab", want a computation ' +
      'in "tab" or a zone between it and the root',
    ],
    [
      withEntries({
        tab: { x: { ...seen, depends_on: ["/tab/y"] }, y: register },
      }),
      "zones.tab.x.depends_on[0]",
      '"/tab/y", from where nothing comes down to "edge", want a var in ' +
      '"edge", where /edge/compute runs, or in a zone between it and the root',
    ],
    [
      sides(
        {
          x: { ...seen, computer: "/tab/f", depends_on: ["/side/y"] },
          f: compute,
        },
        { y: seen },
      ),
      "zones.tab.x.depends_on[0]",
      '"/side/y", from where nothing comes down to "tab", want a var in ' +
      '"tab", where /tab/f runs, or in a zone between it and the root',
    ],
  ]);
});

Deno.test("parseAppSpec refuses two vars that a computation sees under one name", () => {
  const local = (...depends_on: string[]) => ({
    ...seen,
    computer: "/tab/f",
    depends_on,
  });
  const other = "want another last segment for one of them";
  checkRefusals([
    [
      withEntries({
        edge: { count: { ...seen, computer: "/db/f", depends_on: [] } },
        db: { count: register, f: compute },
        tab: { x: local("/db/count", "/edge/count"), f: compute },
      }),
      "zones.tab.x.depends_on[1]",
      '"/edge/count", which /tab/f would see under the same name as ' +
      `"/db/count", ${other}`,
    ],
    [
      withEntries({
        tab: { x: local("/db/title"), title: register, f: compute },
      }),
      "zones.tab.x.depends_on[0]",
      '"/db/title", which /tab/f would see under the same name as ' +
      `"/tab/title", ${other}`,
    ],
  ]);
  parseAppSpec(withEntries({
    tab: { x: local("/tab/title"), title: register, f: compute },
  }));
});

Deno.test("parseAppSpec names the cycle in depends_on", () => {
  const local = (computer: string, ...depends_on: string[]) => ({
    ...seen,
    computer,
    depends_on,
  });
  const computations = { f: compute, g: compute, h: compute };
  const wanted = "want dependencies without a cycle";
  checkRefusals([
    [
      withEntries({ tab: { ...computations, a: local("/tab/f", "/tab/a") } }),
      "zones.tab.a.depends_on",
      `in the cycle /tab/a -> /tab/a, ${wanted}`,
    ],
    [
      withEntries({
        tab: {
          ...computations,
          a: local("/tab/f", "/tab/b"),
          b: local("/tab/g", "/tab/c"),
          c: local("/tab/h", "/db/title", "/tab/b"),
        },
      }),
      "zones.tab.b.depends_on",
      `in the cycle /tab/b -> /tab/c -> /tab/b, ${wanted}`,
    ],
  ]);
});
