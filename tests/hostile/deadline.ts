/** A wait that ends. */

const DEADLINE_MS = 20_000;

/** Resolves as `work` does; throws, with what was awaited, when that takes too long. */
export async function withDeadline<T>(
  what: string,
  work: Promise<T>,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`Waited ${DEADLINE_MS} ms for ${what}`);
    timer = setTimeout(() => reject(error), DEADLINE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Looks again and again until `holds` says yes; throws with `what` when it never does. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const endMs = Date.now() + DEADLINE_MS;
  while (!await holds()) {
    if (Date.now() > endMs) throw new Error(`Waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
