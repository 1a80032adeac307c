/**
 * An app's vars as a diagram, in Mermaid's language: editors and code hosts draw it.
 *
 * @module
 */

import type { App } from "@zonekit/shared";
import { copyOf, derivations } from "./dataflow.ts";

/** The diagram of an app: a box a zone, an arrow for all that travels. */
export function diagramOf(app: App): string {
  const idOf = new Map([...app.vars.keys()].map((path, i) => [path, `v${i}`]));
  const boxes = [...app.zones.values()].flatMap(({ name, vars }, i) => [
    `  subgraph z${i} ["${name}"]`,
    ...vars.map(({ path, name, crdt }) =>
      `    ${idOf.get(path)}["${name}<br>${crdt.name}"]`
    ),
    "  end",
  ]);
  const copies = [...app.vars.values()].flatMap((variable) =>
    variable.kind === "replica"
      ? [
        `  ${idOf.get(variable.of)} ${
          copyArrow(copyOf(app, variable).isScoped)
        } ${idOf.get(variable.path)}`,
      ]
      : []
  );
  const reads = derivations(app).flatMap(({ variable, reads }) =>
    reads.map(({ from }) =>
      `  ${idOf.get(from)} -- "${
        nameOf(variable.computer)
      } in ${variable.computerZone}" --> ${idOf.get(variable.path)}`
    )
  );
  return ["flowchart LR", ...boxes, ...copies, ...reads, ""].join("\n");
}

function copyArrow(isScoped: boolean): string {
  return isScoped ? '<-. "a part" .->' : "<-.->";
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
