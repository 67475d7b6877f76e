/**
 * @file A lock that a worker holds as long as it lives: the page that waits for it learns at once when the worker is gone.
 */

/**
 * In the worker.
 * @param {string} name
 * @returns {Promise<boolean>}  whether it is held; there are no locks in a page that came by plain http
 */
export const hold = (name) =>
  new Promise((resolve) => {
    const held = navigator.locks?.request(name, () => {
      resolve(true);
      return new Promise(() => {});
    });
    if (held) held.catch(() => resolve(false));
    else resolve(false);
  });

/**
 * In the page, once the worker holds it.
 * @param {string} name
 * @param {AbortSignal} signal  ends the waiting
 * @param {() => void} act
 */
export const whenFree = (name, signal, act) => {
  navigator.locks.request(name, { signal }, act).catch(() => {}); // no longer waited for
};
