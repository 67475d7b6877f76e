/**
 * @file Program's thread: takes away what a program could reach of what the page keeps.
 *
 * The page's policy lets it reach no other origin, and a worker has no page. But what is kept in this browser belongs to
 * the origin, so a program that somebody else has written could read or spoil it.
 */

const KEPT = ["indexedDB", "caches", "BroadcastChannel"]; // where tables and the page itself are kept, and other tabs
const FRESH = ["Worker", "SharedWorker", "WebTransport"]; // a worker of its own would have all of that again
const OF_NAVIGATOR = ["storage", "storageBuckets", "locks", "serviceWorker"];

/** @param {WorkerGlobalScope} scope */
export function confine(scope) {
  for (const name of [...KEPT, ...FRESH]) takeAway(scope, name);
  for (const name of OF_NAVIGATOR) takeAway(scope.navigator, name);
}

/**
 * From the object and from what it inherits from.
 * @param {object} object
 * @param {string} name
 */
function takeAway(object, name) {
  for (let owner = object; owner; owner = Object.getPrototypeOf(owner)) {
    if (Object.hasOwn(owner, name)) delete (/** @type {any} */ (owner)[name]);
  }
}
