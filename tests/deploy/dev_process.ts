/**
 * `dev` as a child process, and what it leaves behind.
 *
 * @module
 */

import { spawnCommand } from "./command_line.ts";

/** The variable that all processes of one run have in their environment. */
const RUN_VARIABLE = "ZONEKIT_TEST_RUN";

const PATIENCE_MS = 30_000;
const POLL_MS = 25;

/** A running `dev`. */
export interface DevProcess {
  /** Where the app is served. */
  readonly url: string;
  /** All that it wrote on standard output. */
  stdout(): string;
  /** All that it wrote on standard error. */
  stderr(): string;
  /** Asks the app for a path. */
  get(path: string): Promise<string>;
  /** Sends a signal and waits for the end; returns the exit code. */
  end(signal: Deno.Signal): Promise<number>;
  /** The processes of this run that are there, itself included. */
  processes(): number[];
}

/** Starts `dev` for a folder, and waits until it is ready. */
export async function startDevProcess(
  folder: string,
  ...flags: string[]
): Promise<DevProcess> {
  const run = `${RUN_VARIABLE}=${crypto.randomUUID()}`;
  const child = spawnCommand(["dev", folder, "--port", "0", ...flags], {
    [RUN_VARIABLE]: run.slice(RUN_VARIABLE.length + 1),
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const ready = () => /^ready (\S+)$/m.exec(stdout())?.[1];
  try {
    await until("dev is ready", () => ready() !== undefined);
  } catch (error) {
    child.kill("SIGKILL");
    throw new Error(`dev did not start: ${stderr()}`, { cause: error });
  }
  const url = ready() ?? "";
  return {
    url,
    stdout,
    stderr,
    async get(path) {
      const response = await fetch(url + path);
      return await response.text();
    },
    async end(signal) {
      child.kill(signal);
      return (await child.status).code;
    },
    processes: () => processesWith(run),
  };
}

/** Waits until something holds; throws when it takes too long. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  while (!await holds()) {
    if (signal.aborted) throw new Error(`It never came to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function processesWith(variable: string): number[] {
  return [...Deno.readDirSync("/proc")].map(({ name }) => Number(name))
    .filter((pid) => pid > 0 && environmentOf(pid).includes(variable));
}

/** The variables of a process; none for one that has gone meanwhile. */
function environmentOf(pid: number): string[] {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/environ`).split("\0");
  } catch {
    return [];
  }
}

function collect(stream: ReadableStream<Uint8Array>): () => string {
  let text = "";
  const decoder = new TextDecoder();
  (async () => {
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true });
    }
  })();
  return () => text;
}
