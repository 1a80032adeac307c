import type { JSX } from "preact";
import { plural } from "./plural.ts";
import { signedIn, signIn } from "./signed_in.ts";
import type { TodoList } from "./todo_list.ts";

const WORDS = {
  connecting: "Connecting",
  connected: "Connected",
  disconnected: "Offline",
  "needs-auth": "Signed out",
  refused: "Refused by the server",
  closed: "Closed",
} as const;

const reload = () => location.reload();

const SAVED = " · all changes saved";

/** Says, out of the way, whether there is a connection and what is not saved yet. */
export function Connection({ list }: { list: TodoList }): JSX.Element {
  const { connection, fault, unsynced, storage } = list.status.value;
  const signInAgain = async () => {
    const who = signedIn.peek();
    if (who) await signIn(who.name).catch(() => null); // it can be asked again
    list.client.connect();
  };
  return (
    <div class="row">
      <p
        role="status"
        aria-label="Connection"
        class={`connection ${connection}`}
        title={fault === null ? undefined : `${fault.code} at ${fault.path}`}
      >
        {WORDS[connection]}
        {unsynced === 0 ? <span key="saved">{SAVED}</span> : (
          <span
            key="unsynced"
            class={connection === "connected" ? "late" : ""}
          >
            {` · ${plural(unsynced, "unsynced change")}`}
          </span>
        )}
        {storage === "ram" && " · not kept on this device"}
      </p>
      {connection === "needs-auth" && (
        <button type="button" onClick={signInAgain}>Sign in again</button>
      )}
      {connection === "refused" && (
        <button type="button" onClick={reload}>Reload</button>
      )}
    </div>
  );
}
