/**
 * @file Page side of the service worker: whether the page works offline, and the offer of a new version.
 * @import { ToOffline } from "../model/protocol.js"
 * @import { State } from "../state/state.js"
 */
import { savesData } from "../python/boot.js";

const ANSWER = 10_000; // milliseconds that a worker has for one; an earlier version's first looks through all its files
const ACT = 3000; // milliseconds that it has to take over

let isBegun = false;

/**
 * Where there is no service worker to be had (from a file, in a private window, in an old browser) nothing is said.
 * @param {State} state
 */
export async function goOffline(state) {
  const { embed, file } = document.documentElement.dataset;
  if (embed !== undefined || file !== undefined || isBegun) return;
  isBegun = true;
  try {
    const { serviceWorker } = navigator;
    if (savesData() && !serviceWorker.controller) return; // it fetches what this visit may never need
    follow(await serviceWorker.register("sw.js"), state);
  } catch {}
}

/**
 * A worker may never answer: its file was empty when it was fetched during an upload, or is another program's. Such a worker
 * is never offered as a version, and the first one that answers replaces it without asking.
 * @param {ServiceWorkerRegistration} registration
 * @param {State} state
 */
function follow(registration, state) {
  async function look() {
    const { active, waiting } = registration;
    const [isActive, isWaiting] = await Promise.all([active && isThere(active), waiting && isThere(waiting)]);
    if (active !== registration.active || waiting !== registration.waiting) return look();
    // The waiting worker becomes active when the last tab is closed.
    const isLost = isActive === false || isWaiting === false;
    if (isLost) registration.update().catch(() => {}); // the host may have the right one by now
    if (isWaiting && isActive === false) send(/** @type {ServiceWorker} */ (waiting), "take over");
    else if (isWaiting && isActive) offer();
    state.isOffline.value = !isLost && active !== null && (await isWhole(active));
  }

  function offer() {
    const text = "A new version of Tenlines is ready.";
    state.offer({ id: "version", text, acts: [{ label: "Reload", act: reload }] });
  }

  function reload() {
    const { waiting } = registration;
    if (!waiting) return location.reload(); // another tab has activated it
    waiting.addEventListener("statechange", () => {
      if (waiting.state === "activated") location.reload();
    });
    send(waiting, "take over");
    setTimeout(() => location.reload(), ACT); // even if the worker does nothing
  }

  /** @param {Event} event */
  function changed({ target }) {
    const { state: reached } = /** @type {ServiceWorker} */ (target);
    if (reached === "installed" || reached === "activated") look();
  }

  const watch = () => {
    for (const worker of [registration.installing, registration.waiting])
      worker?.addEventListener("statechange", changed);
  };
  watch();
  registration.addEventListener("updatefound", watch);
  // Browsers look for a new version only when a page is opened; a tab may stay open for weeks.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") registration.update().catch(() => {});
  });
  look();
}

/**
 * @param {ServiceWorker} worker
 * @returns {Promise<boolean>} whether it says anything
 */
const isThere = (worker) =>
  Promise.race([
    ask(worker, "are you there").then(() => true),
    new Promise((resolve) => setTimeout(resolve, ANSWER, false)),
  ]);

/**
 * @param {ServiceWorker} worker
 * @returns {Promise<boolean>} whether every file of its version is in the cache as it was built
 */
const isWhole = (worker) => ask(worker, "are you whole");

/**
 * @param {ServiceWorker} worker
 * @param {ToOffline} question
 * @returns {Promise<boolean>}
 */
const ask = (worker, question) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    send(worker, question, port2);
  });

/**
 * @param {ServiceWorker} worker
 * @param {ToOffline} message
 * @param {MessagePort[]} ports
 */
const send = (worker, message, ...ports) => worker.postMessage(message, ports);
