/**
 * How long it may take until all is well again, once nothing goes wrong any
 * more: what the kit's own time-outs add up to, and nothing on top.
 *
 * @module
 */

import {
  ANSWER_MS_MAX,
  AWAITED_MS_MAX,
  BACKOFF_MS_MAX,
  CHECK_MS,
  HEARTBEAT_MS,
} from "../shared/node/client/link_times.ts";
import { RETRY_MS_MAX } from "../shared/node/peers/peer_links.ts";
import { GIVEN_UP_MS, OVERTAKEN } from "./calls.ts";
import type { Weather } from "./weather.ts";

/** There and back, and there again. */
const WAYS = 3;

/**
 * By then, in milliseconds of virtual time, everything has converged and every
 * outbox is empty: three times the longest way, until a dead link is known to
 * be one, the longest wait before it is tried again, for what another tab is to
 * send first, and, where frames were lost in `silence`, until an idle link asks.
 */
export function livenessMs(weather: Weather, silence: boolean): number {
  const wayMs = OVERTAKEN * weather.delayMsMax + GIVEN_UP_MS;
  const deadMs = HEARTBEAT_MS + ANSWER_MS_MAX;
  const retryMs = Math.max(BACKOFF_MS_MAX, RETRY_MS_MAX);
  return WAYS * wayMs + deadMs + retryMs + AWAITED_MS_MAX +
    (silence ? CHECK_MS : 0);
}
