/**
 * The hosts of the nodes that are not clients.
 *
 * @module
 */

import type { MasterState } from "../shared/node/master/state.ts";
import type { MasterEvent } from "../shared/node/master/step.ts";
import type { ServerState } from "../shared/node/server/state.ts";
import type { ServerEvent } from "../shared/node/server/step.ts";
import type { Host } from "./host.ts";

/** The root zone's node. */
export type MasterHost = Host<MasterState, MasterEvent>;
/** A node of a zone between. */
export type ServerHost = Host<ServerState, ServerEvent>;
