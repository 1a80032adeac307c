/**
 * Tabs of a real browser on the notes app, each function of the page a call.
 *
 * @module
 */

import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "../browser/chromium.ts";
import { deployedPage } from "./deployed_page.ts";
import type {} from "./notes_page.ts";
import { type NotesHost, serveNotes } from "./notes_host.ts";

/** A tab, and what it threw or reported. */
export interface Tab {
  /** The page itself. */
  readonly page: Page;
  /** Runs a function in the page, which sees nothing but the page. */
  run<T>(fn: () => T | Promise<T>): Promise<T>;
  /** Runs a function in the page until it gives something true. */
  until(fn: () => unknown): Promise<void>;
  /** What no code of the page caught. */
  readonly errors: readonly string[];
}

/** What a test works with. */
export interface Bench {
  /** The server. */
  readonly host: NotesHost;
  /** The browser's profile: all tabs of a test share its storage. */
  readonly context: BrowserContext;
  /** Opens a tab on the page. */
  open(): Promise<Tab>;
}

const WAIT_MS_MAX = 15_000;

const script = deployedPage(new URL("./notes_page.ts", import.meta.url));
let browser: Promise<Browser> | undefined;

/** Ends the browser that the tests of a file have shared. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
}

/** Runs a test over a server and a browser profile of its own. */
export async function withBench(
  test: (bench: Bench) => Promise<void>,
): Promise<void> {
  await using host = serveNotes(await script);
  const context = await (await (browser ??= launchBrowser())).newContext();
  try {
    await test({ host, context, open: () => openTab(context, host.url) });
  } finally {
    await context.close();
  }
}

async function openTab(context: BrowserContext, url: string): Promise<Tab> {
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS_MAX);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url);
  return {
    page,
    errors,
    run: (fn) => page.evaluate(fn),
    until: async (fn) => void await page.waitForFunction(fn),
  };
}
