/**
 * How an app is simulated: what its clients do, what must hold, and what goes
 * wrong. All of it may be left out.
 *
 * @module
 */

import type { Mutator } from "../shared/node/client/transaction.ts";
import { refuse } from "../shared/protocol/fault_error.ts";
import type { App } from "../shared/spec/app.ts";
import type { AppSpec, Session } from "../shared/spec/app_spec.ts";
import { parseAppSpec } from "../shared/spec/parse.ts";
import type { CrdtAt } from "../shared/spec/spec_values.ts";
import type { WriteTransaction } from "../zones/client/client.ts";
import type {
  DispatchPath,
  MutationOf,
  PayloadArgs,
  ReadPath,
  WritePath,
} from "../zones/client/client_paths.ts";
import { type AppNodes, nodesOf } from "./app_nodes.ts";
import type { Checker } from "./checker.ts";
import { FAULT_OF } from "./faults/faults.ts";
import type { History } from "./history.ts";
import { checkerOf, type Invariant } from "./invariant.ts";
import { operate } from "./operate.ts";
import type { Random } from "./random.ts";
import type { Device, Moment, Scenario } from "./scenario.ts";
import { assertWhole, UsageError } from "./usage_error.ts";
import { anyAppScenario } from "./workloads/any_app.ts";

/** A client of an app, with the verbs that its page has. */
export interface AppClient<S> {
  /** Its id. */
  readonly name: string;
  /** Its zone. */
  readonly zone: string;
  /** What its session says. */
  readonly claims: Session["claims"];
  /** The CRDT of a var as it is now. */
  get<P extends ReadPath<S>>(path: P): CrdtAt<S, P>;
  /** Writes what the mutator of a CRDT returned. Throws `FaultError` for what the spec refuses. */
  mutate<P extends WritePath<S>>(
    path: P,
    fn: (crdt: CrdtAt<S, P>) => MutationOf<S, P> | null,
  ): void;
  /** Writes several vars as one. */
  write(run: (tx: WriteTransaction<S>) => void): void;
  /** Sends an event to a computation. */
  dispatch<P extends DispatchPath<S>>(
    path: P,
    ...payload: PayloadArgs<S, P>
  ): void;
}

/** A moment at which a client does something. */
export interface WorkloadMoment<S = AppSpec> {
  /** Who does it; it is switched on. */
  readonly client: AppClient<S>;
  /** The only chance there may be: what it draws is the same in every run of a seed. */
  readonly random: Random;
  /** All nodes that run now. */
  readonly nodes: AppNodes<S>;
  /** Does what is done where there is no workload: a random write that may be made here. */
  readonly anything: () => void;
  /** Writes a source var of the root zone as an operator, whom no rule holds. */
  readonly operate: (path: string, fn: Mutator) => void;
}

/** How an app is simulated. */
export interface Simulation<S = AppSpec> {
  /** One thing that a client does; random writes to all that it may write, unless said otherwise. */
  readonly workload?: (moment: WorkloadMoment<S>) => void;
  /** What must hold, beside the promises of the kit. */
  readonly invariants?: readonly (Invariant<S> | Checker)[];
  /** Which of `FAULTS` may strike, by name; all, unless said otherwise. */
  readonly faults?: readonly string[];
  /** How many seeds are run; 50 unless said otherwise. */
  readonly seeds?: number;
  /** The first of them; 0 unless said otherwise. */
  readonly seed?: number;
  /** Who takes part; three devices of two users in every client zone, unless said otherwise. */
  readonly clients?: readonly Device[];
  /** How many nodes each server zone has; 2 unless said otherwise. */
  readonly servers?: number;
  /** How many things are done in a run; 60 unless said otherwise. */
  readonly acts?: number;
  /** After how many days at most all begins again, each time. */
  readonly pausesDays?: readonly number[];
  /** The version that a deploy brings; one with one var more, unless said otherwise. */
  readonly next?: AppSpec;
  /** The one history to run instead of those that seeds give: a failure's own. */
  readonly history?: History;
  /** How many runs a failure may be shrunk by; 300 unless said otherwise. */
  readonly shrinkRuns?: number;
}

/** An app and its simulation as what is run. Throws `UsageError`, and `SpecError` for `next`. */
export function scenarioOf<S>(
  name: string,
  app: App,
  simulation: Simulation<S>,
): Scenario {
  const { workload, invariants, faults, next } = simulation;
  const { clients, servers, acts, pausesDays } = simulation;
  const any = anyAppScenario(name, app);
  assertKnown(faults ?? []);
  assertWhole("servers", servers ?? any.servers, 1);
  assertWhole("acts", acts ?? any.acts, 0);
  return {
    ...any,
    servers: servers ?? any.servers,
    acts: acts ?? any.acts,
    clients: assertClients(app, clients ?? any.clients),
    ...next ? { next: parseAppSpec(next) } : {},
    ...workload
      ? { workload: (moment) => workload(momentFor(moment, any)) }
      : {},
    ...faults ? { faults } : {},
    ...pausesDays ? { pausesDays } : {},
    checkers: (invariants ?? []).map((one) =>
      "watch" in one ? one : checkerOf(one)
    ),
  };
}

function momentFor<S>(
  { world, client, random }: Moment,
  any: Scenario,
): WorkloadMoment<S> {
  const nodes = nodesOf<S>(world);
  return {
    client: client as AppClient<S>,
    random,
    nodes,
    anything: () => any.workload({ world, client, random }),
    operate(path, fn) {
      const variable = world.app.vars.get(path);
      if (variable?.kind === "source" && variable.zone === world.app.root) {
        return operate(world, variable, fn);
      }
      const wanted = "a source var of the root zone";
      return refuse("unknown-path", path, "no var to operate on", wanted);
    },
  };
}

function assertKnown(faults: readonly string[]): void {
  const unknown = faults.find((name) => !FAULT_OF.has(name));
  if (unknown === undefined) return;
  const wanted = `some of ${[...FAULT_OF.keys()].join(", ")}`;
  throw new UsageError("unknown-fault", "faults", `"${unknown}"`, wanted);
}

function assertClients(
  app: App,
  clients: readonly Device[],
): readonly Device[] {
  if (clients.length === 0) {
    throw new UsageError("bad-option", "clients", "none", "one at least");
  }
  const zones = [...app.zones.values()].filter(({ role }) => role === "client")
    .map(({ name }) => name);
  for (const [i, { name, zone }] of clients.entries()) {
    if (clients.findIndex((other) => other.name === name) !== i) {
      const path = `clients[${i}].name`;
      throw new UsageError("taken-id", path, `"${name}"`, "one that is free");
    }
    if (zones.includes(zone)) continue;
    const wanted = `one of ${zones.join(", ")}`;
    throw new UsageError(
      "unknown-zone",
      `clients[${i}].zone`,
      `"${zone}"`,
      wanted,
    );
  }
  return clients;
}
