/** Measures one task of one contestant, alone in this process: `measure.ts SUITE TASK CONTESTANT SIZE WARM`. */

import { SUITES } from "./suites.ts";

const [suite, task, name, ...sizes] = Deno.args as [string, string, string];
const [size, warm] = sizes.map(Number) as [number, number];
const figure = await SUITES[suite]!.measure(task, name, size, warm);
console.log(JSON.stringify(figure));
