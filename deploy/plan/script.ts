/**
 * The edge scripts of an app, as values. What runs on this machine and what is
 * uploaded are both made from these, so that they cannot differ.
 *
 * @module
 */

import { ASSETS, BUNDLES } from "./layout.ts";

/** An object class that a script uses. */
export interface ObjectBinding {
  /** Its name in `env`. */
  readonly name: string;
  /** The class. */
  readonly className: string;
  /** The script that exports the class; absent for the script's own. */
  readonly scriptName?: string;
}

/** The files that are served to browsers. */
export interface Assets {
  /** Their folder, below the folder of the build. */
  readonly folder: string;
  /** The name in `env` that a worker fetches them by. */
  readonly binding: string;
}

/** One edge script: a bundle, and what the platform gives it. */
export interface Script {
  /** Its name on the platform. */
  readonly name: string;
  /** Its bundle, below the folder of the build. */
  readonly main: string;
  /** The SQLite-backed object classes that it exports. */
  readonly classes: readonly string[];
  /** The object classes that it uses. */
  readonly bindings: readonly ObjectBinding[];
  /** What it serves. */
  readonly assets: Assets | null;
  /** Its settings: no secrets. */
  readonly vars: Readonly<Record<string, string>>;
  /** The names of the secrets that it needs. */
  readonly secrets: readonly SecretName[];
  /** Whether browsers reach it. */
  readonly isPublic: boolean;
}

/** The scripts of an app. */
export interface AppScripts {
  /** The edge worker and the server node objects. */
  readonly server: Script;
  /** The master objects. */
  readonly db: Script;
}

/** The platform's behaviour that the scripts are written for. */
export const COMPATIBILITY_DATE = "2026-07-01";

/** The secrets of every app; their values are in no file of a plan. */
export const SECRET_NAMES = [
  "ZONEKIT_TICKET_KEY",
  "ZONEKIT_TOKEN_SECRET",
] as const;

/** The name of a secret. */
export type SecretName = typeof SECRET_NAMES[number];

/**
 * Plans the two scripts of the app called `name`, each of which calls the
 * other. Only the edge worker sees tokens and tickets, so only it has secrets.
 */
export function planScripts(
  name: string,
  vars: Readonly<Record<string, string>> = {},
): AppScripts {
  const [serverName, dbName] = [`${name}-server`, `${name}-db`];
  const serverNodes = { name: "SERVER_NODES", className: "ServerNode" };
  const dbNodes = { name: "DB_NODES", className: "DbNode" };
  return {
    server: {
      name: serverName,
      main: BUNDLES.server,
      classes: [serverNodes.className],
      bindings: [serverNodes, { ...dbNodes, scriptName: dbName }],
      assets: { folder: ASSETS, binding: "ASSETS" },
      vars,
      secrets: SECRET_NAMES,
      isPublic: true,
    },
    db: {
      name: dbName,
      main: BUNDLES.db,
      classes: [dbNodes.className],
      bindings: [dbNodes, { ...serverNodes, scriptName: serverName }],
      assets: null,
      vars,
      secrets: [],
      isPublic: false,
    },
  };
}

/** The script without what other scripts have to exist for. */
export function alone(script: Script): Script {
  const own = script.bindings.filter((binding) => !binding.scriptName);
  return { ...script, bindings: own };
}
