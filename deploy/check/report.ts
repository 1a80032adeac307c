/**
 * An app's vars, in words: what they are, and what comes from where.
 *
 * @module
 */

import type { App, SourceVar, Var } from "@zonekit/shared";
import { copyOf, declassifiers, derivations, type Flow } from "./dataflow.ts";

/** The report of an app, a line for each var and for each way. */
export function reportOf(app: App): string {
  const derived = new Map(
    derivations(app).map((one) => [one.variable.path, one]),
  );
  const linesOf = (variable: Var): string[] => {
    const { path, crdt, valueType } = variable;
    const head = `  ${path}: ${crdt.name} of ${valueType}`;
    if (variable.kind === "source") {
      const isPrivate = app.zones.get(variable.zone)!.role === "client";
      return [`${head}, ${isPrivate ? "a device's own" : rulesOf(variable)}`];
    }
    if (variable.kind === "replica") {
      return [`${head}, a copy`, `    ${flowOf(copyOf(app, variable))}`];
    }
    const { reads, route } = derived.get(path)!;
    return [
      `${head}, by ${variable.computer}`,
      ...reads.map((flow) => `    ${flowOf(flow)}`),
      ...route.length > 1 ? [`    its value: ${wayOf(route)}`] : [],
    ];
  };
  const zones = [...app.zones.values()].flatMap(({ name, role, vars }) => [
    `${name} (${role})`,
    ...vars.flatMap(linesOf),
  ]);
  return [...zones, ...declassifierLines(app), ""].join("\n");
}

function declassifierLines(app: App): string[] {
  const all = declassifiers(app);
  if (all.length === 0) return [];
  return [
    "tell those who look of what they may not see themselves; judge them:",
    ...all.map(({ variable: { computer, path }, sources }) =>
      `  ${computer} tells ${path} of ${sources.join(", ")}`
    ),
  ];
}

function flowOf({ from, route, isScoped }: Flow): string {
  return `${isScoped ? "a part of " : ""}${from}: ${wayOf(route)}`;
}

function wayOf(route: readonly string[]): string {
  return route.length > 1 ? route.join(" -> ") : `in ${route[0]}`;
}

function rulesOf({ using, withCheck }: SourceVar): string {
  const seen = using ? "seen by `using`" : "seen by nobody";
  const written = withCheck ? "written by `withCheck`" : "written by nobody";
  return `${seen}, ${written}`;
}
