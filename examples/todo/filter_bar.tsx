import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { clearDone, setFilter } from "./change_todos.ts";
import type { Filter } from "./list_todos.ts";
import type { TodoList } from "./todo_list.ts";

const FILTERS: readonly [Filter, string][] = [
  ["all", "All"],
  ["open", "Open"],
  ["done", "Done"],
];

/** How much is left, which to-dos to show, and a way to be rid of the done ones. */
export function FilterBar({ list }: { list: TodoList }): JSX.Element {
  const isClearing = useSignal(false);
  const { left, total } = list.view.value;
  const filter = list.filter.value;
  const hasDone = total > left;
  const clear = async () => {
    if (!hasDone || isClearing.value) return;
    isClearing.value = true;
    await clearDone(list);
    isClearing.value = false;
  };
  return (
    <div class="bar">
      <p class="quiet">{total === 0 ? "\u00a0" : `${left} of ${total} left`}</p>
      <fieldset class="filters" aria-label="Show">
        {FILTERS.map(([value, label]) => (
          <label key={value}>
            <input
              type="radio"
              name="filter"
              checked={filter === value}
              onChange={() => setFilter(list, value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <button
        type="button"
        aria-disabled={!hasDone || isClearing.value}
        onClick={clear}
      >
        {isClearing.value ? "Clearing…" : "Clear done"}
      </button>
    </div>
  );
}
