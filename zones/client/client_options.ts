/**
 * What a client is opened with.
 *
 * @module
 */

import type { App } from "../../shared/spec/app.ts";
import { badOption } from "./client_error.ts";
import type { ReadPath } from "./client_paths.ts";

/** How to open a client. */
export interface ClientOptions<S> {
  /** The subject who is signed in: what is stored is theirs alone. */
  readonly user: string;
  /** The space to work in. */
  readonly space: string;
  /** Gives the token of the moment: asked at each connect, never kept. */
  readonly token: () => string | Promise<string>;
  /** Where the server is; absent means the origin of the page. */
  readonly url?: string;
  /** The vars to have in RAM from the start; absent means all of the zone. */
  readonly observe?: readonly ReadPath<S>[];
  /** The app's name, where one origin has several; absent means `app`. */
  readonly name?: string;
  /** Which of the app's client zones this is; needed only where there are several. */
  readonly zone?: string;
  /** Closes the client, and rejects the opening of it. */
  readonly signal?: AbortSignal;
}

/** Options after checking. */
export interface CheckedOptions {
  /** Names what belongs to this app, space and user in the browser. */
  readonly store: string;
  /** The server, without a slash at the end. */
  readonly url: string;
  /** The client zone. */
  readonly zone: string;
  /** What to observe. */
  readonly observe: readonly string[];
}

/** Checks options against an app. Throws `ClientError` for the first bad one. */
export function checkOptions<S>(
  app: App,
  options: ClientOptions<S>,
  origin: string,
): CheckedOptions {
  const { user, space, token, url = origin, name = "app" } = options;
  for (const [key, value] of Object.entries({ user, space, name })) {
    if (typeof value !== "string" || value === "") {
      badOption(key, value, "a name");
    }
  }
  if (typeof token !== "function") badOption("token", token, "a function");
  if (!URL.canParse(url)) badOption("url", url, "an address");
  const zone = zoneOf(app, options.zone);
  const vars = app.zones.get(zone)!.vars.map(({ path }) => path);
  const { observe = vars } = options;
  for (const path of observe) {
    if (!vars.includes(path)) badOption("observe", path, `a var of ${zone}`);
  }
  const store = ["zonekit", name, space, user].map(encodeURIComponent).join(
    "/",
  );
  return { store, url: url.replace(/\/+$/, ""), zone, observe };
}

function zoneOf(app: App, asked: string | undefined): string {
  const clients = [...app.zones.values()].flatMap(({ name, role }) =>
    role === "client" ? name : []
  );
  const zone = asked ?? (clients.length === 1 ? clients[0] : undefined);
  return zone !== undefined && clients.includes(zone)
    ? zone
    : badOption("zone", asked, `one of ${clients.join(", ")}`);
}
