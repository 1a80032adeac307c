/**
 * The browser and the proxy, used as the journeys use them: a page whose
 * socket is cut, turned away and frozen.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { launchBrowser } from "./chromium.ts";
import { type Proxy, startProxy } from "./proxy.ts";

const PAGE = `<!doctype html><title>Echo</title><script>
  let socket, closed;
  const open = () => new Promise((resolve) => {
    socket = new WebSocket("ws://" + location.host);
    socket.onopen = () => resolve("open");
    closed = new Promise((close) => {
      socket.onclose = (event) => { close(event.code); resolve("turned away"); };
    });
  });
  const ask = (text) => new Promise((resolve) => {
    socket.onmessage = (event) => resolve(event.data);
    socket.send(text);
  });
</script>`;

/** Serves the page, and answers its sockets with what they send. */
function serveEcho(heard: string[]): Deno.HttpServer<Deno.NetAddr> {
  const options = { hostname: "127.0.0.1", port: 0, onListen() {} };
  return Deno.serve(options, (request) => {
    if (request.headers.get("upgrade") !== "websocket") {
      const headers = { "content-type": "text/html" };
      return new Response(PAGE, { headers });
    }
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onmessage = ({ data }) => {
      heard.push(data);
      socket.send(data);
    };
    return response;
  });
}

async function withPage(
  run: (page: Page, proxy: Proxy, heard: string[]) => Promise<void>,
): Promise<void> {
  const heard: string[] = [];
  await using server = serveEcho(heard);
  const proxy = startProxy(server.addr.port);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${proxy.port}/`);
    await run(page, proxy, heard);
  } finally {
    await browser.close();
    await proxy.close();
  }
}

Deno.test("launchBrowser opens a page and its socket through the proxy", async () => {
  await withPage(async (page, _proxy, heard) => {
    assertEquals(await page.title(), "Echo");
    assertEquals(await page.evaluate("open()"), "open");
    assertEquals(await page.evaluate(`ask("hello")`), "hello");
    assertEquals(heard, ["hello"]);
  });
});

Deno.test("a cut link closes the page's socket with 1006, and it may come back", async () => {
  await withPage(async (page, proxy) => {
    await page.evaluate("open()");
    proxy.refuse();
    proxy.cut();
    assertEquals(await page.evaluate("closed"), 1006);
    assertEquals(await page.evaluate("open()"), "turned away");
    proxy.accept();
    assertEquals(await page.evaluate("open()"), "open");
    assertEquals(await page.evaluate(`ask("again")`), "again");
  });
});

Deno.test("a frozen link seems open, and delivers when it thaws", async () => {
  await withPage(async (page, proxy, heard) => {
    await page.evaluate("open()");
    proxy.freeze();
    const answer = page.evaluate(`ask("held")`);
    assertEquals(await page.evaluate("socket.readyState"), 1);
    assertEquals(heard, []);
    proxy.thaw();
    assertEquals(await answer, "held");
  });
});

Deno.test("launchBrowser's browser draws text", async () => {
  await withPage(async (page) => {
    const width = (text: string) =>
      page.evaluate(`(() => {
        const context = document.createElement("canvas").getContext("2d");
        return context.measureText("${text}").width;
      })()`);
    assertEquals(await width(""), 0);
    assertEquals(await width("iii") === await width("WWW"), false);
  });
});
