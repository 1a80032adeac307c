/**
 * Bugs to plant in server nodes.
 *
 * @module
 */

import type { Plant } from "../plant.ts";

/** The bugs. */
export const SERVER: readonly Plant[] = [
  {
    name: "rows that come in pages are taken for live ones",
    file: "shared/node/server/session_feed.ts",
    find:
      'if (!want.holds.some((key) => keys.has(key))) continue;\n    want.next = "";',
    put: 'if (want.holds.length > 0) continue;\n    want.next = "";',
  },
  {
    name: "a retraction is skipped",
    file: "shared/node/server/session_feed.ts",
    find:
      "else if (before && sees(session, want.source, before)) gone.push(key);",
    put: "",
    scenario: "board",
    alone: true,
  },
  {
    name: "`using` is not asked",
    file: "shared/node/server/session_feed.ts",
    find: "if (!rule || rule === ELSEWHERE) return false;",
    put: "if (rule) return true;",
    scenario: "board",
  },
  {
    name: "a rule that throws shows the row",
    file: "shared/node/server/session_feed.ts",
    find: "  } catch {\n    return false;",
    put: "  } catch {\n    return true;",
    scenario: "board",
    alone: true,
  },
  {
    name: "a session's snapshot replaces nothing",
    file: "shared/node/server/session_feed.ts",
    find: "replace: replace ? { from, to: page.next } : null",
    put: "replace: null",
    scenario: "board",
  },
  {
    name: "a live message tells the node's time for the master's",
    file: "shared/node/server/session_link.ts",
    find: "timeMs: Math.floor(this.#around.nowMs + this.#state.up.offsetMs)",
    put: "timeMs: Math.floor(this.#around.nowMs)",
  },
  {
    name: "claims that have run out go on",
    file: "shared/node/server/session_link.ts",
    find: "if (session.expiresMs > this.#around.nowMs) continue;",
    put: "if (session.link > 0) continue;",
  },
  {
    name: "who left is still there",
    file: "shared/node/server/session_link.ts",
    find: "this.#state.sessions.delete(session.socket);",
    put: "",
  },
  {
    name: "a demand is kept for who has left",
    file: "shared/node/server/wants.ts",
    find: "for (const key of want.holds) release(state.up, key);",
    put: "",
  },
  {
    name: "a scope is not applied",
    file: "shared/node/server/wants.ts",
    find: "scope ? scoped(",
    put: "scope && !session ? scoped(",
    scenario: "board",
  },
  {
    name: "a session that slept counts from nothing",
    file: "shared/node/server/step.ts",
    find: "session.number = kept.number;",
    put: "",
  },
  {
    name: "a verdict goes to nobody when its rows are wanted",
    file: "shared/node/server/step.ts",
    find: "for (const verdict of verdicts) this.#settle(verdict);",
    put:
      "if (changes.length === 0) { for (const verdict of verdicts) this.#settle(verdict); }",
  },
  {
    name: "rows are not handed on to the nodes below",
    file: "shared/node/server/step.ts",
    find: "peer.touched.set(`${path}\\n${key}`, [path, key]);",
    put: "",
    scenario: "tree",
  },
  {
    name: "what was under way is not sent again",
    file: "shared/node/server/parent_link.ts",
    find: "if (this.#state.inFlight.size > 0) this.#resend();",
    put: "",
  },
  {
    name: "a message that is missing is never asked for",
    file: "shared/node/server/parent_link.ts",
    find: "const isLost = up.gapMs !== null &&",
    put: "const isLost = up.gapMs === 0 &&",
  },
  {
    name: "a resync of a greater link is not followed",
    file: "shared/node/server/parent_link.ts",
    find:
      "      if (message.link > up.link) up.link = message.link + this.#chance();\n",
    put: "",
  },
  {
    name: "messages are applied as they come",
    file: "shared/node/server/upstream.ts",
    find: "  up.early.set(live.number, live);\n",
    put: "  up.early.set(live.number, live);\n  up.number = live.number - 1;\n",
  },
  {
    name: "an interrupted catch-up counts as done",
    file: "shared/node/server/upstream.ts",
    find: "    if (held.whole) keepCursor(held, up);\n    held.whole",
    put: "    keepCursor(held, up);\n    held.whole",
  },
  {
    name: "the copy of what is wanted no longer stays",
    file: "shared/node/server/upstream.ts",
    find:
      "for (const held of up.dropped.values()) forgetRows(up, draft, held);",
    put: "",
  },
  {
    name: "the first to leave takes it from all",
    file: "shared/node/server/upstream.ts",
    find: "if (!held || --held.users > 0) return;",
    put: "if (!held) return;",
  },
  {
    name: "all consumers share one value",
    file: "shared/node/server/upstream.ts",
    find: "  if (consumer === null) return path;\n",
    put: "  if (consumer === null || path) return path;\n",
    scenario: "tree",
  },
  {
    name: "a server node does not compute again what has changed",
    file: "shared/node/server/value_want.ts",
    find: "touched.some(([path, key]) => want.log!.covers(path, key))",
    put: "touched.length > 1e9",
  },
  {
    name: "a dependency is read beyond its scope",
    file: "shared/node/server/place.ts",
    find: "if (!scope || scope === ELSEWHERE) return [WHOLE];",
    put: "if (scope) return [WHOLE];",
  },
  {
    name: "what nobody demanded when the link broke stays in the copy",
    file: "shared/node/server/upstream.ts",
    find: "  forgetDropped(up, draft);\n  up.added.clear();\n  for",
    put: "  up.dropped.clear();\n  up.added.clear();\n  for",
  },
  {
    name: "a node between passes an answer on as if all rows were here",
    file: "shared/node/peers/compose.ts",
    find: "if (verdicts.length > 0) parts.push(...stillToCome(peer, parts));",
    put: "",
    scenario: "deep",
  },
  {
    name: "an event is stamped anew by what a wrong clock gave it",
    file: "shared/node/server/queue.ts",
    find: "lastStamp: isAhead(last, nowMs) ? 0 : last,",
    put: "lastStamp: last,",
    scenario: "clock",
  },
  {
    name: "what is no message is passed over in silence",
    file: "shared/node/server/session_link.ts",
    find: "      this.#refuse(session, message.fault);\n      return false;",
    put: "      return false;",
    alone: true,
  },
  {
    name: "a refusal is told of all that is answered with it",
    file: "shared/node/server/session_link.ts",
    find: "        verdicts,\n        parts,\n",
    put:
      '        verdicts: verdicts.map((one) => verdicts[0]!.fault?.code === "forbidden" ? { ...one, fault: verdicts[0]!.fault } : one),\n        parts,\n',
    alone: true,
  },
  {
    name: "rows that come while the parent does not answer go nowhere",
    file: "shared/node/server/step.ts",
    find: "    this.#feed();\n    this.#peers.pump();",
    put:
      "    if (this.#state.up.greeted) this.#feed();\n    this.#peers.pump();",
  },
  {
    name: "claims are good for two seconds more",
    file: "shared/node/server/step.ts",
    find: "newSession(event.socket, event.claims, event.expiresMs)",
    put:
      "newSession(event.socket, event.claims, Math.min(2 ** 53 - 1, event.expiresMs + 2_000))",
    alone: true,
  },
];
