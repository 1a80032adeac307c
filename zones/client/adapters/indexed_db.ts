/**
 * Rows in IndexedDB, one database a store, through idb-keyval: the key is
 * `[path, key]`, the value `{ seq, body }`.
 *
 * idb-keyval keeps a connection for good, so what it lacks is here: a connection
 * that another tab wants closed is closed, and one that was closed, by us, by
 * the browser or by a user who cleared the site's data, is opened again once;
 * the store may be empty then, so everything is written to it.
 *
 * @module
 */

import { createStore, promisifyRequest, type UseStore } from "idb-keyval";
import type { KeyRange, RowWrite } from "../../../shared/ports/rows.ts";
import type { JoinBodies } from "../../../shared/node/client/private_rows.ts";
import type { RowBatch, RowStore } from "../row_store.ts";

type RowKey = [path: string, key: string];
type RowValue = { readonly seq: number; readonly body: Uint8Array };

const OBJECT_STORE = "rows";

/** The rows of a database; nothing is opened before they are asked for. */
export class IndexedDbRows implements RowStore {
  readonly #name: string;
  readonly #joinOf: (path: string) => JoinBodies | undefined;
  #use: UseStore | null = null;
  #connection: IDBDatabase | null = null;
  #persisted = false;
  #closed = false;

  /** Names the database, and says which rows are joined with what is stored. */
  constructor(name: string, joinOf: (path: string) => JoinBodies | undefined) {
    this.#name = name;
    this.#joinOf = joinOf;
  }

  /** All rows. */
  load(): Promise<RowWrite[]> {
    return this.#rows();
  }

  /** The rows of a range of a path. */
  read(path: string, { from, to }: KeyRange): Promise<RowWrite[]> {
    // An array stands behind every string.
    return this.#rows(IDBKeyRange.bound([path, from], [path, to ?? []]));
  }

  /** Resolves when the batch is with the browser. */
  async write(batch: RowBatch): Promise<void> {
    await this.#within("readwrite", async (store) => {
      const { transaction } = store;
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      });
      // Whether it fails is known at the end, and then to whoever waits there.
      done.catch(() => {});
      if (batch.clears) await clear(store, batch.clears);
      const isNew = this.#connection !== transaction.db;
      const writes = (isNew ? batch.all() : []).concat(batch.writes);
      for (const write of writes) {
        await put(store, write, this.#joinOf(write.path));
      }
      // Nothing more will be asked: a page that is left now keeps it.
      transaction.commit();
      await done;
      this.#connection = transaction.db;
    });
    if (this.#persisted) return;
    this.#persisted = true;
    // Asked once something is there to keep; a refusal changes nothing here.
    navigator.storage?.persist?.().catch(() => {});
  }

  /** Closes the connection, for good. */
  close(): void {
    this.#closed = true;
    this.#connection?.close();
  }

  #rows(range?: IDBKeyRange): Promise<RowWrite[]> {
    return this.#within("readonly", async (store) => {
      const [keys, values] = await Promise.all([
        promisifyRequest(store.getAllKeys(range)),
        promisifyRequest(store.getAll(range)),
      ]);
      return keys.map((key, i) => rowOf(key as RowKey, values[i]));
    });
  }

  async #within<T>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => T | PromiseLike<T>,
  ): Promise<T> {
    const attempt = () => {
      if (this.#closed) throw new DOMException("closed", "AbortError");
      this.#use ??= createStore(this.#name, OBJECT_STORE);
      return this.#use(mode, (store) => {
        const { db } = store.transaction;
        db.onversionchange = () => db.close();
        if (mode === "readonly") this.#connection ??= db;
        return work(store);
      });
    };
    try {
      return await attempt();
    } catch (error) {
      const { name } = error as Partial<DOMException>;
      if (name !== "InvalidStateError") throw error;
      this.#use = null;
      return await attempt();
    }
  }
}

async function clear(
  store: IDBObjectStore,
  clears: (path: string) => boolean,
): Promise<void> {
  for (const key of await promisifyRequest(store.getAllKeys())) {
    const [path] = key as RowKey;
    if (clears(path)) store.delete(key);
  }
}

/** Writes a row; of one that is joined, nothing that other tabs have stored is lost. */
async function put(
  store: IDBObjectStore,
  { path, key, seq, body }: RowWrite,
  join: JoinBodies | undefined,
): Promise<void> {
  if (!body) return void store.delete([path, key]);
  const held: RowValue | undefined = join &&
    await promisifyRequest(store.get([path, key]));
  store.put({ seq, body: held ? join!(held.body, body) : body }, [path, key]);
}

function rowOf([path, key]: RowKey, value: RowValue): RowWrite {
  return { path, key, ...value };
}
