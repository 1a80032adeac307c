import { useSignal } from "@preact/signals";
import type { JSX, TargetedEvent, TargetedKeyboardEvent } from "preact";
import { useRef } from "preact/hooks";
import { removeTodo, setDone, setText } from "./change_todos.ts";
import { EditForm } from "./edit_form.tsx";
import { Icon } from "./icon.tsx";
import type { Todo } from "./list_todos.ts";
import { focusNeighbour } from "./move_focus.ts";
import type { TodoList } from "./todo_list.ts";

/** One to-do: tick it, edit it in its place, delete it. */
export function TodoItem(
  { list, todo }: { list: TodoList; todo: Todo },
): JSX.Element {
  const { id, text, done } = todo;
  const isEdited = useSignal(false);
  const editButton = useRef<HTMLButtonElement>(null);

  const edit = () => isEdited.value = true;
  const editOnKey = (event: TargetedKeyboardEvent<HTMLElement>) => {
    if (event.key === "F2") edit();
  };
  const tickOrEdit = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") edit();
  };
  const finish = (newText: string | null, byKey: boolean) => {
    isEdited.value = false;
    if (newText !== null) setText(list, id, newText);
    if (byKey) queueMicrotask(() => editButton.current?.focus());
  };
  const tick = (event: TargetedEvent<HTMLInputElement>) => {
    const { checked } = event.currentTarget;
    if (list.view.value.filter !== "all") focusNeighbour(event.currentTarget);
    setDone(list, id, checked);
  };
  const remove = (event: TargetedEvent<HTMLButtonElement>) => {
    focusNeighbour(event.currentTarget);
    removeTodo(list, id);
  };

  return (
    <li class="todo" onKeyDown={editOnKey}>
      <input
        type="checkbox"
        aria-label={text}
        checked={done}
        onChange={tick}
        onKeyDown={tickOrEdit}
      />
      {isEdited.value ? <EditForm text={text} onEnd={finish} /> : (
        <>
          <span class={done ? "text done" : "text"} onDblClick={edit}>
            {text}
          </span>
          <button
            type="button"
            class="icon"
            aria-label={`Edit ${text}`}
            ref={editButton}
            onClick={edit}
          >
            <Icon name="edit" />
          </button>
        </>
      )}
      <button
        type="button"
        class="icon"
        aria-label={`Delete ${text}`}
        onClick={remove}
      >
        <Icon name="delete" />
      </button>
    </li>
  );
}
