// Keeps the page's own files, so that it works without a network and installs as an app. It answers for these files alone, and
// only from one version: what belongs together stays together. A new version waits until the visitor asks for it, or until no
// page of the old one is open; nothing is ever reloaded by itself.
//
// script/after-build writes the version and the files with their hashes here.
const VERSION = "development";
const FILES = {};
/** What a first visit loads; the rest follows when the page has been quiet for a while. */
const FIRST = [];

const CACHE = `why403-${VERSION}`;
const address = (name) => new URL(name === "index.html" ? "./" : name, self.registration.scope).href;
const names = new Map(Object.keys(FILES).map((name) => [address(name), name]));

/** Fetches a file of exactly this version: from the browser's own cache where it is there, else from the server. */
async function load(cache, name) {
  if (await cache.match(address(name))) return;
  const options = { integrity: FILES[name], referrerPolicy: "no-referrer", credentials: "same-origin" };
  const response = await fetch(address(name), { ...options, cache: "force-cache" }).catch(() =>
    fetch(address(name), { ...options, cache: "reload" }),
  );
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  await cache.put(address(name), response);
}

async function keep(list) {
  const cache = await caches.open(CACHE);
  await Promise.all(list.map((name) => load(cache, name)));
}

self.addEventListener("install", (event) => event.waitUntil(keep(FIRST)));

self.addEventListener("activate", (event) => {
  const others = async () => {
    const all = await caches.keys();
    await Promise.all(all.filter((name) => name.startsWith("why403-") && name !== CACHE).map((name) => caches.delete(name)));
  };
  event.waitUntil(others());
});

self.addEventListener("message", (event) => {
  if (event.data === "rest") event.waitUntil(keep(Object.keys(FILES)).catch(() => {}));
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const plain = request.url.split(/[?#]/)[0];
  const wanted = plain.endsWith("/index.html") ? plain.slice(0, -"index.html".length) : plain;
  if (request.method !== "GET" || !names.has(wanted)) return;
  const answer = async () => {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(wanted);
    if (kept) return kept;
    const response = await fetch(request);
    if (response.ok) await cache.put(wanted, response.clone()).catch(() => {});
    return response;
  };
  event.respondWith(answer());
});
