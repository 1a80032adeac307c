/**
 * Maps and texts side by side: each task of each contestant in a process of its
 * own, the contestants in turn, several rounds; shown are medians.
 *
 * `deno task bench:core [--json] [--rounds N] [--suite NAME,…] [--size N]
 * [--warm N] [--only TASK,…] [--among NAME,…]`. Before what is measured it does as
 * much with `--warm` keys: few (the default is 2,000), as a page does that has just
 * been opened, or as many, as a server that has run for long.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { jsonOf, Results, tableOf } from "./results.ts";
import { type Suite, SUITES } from "./suites.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
    suite: { type: "string", default: Object.keys(SUITES).join() },
    size: { type: "string" },
    warm: { type: "string", default: "2000" },
    only: { type: "string" },
    among: { type: "string" },
  },
});

for (const name of values.suite.split(",")) {
  const suite = SUITES[name];
  if (!suite) throw new Error(`no suite ${name}: ${Object.keys(SUITES)}`);
  const results = await measured(name, suite);
  console.log(values.json ? jsonOf(suite, results) : tableOf(suite, results));
}

async function measured(suiteName: string, suite: Suite): Promise<Results> {
  const wanted = (flag: string | undefined, all: readonly string[]) =>
    flag === undefined
      ? all
      : all.filter((one) => flag.split(",").includes(one));
  const names = wanted(values.among, suite.names);
  const tasks = wanted(values.only, Object.keys(suite.tasks));
  const size = values.size ?? `${suite.size}`;
  const results = new Results(names, tasks);
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const task of tasks) {
      // Bytes are the same every time.
      if (round > 0 && suite.tasks[task]!.unit === "bytes") continue;
      for (const name of names) {
        const figure = await alone(suiteName, task, name, size, values.warm);
        results.add(task, name, figure);
        const line = `round ${
          round + 1
        }: ${suiteName} ${task} ${name} ${figure}`;
        console.error(line);
      }
    }
  }
  return results;
}

/** The figure, taken in a process of its own; `NaN` where the contestant has none. */
async function alone(...order: string[]): Promise<number> {
  const script = new URL("measure.ts", import.meta.url).pathname;
  const flags = "--v8-flags=--expose-gc,--max-old-space-size=8192";
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", flags, script, ...order],
    cwd: new URL(".", import.meta.url),
  }).output();
  const decoder = new TextDecoder();
  if (success) return JSON.parse(decoder.decode(stdout)) ?? NaN;
  throw new Error(`${order.join(" ")}: ${decoder.decode(stderr)}`);
}
