/**
 * The master on Cloudflare's platform: the class of a Durable Object.
 *
 * @module
 */

// @ts-types="./platform.ts"
import { DurableObject } from "cloudflare:workers";
import type { Peer } from "../../../shared/ports/peer.ts";
import type { AppSpec } from "../../../shared/spec/app_spec.ts";
import { deployableApp } from "../../../shared/spec/deployable.ts";
import { type DbEnv, type DbStats, MasterShell } from "./master_shell.ts";

/** A master object, as others call it by RPC. */
export interface DbNodeObject extends Peer {
  /** Rings when the step asked for it. */
  alarm(): void;
  /** Diagnostics. */
  stats(): DbStats;
}

/** The class of an app's master objects; only the platform makes any. */
export type DbNodeClass = new (...given: never[]) => DbNodeObject;

/**
 * Makes the class of an app's master objects, one for each space and named by
 * it. Throws `SpecError` for a spec that cannot run.
 */
export function dbNode(spec: AppSpec): DbNodeClass {
  const app = deployableApp(spec);
  return class extends DurableObject<DbEnv> implements DbNodeObject {
    readonly #shell: MasterShell;

    constructor(...given: ConstructorParameters<typeof DurableObject<DbEnv>>) {
      super(...given);
      this.#shell = new MasterShell(app, ...given);
    }

    call(from: string, sealed: Uint8Array): Promise<Uint8Array[]> {
      return Promise.resolve(this.#shell.answer(from, sealed));
    }

    override alarm(): void {
      this.#shell.run({ type: "alarm" });
    }

    stats(): DbStats {
      return this.#shell.stats();
    }
  };
}
