/**
 * Who takes part, by name; each is loaded where it is measured, alone.
 *
 * @module
 */

import type { MapContestant } from "./contestant.ts";
import type { TextContestant } from "./text_contestant.ts";

type Loaders<Contestant> = Readonly<Record<string, () => Promise<Contestant>>>;

/** The maps. */
export const MAPS: Loaders<MapContestant> = {
  floor: async () => (await import("./maps/floor.ts")).floor,
  zonekit: async () => (await import("./maps/zonekit.ts")).zonekit,
  TinyBase: async () => (await import("./maps/tinybase.ts")).tinybase,
  Yjs: async () => (await import("./maps/yjs.ts")).yjs,
  Loro: async () => (await import("./maps/loro.ts")).loro,
  "json-joy": async () => (await import("./maps/json_joy.ts")).jsonJoy,
  Automerge: async () => (await import("./maps/automerge.ts")).automerge,
};

/** Those whose deltas are no bytes. */
export const PLAIN_MAPS: Loaders<MapContestant> = {
  "plain floor": async () => (await import("./maps/floor.ts")).plainFloor,
  "plain zonekit": async () => (await import("./maps/zonekit.ts")).plainZonekit,
};

/** The texts. */
export const TEXTS: Loaders<TextContestant> = {
  zonekit: async () => (await import("./texts/zonekit.ts")).zonekitText,
  Yjs: async () => (await import("./texts/yjs.ts")).yjsText,
  Loro: async () => (await import("./texts/loro.ts")).loroText,
};
