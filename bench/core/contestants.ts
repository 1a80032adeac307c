import type { MapContestant } from "./contestant.ts";

/** The contestants by name; each is loaded where it is measured, alone. */
export const MAPS: Readonly<Record<string, () => Promise<MapContestant>>> = {
  floor: async () => (await import("./maps/floor.ts")).floor,
  zonekit: async () => (await import("./maps/zonekit.ts")).zonekit,
  TinyBase: async () => (await import("./maps/tinybase.ts")).tinybase,
  Yjs: async () => (await import("./maps/yjs.ts")).yjs,
  Loro: async () => (await import("./maps/loro.ts")).loro,
  "json-joy": async () => (await import("./maps/json_joy.ts")).jsonJoy,
  Automerge: async () => (await import("./maps/automerge.ts")).automerge,
};
