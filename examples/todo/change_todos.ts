import { type Filter, listTodos } from "./list_todos.ts";
import type { TodoList } from "./todo_list.ts";

/** An event may change so many rows that the server would refuse it. */
const CLEARED_MAX = 300;

/** Writes down a new to-do. */
export function addTodo({ client, user }: TodoList, text: string): void {
  const todo = `${user}/${crypto.randomUUID()}`;
  const made = new Date().toISOString();
  client.write((tx) => {
    for (const [field, value] of Object.entries({ text, made })) {
      const key = `${todo}/${field}`;
      tx.mutate("/client/todos", (rows) => rows.setValueForKey(key, value));
    }
  });
}

/** Gives a to-do another text. */
export function setText(
  { client, user }: TodoList,
  id: string,
  text: string,
): void {
  const key = `${user}/${id}/text`;
  client.mutate("/client/todos", (rows) => rows.setValueForKey(key, text));
}

/** Ticks a to-do, or unticks it. */
export function setDone(
  { client, user }: TodoList,
  id: string,
  isDone: boolean,
): void {
  const key = `${user}/${id}/done`;
  const value = isDone ? "yes" : null;
  client.mutate("/client/todos", (rows) => rows.setValueForKey(key, value));
}

/** Deletes a to-do: all its rows, in one write. */
export function removeTodo({ client, user }: TodoList, id: string): void {
  client.write((tx) => {
    for (const field of ["text", "done", "made"]) {
      const key = `${user}/${id}/${field}`;
      tx.mutate("/client/todos", (rows) => rows.removeKey(key));
    }
  });
}

/** Asks the server to delete the to-dos that are done; resolves when it has. */
export async function clearDone({ client }: TodoList): Promise<void> {
  const done = listTodos(client.get("/client/todos").getValue())
    .filter((todo) => todo.done).map(({ id }) => id);
  const asked: Promise<void>[] = [];
  for (let at = 0; at < done.length; at += CLEARED_MAX) {
    const ids = done.slice(at, at + CLEARED_MAX);
    asked.push(client.dispatch("/server/clear_done", { ids }).wait("db"));
  }
  await Promise.allSettled(asked); // what is refused is shown as such
}

/** Shows all to-dos, the open or the done ones. */
export function setFilter({ client }: TodoList, filter: Filter): void {
  client.mutate("/client/filter", (shown) => shown.setValue(filter));
}

/** Keeps what somebody has begun to write. */
export function setDraft({ client }: TodoList, text: string): void {
  client.mutate("/client/draft", (draft) => draft.setValue(text));
}
