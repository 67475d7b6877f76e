/**
 * @file Page side of the service worker: whether the page works without a network, and the offer of a new version.
 * @import { ToOffline } from "./protocol.js"
 * @import { State } from "./state.js"
 */
import { isDear } from "./boot.js";

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
    if (isDear() && !serviceWorker.controller) return; // it fetches what this visit may never need
    follow(await serviceWorker.register("sw.js"), state);
  } catch {}
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @param {State} state
 */
function follow(registration, state) {
  async function verify() {
    const { active } = registration;
    state.isOffline.value = active !== null && (await isWhole(active));
  }

  function offer() {
    if (!registration.active || !registration.waiting) return;
    const text = "A new version of Tenlines is ready.";
    state.offer({ id: "version", text, acts: [{ label: "Reload", act: reload }] });
  }

  function reload() {
    const { waiting } = registration;
    if (!waiting) return location.reload(); // another tab has let it take over
    waiting.addEventListener("statechange", () => {
      if (waiting.state === "activated") location.reload();
    });
    send(waiting, "take over");
  }

  /** @param {Event} event */
  function changed({ target }) {
    const { state: reached } = /** @type {ServiceWorker} */ (target);
    if (reached === "installed") offer();
    if (reached === "activated") verify();
  }

  const watch = () => {
    for (const worker of [registration.installing, registration.waiting])
      worker?.addEventListener("statechange", changed);
  };
  watch();
  registration.addEventListener("updatefound", watch);
  // A tab may stay open for weeks; without this nobody would look.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") registration.update().catch(() => {});
  });
  offer();
  verify();
}

/**
 * @param {ServiceWorker} worker
 * @returns {Promise<boolean>} whether every file of its version is in the cache as it was built
 */
const isWhole = (worker) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    send(worker, "are you whole", port2);
  });

/**
 * @param {ServiceWorker} worker
 * @param {ToOffline} message
 * @param {MessagePort[]} ports
 */
const send = (worker, message, ...ports) => worker.postMessage(message, ports);
