/**
 * @file A Web Lock that a worker holds while it lives: the page waits for the lock and so learns at once when the
 * worker is gone.
 */

/**
 * In the worker.
 * @param {string} name
 * @param {() => void} held  called once it is; never where there are no locks
 */
export function holdLock(name, held) {
  const forEver = () => {
    held();
    return new Promise(() => {});
  };
  navigator.locks?.request(name, forEver).catch(() => {});
}

/**
 * In the page, after the worker has asked for it.
 * @param {string} name
 * @param {AbortSignal} signal  ends the waiting
 * @returns {Promise<boolean>}  true once it is free; false where there are no locks, as in a page that came by plain http
 */
export async function isReleased(name, signal) {
  try {
    return (await navigator.locks?.request(name, { signal }, () => true)) ?? false;
  } catch {
    return false;
  }
}
