/**
 * Bugs to plant in the types and the table that they stand in, for the laws to catch.
 *
 * @module
 */

import type { LawPlant } from "../plant.ts";

/** The bugs. */
export const CRDTS: readonly LawPlant[] = [
  {
    name: "adding what is in a set says so",
    file: "shared/crdt/gset.ts",
    find: "if (this.#rows.get(key) !== undefined) {\n      return",
    put: 'if (key === "") {\n      return',
  },
  {
    name: "of two writes at one time the one that came later wins",
    file: "shared/crdt/lww_row.ts",
    find:
      "compareStamps(incoming, held) ||\n    compareValues(incoming.value, held.value)",
    put: "(incoming.timestamp - held.timestamp || 1)",
  },
  {
    name: "values do not break a tie",
    file: "shared/crdt/lww_row.ts",
    find: " ||\n    compareValues(incoming.value, held.value)",
    put: "",
  },
  {
    name: "writers do not break a tie",
    file: "shared/crdt/stamp.ts",
    find: "a.nodeId < b.nodeId ? -1 : a.nodeId > b.nodeId ? 1 : 0",
    put: "0",
  },
  {
    name: "a write does not come after what it overwrites",
    file: "shared/crdt/stamp.ts",
    find: "Math.max(clock.now(), seen + 1)",
    put: "clock.now()",
  },
  {
    name: "a write comes with what it overwrites",
    file: "shared/crdt/stamp.ts",
    find: "seen + 1)",
    put: "seen)",
  },
  {
    name: "a key that was removed is there",
    file: "shared/crdt/lww_map.ts",
    find: "return this.getValueForKey(key) !== undefined;",
    put: "return this.#rows.get(key) !== undefined;",
  },
  {
    name: "a map's value has what was removed",
    file: "shared/crdt/lww_map.ts",
    find: "if (value !== null && value !== undefined) values.set",
    put: "if (value !== undefined) values.set",
  },
  {
    name: "removing what is not there says so",
    file: "shared/crdt/lww_map.ts",
    find: "if (equalValues(value ?? null, held?.value ?? null)) return null;",
    put:
      "if (value !== null && equalValues(value, held?.value ?? null)) return null;",
  },
  {
    name: "what is removed is counted",
    file: "shared/crdt/versioned_rows.ts",
    find: "return (this.isLive(row) ? 1 : 0) - was;",
    put: "return 1 - was;",
  },
  {
    name: "a table that is outgrown stays with the old version",
    file: "shared/crdt/versioned_rows.ts",
    find: "this.#shared = new Shared(new Map(table.rows), below, isLive);",
    put: "this.#shared = new Shared(table.rows, below, isLive);",
  },
  {
    name: "of two rows that are joined the first counts alone",
    file: "shared/crdt/versioned_rows.ts",
    find: "if (joined === held) continue;",
    put: "if (held !== undefined) continue;",
  },
  {
    name: "an old version sees the row of the next",
    file: "shared/crdt/versioned_rows.ts",
    find: "this.#goTo(next, key, held, null);",
    put: "this.#goTo(next, key, held ?? row, null);",
  },
  {
    name: "an old version sees all rows of the next",
    file: "shared/crdt/versioned_rows.ts",
    find: "      rows.set(key, before);\n",
    put: "      rows.set(key, before ?? row);\n",
  },
  {
    name: "a version that takes the table leaves some rows as they were",
    file: "shared/crdt/versioned_rows.ts",
    find: "[at, table.swap(at, row)]));",
    put: "[at, row && table.swap(at, row)]));",
  },
  {
    name: "a copy of an old version has keys that came later",
    file: "shared/crdt/versioned_rows.ts",
    find:
      "if (row === undefined) rows.delete(key);\n        else rows.set(key, row);",
    put: "if (row !== undefined) rows.set(key, row);",
  },
  {
    name: "a copy of an old version is made the wrong way round",
    file: "shared/crdt/versioned_rows.ts",
    find: "for (const version of way.toReversed()) {",
    put: "for (const version of way) {",
  },
  {
    name: "keys that come later are not listed",
    file: "shared/crdt/row_table.ts",
    find: "if (this.#hasGone || this.#sorted.length < this.rows.size) {",
    put: "if (this.#hasGone || this.#sorted.length === 0) {",
  },
  {
    name: "what is gone and comes again is not listed",
    file: "shared/crdt/row_table.ts",
    find: "return [...new Set([...left, ...rows.keys()])].sort(compareKeys);",
    put: "return left;",
  },
  {
    name: "lots of a pool lie over one another",
    file: "shared/codec/byte_pool.ts",
    find: "this.#used += length;",
    put: "this.#used += length - 1;",
  },
  {
    name: "what is over a row does not hide it",
    file: "shared/crdt/overlay.ts",
    find: "if (order !== 0) yield entry;",
    put: "yield entry;",
  },
  {
    name: "a register takes a lesser number",
    file: "shared/crdt/max_register.ts",
    find: "if (incoming <= this.state) return this;",
    put: "if (incoming === this.state) return this;",
  },
  {
    name: "a row of a register takes a lesser number",
    file: "shared/crdt/max_register.ts",
    find: "held === undefined || incoming > held ? incoming : held,",
    put: "held === undefined || incoming !== held ? incoming : held,",
  },
  {
    name: "an increment that comes twice counts twice",
    file: "shared/crdt/pn_counter_row.ts",
    find: "if (counter <= known.last) return held;",
    put: "if (counter < known.last) return held;",
  },
  {
    name: "a later tally of an actor is not taken",
    file: "shared/crdt/pn_counter_row.ts",
    find: "last > (held.tallies.get(actor)?.last ?? -1)",
    put: "!held.tallies.has(actor) && last > -1",
  },
  {
    name: "what an actor added goes with it",
    file: "shared/crdt/pn_counter_row.ts",
    find: "    base += sum;\n",
    put: "",
  },
  {
    name: "who has gone counts twice",
    file: "shared/crdt/pn_counter_row.ts",
    find: "    tallies.delete(actor);\n",
    put: "",
  },
  {
    name: "an addition has its author's last number again",
    file: "shared/crdt/or_set_row.ts",
    find: "live: new Map([[actor, last + 1]])",
    put: "live: new Map([[actor, last]])",
  },
  {
    name: "a removal has seen nothing",
    file: "shared/crdt/or_set_row.ts",
    find: "return { value, live: NONE, removed: live };",
    put: "return { value, live: NONE, removed: NONE };",
  },
  {
    name: "what is removed lives where it is added too",
    file: "shared/crdt/or_set_row.ts",
    find: "const live = after(greatest(held.live, incoming.live), gone);",
    put: "const live = greatest(held.live, after(incoming.live, gone));",
  },
  {
    name: "a removal forgets its author's own additions",
    file: "shared/crdt/or_set_row.ts",
    find: "other === actor || number <= (removed.get(other) ?? -1)",
    put: "number <= (removed.get(other) ?? -1)",
  },
  {
    name: "a removal takes what its author has not seen",
    file: "shared/crdt/or_set_row.ts",
    find: "number <= (removed.get(other) ?? -1)\n",
    put: "removed.has(other)\n",
  },
  {
    name: "those who are there are folded away",
    file: "shared/crdt/or_set_row.ts",
    find: "filter(([actor]) => !isGone(actor))",
    put: "filter(([actor]) => isGone(actor))",
  },
  {
    name: "a renamed removal has seen another's numbers",
    file: "shared/crdt/or_set_row.ts",
    find: "set(actor, kept)",
    put: "set(actor, kept + 2_000)",
  },
  {
    name: "a renamed removal forgets what its author had added",
    file: "shared/crdt/or_set_row.ts",
    find: "if (change.live.size > 0 || kept < 0) return change;",
    put: "return change;",
  },
  {
    name: "what another has taken out stays",
    file: "shared/crdt/sequence/run.ts",
    find: "const isGone = one?.elements === null || other?.elements === null;",
    put: "const isGone = one?.elements === null;",
  },
  {
    name: "a run that came without its head stays without",
    file: "shared/crdt/sequence/run.ts",
    find: "const head = held.head ?? incoming.head;",
    put: "const head = held.head;",
  },
  {
    name: "two runs hang on one element's right by one author",
    file: "shared/crdt/sequence/edits.ts",
    find: "if (typedOn || isLast && !hasRight(run, parent.at)) {",
    put: "if (typedOn || isLast) {",
  },
  {
    name: "what is put between stands behind",
    file: "shared/crdt/sequence/edits.ts",
    find: 'return { head: { parent: next, side: "left" }, typedOn: null };',
    put: 'return { head: { parent: next, side: "right" }, typedOn: null };',
  },
  {
    name: "one types on where another has put something",
    file: "shared/crdt/sequence/edits.ts",
    find: "return !hasRight(run, end - 1);",
    put: "return true;",
  },
  {
    name: "one types on in another's run",
    file: "shared/crdt/sequence/edits.ts",
    find:
      "const isOwn = authorOf(run.key) === author && endOf(run.row) === end;",
    put: "const isOwn = endOf(run.row) === end;",
  },
  {
    name: "a run hangs on an element that is not there yet",
    file: "shared/crdt/sequence/run_order.ts",
    find: "parent.at >= placedEnd(above)",
    put: "parent.at > placedEnd(above)",
  },
  {
    name: "runs at one place stand in the order they came",
    file: "shared/crdt/sequence/placed_run.ts",
    find:
      "compareHeads(child.head, head) ||\n      compareKeys(child.key, key);",
    put: "compareHeads(child.head, head) || -1;",
  },
  {
    name: "a run's own next element does not count among its children",
    file: "shared/crdt/sequence/placed_run.ts",
    find: "at >= end || compareKeys(last.key, key) > 0;",
    put: "at >= 0;",
  },
  {
    name: "runs that waited are forgotten",
    file: "shared/crdt/sequence/run_order.ts",
    find: "for (const one of this.#woken(run)) open.push(one);",
    put: "this.#woken(run);",
  },
  {
    name: "what hangs on a renamed element's neighbour moves too",
    file: "shared/crdt/sequence/rename_runs.ts",
    find: "if (!to || at < to.from) return head;",
    put: "if (!to || at < to.from - 1) return head;",
  },
  {
    name: "a refused element keeps what is typed on behind it",
    file: "shared/crdt/sequence/sequence_type.ts",
    find: "first && first.from > 0",
    put: "first && first.from > 1e9",
  },
  {
    name: "a refused run keeps what hangs on it",
    file: "shared/crdt/sequence/sequence_type.ts",
    find: "...parent ? [`${parent.run}:${parent.at}`] : [],",
    put: "...parent ? [] : [],",
  },
  {
    name: "two runs get one name",
    file: "shared/crdt/sequence/edits.ts",
    find: "if (!isTaken(key) && !changes.has(key)) return key;",
    put: "return key;",
  },
  {
    name: "half of a character is a place",
    file: "shared/crdt/sequence/elements.ts",
    find: "if (units < text.length && isSecondHalf(text, units)) return null;",
    put: "",
  },
  {
    name: "a taken-out element counts its units",
    file: "shared/crdt/sequence/run_order.ts",
    find: "this.tree.resize(span, isLive ? to - at : 0, units);",
    put: "this.tree.resize(span, isLive ? to - at : 0, span.units);",
  },
  {
    name: "a row keeps all actors for ever",
    file: "shared/node/master/apply_change.ts",
    find: "if (slim !== row) body = encodeRow(crdt, slim);",
    put: "",
  },
  {
    name: "a removal may name what nobody has added",
    file: "shared/crdt/or_set_row.ts",
    find: "if (isAnswered({ actor: other, counter: number })) continue;",
    put: "continue;",
  },
  {
    name: "a removal waits for ever for what was refused",
    file: "shared/crdt/or_set_row.ts",
    find: "if (isAnswered({ actor: other, counter: number })) continue;",
    put: "",
  },
];
