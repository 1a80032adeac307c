/**
 * The laws of every type for as long as wanted, with other chances each round:
 * `deno task laws [--minutes N] [--seed S] [--runs N] [--only TYPE]`. First come
 * all states of four operations over three replicas. Exits 1 when a law is broken,
 * with the history that breaks it and the seed and path that find it again.
 *
 * @module
 */

import { parseArgs } from "node:util";
import type { LawOrder, LawReply } from "./worker.ts";
import { LAWS } from "./subjects.ts";

const USAGE =
  "usage: deno task laws [--minutes N] [--seed S] [--runs N] [--only TYPE]";

/** What is to be done. */
function optionsOf(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: "string", default: "5" },
      seed: { type: "string", default: "1" },
      runs: { type: "string", default: "200" },
      only: { type: "string" },
    },
  });
  const [minutes, seed, runs] = [values.minutes, values.seed, values.runs]
    .map(Number) as [number, number, number];
  const types = [...LAWS.keys()].filter((name) =>
    values.only === undefined || name === values.only
  );
  const isFit = minutes > 0 && Number.isSafeInteger(seed) &&
    Number.isSafeInteger(runs) && runs > 0 && types.length > 0;
  if (!isFit) throw new Error(`no such laws: ${args.join(" ")}`);
  return { minutes, seed, runs, types };
}

type Options = ReturnType<typeof optionsOf>;

/** Each type's four operations, then rounds without end, the types in turn. */
function* orders({ seed, runs, types }: Options): Generator<LawOrder> {
  for (const type of types) yield { type, seed, runs, operations: 4 };
  for (let round = 1;; round++) {
    for (const type of types) {
      yield { type, seed: seed + round, runs, operations: 0 };
    }
  }
}

/** What has been tried so far. */
class Tally {
  readonly #beganMs = performance.now();
  #runs = 0;
  #seed = 0;

  /** Adds what came of an order. */
  add({ type, seed, operations }: LawOrder, { runs, states }: LawReply): void {
    this.#runs += runs;
    this.#seed = Math.max(this.#seed, seed);
    if (operations > 0) {
      console.log(
        `${type}: ${states} states of ${operations} operations over 3 replicas`,
      );
    } else console.error(this.line());
  }

  /** What has been tried, for people. */
  line(): string {
    const seconds = Math.round((performance.now() - this.#beganMs) / 1_000);
    return `${this.#runs} histories, seeds up to ${this.#seed}, ${seconds} s`;
  }
}

/** Has workers do the orders until time is up or a law is broken. */
async function run(options: Options): Promise<number> {
  const until = performance.now() + options.minutes * 60_000;
  const next = orders(options);
  const tally = new Tally();
  let broken: string | null = null;
  await Promise.all(
    Array.from({ length: navigator.hardwareConcurrency }, async () => {
      const url = new URL("worker.ts", import.meta.url);
      const worker = new Worker(url, { type: "module" });
      for (const order of next) {
        const isExtra = order.operations === 0 && performance.now() > until;
        if (broken !== null || isExtra) break;
        const reply = await answer(worker, order);
        if (reply.broken !== null) broken ??= reply.broken;
        else tally.add(order, reply);
      }
      worker.terminate();
    }),
  );
  console.log(broken ?? `${tally.line()}: every law holds`);
  return broken === null ? 0 : 1;
}

function answer(worker: Worker, order: LawOrder): Promise<LawReply> {
  const { promise, resolve, reject } = Promise.withResolvers<LawReply>();
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage(order);
  return promise;
}

async function main(args: readonly string[]): Promise<number> {
  let options: Options;
  try {
    options = optionsOf(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 1;
  }
  return await run(options);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
