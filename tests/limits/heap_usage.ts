/**
 * The heap of a worker's isolate, as workerd's inspector tells it.
 *
 * @module
 */

import { withDeadline } from "../hostile/deadline.ts";

/** How often garbage is collected before the heap is read: weak things need more than one. */
const COLLECTIONS = 3;

/**
 * How many bytes of a script's heap are in use after garbage was collected.
 * An isolate collects when it next has something to do: `work` gives it that.
 */
export async function heapUsed(
  inspector: URL,
  scriptName: string,
  work: () => Promise<unknown>,
): Promise<number> {
  const address = new URL(`/core:user:${scriptName}`, inspector);
  const socket = new WebSocket(address.href);
  const answers = new Map<number, (result: unknown) => void>();
  let id = 0;
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data) as { id?: number; result?: unknown };
    answers.get(message.id ?? 0)?.(message.result);
  });
  const call = (method: string) =>
    withDeadline(
      method,
      new Promise<unknown>((resolve) => {
        answers.set(++id, resolve);
        socket.send(JSON.stringify({ id, method, params: {} }));
      }),
    );
  try {
    await withDeadline(
      "the inspector",
      new Promise((resolve, reject) => {
        socket.addEventListener("open", resolve);
        socket.addEventListener("error", reject);
      }),
    );
    await call("HeapProfiler.enable");
    for (let i = 0; i < COLLECTIONS; i++) {
      let isDone = false;
      const collected = call("HeapProfiler.collectGarbage")
        .finally(() => isDone = true);
      while (!isDone) await work();
      await collected;
    }
    return usedSizeOf(await call("Runtime.getHeapUsage"));
  } finally {
    socket.close();
  }
}

function usedSizeOf(usage: unknown): number {
  if (typeof usage === "object" && usage !== null && "usedSize" in usage) {
    if (typeof usage.usedSize === "number") return usage.usedSize;
  }
  throw new TypeError(`No heap usage: ${JSON.stringify(usage)}`);
}
