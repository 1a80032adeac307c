/** Measures one task of one contestant, alone in this process: `measure.ts TASK CONTESTANT KEYS`. */

import { MAPS } from "./contestants.ts";
import { MAP_TASKS } from "./map_tasks.ts";

const [task, name, keys] = Deno.args;
const contestant = await MAPS[name!]!();
// Some work before, so that what is measured is compiled.
if (MAP_TASKS[task!]!.unit === "ms") {
  MAP_TASKS[task!]!.run(contestant, Math.min(Number(keys), 2_000));
}
console.log(JSON.stringify(MAP_TASKS[task!]!.run(contestant, Number(keys))));
