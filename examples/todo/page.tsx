/**
 * The page: who is there, and then their to-dos.
 *
 * What it is made of can be found by role and name, by people and by tests:
 *
 * - signing in: textbox "Your name", button "Sign in", alert
 * - textbox "What needs doing?", button "Add"
 * - radios "All", "Open" and "Done" of the group "Show", button "Clear done"
 * - a listitem for each to-do in the region "To-dos", with checkbox "<text>",
 *   button "Edit <text>" (then textbox "Edit <text>"), button "Delete <text>"
 * - region "Refused changes", a listitem for each: buttons "Retry", "Dismiss"
 * - status "Connection", such as "Offline · 2 unsynced changes"
 * - status "Users", such as "3 users"; button "Sign out"
 *
 * @module
 */

import { render } from "preact";
import { TodoApp } from "./todo_app.tsx";

render(<TodoApp />, document.querySelector("#page")!);

// Lets the page itself open without a network; a browser may not allow it.
navigator.serviceWorker?.register("/service_worker.js").catch(() => null);
