/**
 * Where a journey takes place: an app in real workerd, and devices, each a
 * profile of a real browser that reaches the app through a proxy of its own.
 *
 * @module
 */

import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type DevApp, startDev } from "../../deploy/mod.ts";
import { launchBrowser } from "../browser/chromium.ts";
import { type Proxy, startProxy } from "../browser/proxy.ts";

const WAIT_MS_MAX = 30_000;

/** A device: its browser's storage is its own, and so is its network. */
export interface Device {
  /** The profile: its tabs share their storage. */
  readonly context: BrowserContext;
  /** The first tab. */
  readonly page: Page;
  /** Its way to the app. */
  readonly proxy: Proxy;
  /** All that was received on sockets, in all tabs. */
  readonly frames: readonly Uint8Array[];
  /** What no code of its pages caught. */
  readonly errors: readonly string[];
  /** Opens one more tab on the app. */
  openTab(): Promise<Page>;
  /** Cuts what is open and lets nothing new through. */
  goOffline(): void;
  /** Lets it through again, and says so to the pages as a system does. */
  goOnline(): Promise<void>;
}

/** An app and its devices. */
export interface Stage extends AsyncDisposable {
  /** The app; another one after a restart. */
  readonly app: DevApp;
  /** Where its objects are kept. */
  readonly dataFolder: string;
  /** Opens the app on a device that nobody has used. */
  openDevice(): Promise<Device>;
  /** Stops the app, and starts it on the same data at the same port, after `meanwhile`. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
}

let browser: Promise<Browser> | undefined;

/** Ends the browser that the tests of a file have shared. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
}

/** Starts the app in `folder`, on data of its own. */
export async function openStage(folder: URL): Promise<Stage> {
  await using opened = new AsyncDisposableStack();
  const workFolder = await Deno.makeTempDir();
  opened.defer(() => Deno.remove(workFolder, { recursive: true }));
  const start = (port: number) =>
    startDev(folder.pathname, { port, workFolder, watch: false });
  let app = await start(0);
  opened.defer(() => app.stop());
  const port = Number(new URL(app.url).port);
  const devices = opened.use(new AsyncDisposableStack());
  const stage = opened.move();
  return {
    get app() {
      return app;
    },
    dataFolder: join(workFolder, "data"),
    openDevice: async () => {
      const proxy = devices.adopt(startProxy(port), (proxy) => proxy.close());
      const context = await (await (browser ??= launchBrowser())).newContext();
      devices.defer(() => context.close());
      return await openDevice(context, proxy);
    },
    async restart(meanwhile) {
      await app.stop();
      await meanwhile();
      app = await start(port);
    },
    [Symbol.asyncDispose]: () => stage.disposeAsync(),
  };
}

async function openDevice(
  context: BrowserContext,
  proxy: Proxy,
): Promise<Device> {
  const frames: Uint8Array[] = [];
  const errors: string[] = [];
  context.setDefaultTimeout(WAIT_MS_MAX);
  context.on("page", (page) => {
    page.on("pageerror", (error) => errors.push(error.message));
    page.on(
      "websocket",
      (socket) =>
        socket.on("framereceived", ({ payload }) => {
          frames.push(
            typeof payload === "string"
              ? new TextEncoder().encode(payload)
              : payload,
          );
        }),
    );
  });
  const openTab = async () => {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${proxy.port}/`);
    return page;
  };
  return {
    context,
    page: await openTab(),
    proxy,
    frames,
    errors,
    openTab,
    goOffline() {
      proxy.refuse();
      proxy.cut();
    },
    async goOnline() {
      proxy.accept();
      for (const page of context.pages()) {
        await page.evaluate(() => void dispatchEvent(new Event("online")));
      }
    },
  };
}
