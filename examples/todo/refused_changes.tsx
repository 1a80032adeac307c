import type { JSX } from "preact";
import { sayRefused } from "./refused_change.ts";
import type { TodoList } from "./todo_list.ts";

/** The changes that were refused, until somebody has dealt with each. */
export function RefusedChanges({ list }: { list: TodoList }): JSX.Element {
  const refused = list.refused.value;
  return (
    <section class="refusals" aria-label="Refused changes" aria-live="polite">
      {refused.length > 0 && (
        <ul class="refused">
          {refused.map((change, index) => (
            <li key={index} class="bar">
              <p title={change.reason}>{sayRefused(change)}</p>
              <div class="row">
                <button
                  type="button"
                  onClick={() => change.retry()}
                >
                  Retry
                </button>
                <button
                  type="button"
                  onClick={() =>
                    change.dismiss()}
                >
                  Dismiss
                </button>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
