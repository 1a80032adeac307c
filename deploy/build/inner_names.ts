/**
 * The properties that a deployed page may have under shorter names.
 *
 * @module
 */

import { fileURLToPath } from "node:url";

/**
 * Names of the kit's own objects that nobody else ever sees: they are not part
 * of what an app is given, nothing is stored, sent or told to another tab under
 * them, and no platform knows them. What is not listed keeps its name.
 */
export const INNER_NAMES: readonly string[] = [
  "actors",
  "alarmAtMs",
  "around",
  "askedMs",
  "attempts",
  "author",
  "authorOf",
  "awaitEnd",
  "below",
  "between",
  "checkedMs",
  "clock",
  "computations",
  "computed",
  "computerZone",
  "consumer",
  "countLive",
  "covers",
  "delivery",
  "deltaMs",
  "demandVersion",
  "dependsOn",
  "depthMax",
  "dialAtMs",
  "draft",
  "drain",
  "dropBase",
  "effectsAt",
  "expectEnd",
  "faultOf",
  "greeted",
  "hangUp",
  "heardMs",
  "heldMs",
  "initRows",
  "isClosed",
  "isLive",
  "itemBytesMax",
  "itemsOf",
  "joinAll",
  "keeps",
  "keysOf",
  "knownMs",
  "lastOwn",
  "lastStamp",
  "lastWant",
  "latest",
  "leaving",
  "liveChange",
  "makes",
  "missing",
  "needs",
  "nextN",
  "noteRows",
  "noted",
  "nowMs",
  "observed",
  "others",
  "outbox",
  "overRows",
  "perform",
  "phase",
  "pingedMs",
  "pushed",
  "pushedMs",
  "readChange",
  "readRow",
  "received",
  "remaining",
  "rename",
  "renumbered",
  "restamp",
  "restart",
  "retire",
  "rowsAt",
  "rowsKept",
  "rowsOf",
  "seenBy",
  "seenThrough",
  "setOffset",
  "settled",
  "shown",
  "specHash",
  "stamp",
  "stampOf",
  "statusChanged",
  "storageFailed",
  "swap",
  "tables",
  "timeMs",
  "uint",
  "variable",
  "verdicts",
  "wants",
  "withAll",
  "within",
  "writeChange",
  "writeRow",
  "written",
];

const KIT_FOLDERS = ["../../shared/", "../../zones/"].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url))
);

/**
 * The inner names that may be shortened in a bundle of these files: a bundler
 * cannot tell one object's property from another's, so a word that stands
 * anywhere in the app, or in what it imports, is left alone.
 */
export async function namesToShorten(
  sources: readonly string[],
): Promise<string[]> {
  const others = sources.filter((source) =>
    !KIT_FOLDERS.some((folder) => source.startsWith(folder))
  );
  const texts = await Promise.all(
    others.map((path) => Deno.readTextFile(path)),
  );
  const words = new Set(texts.flatMap((text) => text.match(/[\w$]+/g) ?? []));
  return INNER_NAMES.filter((name) => !words.has(name));
}
