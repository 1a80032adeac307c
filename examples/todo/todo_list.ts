import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type Client, type ClientStatus, openClient } from "@zonekit/client";
import type { CrdtAt, ValueAt } from "@zonekit/shared";
import app from "./app.ts";
import type { Filter } from "./list_todos.ts";
import { type SignedIn, signedIn } from "./signed_in.ts";

type TodoApp = typeof app;

/** What the page is told of the to-dos before it knows of any. */
const NOTHING_YET: ValueAt<TodoApp, "/client/view"> = {
  todos: [],
  filter: "all",
  left: 0,
  total: 0,
  users: null,
};

const SHOWN = [
  "/client/view",
  "/client/filter",
  "/client/draft",
  "/client/me",
  "/client/summary",
  "/client/todos",
] as const;

/** One user's to-dos on this device, as signals that the page follows. */
export interface TodoList {
  /** The client behind it. */
  readonly client: Client<TodoApp>;
  /** The user, which the keys of all rows begin with. */
  readonly user: string;
  /** What the user is called. */
  readonly name: ReadonlySignal<string>;
  /** What is shown, as the client computed it. */
  readonly view: ReadonlySignal<ValueAt<TodoApp, "/client/view">>;
  /** What the server counted; `undefined` before it has. */
  readonly summary: ReadonlySignal<
    ValueAt<TodoApp, "/client/summary"> | undefined
  >;
  /** Which to-dos are shown. */
  readonly filter: ReadonlySignal<Filter>;
  /** What somebody has begun to write. */
  readonly draft: ReadonlySignal<string>;
  /** Whether the to-dos are on their way to this device for the first time. */
  readonly isLoading: ReadonlySignal<boolean>;
  /** The connection, and how many changes are not saved. */
  readonly status: ReadonlySignal<ClientStatus>;
  /** The changes that were refused. */
  readonly refused: ReadonlySignal<Client<TodoApp>["rejected"]>;
}

/** Opens the list of a user, from what the device holds. */
export async function openTodoList(
  { user, name }: SignedIn,
): Promise<TodoList> {
  const client = await openClient(app, {
    user,
    space: "main",
    token: () => signedIn.peek()?.token ?? "",
    observe: SHOWN,
  });
  const me = follow(client, "/client/me");
  if (!me.value.hasKey(user)) {
    client.mutate("/client/me", (names) => names.setValueForKey(user, name));
  }
  const view = follow(client, "/client/view");
  const summary = follow(client, "/client/summary");
  const filter = follow(client, "/client/filter");
  const draft = follow(client, "/client/draft");
  const todos = follow(client, "/client/todos");
  const status = signal(client.status);
  const refused = signal(client.rejected);
  client.onStatus((now) => {
    status.value = now;
    refused.value = [...client.rejected];
  });
  return {
    client,
    user,
    name: computed(() => me.value.getValueForKey(user) ?? name),
    view: computed(() => view.value.getValue() ?? NOTHING_YET),
    summary: computed(() => summary.value.getValue()),
    filter: computed(() => filter.value.getValue()),
    draft: computed(() => draft.value.getValue()),
    isLoading: computed(() => {
      todos.value; // it is no longer loading when it changes
      return client.isLoading("/client/todos");
    }),
    status,
    refused,
  };
}

function follow<Path extends (typeof SHOWN)[number]>(
  client: Client<TodoApp>,
  path: Path,
): ReadonlySignal<CrdtAt<TodoApp, Path>> {
  const held = signal(client.get(path));
  client.subscribe(path, (crdt) => held.value = crdt);
  return held;
}
