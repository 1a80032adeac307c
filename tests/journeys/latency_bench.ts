/**
 * How long a change takes from the page where it is made to another device's
 * page, through worker, server node, master and back: real Chromium, real
 * workerd, all on this machine.
 *
 * @module
 */

import { closeBrowser, type Device } from "./stage.ts";
import { openTodo, signIn } from "./todo_page.ts";

const SAMPLES = 40;

/** Times some changes, and prints the median. */
async function run(): Promise<void> {
  await using stage = await openTodo();
  const first = await signIn(stage, "ann");
  const second = await signIn(stage, "ann");
  const times: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const text = `change ${i}`;
    const seenAt = whenShown(second, text);
    const madeAt = await madeNow(first, text);
    times.push(await seenAt - madeAt);
  }
  times.sort((a, b) => a - b);
  const [least, median, most] = [0, SAMPLES >> 1, SAMPLES - 1]
    .map((i) => times[i]!.toFixed(1));
  console.log(
    `page to page: median ${median} ms of ${SAMPLES} (${least} to ${most})`,
  );
}

if (import.meta.main) {
  await run();
  await closeBrowser();
}

/** Adds a to-do from within the page, and tells when. */
function madeNow({ page }: Device, text: string): Promise<number> {
  return page.evaluate((text) => {
    const field = document.querySelector<HTMLInputElement>("#new-todo")!;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const madeAt = performance.timeOrigin + performance.now();
    field.form!.requestSubmit();
    return madeAt;
  }, text);
}

/** Tells when a to-do stood on the page, as the page saw it. */
function whenShown({ page }: Device, text: string): Promise<number> {
  return page.evaluate((text) =>
    new Promise<number>((resolve) => {
      const look = () => {
        const name = CSS.escape(text);
        if (!document.querySelector(`input[aria-label=${name}]`)) return;
        observer.disconnect();
        resolve(performance.timeOrigin + performance.now());
      };
      const observer = new MutationObserver(look);
      const watched = { childList: true, subtree: true, attributes: true };
      observer.observe(document.body, watched);
      look();
    }), text);
}
