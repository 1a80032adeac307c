import { runSeed } from "./run_seed.ts";
import { todoScenario } from "./scenarios/todo.ts";
const [from, to] = Deno.args.map(Number);
let events = 0;
const t = performance.now();
let bad = 0;
for (let s = from; s < to; s++) {
  let r;
  try {
    r = runSeed(todoScenario, s);
  } catch (e) {
    console.log("CRASH seed", s, e.stack);
    if (++bad > 3) break;
    continue;
  }
  events += r.events;
  if (r.violation) {
    console.log(s, r.violation.message);
    if (++bad > 8) break;
  }
}
console.log(events, "events", Math.round(performance.now() - t), "ms");
