/**
 * Every fault there is, by name.
 *
 * @module
 */

import { clockFreeze, clockJump, farFuture, skew } from "./clock.ts";
import {
  crash,
  crashWithin,
  diesWithin,
  hibernate,
  switchedOff,
} from "./death.ts";
import type { Fault } from "./fault.ts";
import { maliciousClient } from "./mallory.ts";
import { deployProtocol, deploySpec } from "./release.ts";
import { masterRestored } from "./restore.ts";
import { sessionExpired, sessionRevoked } from "./session.ts";
import {
  duplicatedStore,
  failedWrite,
  quota,
  storageEvicted,
  storageOldCopy,
  tornWrite,
} from "./storage.ts";
import { duplicatedTab } from "./tabs.ts";
import {
  cut,
  delay,
  drop,
  duplicate,
  halfOpen,
  oneWay,
  partition,
  reorder,
  slowConsumer,
} from "./wire.ts";

/** All faults. */
export const FAULTS: readonly Fault[] = [
  delay,
  reorder,
  duplicate,
  drop,
  cut,
  partition,
  oneWay,
  halfOpen,
  slowConsumer,
  skew,
  clockJump,
  clockFreeze,
  farFuture,
  crash,
  crashWithin,
  hibernate,
  switchedOff,
  tornWrite,
  failedWrite,
  quota,
  storageEvicted,
  storageOldCopy,
  duplicatedStore,
  duplicatedTab,
  deploySpec,
  deployProtocol,
  masterRestored,
  sessionExpired,
  sessionRevoked,
  maliciousClient,
];

/** By name. */
export const FAULT_OF: ReadonlyMap<string, Fault> = new Map(
  FAULTS.map((fault) => [fault.name, fault]),
);

/** What can strike in a history, by name: all faults, and what is only written down. */
export const STRIKES: ReadonlyMap<string, Fault> = new Map(
  [...FAULTS, diesWithin].map((fault) => [fault.name, fault]),
);

/** The faults of some names, which must be known, in that order. */
export function faultsNamed(names: readonly string[]): Fault[] {
  return names.flatMap((name) => FAULT_OF.get(name) ?? []);
}
