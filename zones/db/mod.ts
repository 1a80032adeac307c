/**
 * The db zone: the master of each space, as a Durable Object over SQLite. It
 * orders the writes of its space, judges them, and tells the server nodes.
 *
 * An app's `db.ts` is no more than this:
 *
 * ```ts ignore
 * import { dbNode } from "@zonekit/db";
 * import app from "./app.ts";
 *
 * export const DbNode = dbNode(app);
 * export default {};
 * ```
 *
 * @module
 */

export {
  dbNode,
  type DbNodeClass,
  type DbNodeObject,
} from "./adapters/db_node.ts";
export type { DbEnv, DbStats } from "./adapters/master_shell.ts";
export type { Peer, PeersByName } from "../../shared/ports/peer.ts";
