/**
 * When a client's link asks, gives up, checks and tries again.
 *
 * @module
 */

import type { ClientLink, ClientState, ClientWant } from "./state.ts";

/** A silent link is asked whether it lives after so long. */
export const HEARTBEAT_MS = 20_000;
/** An answer that is not there after so long will not come. */
export const ANSWER_MS_MAX = 10_000;
/** What another tab does not send for so long is not awaited: its link failed, and the next one. */
export const AWAITED_MS_MAX = 2 * ANSWER_MS_MAX;
/** The shortest wait before dialing again. */
export const BACKOFF_MS_MIN = 500;
/** The longest wait before dialing again. */
export const BACKOFF_MS_MAX = 30_000;
/** A link asks so often whether its last frame was lost. */
export const CHECK_MS = 600_000;

/** Says whether a time has come. */
export function isDue(atMs: number | null, nowMs: number): boolean {
  return atMs !== null && atMs <= nowMs;
}

/** Says whether an answer to a hello or a demand is still to come. */
export function awaits(state: ClientState): boolean {
  const { link } = state;
  if (link.phase === "dialing" || !link.greeted) return link.phase !== "down";
  return lacking(state).some(({ held }) => !held);
}

/** What is looked at and not here whole. A computation may have nothing to say. */
export function lacking({ app, wants, observed }: ClientState): ClientWant[] {
  return [...wants.values()].filter(({ path, next }) =>
    next !== null && observed.has(path) &&
    app.vars.get(path)?.kind !== "derived"
  );
}

/** When the link is given up for want of an answer. */
export function answerAtMs(link: ClientLink): number | null {
  const times = [link.askedMs, link.pushedMs, link.pingedMs]
    .filter((time) => time !== null);
  if (times.length === 0 || link.phase === "down") return null;
  return Math.min(...times) + ANSWER_MS_MAX;
}

/** When the other end is asked whether it lives. */
export function beatAtMs(link: ClientLink): number | null {
  if (link.phase !== "open" || link.pingedMs !== null) return null;
  return link.heardMs + HEARTBEAT_MS;
}

/** When the other end is asked whether a frame was lost. */
export function checkAtMs(link: ClientLink): number | null {
  return link.greeted ? link.checkedMs + CHECK_MS : null;
}

/** When the link next wants to be looked after. */
export function nextTime(link: ClientLink): number | null {
  const times = [
    link.dialAtMs,
    answerAtMs(link),
    beatAtMs(link),
    checkAtMs(link),
    link.heldMs,
  ].filter((time) => time !== null);
  return times.length > 0 ? Math.min(...times) : null;
}

/** A clock that was put back is not waited for. */
export function putBack(link: ClientLink, nowMs: number): void {
  for (const time of PAST_TIMES) {
    const atMs = link[time];
    if (atMs !== null && atMs > nowMs) link[time] = nowMs;
  }
  if (link.dialAtMs !== null) {
    link.dialAtMs = Math.min(link.dialAtMs, nowMs + BACKOFF_MS_MAX);
  }
  if (link.heldMs !== null) {
    link.heldMs = Math.min(link.heldMs, nowMs + AWAITED_MS_MAX);
  }
}

/** What a link remembers the time of. */
const PAST_TIMES = [
  "heardMs",
  "checkedMs",
  "pingedMs",
  "askedMs",
  "pushedMs",
] as const;
