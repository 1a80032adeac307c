/**
 * The client that an app holds: views, subscriptions, writes and status over
 * the runner, which knows nothing of them.
 *
 * @module
 */

import type { Transaction } from "../../shared/node/client/transaction.ts";
import { rejectedIn } from "../../shared/node/client/stored.ts";
import { viewRows } from "../../shared/node/client/view.ts";
import { refuse } from "../../shared/protocol/fault_error.ts";
import type { App, Var } from "../../shared/spec/app.ts";
import type { CrdtAt } from "../../shared/spec/spec_values.ts";
import type { Client, ClientStatus, WriteTransaction } from "./client.ts";
import { closedError } from "./client_error.ts";
import type {
  DispatchPath,
  MutationOf,
  PayloadArgs,
  ReadPath,
  WritePath,
} from "./client_paths.ts";
import {
  type Changes,
  type ClientPorts,
  ClientRunner,
} from "./client_runner.ts";
import { type RejectedWrite, showRejected } from "./rejected_writes.ts";
import { Subscriptions } from "./subscriptions.ts";
import type { WriteHandle } from "./write_handles.ts";

/** An app is not kept waiting longer for what is on the way. */
const READY_MS_MAX = 10_000;

/** A client zone that runs. */
export class RunningClient<S> implements Client<S> {
  readonly #runner: ClientRunner;
  readonly #views = new Map<string, object>();
  readonly #listeners = new Map<string, Subscriptions<object>>();
  readonly #statusListeners = new Subscriptions(() => this.status);
  readonly #ready = Promise.withResolvers<void>();
  #isStarted = false;
  #status: ClientStatus | null = null;
  #rejected: readonly RejectedWrite[] | null = null;

  private constructor(app: App, zone: string, ports: ClientPorts) {
    this.#runner = new ClientRunner(
      app,
      zone,
      ports,
      (changes) => this.#show(changes),
    );
  }

  /**
   * Starts a client that observes these vars. Resolves when they are in RAM,
   * or the first attempt to connect has failed.
   */
  static async start<S>(
    app: App,
    zone: string,
    ports: ClientPorts,
    observe: readonly string[],
    signal?: AbortSignal,
  ): Promise<Client<S>> {
    const client = new RunningClient<S>(app, zone, ports);
    signal?.addEventListener("abort", () => {
      client.#ready.reject(signal.reason);
      void client.close();
    });
    try {
      await Promise.race([client.#start(observe), client.#ready.promise]);
      return client;
    } catch (error) {
      void client.close();
      throw error;
    }
  }

  get<P extends ReadPath<S>>(path: P): CrdtAt<S, P> {
    this.#observe(path);
    return this.#view(path) as CrdtAt<S, P>;
  }

  subscribe<P extends ReadPath<S>>(
    path: P,
    fn: (crdt: CrdtAt<S, P>) => void,
  ): () => void {
    this.#observe(path);
    const listeners = this.#listeners.get(path) ??
      new Subscriptions(() => this.#view(path));
    this.#listeners.set(path, listeners);
    return listeners.add((crdt) => fn(crdt as CrdtAt<S, P>));
  }

  mutate<P extends WritePath<S>>(
    path: P,
    fn: (crdt: CrdtAt<S, P>) => MutationOf<S, P> | null,
  ): WriteHandle {
    return this.write((tx) => tx.mutate(path, fn));
  }

  write(run: (tx: WriteTransaction<S>) => void): WriteHandle {
    const whole = (tx: Transaction) => {
      const result: unknown = run(tx);
      if (!(result instanceof Promise)) return;
      refuse(
        "mutation-without-result",
        "write",
        "a promise",
        "all changes made when the function returns",
      );
    };
    return this.#runner.step({ type: "write", run: whole });
  }

  dispatch<P extends DispatchPath<S>>(
    path: P,
    ...[payload]: PayloadArgs<S, P>
  ): WriteHandle {
    return this.#runner.step({ type: "dispatch", path, payload });
  }

  isLoading(path: ReadPath<S>): boolean {
    const { wants, computed, zone } = this.#runner.state;
    const variable = this.#variable(path);
    if (variable.kind === "source") return false;
    return variable.kind === "derived" && variable.computerZone === zone
      ? !computed.get(path)?.rows
      : !wants.get(path)?.held;
  }

  get rejected(): readonly RejectedWrite[] {
    const { rows, state: { app } } = this.#runner;
    return this.#rejected ??= rejectedIn(rows).map((write) =>
      showRejected(
        app,
        write,
        (again) => this.#runner.step({ type: "dealt", rejected: write, again }),
      )
    );
  }

  get status(): ClientStatus {
    const { state, storageFault } = this.#runner;
    return this.#status ??= {
      connection: state.connection,
      unsynced: state.outbox.size,
      fault: state.fault,
      storage: storageFault === null ? "durable" : "ram",
      storageFault,
    };
  }

  onStatus(fn: (status: ClientStatus) => void): () => void {
    this.#refuseClosed();
    return this.#statusListeners.add(fn);
  }

  get session(): unknown {
    return this.#runner.state.claims;
  }

  connect(): void {
    this.#runner.step({ type: "wake" });
  }

  close(): Promise<void> {
    return this.#runner.close();
  }

  async #start(observe: readonly string[]): Promise<void> {
    await this.#runner.start(observe);
    this.#isStarted = true;
    const timer = setTimeout(() => this.#ready.resolve(), READY_MS_MAX);
    this.#checkReady();
    await this.#ready.promise;
    clearTimeout(timer);
  }

  #checkReady(): void {
    const { connection, wants, observed } = this.#runner.state;
    const isDialing = connection === "connecting" || connection === "connected";
    const isHeld = [...wants.values()].every(({ held, path }) =>
      held || !observed.has(path)
    );
    if (this.#isStarted && (isHeld || !isDialing)) this.#ready.resolve();
  }

  #show({ changed, statusChanged }: Changes): void {
    for (const path of changed) this.#views.delete(path);
    if (statusChanged) this.#status = this.#rejected = null;
    for (const path of changed) this.#listeners.get(path)?.tell();
    if (statusChanged) this.#statusListeners.tell();
    this.#checkReady();
  }

  #view(path: string): object {
    const known = this.#views.get(path);
    if (known) return known;
    const { state, rows } = this.#runner;
    const variable = this.#variable(path);
    const view: object = variable.crdt.fold(
      state.author.actor,
      state.clock,
      viewRows(state, rows, variable),
    );
    this.#views.set(path, view);
    return view;
  }

  #observe(path: string): void {
    this.#variable(path);
    if (this.#runner.state.observed.has(path)) return;
    this.#runner.step({ type: "observe", paths: [path] });
  }

  #variable(path: string): Var {
    this.#refuseClosed();
    const { app, zone } = this.#runner.state;
    const variable = app.vars.get(path);
    if (variable?.zone === zone) return variable;
    return refuse("unknown-path", path, "no var of this zone", `/${zone}/…`);
  }

  #refuseClosed(): void {
    if (this.#runner.isClosed) throw closedError();
  }
}
