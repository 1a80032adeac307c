/**
 * The command line as a value.
 *
 * @module
 */

import { parseArgs } from "node:util";
import {
  DeployError,
  type DeployErrorCode,
  oneLineOf,
} from "../deploy_error.ts";

/** What the command line asks for. */
export type Command =
  | { readonly name: "help" }
  | {
    readonly name: "dev";
    /** The app's folder; absent for the default one. */
    readonly folder: string | undefined;
    readonly port: number | undefined;
    readonly fresh: boolean;
  }
  | {
    readonly name: "deploy";
    /** The app's folder; absent for the default one. */
    readonly folder: string | undefined;
    readonly dryRun: boolean;
    readonly secretsFile: string | undefined;
  }
  | {
    readonly name: "check";
    /** The app's folder; absent for the default one. */
    readonly folder: string | undefined;
  };

/** What there is to ask for. */
export const USAGE = `zonekit dev [folder] [--port N] [--fresh]
  builds the app and runs it on this machine; --fresh forgets its data
zonekit deploy [folder] [--dry-run] [--secrets-file FILE]
  builds the app and uploads it; FILE has a line NAME=value for each secret
zonekit check [folder]
  prints what depends on what, where it is computed and what it tells; draws it
`;

const COMMANDS = "dev, deploy, check or --help";
const PORT_MAX = 65_535;

/** Reads the command line; what it does not know is a `DeployError`. */
export function parseCommand(args: readonly string[]): Command {
  const [name, ...rest] = args;
  switch (name) {
    case "--help":
    case "-h":
      return { name: "help" };
    case "dev":
      return parseDev(rest);
    case "deploy":
      return parseDeploy(rest);
    case "check":
      return parseCheck(rest);
    default:
      throw new DeployError({
        code: "unknown-command",
        doing: "read the command line",
        path: name ?? "",
        found: name === undefined ? "no command" : `the command "${name}"`,
        wanted: COMMANDS,
      });
  }
}

function parseDev(args: readonly string[]): Command {
  const { values, positionals } = reading(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: "string" },
        fresh: { type: "boolean", default: false },
      },
    })
  );
  return {
    name: "dev",
    folder: onlyFolder(positionals),
    port: values.port === undefined ? undefined : portOf(values.port),
    fresh: values.fresh,
  };
}

function parseDeploy(args: readonly string[]): Command {
  const { values, positionals } = reading(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        "dry-run": { type: "boolean", default: false },
        "secrets-file": { type: "string" },
      },
    })
  );
  return {
    name: "deploy",
    folder: onlyFolder(positionals),
    dryRun: values["dry-run"],
    secretsFile: values["secrets-file"],
  };
}

function parseCheck(args: readonly string[]): Command {
  const { positionals } = reading(() =>
    parseArgs({ args: [...args], allowPositionals: true })
  );
  return { name: "check", folder: onlyFolder(positionals) };
}

/** Gives a fault of the platform's parser as one of ours. */
function reading<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const [found = ""] = oneLineOf(error).split(". ");
    throw badArgument("unknown-flag", found, "what --help lists");
  }
}

function onlyFolder(positionals: readonly string[]): string | undefined {
  const [folder, extra] = positionals;
  if (extra === undefined) return folder;
  throw badArgument("bad-argument", `a second folder "${extra}"`, "one folder");
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= PORT_MAX) return port;
  throw badArgument(
    "bad-argument",
    `--port "${text}"`,
    `a number from 0 to ${PORT_MAX}`,
  );
}

function badArgument(
  code: DeployErrorCode,
  found: string,
  wanted: string,
): DeployError {
  const doing = "read the command line";
  return new DeployError({ code, doing, path: "command line", found, wanted });
}
