import type { Clock } from "./contract.ts";
import { HybridClock } from "./hlc.ts";

/**
 * The clock of scripts and tests that name none: the one ambient thing in the
 * core. Nodes always pass their own.
 */
export const systemClock: Clock = new HybridClock(() => Date.now());
