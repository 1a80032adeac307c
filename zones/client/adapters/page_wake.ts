const EVENTS = ["focus", "online", "pageshow", "visibilitychange"];

/**
 * Calls `onWake` when the page is looked at again, comes back from being
 * frozen, or the network seems to be back. Returns what ends it.
 */
export function onPageWake(onWake: () => void): () => void {
  const ended = new AbortController();
  const wake = () => {
    if (globalThis.document?.visibilityState !== "hidden") onWake();
  };
  for (const event of EVENTS) {
    addEventListener(event, wake, { signal: ended.signal });
  }
  return () => ended.abort();
}
