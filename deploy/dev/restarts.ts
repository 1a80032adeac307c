import type { Miniflare } from "miniflare";
import { oneLineOf } from "../deploy_error.ts";
import {
  type LocalRun,
  miniflareOptions,
  runtimeRefused,
} from "./miniflare.ts";

/**
 * The builds of a running app. A new build has a folder of its own, so that
 * the one that runs stays whole until the new one has started.
 */
export class Restarts {
  readonly #miniflare: Miniflare;
  readonly #build: (folder: string) => Promise<LocalRun>;
  readonly #folders: readonly [string, string];
  #running: LocalRun;

  /** Begins with what `miniflare` runs. */
  constructor(
    miniflare: Miniflare,
    running: LocalRun,
    build: (folder: string) => Promise<LocalRun>,
  ) {
    this.#miniflare = miniflare;
    this.#running = running;
    this.#build = build;
    this.#folders = [running.buildFolder, `${running.buildFolder}.other`];
  }

  /** Builds and starts anew; what fails is said in one line, and goes back. */
  async restart(): Promise<void> {
    const { log, port, buildFolder } = this.#running;
    const beganMs = performance.now();
    try {
      const folder = this.#folders.find((path) => path !== buildFolder);
      const next = { ...await this.#build(folder ?? buildFolder), port };
      await this.#start(next);
      this.#running = next;
      log(`rebuilt in ${Math.round(performance.now() - beganMs)} ms`);
    } catch (error) {
      log(`The build before keeps running. ${oneLineOf(error)}`);
    }
  }

  async #start(next: LocalRun): Promise<void> {
    try {
      await this.#miniflare.setOptions(miniflareOptions(next));
    } catch (error) {
      await this.#miniflare.setOptions(miniflareOptions(this.#running));
      throw runtimeRefused(error);
    }
  }
}
