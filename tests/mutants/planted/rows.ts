/**
 * Bugs to plant in rows: CRDTs, stores, pages and values.
 *
 * @module
 */

import type { Plant } from "../plant.ts";

/** The bugs. */
export const ROWS: readonly Plant[] = [
  {
    name: "whatever comes later wins",
    file: "shared/crdt/lww_row.ts",
    find: "return order > 0 ? incoming : held;",
    put: "return incoming;",
  },
  {
    name: "a row that stands in a table is not written over",
    file: "shared/crdt/row_table.ts",
    find: "} else this.rows.set(key, row);",
    put: "} else if (before === undefined) this.rows.set(key, row);",
  },
  {
    name: "what is overwritten is counted twice",
    file: "shared/crdt/versioned_rows.ts",
    find: "before !== undefined && this.isLive(before) ? 1 : 0",
    put: "0",
  },
  {
    name: "a tombstone counts as a value",
    file: "shared/crdt/lww_map.ts",
    find: "isLive,\n  valueOf",
    put: "isLive: () => true,\n  valueOf",
  },
  {
    name: "an element that is in is added again and again",
    file: "shared/crdt/gset.ts",
    find: "    held ?? incoming,",
    put: "    held ? { ...incoming } : incoming,",
    scenario: "board",
    alone: true,
  },
  {
    name: "a set knows only what it was made of",
    file: "shared/crdt/gset.ts",
    find: "return GSet.#holding(VersionedRows.over(rows, isLive));",
    put:
      "return new GSet<VT>([...rows.entries()].slice(0, 1).map(([, row]) => row.value));",
    scenario: "board",
  },
  {
    name: "a range holds the key behind its end",
    file: "shared/ports/memory_rows.ts",
    find: "to === null ? rows.length : indexOf(rows, to);",
    put:
      "to === null ? rows.length : Math.min(rows.length, indexOf(rows, to) + 1);",
  },
  {
    name: "a catch-up leaves out what has the seq behind its cursor",
    file: "shared/ports/memory_rows.ts",
    find: "if (row.seq > seq) found.push(row);",
    put: "if (row.seq > seq + 1) found.push(row);",
  },
  {
    name: "a draft shows what it has replaced",
    file: "shared/node/draft_rows.ts",
    find: ".filter((row) => !keys.has(row.key))",
    put: "",
  },
  {
    name: "a snapshot takes nothing away",
    file: "shared/node/apply_part.ts",
    find: "if (!kept.has(row.key)) put(row.key, undefined);",
    put: "",
  },
  {
    name: "what is gone stays",
    file: "shared/node/apply_part.ts",
    find: "for (const key of part.gone) put(key, undefined);",
    put: "",
    scenario: "board",
  },
  {
    name: "the first row of every page is left out",
    file: "shared/node/page.ts",
    find: "return { rows, next: row.key };",
    put: "return { rows, next: after(row.key) };",
  },
  {
    name: "what left a value is not taken out",
    file: "shared/node/value_feed.ts",
    find: "const gone = keys.filter((key) => !value.has(key));",
    put: "const gone: string[] = [];",
    scenario: "board",
  },
  {
    name: "a value that changes at a key is not sent",
    file: "shared/node/value_feed.ts",
    find: "return !before || !after || !equalBytes(before, after);",
    put: "return !before || !after;",
  },
  {
    name: "counting is not noted",
    file: "shared/node/read_log.ts",
    find: "        this.#whole.add(path);\n        return rows.countLive();",
    put: "        return rows.countLive();",
    alone: true,
  },
  {
    name: "what was read of all is not noted",
    file: "shared/node/read_log.ts",
    find: "        this.#whole.add(path);\n        return this.#watch",
    put: "        return this.#watch",
    scenario: "board",
  },
  {
    name: "a key that was read is not noted",
    file: "shared/node/read_log.ts",
    find: "this.#noteKey(path, key);",
    put: "",
  },
  {
    name: "a row of init shows beside what replaced it",
    file: "shared/node/var_rows.ts",
    find: "if (own[0] === stored.key) own.shift();",
    put: "",
    scenario: "board",
  },
];
