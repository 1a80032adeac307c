/**
 * What an app holds of a running client.
 *
 * @module
 */

import type { ConnectionState } from "../../shared/node/client/state.ts";
import type { Fault } from "../../shared/protocol/codes.ts";
import type { CrdtAt } from "../../shared/spec/spec_values.ts";
import type {
  DispatchPath,
  MutationOf,
  PayloadArgs,
  ReadPath,
  WritePath,
} from "./client_paths.ts";
import type { RejectedWrite } from "./rejected_writes.ts";
import type { WriteHandle } from "./write_handles.ts";

/** How a client is doing. */
export interface ClientStatus {
  /** The link to the server. */
  readonly connection: ConnectionState;
  /** How many writes the master has not answered yet, of all tabs of this browser. */
  readonly unsynced: number;
  /** Why the connection is `needs-auth` or `refused`. */
  readonly fault: Fault | null;
  /** Whether writes outlive the page, or this store failed and holds RAM only. */
  readonly storage: "durable" | "ram";
  /** Why it is RAM only; `null` while it is durable. */
  readonly storageFault: string | null;
}

/** Several changes that become one write: all of them, or none. */
export interface WriteTransaction<S> {
  /** Changes a var, which sees the changes made before in this write. */
  mutate<P extends WritePath<S>>(
    path: P,
    fn: (crdt: CrdtAt<S, P>) => MutationOf<S, P> | null,
  ): void;
}

/**
 * The client zone of an app, running. All calls are synchronous: a view changes
 * at once, before it is stored and long before it is sent. After `close` every
 * method throws a `ClientError` with the code `closed`.
 */
export interface Client<S> {
  /** The CRDT of a var as it is now; it never changes, a later one takes its place. */
  get<P extends ReadPath<S>>(path: P): CrdtAt<S, P>;

  /**
   * Hands over the CRDT at once, and again after each step that changed it;
   * what `fn` throws goes to `reportError`. Returns what ends it.
   */
  subscribe<P extends ReadPath<S>>(
    path: P,
    fn: (crdt: CrdtAt<S, P>) => void,
  ): () => void;

  /**
   * Writes what the mutator of a CRDT returned. Throws, and changes nothing,
   * what `fn` throws and a `FaultError` for what the spec refuses.
   */
  mutate<P extends WritePath<S>>(
    path: P,
    fn: (crdt: CrdtAt<S, P>) => MutationOf<S, P> | null,
  ): WriteHandle;

  /** Writes several vars as one; throws as `mutate` does. */
  write(run: (tx: WriteTransaction<S>) => void): WriteHandle;

  /**
   * Runs a computation of this zone, or sends the event to the zone that has
   * it. Throws `FaultError` for a path that names none.
   */
  dispatch<P extends DispatchPath<S>>(
    path: P,
    ...payload: PayloadArgs<S, P>
  ): WriteHandle;

  /** Whether a var has no value yet: its rows, or what it is computed from, are on the way. */
  isLoading(path: ReadPath<S>): boolean;

  /** The writes of all tabs that were refused, until each is retried or dismissed in one of them. */
  readonly rejected: readonly RejectedWrite[];

  /** How the client is doing; stays readable after `close`. */
  readonly status: ClientStatus;

  /** Hands over the status at once, and whenever it changes. Returns what ends it. */
  onStatus(fn: (status: ClientStatus) => void): () => void;

  /** The verified claims of the last session; `undefined` before the first one. */
  readonly session: unknown;

  /** Asks for the link at once, such as after signing in again. */
  connect(): void;

  /**
   * Closes the link, and hands what was not sent over to another tab, now or at
   * its start. Resolves when all that was written is stored.
   */
  close(): Promise<void>;
}
