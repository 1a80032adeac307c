/**
 * What was measured, and how it is shown.
 *
 * @module
 */

import type { Suite } from "./suites.ts";

/** Figures by task and contestant. */
export class Results {
  readonly #figures = new Map<string, number[]>();

  /** Is to have figures of these. */
  constructor(
    readonly names: readonly string[],
    readonly tasks: readonly string[],
  ) {}

  /** Adds what a round has shown. */
  add(task: string, name: string, figure: number): void {
    const key = `${task} of ${name}`;
    this.#figures.set(key, [...this.#figures.get(key) ?? [], figure]);
  }

  /** The one in the middle. */
  median(task: string, name: string): number {
    const sorted = this.#figures.get(`${task} of ${name}`)!
      .toSorted((a, b) => a - b);
    return sorted[sorted.length >> 1]!;
  }
}

/** The table in Markdown: bytes as they are, all else as so many times the first one's. */
export function tableOf({ title, tasks }: Suite, results: Results): string {
  const { names } = results;
  const lines = results.tasks.map((task) => {
    const { title, unit } = tasks[task]!;
    const first = results.median(task, names[0]!);
    const isBytes = unit === "bytes";
    const cells = names.map((name) => {
      const figure = results.median(task, name);
      if (Number.isNaN(figure)) return "–";
      return isBytes ? figure.toFixed(1) : (figure / first).toFixed(2);
    });
    const what = isBytes ? title : `${title} (${first.toFixed(1)} ${unit})`;
    return `| ${[what, ...cells].join(" | ")} |`;
  });
  return [
    `| ${[title, ...names].join(" | ")} |`,
    `|---|${names.map(() => "---").join("|")}|`,
    ...lines,
    "",
  ].join("\n");
}

/** The medians for a program. */
export function jsonOf({ title, tasks }: Suite, results: Results): string {
  const rows = results.tasks.map((task) => ({
    task,
    title: tasks[task]!.title,
    unit: tasks[task]!.unit,
    medians: Object.fromEntries(
      results.names.map((name) => [name, results.median(task, name)]),
    ),
  }));
  return JSON.stringify({ title, rows });
}
