/**
 * @file The service worker's thread: keeps the files of its own version, whole and verified, and answers from them.
 *
 * Each version has a cache of its own, and that of the version before stays: a tab that still shows that version gets its
 * files there. Files that differ between versions have a hash in their name, so no answer is of the wrong version.
 * @import { ToOffline } from "../model/protocol.js"
 */
import { files, version } from "site-contents";

const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const BASE = new URL(scope.registration.scope);
const PREFIX = `tenlines ${BASE.pathname} `; // other projects may share the origin and its caches
const CURRENT = PREFIX + version;
const IS_LOCAL = BASE.hostname === "localhost"; // where another program may be served tomorrow, at the same port
const ACTIVE = "active"; // an entry in the cache of the version that answers, beside its files
const ANY = { ignoreVary: true }; // there is one response for each path
const MARKED = /-[0-9A-Z]{8}\.\w+$/; // py/build/assemble.py names them
const FOLDERS = new Set(Object.keys(files).map(folder));

/** @param {string} path */
function folder(path) {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

const others = async () =>
  (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CURRENT);

/** Bring into the cache what it lacks of this version. Throws where a file cannot be had as the build made it. */
async function fill() {
  const current = await caches.open(CURRENT);
  const earlier = await others();
  for (const [path, hash] of Object.entries(files)) {
    if (!(await verified(await current.match(path, ANY), hash))) await keep(current, path, hash, earlier);
  }
}

/**
 * @param {Cache} current
 * @param {string} path
 * @param {string} hash
 * @param {string[]} earlier  caches, where what has not changed is
 */
async function keep(current, path, hash, earlier) {
  const ways = [
    ...earlier.map((cacheName) => () => caches.match(path, { ...ANY, cacheName })),
    // The browser's own cache may hold one of another version; the host itself may be in the midst of an upload.
    () => fetch(path),
    () => fetch(path, { cache: "reload" }),
  ];
  for (const way of ways) {
    const found = await way();
    if (!found?.ok) continue;
    await current.put(path, acceptable(found));
    if (await verified(await current.match(path, ANY), hash)) return;
    await current.delete(path);
  }
  throw new Error(`${path} is not as it was built.`);
}

/**
 * The response itself, for a copy would stay in memory for a while; but without a `Vary: *`, which a cache refuses.
 * @param {Response} response
 */
function acceptable(response) {
  if (!response.headers.get("Vary")?.includes("*")) return response;
  const headers = new Headers(response.headers);
  headers.delete("Vary");
  return new Response(response.body, { headers });
}

/**
 * The response if its SHA-256 is that of the build, else null.
 * @param {Response | undefined} response
 * @param {string} hash
 */
async function verified(response, hash) {
  if (!response) return null;
  const body = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return btoa(String.fromCharCode(...digest)) === hash
    ? new Response(body, { headers: response.headers })
    : null;
}

let isFresh = false; // just filled and verified: the first question need not check it again

async function install() {
  await fill();
  isFresh = true;
  if (!(await caches.has(CURRENT)))
    throw new Error("Another version took over meanwhile and has cleared up.");
}

/** Of all caches but this one only that of the version before stays. */
async function takeOver() {
  const current = await caches.open(CURRENT);
  await current.put(ACTIVE, new Response());
  for (const name of await others()) {
    const wasActive = await (await caches.open(name)).delete(ACTIVE);
    if (!wasActive) await caches.delete(name);
  }
  await scope.clients.claim(); // so that the tab of the first visit works offline, too
}

/**
 * Other pages of the origin can write to these caches. So whatever a page uses is verified each time, and no worker starts
 * from an unknown file, for it would not be bound by the page's policy. Files that are only fetched go to Python, unless a
 * page asks with "no-cache" (web/files/one-file-copy.js), and a script of an earlier version runs only in a bound worker.
 * @param {Request} request
 * @param {string} path
 */
async function answer(request, path) {
  const { cache, destination, mode } = request;
  const found = await caches.match(path, { ...ANY, cacheName: CURRENT });
  // Who requests a file cannot be found out by a message: a worker of Firefox that waits for the file would not answer.
  const isForPython = destination === "" && cache !== "no-cache";
  const own = isForPython ? found : await verified(found, files[path]);
  if (own && IS_LOCAL && mode === "navigate") return fetch(request).catch(() => own);
  if (own) return own;
  const mayBeOld = MARKED.test(path) && (destination === "" || destination === "script");
  for (const cacheName of mayBeOld ? await others() : []) {
    const kept = await caches.match(path, { ...ANY, cacheName });
    if (kept) return kept;
  }
  return fetch(request);
}

/** Instead of the browser's own error page, which does not say what is lost and what is not. */
const notHere = () =>
  new Response(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tenlines</title><body style="font: 1rem/1.5 system-ui; margin: 2rem; color-scheme: light dark">
<p role="alert">Tenlines cannot be shown: this browser no longer has all of it, and its host cannot be reached.
Check the connection, then press Retry. Tables that were kept are still there.</p>
<button onclick="location.reload()">Retry</button>`,
    { status: 503, headers: { "Content-Type": "text/html" } },
  );

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(takeOver()));

scope.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== BASE.origin || !pathname.startsWith(BASE.pathname)) return;
  const path = pathname.slice(BASE.pathname.length) || "index.html";
  const isOurs = Object.hasOwn(files, path) || (MARKED.test(path) && FOLDERS.has(folder(path)));
  // In a damaged profile reading the caches fails: the network answers then.
  if (!isOurs) return;
  const found = answer(event.request, path).catch(() => fetch(event.request));
  event.respondWith(event.request.mode === "navigate" ? found.catch(notHere) : found);
});

scope.addEventListener("message", (event) => {
  /** @type {ToOffline} */
  const asked = event.data;
  if (asked === "take over") {
    scope.skipWaiting();
    return;
  }
  if (asked === "are you there") return event.ports[0].postMessage(true);
  const filled = isFresh ? Promise.resolve() : fill();
  isFresh = false;
  const isWhole = filled.then(
    () => true,
    () => false,
  );
  event.waitUntil(isWhole.then((whole) => event.ports[0].postMessage(whole)));
});
