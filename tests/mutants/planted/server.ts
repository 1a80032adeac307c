/**
 * Bugs to plant in server nodes.
 *
 * @module
 */

import type { Plant } from "../plant.ts";

/** The bugs. */
export const SERVER: readonly Plant[] = [
  {
    name: "a write that is sent again is not asked for further up",
    file: "shared/node/server/queue.ts",
    find: "state.up.isDoubted = true;",
    put: "",
  },
  {
    name: "who sends again is not who is told",
    file: "shared/node/server/queue.ts",
    find: "    state.routes.set(key, origin);\n",
    put: "",
  },
  {
    name: "a write overtakes the event before it",
    file: "shared/node/server/queue.ts",
    find: "      waiting.add(author);\n      left",
    put: "      left",
  },
  {
    name: "rows that come in pages are taken for live ones",
    file: "shared/node/server/session_feed.ts",
    find:
      'if (!want.holds.some((key) => keys.has(key))) continue;\n    want.next = "";',
    put: 'if (want.holds.length > 0) continue;\n    want.next = "";',
  },
  {
    name: "what changes while a catch-up waits is not sent",
    file: "shared/node/server/session_feed.ts",
    find:
      "if (want.next !== null && compareKeys(key, want.next) >= 0) return false;",
    put: "if (want.next !== null) return false;",
  },
  {
    name: "a retraction is skipped",
    file: "shared/node/server/session_feed.ts",
    find:
      "else if (before && sees(session, want.source, before)) gone.push(key);",
    put: "",
    scenario: "board",
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
  },
  {
    name: "who goes on from a cursor is not told of removals",
    file: "shared/node/server/session_feed.ts",
    find: "(!replace || isLiveRow(source, row)",
    put: "(isLiveRow(source, row)",
  },
  {
    name: "every page of a session replaces to the end",
    file: "shared/node/server/session_feed.ts",
    find: "replace: replace ? { from, to: page.next } : null",
    put: "replace: replace ? { from, to: null } : null",
  },
  {
    name: "a session's snapshot replaces nothing",
    file: "shared/node/server/session_feed.ts",
    find: "replace: replace ? { from, to: page.next } : null",
    put: "replace: null",
    scenario: "board",
  },
  {
    name: "a welcome tells the node's time for the master's",
    file: "shared/node/server/session_link.ts",
    find: "const timeMs = Math.floor(this.#around.nowMs + offsetMs);",
    put: "const timeMs = Math.floor(this.#around.nowMs);",
  },
  {
    name: "a live message tells the node's time for the master's",
    file: "shared/node/server/session_link.ts",
    find: "timeMs: Math.floor(this.#around.nowMs + this.#state.up.offsetMs)",
    put: "timeMs: Math.floor(this.#around.nowMs)",
  },
  {
    name: "a check is not handed on",
    file: "shared/node/server/step.ts",
    find: "if (check) this.#state.up.isDoubted = true;",
    put: "",
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
    name: "an attachment says more than was sent",
    file: "shared/node/server/session.ts",
    find: "return want.replace && want.resumed === null ? null : want.since;",
    put: "return want.cursorSeq;",
  },
  {
    name: "a session that slept counts from nothing",
    file: "shared/node/server/step.ts",
    find: "session.number = kept.number;",
    put: "",
  },
  {
    name: "a session that slept has seen nothing",
    file: "shared/node/server/step.ts",
    find: "session.seen = kept.seen;",
    put: "",
  },
  {
    name: "a node that is behind serves at once",
    file: "shared/node/server/step.ts",
    find: "if (session.isBehind && session.seen > head && !isLatest) {",
    put: "if (session.seen > 1e300) {",
  },
  {
    name: "a verdict goes to nobody when its rows are wanted",
    file: "shared/node/server/step.ts",
    find: "for (const verdict of verdicts) this.#settle(verdict);",
    put:
      "if (changes.length === 0) { for (const verdict of verdicts) this.#settle(verdict); }",
  },
  {
    name: "a node that woke says no hello",
    file: "shared/node/server/step.ts",
    find:
      "if (sockets.length + this.#state.peers.size > 0) this.#parent.hello();",
    put: "",
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
    name: "the master's time is taken for the node's own",
    file: "shared/node/server/parent_link.ts",
    find: "up.offsetMs = welcome.timeMs - this.#nowMs;",
    put: "",
  },
  {
    name: "a parent that failed is not called again",
    file: "shared/node/server/parent_link.ts",
    find: "state.retryAtMs = this.#nowMs +",
    put: "state.retryAtMs = Infinity +",
  },
  {
    name: "a message that is missing is never asked for",
    file: "shared/node/server/parent_link.ts",
    find: "const isLost = up.gapMs !== null &&",
    put: "const isLost = up.gapMs === 0 &&",
  },
  {
    name: "cursors of another history are kept",
    file: "shared/node/server/parent_link.ts",
    find: "for (const held of up.held.values()) held.seq = null;",
    put: "",
  },
  {
    name: "the head of another history is kept",
    file: "shared/node/server/parent_link.ts",
    find: "      up.head = 0;\n",
    put: "",
  },
  {
    name: "a resync of a greater link is not followed",
    file: "shared/node/server/parent_link.ts",
    find: "      up.link = Math.max(up.link, message.link);\n",
    put: "",
  },
  {
    name: "what the parent has is thought to be here",
    file: "shared/node/server/parent_link.ts",
    find: "message.link === up.link && up.number >= message.number",
    put: "message.link === up.link",
  },
  {
    name: "who was the latest once stays it",
    file: "shared/node/server/parent_link.ts",
    find: "if (headOf(this.#state.app, up) === up.head) up.isLatest = false;",
    put: "",
  },
  {
    name: "messages that came twice are kept",
    file: "shared/node/server/upstream.ts",
    find: "  if (live.number <= up.number) return received;\n",
    put: "",
  },
  {
    name: "messages are applied as they come",
    file: "shared/node/server/upstream.ts",
    find: "  up.early.set(live.number, live);\n",
    put: "  up.early.set(live.number, live);\n  up.number = live.number - 1;\n",
  },
  {
    name: "the head runs ahead of the pages",
    file: "shared/node/server/upstream.ts",
    find: "head = Math.min(head, seq);",
    put: "",
  },
  {
    name: "a copy is whole while its catch-up runs",
    file: "shared/node/server/upstream.ts",
    find: "    if (held.whole) keepCursor(held, up);\n    held.whole = false;",
    put: "    if (held.whole) keepCursor(held, up);",
  },
  {
    name: "an interrupted catch-up counts as done",
    file: "shared/node/server/upstream.ts",
    find: "    if (held.whole) keepCursor(held, up);\n    held.whole",
    put: "    keepCursor(held, up);\n    held.whole",
  },
  {
    name: "a catch-up that begins anew counts from its end",
    file: "shared/node/server/upstream.ts",
    find: "if (held.whole && part.next !== null) keepCursor(held, before);",
    put: "if (held.whole && part.next !== null) keepCursor(held, up);",
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
    name: "what is not whole is read",
    file: "shared/node/server/upstream.ts",
    find: "held.whole && held.path === path && contains",
    put: "held.path === path && contains",
  },
  {
    name: "all consumers share one value",
    file: "shared/node/server/upstream.ts",
    find: 'return consumer === "" ? path : `${path}@${consumer}`;',
    put: "return consumer.length > 99 ? consumer : path;",
    scenario: "tree",
  },
  {
    name: "a server node does not compute again what has changed",
    file: "shared/node/server/value_want.ts",
    find: "touched.some(([path, key]) => want.log!.covers(path, key))",
    put: "touched.length > 1e9",
  },
  {
    name: "what waited for rows is not run when they come",
    file: "shared/node/server/value_want.ts",
    find: "      want.log = null;\n      const key",
    put: "      const key",
  },
  {
    name: "a server node replaces nothing below",
    file: "shared/node/server/server_producer.ts",
    find: "replace: cursor === null",
    put: "replace: false",
    scenario: "tree",
  },
  {
    name: "a server node thinks that it is the latest",
    file: "shared/node/server/server_producer.ts",
    find: "return up.isLatest && this.head === up.head;",
    put: "return true;",
    scenario: "tree",
  },
  {
    name: "a check from below is not handed on",
    file: "shared/node/server/server_producer.ts",
    find: "  checkParent(): void {\n    this.#state.up.isDoubted = true;",
    put: "  checkParent(): void {",
    scenario: "tree",
  },
  {
    name: "a dependency is read beyond its scope",
    file: "shared/node/server/place.ts",
    find: "if (!scope || scope === ELSEWHERE) return [WHOLE];",
    put: "if (scope) return [WHOLE];",
  },
];
