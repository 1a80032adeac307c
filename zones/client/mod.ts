/**
 * The client zone of an app in a browser: RAM over IndexedDB, a link to the
 * server zone, and the tabs of one browser working side by side.
 *
 * ```ts ignore
 * import { openClient } from "@zonekit/client";
 * import app from "./app.ts";
 *
 * const client = await openClient(app, {
 *   user: "ann",
 *   space: "home",
 *   token: () => sessionStorage.getItem("token") ?? "",
 * });
 * client.subscribe("/client/notes", (notes) => {
 *   document.title = `${notes.countKeys()} notes`;
 * });
 * const write = client.mutate(
 *   "/client/notes",
 *   (notes) => notes.setValueForKey("ann/1", "milk"),
 * );
 * await write.wait("db");
 * ```
 *
 * @module
 */

import type { AppSpec } from "../../shared/spec/app_spec.ts";
import { privateJoin } from "../../shared/node/client/private_rows.ts";
import { parseAppSpec } from "../../shared/spec/parse.ts";
import { broadcastTabs } from "./adapters/broadcast_tabs.ts";
import { IndexedDbRows } from "./adapters/indexed_db.ts";
import { onPageWake } from "./adapters/page_wake.ts";
import { WebLocks } from "./adapters/web_locks.ts";
import { webSocketLink } from "./adapters/web_socket_link.ts";
import type { Client } from "./client.ts";
import { checkOptions, type ClientOptions } from "./client_options.ts";
import { RunningClient } from "./running_client.ts";

export type { ConnectionState } from "../../shared/node/client/state.ts";
export type { Client, ClientStatus, WriteTransaction } from "./client.ts";
export { ClientError, type ClientErrorCode } from "./client_error.ts";
export type { ClientOptions } from "./client_options.ts";
export type * from "./client_paths.ts";
export type { RejectedEffect, RejectedWrite } from "./rejected_writes.ts";
export type { WriteHandle } from "./write_handles.ts";

/**
 * Opens the client zone of an app for a user in a space. Resolves when the vars
 * to observe are in RAM, from disk or from the server, or when the first attempt
 * to connect has failed: then some may still be loading. Rejects with a
 * `SpecError` for a bad spec, and a `ClientError` for a bad option.
 *
 * Tabs of one browser that are open for the same user and space work as one
 * device: each shows what was written in any of them, with or without a network;
 * private vars and refused writes are theirs in common; and what a tab that is
 * closed has not sent, another one sends.
 */
export async function openClient<const S extends AppSpec>(
  app: S,
  options: ClientOptions<S>,
): Promise<Client<S>> {
  const parsed = parseAppSpec(app);
  const { signal, space, token } = options;
  const { store, url, zone, observe } = checkOptions(
    parsed,
    options,
    location.origin,
  );
  signal?.throwIfAborted();
  const ports = {
    store: new IndexedDbRows(store, (path) => privateJoin(parsed, zone, path)),
    locks: new WebLocks(`${store}/`),
    tabs: broadcastTabs(store),
    link: webSocketLink({ url, space, token }),
    wake: onPageWake,
  };
  return await RunningClient.start<S>(parsed, zone, ports, observe, signal);
}
