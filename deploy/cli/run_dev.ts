import process from "node:process";
import { startDev } from "../dev/start_dev.ts";

/** What `dev` was asked for. */
export interface DevRequest {
  /** The app's folder. */
  readonly folder: string;
  /** The port, where one was asked for. */
  readonly port: number | undefined;
  /** Whether to forget the objects' data first. */
  readonly fresh: boolean;
}

const SIGNALS = ["SIGHUP", "SIGINT", "SIGTERM"] as const;

/**
 * Runs an app until a signal comes. Standard output gets the one line that
 * says where it is; all else goes to standard error.
 */
export async function runDev(request: DevRequest): Promise<void> {
  const signal = listenForSignals();
  try {
    const app = await startDev(request.folder, {
      ...(request.port === undefined ? {} : { port: request.port }),
      fresh: request.fresh,
      watch: true,
      log: (line) => console.error(line),
    });
    // Miniflare would end this process at once, and leave its work half done.
    for (const name of SIGNALS) process.removeAllListeners(name);
    if (!signal.came) console.log(`ready ${app.url}`);
    await signal.coming;
    await app.stop();
  } catch (error) {
    // Ctrl-C reaches the bundler too, which then fails.
    if (!signal.came) throw error;
  }
}

/** Whoever asks a second time will not wait. */
function listenForSignals() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const signal = { came: false, coming: promise };
  for (const name of SIGNALS) {
    Deno.addSignalListener(name, () => {
      if (signal.came) Deno.exit(1);
      signal.came = true;
      resolve();
    });
  }
  return signal;
}
