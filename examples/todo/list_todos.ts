/** A to-do as the page shows it. */
export interface Todo {
  /** Tells it from the user's others. */
  readonly id: string;
  /** What is to be done. */
  readonly text: string;
  /** Whether it has been. */
  readonly done: boolean;
}

/** Which to-dos are shown. */
export type Filter = "all" | "open" | "done";

/**
 * Puts the rows `user/todo/field` of one user together, the newest to-do first.
 * One without a text was deleted, whatever else another device wrote of it.
 */
export function listTodos(rows: ReadonlyMap<string, string>): Todo[] {
  const todos: (Todo & { made: string })[] = [];
  for (const [key, text] of rows) {
    const [user, id, field] = key.split("/");
    if (id === undefined || field !== "text") continue;
    const done = rows.has(`${user}/${id}/done`);
    const made = rows.get(`${user}/${id}/made`) ?? "";
    todos.push({ id, text, done, made });
  }
  return todos.sort(byNewest).map(({ id, text, done }) => ({ id, text, done }));
}

function byNewest(
  a: { made: string; id: string },
  b: { made: string; id: string },
): number {
  if (a.made !== b.made) return a.made < b.made ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}
