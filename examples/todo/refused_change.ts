import type { RejectedWrite } from "@zonekit/client";
import { CODES } from "@zonekit/shared";

/** How much of a text is shown: enough to know it by. */
const SHOWN_MAX = 80;

/** Says in a sentence what was refused, and why. */
export function sayRefused(refused: RejectedWrite): string {
  const why = CODES[refused.code];
  return `${whatOf(refused)} was not saved: ${why} (${refused.code}).`;
}

function whatOf({ event, effects }: RejectedWrite): string {
  if (event !== null) return "Clearing what is done";
  const fields = new Map(
    effects.map(({ key, value }) => [key.split("/")[2], value]),
  );
  const text = fields.get("text");
  if (typeof text === "string") return `“${beginningOf(text)}”`;
  if (fields.has("text")) return "Deleting a to-do";
  return fields.has("done") ? "Ticking a to-do" : "Your name";
}

function beginningOf(text: string): string {
  const characters = [...text];
  if (characters.length <= SHOWN_MAX) return text;
  return `${characters.slice(0, SHOWN_MAX).join("")}…`;
}
