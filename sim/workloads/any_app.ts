/**
 * The workload for any app: clients write random values of the right type to
 * all they can write, and an operator writes where nobody else can. What the
 * app's schemas and rules refuse is refused; the kit's promises must hold.
 *
 * @module
 */

import { FaultError } from "../../shared/protocol/fault_error.ts";
import type { App, ReplicaVar, SourceVar } from "../../shared/spec/app.ts";
import type { AppSpec } from "../../shared/spec/app_spec.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import type { Client } from "../client.ts";
import { operate } from "../operate.ts";
import type { Device, Moment, Scenario } from "../scenario.ts";
import { randomMutator } from "./random_mutator.ts";

/** The users of every client zone; the first one has two devices. */
const USERS = ["user-0", "user-1", "user-0"];
/** How often an operator acts in place of a client, where there is a need. */
const OPERATES = 0.3;

/**
 * A scenario for an app of which nothing is known but its spec: two users on
 * three devices in every client zone, two nodes in every server zone.
 */
export function anyAppScenario(name: string, app: App): Scenario {
  const operated = operatedVars(app);
  return {
    name,
    app,
    next: nextOf(app),
    servers: 2,
    clients: clientZones(app).flatMap(devicesOf),
    workload: (moment) => act(moment, operated),
    acts: 60,
  };
}

function clientZones(app: App): string[] {
  return [...app.zones.values()].filter(({ role }) => role === "client")
    .map(({ name }) => name);
}

function devicesOf(zone: string): Device[] {
  return USERS.map((user, i) => ({
    name: `${zone}-${i}`,
    zone,
    claims: { sub: user, user_id: user },
  }));
}

/** A version with one var more, so that deploys have something to bring. */
function nextOf({ spec, root }: App): App {
  const tags = { crdtType: "GSet", valueType: "string", init: () => new Set() };
  let name = "next_tags";
  while (Object.hasOwn(spec.zones[root]!, name)) name += "_";
  const zones: AppSpec["zones"] = {
    ...spec.zones,
    [root]: { ...spec.zones[root], [name]: tags } as AppSpec["zones"][string],
  };
  return parseAppSpec({ ...spec, zones });
}

/** The root's source vars that no client can write. */
function operatedVars(app: App): SourceVar[] {
  const replicas = [...app.vars.values()].filter((v) => v.kind === "replica");
  return app.zones.get(app.root)!.vars.filter((v) => v.kind === "source")
    .filter((source) =>
      !source.withCheck || !replicas.some(({ of }) => of === source.path)
    );
}

function act(
  { world, client, random }: Moment,
  operated: readonly SourceVar[],
): void {
  const writable = writableVars(world.app, client);
  const isOperator = operated.length > 0 &&
    (writable.length === 0 || random.chance(OPERATES));
  if (isOperator) {
    const variable = random.pick(operated);
    const mutator = randomMutator(variable, USERS, random);
    return unlessRefused(() => operate(world, variable, mutator));
  }
  if (writable.length === 0) return;
  const first = random.pick(writable);
  const alike = writable.filter(({ kind }) => kind === first.kind);
  // Now and then two vars, or one twice, in one write: both shared, or neither.
  const vars = random.chance(0.15) ? [first, random.pick(alike)] : [first];
  unlessRefused(() => {
    client.write((tx) => {
      for (const variable of vars) {
        const source = sourceOf(world.app, variable);
        tx.mutate(variable.path, randomMutator(source, USERS, random));
      }
    });
  });
}

/** What a client's app can write: copies of the root's vars, and vars of its own. */
function writableVars(app: App, { zone }: Client): (SourceVar | ReplicaVar)[] {
  return app.zones.get(zone)!.vars.filter((v) => v.kind !== "derived");
}

function sourceOf(app: App, variable: SourceVar | ReplicaVar): SourceVar {
  return variable.kind === "source"
    ? variable
    : app.vars.get(variable.of) as SourceVar;
}

/** A value that the var's own rules do not let through is no write. */
function unlessRefused(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof FaultError) || error.code !== "bad-value") {
      throw error;
    }
  }
}
