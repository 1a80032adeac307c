import { sep } from "node:path";

/** How long it must be quiet before a burst of edits counts as over. */
const SETTLE_MS = 80;

/** Folders whose changes are nobody's edits. */
const GENERATED = new Set([".zonekit", ".git", "node_modules"]);

/** What to watch. */
export interface WatchRequest {
  /** The folders to watch, with all below them. */
  readonly folders: readonly string[];
  /** A folder below them whose changes do not count. */
  readonly ignored: string;
  /** Called after each burst of edits, never twice at once. */
  readonly onEdits: () => Promise<void>;
}

/** A running watch. */
export interface FolderWatch {
  /** Ends it, and waits for the end of a call that runs. */
  stop(): Promise<void>;
}

/** Watches folders; what is edited while a call runs gives one call more. */
export function watchFolders(request: WatchRequest): FolderWatch {
  const watcher = Deno.watchFs([...request.folders]);
  const calls = new CallQueue(request.onEdits);
  const reading = (async () => {
    for await (const event of watcher) {
      if (isEdit(event, request.ignored)) calls.addSoon();
    }
  })();
  return {
    async stop() {
      watcher.close();
      await reading;
      await calls.stop();
    },
  };
}

/** Calls one function again and again, one call at a time. */
class CallQueue {
  readonly #call: () => Promise<void>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #isDue = false;

  constructor(call: () => Promise<void>) {
    this.#call = call;
  }

  /** Asks for a call when it has been quiet for a moment. */
  addSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#isDue = true;
      this.#running ??= this.#run();
    }, SETTLE_MS);
  }

  /** Ends it, after the call that runs. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isDue = false;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false;
      await this.#call();
    }
    this.#running = undefined;
  }
}

function isEdit({ kind, paths }: Deno.FsEvent, ignored: string): boolean {
  if (kind === "access" || kind === "any" || kind === "other") return false;
  return paths.some((path) =>
    !path.startsWith(ignored + sep) &&
    !path.split(sep).some((part) => GENERATED.has(part))
  );
}
