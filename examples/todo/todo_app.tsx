import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { SignInForm } from "./sign_in_form.tsx";
import { type SignedIn, signedIn } from "./signed_in.ts";
import { openTodoList, type TodoList } from "./todo_list.ts";
import { TodoPage } from "./todo_page.tsx";

/** The whole page: the sign-in, or the to-dos of whoever has signed in. */
export function TodoApp(): JSX.Element {
  const who = signedIn.value;
  return who === null ? <SignInForm /> : <OpenList key={who.user} who={who} />;
}

/** Keeps a user's list open for as long as it is on the page. */
function OpenList({ who }: { who: SignedIn }): JSX.Element {
  const list = useSignal<TodoList | null>(null);
  const problem = useSignal("");
  useEffect(() => {
    const opening = openTodoList(who);
    opening.then(
      (opened) => list.value = opened,
      (error) => problem.value = String(error),
    );
    return () => void opening.then(({ client }) => client.close(), () => null);
  }, []);
  if (list.value !== null) return <TodoPage list={list.value} />;
  return (
    <main class="card" aria-busy={problem.value === ""}>
      <h1>To-do</h1>
      {problem.value === ""
        ? <p class="quiet late">Opening your list…</p>
        : <p class="problem" role="alert">{problem}</p>}
    </main>
  );
}
