import { assert, assertEquals } from "@std/assert";
import { type Proxy, startProxy } from "./proxy.ts";

const hostname = "127.0.0.1";

/** A server that sends back whatever it is sent. */
function startEcho(): { readonly port: number; close(): Promise<void> } {
  const listener = Deno.listen({ hostname, port: 0 });
  async function serve() {
    for await (const conn of listener) {
      conn.readable.pipeTo(conn.writable).catch(() => {});
    }
  }
  const served = serve();
  return {
    port: listener.addr.port,
    async close() {
      listener.close();
      await served;
    },
  };
}

async function withProxy(
  run: (proxy: Proxy, targetPort: number) => Promise<void>,
): Promise<void> {
  const echo = startEcho();
  const proxy = startProxy(echo.port);
  try {
    await run(proxy, echo.port);
  } finally {
    await proxy.close();
    await echo.close();
  }
}

async function send(conn: Deno.Conn, text: string): Promise<void> {
  await conn.write(new TextEncoder().encode(text));
}

/** Returns what comes next, or `null` when the connection has ended. */
async function receive(conn: Deno.Conn): Promise<string | null> {
  const buffer = new Uint8Array(64);
  try {
    const size = await conn.read(buffer);
    if (size === null) return null;
    return new TextDecoder().decode(buffer.subarray(0, size));
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionReset) return null;
    throw error;
  }
}

/** Returns what the connection gives back for `text`. */
async function ask(conn: Deno.Conn, text: string): Promise<string | null> {
  try {
    await send(conn, text);
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) return null;
    if (error instanceof Deno.errors.ConnectionReset) return null;
    throw error;
  }
  return await receive(conn);
}

Deno.test("Proxy carries bytes both ways", async () => {
  await withProxy(async ({ port }) => {
    using conn = await Deno.connect({ hostname, port });
    assertEquals(await ask(conn, "one"), "one");
    assertEquals(await ask(conn, "two"), "two");
  });
});

Deno.test("Proxy.cut ends open links and lets new ones be made", async () => {
  await withProxy(async (proxy) => {
    using before = await Deno.connect({ hostname, port: proxy.port });
    assertEquals(await ask(before, "x"), "x");
    proxy.cut();
    assertEquals(await receive(before), null);
    using after = await Deno.connect({ hostname, port: proxy.port });
    assertEquals(await ask(after, "y"), "y");
  });
});

Deno.test("Proxy.freeze holds bytes back until Proxy.thaw", async () => {
  await withProxy(async (proxy, targetPort) => {
    using conn = await Deno.connect({ hostname, port: proxy.port });
    assertEquals(await ask(conn, "x"), "x");
    proxy.freeze();
    let answered = false;
    const answer = ask(conn, "held").finally(() => answered = true);
    using direct = await Deno.connect({ hostname, port: targetPort });
    for (let round = 0; round < 50; round++) await ask(direct, "y");
    assertEquals(answered, false);
    proxy.thaw();
    assertEquals(await answer, "held");
  });
});

Deno.test("Proxy.cut of a frozen link loses what was held back", async () => {
  await withProxy(async (proxy) => {
    using conn = await Deno.connect({ hostname, port: proxy.port });
    proxy.freeze();
    await send(conn, "lost");
    proxy.cut();
    proxy.thaw();
    assertEquals(await receive(conn), null);
  });
});

Deno.test("Proxy.refuse turns new connections away, Proxy.accept lets them in", async () => {
  await withProxy(async (proxy) => {
    using open = await Deno.connect({ hostname, port: proxy.port });
    assertEquals(await ask(open, "x"), "x");
    proxy.refuse();
    using turnedAway = await Deno.connect({ hostname, port: proxy.port });
    assertEquals(await ask(turnedAway, "y"), null);
    assertEquals(await ask(open, "still"), "still");
    proxy.accept();
    using letIn = await Deno.connect({ hostname, port: proxy.port });
    assertEquals(await ask(letIn, "z"), "z");
  });
});

Deno.test("Proxy outlives a target that goes and comes again", async () => {
  const first = startEcho();
  const proxy = startProxy(first.port);
  try {
    await first.close();
    using away = await Deno.connect({ hostname, port: proxy.port });
    assertEquals(await ask(away, "x"), null);
    using again = Deno.listen({ hostname, port: first.port });
    using conn = await Deno.connect({ hostname, port: proxy.port });
    using target = await again.accept();
    await send(conn, "back");
    assert(await receive(target) === "back");
  } finally {
    await proxy.close();
  }
});
