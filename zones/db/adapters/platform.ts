/**
 * The part of Cloudflare's platform that this zone uses, as types of its own:
 * the platform's are globals, which would change what `Response` means in the
 * code of an app. Here, where those globals are, the compiler holds what an
 * object is given to what is said of it here.
 *
 * @module
 */

/** What SQLite answers. */
export interface SqlCursor<Row> {
  /** The rows that the platform counts, and bills, as written. */
  readonly rowsWritten: number;
  /** All that was selected. */
  toArray(): Row[];
}

/** An object's SQLite. */
export interface SqlStorage {
  /** Runs a statement. */
  exec<Row extends Record<string, ArrayBuffer | string | number | null>>(
    query: string,
    ...bindings: (string | number | Uint8Array)[]
  ): SqlCursor<Row>;
}

/** What an object keeps. */
export interface ObjectStorage {
  /** Its SQLite. */
  readonly sql: SqlStorage;
  /** Runs something whose writes are made together, or not at all if it throws. */
  transactionSync<T>(run: () => T): T;
  /** Asks to be woken, in place of the time asked for before. */
  setAlarm(atMs: number): Promise<void>;
  /** Asks not to be woken. */
  deleteAlarm(): Promise<void>;
}

/** What an object is given. */
export interface ObjectState {
  /** Who it is. */
  readonly id: { readonly name?: string };
  /** What it keeps. */
  readonly storage: ObjectStorage;
}

/** What `cloudflare:workers` exports: the class whose methods RPC can reach. */
export declare class DurableObject<Env> {
  /** Takes what the platform gives. */
  constructor(state: ObjectState, env: Env);
  /** Called at the time that was asked for. */
  alarm?(): void;
}
