/**
 * What is measured of whom, at which size.
 *
 * @module
 */

import { MAPS, PLAIN_MAPS, TEXTS } from "./contestants.ts";
import { DAY_TASKS, DAYS } from "./day_tasks.ts";
import { MAP_TASKS } from "./map_tasks.ts";
import type { Task } from "./task.ts";
import { TEXT_TASKS } from "./text_tasks.ts";

/** Tasks, and who is put to them; ratios are to the first. */
export interface Suite {
  /** What its table is called. */
  readonly title: string;
  /** Who takes part, by name. */
  readonly names: readonly string[];
  /** The tasks' titles and units, by name. */
  readonly tasks: Readonly<
    Record<string, Pick<Task<unknown>, "title" | "unit">>
  >;
  /** The size at which they are put to them. */
  readonly size: number;
  /** The figure of a contestant at a task, after one at another size. */
  readonly measure: (
    task: string,
    name: string,
    size: number,
    warm: number,
  ) => Promise<number>;
}

function suiteOf<Contestant>(
  title: string,
  loaders: Readonly<Record<string, () => Promise<Contestant>>>,
  tasks: Readonly<Record<string, Task<Contestant>>>,
  size: number,
): Suite {
  return {
    title,
    names: Object.keys(loaders),
    tasks,
    size,
    measure: async (task, name, size, warm) => {
      const { run, unit } = tasks[task]!;
      const contestant = await loaders[name]!();
      // Some work before, so that what is measured is compiled.
      if (unit === "ms") run(contestant, Math.min(size, warm));
      return run(contestant, size);
    },
  };
}

function some(...names: string[]): typeof MAP_TASKS {
  return Object.fromEntries(names.map((name) => [name, MAP_TASKS[name]!]));
}

/** The suites by name. */
export const SUITES: Readonly<Record<string, Suite>> = {
  map: suiteOf("A map", MAPS, MAP_TASKS, 100_000),
  plain: suiteOf(
    "A map, deltas as objects",
    PLAIN_MAPS,
    some("writes", "merges"),
    100_000,
  ),
  day: suiteOf("A map written over a day", DAYS, DAY_TASKS, 100_000),
  text: suiteOf("A text", TEXTS, TEXT_TASKS, 100_000),
  million: suiteOf(
    "A map of a million keys",
    { floor: MAPS.floor!, zonekit: MAPS.zonekit!, Yjs: MAPS.Yjs! },
    some("load", "heap"),
    1_000_000,
  ),
};
