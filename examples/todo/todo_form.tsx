import type { JSX, TargetedInputEvent, TargetedSubmitEvent } from "preact";
import { addTodo, setDraft } from "./change_todos.ts";
import type { TodoList } from "./todo_list.ts";
import { tellTooLong } from "./todo_text.ts";

/** Where new to-dos are written; what is not finished is kept on the device. */
export function TodoForm({ list }: { list: TodoList }): JSX.Element {
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = list.draft.value.trim();
    if (text === "") return;
    addTodo(list, text);
    setDraft(list, "");
  };
  const judge = (field: HTMLInputElement | null) => {
    if (field !== null) tellTooLong(field); // a kept text may be too long
  };
  const write = (event: TargetedInputEvent<HTMLInputElement>) => {
    tellTooLong(event.currentTarget);
    setDraft(list, event.currentTarget.value);
  };
  return (
    <form class="row" onSubmit={submit}>
      <input
        id="new-todo"
        aria-label="What needs doing?"
        placeholder="What needs doing?"
        autocomplete="off"
        enterkeyhint="done"
        value={list.draft}
        ref={judge}
        onInput={write}
      />
      <button type="submit" class="primary">Add</button>
    </form>
  );
}
