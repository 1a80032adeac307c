import { useSignal } from "@preact/signals";
import type { JSX, TargetedSubmitEvent } from "preact";
import { signIn } from "./signed_in.ts";

/** Asks who is there. */
export function SignInForm(): JSX.Element {
  const name = useSignal("");
  const problem = useSignal("");
  const isBusy = useSignal(false);
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy.value) return;
    isBusy.value = true;
    problem.value = "";
    try {
      await signIn(name.value);
    } catch (error) {
      problem.value = error instanceof Error ? error.message : String(error);
    }
    isBusy.value = false;
  };
  return (
    <main class="card sign-in">
      <h1>To-do</h1>
      <p class="quiet">
        Your list, on all your devices, with or without a network.
      </p>
      <form onSubmit={submit}>
        <label for="name">Your name</label>
        <div class="row">
          <input
            id="name"
            autocomplete="username"
            maxLength={50}
            required
            autofocus
            value={name}
            onInput={(event) => name.value = event.currentTarget.value}
          />
          <button type="submit" class="primary" aria-disabled={isBusy}>
            Sign in
          </button>
        </div>
        <p class="problem" role="alert">{problem}</p>
      </form>
      <p class="quiet">
        This is the sign-in for development: any name will do, and no password
        is asked for.
      </p>
    </main>
  );
}
