/**
 * All bugs that are planted in the shipped code.
 *
 * @module
 */

import type { Plant } from "./plant.ts";
import { CLIENT } from "./planted/client.ts";
import { FIRST } from "./planted/first.ts";
import { MASTER } from "./planted/master.ts";
import { PEERS } from "./planted/peers.ts";
import { ROWS } from "./planted/rows.ts";
import { SERVER } from "./planted/server.ts";
import { WIRE } from "./planted/wire.ts";

/** The bugs, those of `deno task test` first. */
export const MUTANTS: readonly Plant[] = [
  ...FIRST,
  ...MASTER,
  ...PEERS,
  ...SERVER,
  ...CLIENT,
  ...ROWS,
  ...WIRE,
];
