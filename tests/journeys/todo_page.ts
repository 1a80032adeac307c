/**
 * The to-do page as its users know it: what they see, by role and name, and
 * what they do.
 *
 * @module
 */

import type { Page } from "playwright-core";
import { type Device, openStage, type Stage } from "./stage.ts";

const FOLDER = new URL("../../examples/todo/", import.meta.url);

/** Starts the to-do app. */
export function openTodo(): Promise<Stage> {
  return openStage(FOLDER);
}

/** Opens the app on a new device, and signs a user in there. */
export async function signIn(stage: Stage, name: string): Promise<Device> {
  const device = await stage.openDevice();
  const { page } = device;
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Sign in" }).click();
  await untilSaved(page);
  return device;
}

/** Adds a to-do. */
export async function add(page: Page, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "What needs doing?" });
  await field.fill(text);
  await field.press("Enter");
}

/** Ticks a to-do, or unticks it. */
export async function tick(page: Page, text: string): Promise<void> {
  await checkbox(page, text).click();
}

/** Gives a to-do another text. */
export async function edit(
  page: Page,
  from: string,
  to: string,
): Promise<void> {
  const name = `Edit ${from}`;
  await page.getByRole("button", { name, exact: true }).click();
  const field = page.getByRole("textbox", { name, exact: true });
  await field.fill(to);
  await field.press("Enter");
}

/** Deletes a to-do. */
export async function remove(page: Page, text: string): Promise<void> {
  const name = `Delete ${text}`;
  await page.getByRole("button", { name, exact: true }).click();
}

/** The texts that are shown, in the order of the alphabet, a done one with a tick before it. */
export async function shown(page: Page): Promise<string[]> {
  const texts = await page.getByRole("region", { name: "To-dos" })
    .getByRole("checkbox").evaluateAll((boxes) =>
      boxes.map((box) =>
        ((box as HTMLInputElement).checked ? "✓ " : "") +
        box.getAttribute("aria-label")
      )
    );
  return texts.sort();
}

/** Waits until exactly these are shown. */
export async function untilShown(
  page: Page,
  texts: readonly string[],
): Promise<void> {
  const wanted = [...texts].sort();
  try {
    await page.waitForFunction((wanted) => {
      const boxes = document.querySelectorAll<HTMLInputElement>(
        "[aria-label='To-dos'] input[type=checkbox]",
      );
      const texts = [...boxes].map((box) =>
        (box.checked ? "✓ " : "") + box.getAttribute("aria-label")
      );
      return JSON.stringify(texts.sort()) === JSON.stringify(wanted);
    }, wanted);
  } catch (cause) {
    const found = JSON.stringify(await shown(page));
    const message = `Shown is ${found}, want ${JSON.stringify(wanted)}`;
    throw new Error(message, { cause });
  }
}

/** Waits until the connection says this. */
export async function untilStatus(page: Page, text: string): Promise<void> {
  const status = page.getByRole("status", { name: "Connection" });
  try {
    await status.filter({ hasText: text }).waitFor();
  } catch (cause) {
    const found = await status.textContent({ timeout: 1_000 });
    throw new Error(`The connection says ${found}, want ${text}`, { cause });
  }
}

/** Waits until there is a connection, and nothing that it has not carried. */
export function untilSaved(page: Page): Promise<void> {
  return untilStatus(page, "Connected · all changes saved");
}

function checkbox(page: Page, text: string) {
  return page.getByRole("checkbox", { name: text, exact: true });
}

/** Waits until a device has stored something that holds a text. */
export async function untilStored(page: Page, text: string): Promise<void> {
  await page.waitForFunction(async (wanted) => {
    const decoder = new TextDecoder();
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name } of await indexedDB.databases()) {
      const db = await answer(indexedDB.open(name!));
      const [store] = db.objectStoreNames;
      const rows: { body: Uint8Array }[] = await answer(
        db.transaction(store!).objectStore(store!).getAll(),
      );
      db.close();
      if (rows.some(({ body }) => decoder.decode(body).includes(wanted))) {
        return true;
      }
    }
    return false;
  }, text);
}
