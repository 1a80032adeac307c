/** The server zone: the worker that browsers reach, and what holds their sockets. */

import { serverNode, type ServerNodeClass, serverZone } from "@zonekit/server";
import app from "./app.ts";

/** The class of the server nodes, which the configuration names. */
export const ServerNode: ServerNodeClass = serverNode(app);

export default serverZone(app, {
  spaces: (_session, space) => space === "main",
});
