/**
 * All bugs that are planted in the shipped code.
 *
 * @module
 */

import { type Plant, PLANTS } from "../sim/plants.ts";
import { CLIENT } from "./planted/client.ts";
import { MASTER } from "./planted/master.ts";
import { PEERS } from "./planted/peers.ts";
import { ROWS } from "./planted/rows.ts";
import { SERVER } from "./planted/server.ts";
import { WIRE } from "./planted/wire.ts";

/** The bugs, those of `deno task test` first. */
export const MUTANTS: readonly Plant[] = [
  ...PLANTS,
  ...MASTER,
  ...PEERS,
  ...SERVER,
  ...CLIENT,
  ...ROWS,
  ...WIRE,
];
