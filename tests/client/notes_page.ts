/**
 * The page of these tests: it opens a client when it is told to, and puts it
 * where the tests' own functions find it.
 *
 * @module
 */

import { type Client, openClient } from "../../zones/client/mod.ts";
import { app } from "./notes_app.ts";

declare global {
  /** The client of the page. */
  var client: Client<typeof app>;
  /** What a test has heard so far. */
  var heard: string[];
  /** Opens the client of a user, whose name is also the token if none is given. */
  function start(
    user: string,
    token?: () => string | Promise<string>,
  ): Promise<void>;
  /** Writes a note. */
  function put(key: string, text: string): void;
  /** The notes as the client shows them. */
  function notes(): Record<string, string>;
  /** What a user's database holds, past the client: `[path, key]` in order. */
  function storedKeys(user: string): Promise<[path: string, key: string][]>;
  /** Puts a row there that nobody wrote. */
  function plant(user: string, key: [path: string, key: string]): Promise<void>;
}

globalThis.start = async (user, token = () => user) => {
  globalThis.client = await openClient(app, { user, space: "home", token });
};

globalThis.put = (key, text) => {
  client.mutate("/client/notes", (crdt) => crdt.setValueForKey(key, text));
};

globalThis.notes = () =>
  Object.fromEntries(client.get("/client/notes").getValue());

globalThis.storedKeys = (user) =>
  withRows(user, "readonly", (rows) => answerOf(rows.getAllKeys())) as Promise<
    [string, string][]
  >;

globalThis.plant = async (user, key) => {
  const value = { seq: 1, body: new Uint8Array() };
  await withRows(user, "readwrite", (rows) => answerOf(rows.put(value, key)));
};

async function withRows<T>(
  user: string,
  mode: IDBTransactionMode,
  work: (rows: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const databases = await indexedDB.databases();
  const name = databases.find(({ name }) => name?.endsWith(`/${user}`))!.name!;
  const db = await answerOf(indexedDB.open(name));
  try {
    return await work(db.transaction("rows", mode).objectStore("rows"));
  } finally {
    db.close();
  }
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
