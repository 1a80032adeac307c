import type { JSX } from "preact";
import { TodoItem } from "./todo_item.tsx";
import type { TodoList } from "./todo_list.ts";

const EMPTY = {
  all: "Nothing to do. Write down what comes to mind.",
  open: "Nothing is open.",
  done: "Nothing is done yet.",
} as const;

/** The to-dos that the filter lets through, or a word where there is none. */
export function TodoItems({ list }: { list: TodoList }): JSX.Element {
  const { todos, filter } = list.view.value;
  const isLoading = list.isLoading.value;
  return (
    <section class="todos" aria-label="To-dos" aria-busy={isLoading}>
      {todos.length > 0
        ? (
          <ul>
            {todos.map((todo) => (
              <TodoItem key={todo.id} list={list} todo={todo} />
            ))}
          </ul>
        )
        : <p class="empty">{isLoading ? "Loading…" : EMPTY[filter]}</p>}
    </section>
  );
}
