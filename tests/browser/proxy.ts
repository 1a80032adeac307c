/**
 * A TCP proxy that a test can break as a network breaks: links cut, links
 * frozen half-open, new connections turned away.
 *
 * @module
 */

/** A running proxy in front of one port of this machine. */
export interface Proxy {
  /** The port to connect to, on 127.0.0.1. */
  readonly port: number;
  /** Ends every open link at once, on both sides. New ones may be made. */
  cut(): void;
  /** Lets no byte through, either way; connections stay, and seem, open. */
  freeze(): void;
  /** Lets the bytes through that a freeze held back, and all after them. */
  thaw(): void;
  /** Turns new connections away; open links are left alone. */
  refuse(): void;
  /** Lets new connections in again. */
  accept(): void;
  /** Cuts every link and stops listening. */
  close(): Promise<void>;
}

/** Bytes pass while it is open, and wait while it is shut. */
interface Gate {
  shut(): void;
  open(): void;
  passed(): Promise<void>;
}

function makeGate(): Gate {
  let way = Promise.withResolvers<void>();
  way.resolve();
  let isOpen = true;
  return {
    shut() {
      if (isOpen) way = Promise.withResolvers();
      isOpen = false;
    },
    open() {
      way.resolve();
      isOpen = true;
    },
    // A gate that shut again while we waited is a gate to wait at again.
    async passed() {
      while (!isOpen) await way.promise;
    },
  };
}

async function writeAll(to: Deno.Conn, bytes: Uint8Array): Promise<void> {
  let rest = bytes;
  while (rest.length > 0) rest = rest.subarray(await to.write(rest));
}

async function pump(
  from: Deno.Conn,
  to: Deno.Conn,
  gate: Gate,
): Promise<void> {
  const buffer = new Uint8Array(65_536);
  while (true) {
    const size = await from.read(buffer);
    await gate.passed();
    if (size === null) return await to.closeWrite();
    await writeAll(to, buffer.subarray(0, size));
  }
}

/** Closes a connection that may have been closed already. */
function end(conn: Deno.Conn): void {
  try {
    conn.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

/**
 * Starts a proxy in front of `targetPort` on 127.0.0.1. The target may come,
 * go and come again: a connection made while it is away is closed.
 */
export function startProxy(targetPort: number): Proxy {
  const hostname = "127.0.0.1";
  const listener = Deno.listen({ hostname, port: 0 });
  const gate = makeGate();
  const open = new Set<Deno.Conn>();
  const links = new Set<Promise<void>>();
  let refusing = false;

  async function carry(client: Deno.TcpConn): Promise<void> {
    open.add(client);
    const ends: Deno.Conn[] = [client];
    try {
      const target = await Deno.connect({ hostname, port: targetPort });
      ends.push(target);
      // A cut that came while we connected has closed the client alone.
      if (!open.has(client)) return;
      open.add(target);
      client.setNoDelay();
      target.setNoDelay();
      await Promise.all([
        pump(client, target, gate),
        pump(target, client, gate),
      ]);
    } catch {
      // However a link fails, what is left of it is to end both its sides.
    } finally {
      for (const conn of ends) {
        open.delete(conn);
        end(conn);
      }
    }
  }

  async function serve(): Promise<void> {
    for await (const client of listener) {
      if (refusing) {
        end(client);
        continue;
      }
      const link = carry(client).finally(() => links.delete(link));
      links.add(link);
    }
  }

  function cut(): void {
    for (const conn of open) end(conn);
    open.clear();
  }

  const served = serve();
  return {
    port: listener.addr.port,
    cut,
    freeze: gate.shut,
    thaw: gate.open,
    refuse() {
      refusing = true;
    },
    accept() {
      refusing = false;
    },
    async close() {
      listener.close();
      cut();
      gate.open();
      await served;
      await Promise.all(links);
    },
  };
}
