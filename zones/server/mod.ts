/**
 * The server zone: a worker that verifies who connects and serves the page,
 * and server nodes, Durable Objects that hold the sockets of clients, a scoped
 * copy of what these may see, and the computations of the zone.
 *
 * An app's `server.ts` is no more than this:
 *
 * ```ts ignore
 * import { serverNode, serverZone } from "@zonekit/server";
 * import app from "./app.ts";
 *
 * export const ServerNode = serverNode(app);
 * export default serverZone(app, {
 *   spaces: (session, space) => session.claims.spaces.includes(space),
 * });
 * ```
 *
 * @module
 */

export {
  serverNode,
  type ServerNodeClass,
  type ServerNodeObject,
} from "./adapters/server_node.ts";
export type { ServerSocket } from "./adapters/platform.ts";
export type { ServerZoneOptions, TokenOptions } from "./options.ts";
export type { Fetcher, FetchersByName, ServerEnv } from "./server_env.ts";
export { type ServerZone, serverZone } from "./server_zone.ts";
export type { Peer, PeersByName } from "../../shared/ports/peer.ts";
