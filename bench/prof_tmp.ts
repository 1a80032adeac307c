import { Session } from "node:inspector";
import { SUITES } from "./core/suites.ts";
const [suite, task, name, size] = Deno.args as string[];
const s = new Session(); s.connect();
await SUITES[suite!]!.measure(task!, name!, Number(size));
s.post("Profiler.enable"); s.post("Profiler.setSamplingInterval", { interval: 200 } as never); s.post("Profiler.start");
const ms = await SUITES[suite!]!.measure(task!, name!, Number(size));
s.post("Profiler.stop", (_e: unknown, { profile }: any) => {
  const self = new Map<string, number>(); const byId = new Map(profile.nodes.map((n: any) => [n.id, n]));
  const dt = profile.timeDeltas; let total = 0;
  profile.samples.forEach((id: number, i: number) => { const n: any = byId.get(id); const k = `${n.callFrame.functionName || "(anon)"} ${n.callFrame.url.split("/").slice(-2).join("/")}:${n.callFrame.lineNumber + 1}`; self.set(k, (self.get(k) ?? 0) + dt[i]); total += dt[i]; });
  console.log(`${ms} ms measured`);
  for (const [k, v] of [...self].sort((a, b) => b[1] - a[1]).slice(0, 16)) console.log(`${(v / total * 100).toFixed(1)}% ${k}`);
});
