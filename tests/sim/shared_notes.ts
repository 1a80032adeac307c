/**
 * The smallest app that everybody reads and writes, through server nodes.
 *
 * @module
 */

import type { AppSpec, LWWMap } from "../../shared/mod.ts";
import { injectLocalMutation, type RunningApp } from "../../sim/mod.ts";

/** Notes for all, three zones deep. */
export const sharedNotes: AppSpec = {
  zones: {
    db: {
      notes: {
        crdtType: "LWWMap",
        valueType: "string",
        init: () => new Map(),
        access: { using: () => true, withCheck: () => true },
      },
    },
    server: {},
    client: { notes: { replica_of: "/db/notes" } },
  },
  channels: [
    { type: "websocket", fromZone: "db", toZone: "server" },
    { type: "websocket", fromZone: "server", toZone: "client" },
  ],
};

/** Writes a note at a client. */
export function note(app: RunningApp, client: string, key: string): void {
  const { zone } = Object.values(app.zones).flat()
    .find(({ id }) => id === client)!;
  injectLocalMutation(
    app,
    client,
    `/${zone}/notes`,
    (notes: LWWMap<string>) => notes.setValueForKey(key, `by ${client}`),
  );
}

/** The notes that a node has, in order. */
export function notesAt(app: RunningApp, id: string): string[] {
  const node = Object.values(app.zones).flat().find((one) => one.id === id)!;
  return [...node.state.notes.getValue().keys()].sort();
}
