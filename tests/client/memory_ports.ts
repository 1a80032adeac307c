/**
 * Ports in memory, with real semantics, for what needs no browser: a store
 * whose writes are durable when the test says so, and a link that a test plays.
 *
 * @module
 */

import { MemoryRows } from "../../shared/ports/memory_rows.ts";
import type { ClientPorts } from "../../zones/client/client_runner.ts";
import type { LinkEvent } from "../../zones/client/link.ts";
import type { RowBatch, RowStore } from "../../zones/client/row_store.ts";

/** A store whose writes wait until they are let through. */
export class MemoryStore implements RowStore {
  /** What is durable. */
  readonly rows = new MemoryRows();
  /** The batches that were written or are waiting. */
  readonly batches: RowBatch[] = [];
  /** How many times it was closed. */
  closes = 0;
  /** Whether writes wait. */
  isHeld = false;
  #waiting: { resolve(): void; reject(error: unknown): void }[] = [];

  load() {
    return Promise.resolve(this.rows.snapshot());
  }

  read(path: string, range: { from: string; to: string | null }) {
    const rows = this.rows.range(path, range);
    return Promise.resolve(rows.map((row) => ({ path, ...row })));
  }

  async write(batch: RowBatch): Promise<void> {
    this.batches.push(batch);
    if (this.isHeld) {
      await new Promise<void>((resolve, reject) =>
        this.#waiting.push({ resolve, reject })
      );
    }
    for (const path of [...this.rows.paths()]) {
      if (batch.clears?.(path)) this.rows.clear(path);
    }
    this.rows.write(batch.writes);
  }

  close() {
    this.closes++;
  }

  /** Lets the writes through that wait, or fails them. */
  async release(error?: unknown): Promise<void> {
    for (const { resolve, reject } of this.#waiting.splice(0)) {
      if (error) reject(error);
      else resolve();
    }
    await turns();
  }
}

/** A link of which everything asked is noted down. */
export class PlayedLink {
  /** What was asked of it. */
  readonly asked: string[] = [];
  /** The frames that were sent. */
  readonly frames: Uint8Array[] = [];
  /** Brings an event of the link. */
  play: (event: LinkEvent) => void = () => {};
}

/** A client's ports over a store and a link. */
export function memoryPorts(store: MemoryStore, link: PlayedLink): ClientPorts {
  return {
    store,
    locks: {
      take: () => Promise.resolve(true),
      wait: (_name, onHeld) => onHeld(),
      close() {},
    },
    tabs: () => ({ tell() {}, close() {} }),
    link: (on) => {
      link.play = on;
      return {
        dial: () => void link.asked.push("dial"),
        ping: () => void link.asked.push("ping"),
        hangUp: () => void link.asked.push("hang-up"),
        send(bytes) {
          link.asked.push("send");
          link.frames.push(bytes);
        },
      };
    },
    wake: () => () => {},
  };
}

/** Lets everything happen that waits for nothing but its turn. */
export async function turns(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}
