/**
 * A real browser for tests: the one that `CHROME` names, else the system's
 * Chromium or Chrome, else the headless Chromium that npm brings.
 *
 * @module
 */

import { type Browser, chromium } from "playwright-core";
import { packedChromium } from "./packed_chromium.ts";

/** Where systems keep a browser. */
const SYSTEM_PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Keeps the browser from talking to anyone but the test's own server. */
const QUIET_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function findBrowser(): Promise<string | undefined> {
  const named = Deno.env.get("CHROME");
  if (named) return named;
  for (const path of SYSTEM_PATHS) {
    if (await isFile(path)) return path;
  }
  return undefined;
}

/**
 * Launches a headless browser, which the caller closes. The first launch on a
 * machine without one takes some seconds more, to unpack it.
 *
 * @throws where there is no browser and npm brings none for the platform
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  return await chromium.launch({
    args: QUIET_ARGS,
    ...executablePath ? { executablePath } : await packedChromium(),
  });
}
