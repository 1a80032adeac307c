/**
 * Lets the page open without a network: its files come from the network where
 * there is one, else as they were kept. The data is none of its business.
 *
 * @module
 */

const CACHE = "todo";
const FILES = ["/", "/page.js", "/style.css", "/icon.svg"];
/** A network that takes longer is as good as none. */
const PATIENCE_MS = 1_500;

addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (FILES.includes(pathname)) event.respondWith(answer(pathname));
});

async function answer(path) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(path);
  const patience = kept && { signal: AbortSignal.timeout(PATIENCE_MS) };
  const fresh = await fetch(path, patience).catch((error) => {
    if (kept) return kept;
    throw error;
  });
  if (!fresh.ok) return kept ?? fresh;
  if (fresh !== kept) await cache.put(path, fresh.clone());
  return fresh;
}
