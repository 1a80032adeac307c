/**
 * A deployment as data: the files it needs and the uploads in their order.
 *
 * @module
 */

import { alone, planScripts, type Script } from "./script.ts";
import { type ClassForm, wranglerConfig } from "./wrangler_config.ts";

/** A file to write. */
export interface PlannedFile {
  /** Its path below the folder of the build. */
  readonly path: string;
  /** Its whole text. */
  readonly text: string;
}

/** One script to upload. */
export interface Upload {
  /** The script's name on the platform. */
  readonly script: string;
  /** Its configuration, below the folder of the build. */
  readonly config: string;
  /** The secrets that have to be there. */
  readonly secrets: readonly string[];
}

/** All that a deployment does. */
export interface DeploymentPlan {
  /** The configuration files. */
  readonly files: readonly PlannedFile[];
  /**
   * The uploads of an app that is not there yet. Each script has a binding to
   * the other, and a binding needs its script: so the db goes up without that
   * binding first, and once more at the end.
   */
  readonly firstUploads: readonly Upload[];
  /** The uploads of an app that is there. */
  readonly uploads: readonly Upload[];
}

/** Options of a plan. */
export interface PlanOptions {
  /** How object classes are made known; `exports` when absent. */
  readonly classForm?: ClassForm;
}

/** Plans the deployment of the app called `name`. */
export function planDeployment(
  name: string,
  options: PlanOptions = {},
): DeploymentPlan {
  const { server, db } = planScripts(name);
  const plan = (script: Script, path: string) => ({
    file: { path, text: render(script, options) },
    upload: { script: script.name, config: path, secrets: script.secrets },
  });
  const planned = {
    server: plan(server, `wrangler.${server.name}.jsonc`),
    db: plan(db, `wrangler.${db.name}.jsonc`),
    firstDb: plan(alone(db), `wrangler.${db.name}.first.jsonc`),
  };
  return {
    files: Object.values(planned).map(({ file }) => file),
    firstUploads: [planned.firstDb, planned.server, planned.db]
      .map(({ upload }) => upload),
    uploads: [planned.db, planned.server].map(({ upload }) => upload),
  };
}

function render(script: Script, { classForm }: PlanOptions): string {
  const config = wranglerConfig(script, classForm);
  return `// Written by zonekit from the app's spec; changes are lost.\n` +
    `${JSON.stringify(config, null, 2)}\n`;
}
