/** Measures one task of one contestant, alone in this process: `measure.ts SUITE TASK CONTESTANT SIZE`. */

import { SUITES } from "./suites.ts";

const [suite, task, name, size] = Deno.args as [string, string, string, string];
const figure = await SUITES[suite]!.measure(task, name, Number(size));
console.log(JSON.stringify(figure));
