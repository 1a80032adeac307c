/**
 * The server and db zones of the fixture in real workerd, with nothing of the
 * kit around them.
 *
 * @module
 */

import { Miniflare, Response, type WorkerOptions } from "miniflare";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

/** The secrets that the fixture's worker is given. */
export const SECRETS = {
  ZONEKIT_TICKET_KEY: "a ticket key of the tests, and of nobody else",
  ZONEKIT_TOKEN_SECRET: "a token secret of the tests, of nobody else",
} as const;

const SERVER_SCRIPT = "fixture-server";
const DB_SCRIPT = "fixture-db";

/** What a test says of the zones it starts. */
export interface ZoneSettings {
  /** The module of both scripts; `fixture/zones.ts` when absent. */
  readonly entry?: URL;
  /** Answers what the worker asks of other servers. */
  readonly outbound?: (address: string) => unknown;
}

/** Running zones. */
export interface LocalZones extends AsyncDisposable {
  /** Where they are reached. */
  readonly url: string;
  /** The runtime. */
  readonly miniflare: Miniflare;
  /** What the zones wrote to the operator's log. */
  readonly log: readonly string[];
  /** Takes a server node's memory, and its sockets or not. */
  evictServer(name: string, webSockets: "close" | "hibernate"): Promise<void>;
  /** Takes a master's memory. */
  evictMaster(space: string): Promise<void>;
  /** Runs SQL in a master's store. */
  sql(space: string, query: string): Promise<unknown>;
  /** A master, to be called. */
  master(space: string): Promise<MasterStub>;
}

/** A master as RPC gives it. */
export interface MasterStub {
  /** Calls as a server node would. */
  call(from: string, sealed: Uint8Array): Promise<Uint8Array[]>;
  /** Diagnostics. */
  stats(): Promise<{ readonly rowsWritten: number }>;
}

interface MastersByName {
  getByName(name: string): MasterStub;
}

/** Bundles the fixture and starts it. */
export async function startZones(
  settings: ZoneSettings = {},
): Promise<LocalZones> {
  const folder = await Deno.makeTempDir();
  const { entry = new URL("./fixture/zones.ts", import.meta.url) } = settings;
  const script = join(folder, "zones.js");
  await bundle(entry, script);
  const { outbound } = settings;
  const log: string[] = [];
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    unsafeInspectDurableObjects: true,
    handleRuntimeStdio: (...outputs: Readable[]) => {
      for (const output of outputs) {
        output.setEncoding("utf8").on("data", (text) => log.push(text));
      }
    },
    workers: [
      {
        ...scriptOptions(SERVER_SCRIPT, script),
        bindings: { ...SECRETS, ZONEKIT_DEV: "1" },
        outboundService: (request: { readonly url: string }) =>
          Response.json(outbound?.(request.url)),
        assets: {
          directory: fileURLToPath(
            new URL("./fixture/assets", import.meta.url),
          ),
          binding: "ASSETS",
          routerConfig: {
            has_user_worker: true,
            invoke_user_worker_ahead_of_assets: true,
          },
        },
      },
      scriptOptions(DB_SCRIPT, script),
    ],
  });
  const { origin } = await miniflare.ready;
  return {
    url: origin,
    miniflare,
    log,
    evictServer: (name, webSockets) =>
      miniflare.unsafeEvictDurableObject(SERVER_SCRIPT, "ServerNode", {
        name,
        webSockets,
      }),
    evictMaster: (name) =>
      miniflare.unsafeEvictDurableObject(DB_SCRIPT, "DbNode", { name }),
    sql: async (name, query) => {
      const storage = await miniflare.unsafeGetDurableObjectStorage(
        DB_SCRIPT,
        "DbNode",
        { name },
      );
      return await storage.exec(query);
    },
    master: async (space) => {
      const masters = await miniflare.getDurableObjectNamespace(
        "DB_NODES",
        SERVER_SCRIPT,
      );
      return (masters as typeof masters & MastersByName).getByName(space);
    },
    async [Symbol.asyncDispose]() {
      await miniflare.dispose();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

function scriptOptions(name: string, path: string): WorkerOptions {
  const own = (scriptName: string) => scriptName === name ? {} : { scriptName };
  return {
    name,
    modulesRoot: join(path, ".."),
    modules: [{ type: "ESModule", path }],
    compatibilityDate: "2026-07-01",
    durableObjects: {
      SERVER_NODES: {
        className: "ServerNode",
        useSQLite: true,
        ...own(SERVER_SCRIPT),
      },
      DB_NODES: { className: "DbNode", useSQLite: true, ...own(DB_SCRIPT) },
    },
  };
}

async function bundle(entry: URL, output: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--quiet",
      ...["--platform", "browser"],
      ...["--external", "cloudflare:workers"],
      ...["--output", output],
      fileURLToPath(entry),
    ],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
