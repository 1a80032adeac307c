import type { JSX } from "preact";
import { Connection } from "./connection.tsx";
import { FilterBar } from "./filter_bar.tsx";
import { plural } from "./plural.ts";
import { RefusedChanges } from "./refused_changes.tsx";
import { signOut } from "./signed_in.ts";
import { TodoForm } from "./todo_form.tsx";
import { TodoItems } from "./todo_items.tsx";
import type { TodoList } from "./todo_list.ts";

/** One user's to-dos, with all that can be done with them. */
export function TodoPage({ list }: { list: TodoList }): JSX.Element {
  const { users } = list.view.value;
  const counted = list.summary.value;
  const leave = () => {
    const { unsynced } = list.status.value;
    const question = `${plural(unsynced, "change")} not saved yet stay on ` +
      "this device until you sign in here again. Sign out?";
    if (unsynced === 0 || confirm(question)) signOut();
  };
  return (
    <main class="card">
      <header class="head">
        <h1>To-do</h1>
        <div class="row">
          <p class="who">{list.name}</p>
          <button type="button" onClick={leave}>Sign out</button>
        </div>
      </header>
      <TodoForm list={list} />
      <FilterBar list={list} />
      <RefusedChanges list={list} />
      <TodoItems list={list} />
      <footer class="foot">
        <Connection list={list} />
        <p>
          {counted &&
            `Server: ${counted.open} open, ${counted.done} done`}
        </p>
        <p role="status" aria-label="Users">
          {users === null ? "" : plural(users, "user")}
        </p>
      </footer>
    </main>
  );
}
