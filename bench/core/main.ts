/**
 * Maps side by side: each task of each contestant in a process of its own, the
 * contestants in turn, several rounds; shown are medians.
 *
 * `deno task bench:core [--json] [--rounds N] [--keys N] [--only TASK,…]`
 *
 * @module
 */

import { parseArgs } from "node:util";
import { MAPS } from "./contestants.ts";
import { MAP_TASKS } from "./map_tasks.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: {
    json: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
    keys: { type: "string", default: "100000" },
    only: { type: "string", default: Object.keys(MAP_TASKS).join() },
    among: { type: "string", default: Object.keys(MAPS).join() },
  },
});
const names = values.among.split(",");
const tasks = values.only.split(",");
const figures = new Map<string, number[]>();

for (let round = 0; round < Number(values.rounds); round++) {
  for (const task of tasks) {
    for (const name of names) {
      if (round > 0 && MAP_TASKS[task]!.unit === "bytes") continue;
      const figure = await measured(task, name);
      const key = `${task} ${name}`;
      figures.set(key, [...figures.get(key) ?? [], figure]);
      await Deno.stderr.write(
        new TextEncoder().encode(`round ${round + 1}: ${key} ${figure}\n`),
      );
    }
  }
}
print();

async function measured(task: string, name: string): Promise<number> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      "--v8-flags=--expose-gc,--max-old-space-size=8192",
      new URL("measure.ts", import.meta.url).pathname,
      task,
      name,
      values.keys,
    ],
    cwd: new URL(".", import.meta.url),
  }).output();
  if (success) return JSON.parse(new TextDecoder().decode(stdout)) ?? NaN;
  throw new Error(`${task} of ${name}: ${new TextDecoder().decode(stderr)}`);
}

function median(task: string, name: string): number {
  const sorted = figures.get(`${task} ${name}`)!.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

function print(): void {
  const rows = tasks.map((task) => {
    const { title, unit } = MAP_TASKS[task]!;
    const floor = median(task, names[0]!);
    const medians = names.map((name) => median(task, name));
    const isRatio = unit !== "bytes";
    const shown = medians.map((figure) => isRatio ? figure / floor : figure);
    return { task, title, unit, medians, shown };
  });
  if (values.json) return console.log(JSON.stringify({ names, rows }));
  console.log(`| | ${names.join(" | ")} |`);
  console.log(`|---|${names.map(() => "---").join("|")}|`);
  for (const { title, unit, medians, shown } of rows) {
    const first = unit === "bytes"
      ? ""
      : ` (${medians[0]!.toFixed(1)} ${unit})`;
    const cells = shown.map((figure) =>
      Number.isNaN(figure) ? "–" : figure.toFixed(unit === "bytes" ? 1 : 2)
    );
    console.log(`| ${title}${first} | ${cells.join(" | ")} |`);
  }
}
