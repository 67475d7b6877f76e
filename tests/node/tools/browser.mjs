/** @file What documents use of a browser, as plain objects: an address, a history, storages, events. */

export class FakeStorage {
  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }
  setItem(key, text) {
    this[key] = String(text);
  }
  removeItem(key) {
    delete this[key];
  }
}

const SITE = "https://tenlines.example/";

/**
 * A tab of a browser; tabs of one browser share its localStorage.
 * @param {{ localStorage?: FakeStorage, address?: string }} [how]
 */
export function newTab({ localStorage = new FakeStorage(), address = SITE } = {}) {
  const entries = [{ address, state: null }];
  const sessionStorage = new FakeStorage();
  let at = 0;
  let isBlocked = false;

  /** @param {string} type  how the page is come to: "navigate", "reload", "back_forward" */
  function load(type) {
    const listeners = new Map();
    const unlessBlocked = (storage) => {
      if (isBlocked) throw new DOMException("The operation is insecure.", "SecurityError");
      return storage;
    };
    const addEventListener = (name, act) => listeners.set(name, [...(listeners.get(name) ?? []), act]);
    const page = {
      reloads: 0,
      location: {
        get href() {
          return entries[at].address;
        },
        get hash() {
          return new URL(entries[at].address).hash;
        },
        reload() {
          page.reloads++;
        },
      },
      history: {
        get state() {
          return entries[at].state;
        },
        get length() {
          return entries.length;
        },
        replaceState(state, _, url) {
          entries[at] = { address: new URL(url || entries[at].address, entries[at].address).href, state };
        },
      },
      performance: { getEntriesByType: () => [{ type }] },
      get localStorage() {
        return unlessBlocked(localStorage);
      },
      get sessionStorage() {
        return unlessBlocked(sessionStorage);
      },
      onbeforeunload: null,
      addEventListener,
      document: { addEventListener },
      /** @param {string} name */
      tell(name) {
        for (const act of listeners.get(name) ?? []) act(new Event(name));
      },
      /** Whether the browser would ask before the page is left. */
      asksBeforeLeaving() {
        const event = new Event("beforeunload", { cancelable: true });
        page.onbeforeunload?.(event);
        return event.defaultPrevented;
      },
    };
    tab.page = page;
    return page;
  }

  const tab = {
    localStorage,
    page: /** @type {any} */ (null),
    get address() {
      return entries[at].address;
    },
    /** No storage may be used from now on, or may be again. */
    block(blocked = true) {
      isBlocked = blocked;
    },
    /** The page is left, as far as it is told. */
    leave: () => tab.page.tell("pagehide"),
    /**
     * @param {string} [address]  the one at which the reload began, if it was written anew before the page was left
     * @param {boolean} [isTold]  whether the page is told that it is left
     */
    reload(address, isTold = true) {
      if (isTold) tab.leave();
      if (address) entries[at] = { address, state: null };
      return load("reload");
    },
    /**
     * Another address of the same page: a link that was clicked, or text behind # that was changed.
     * @param {string} hash
     * @param {number} [milliseconds]  after which the page is told
     */
    go(hash, milliseconds = 0) {
      entries.splice(at + 1, Infinity, { address: SITE + hash, state: null });
      at++;
      setTimeout(() => tab.page.tell("hashchange"), milliseconds);
    },
    back() {
      at--;
      tab.page.tell("hashchange");
    },
  };
  load("navigate");
  return tab;
}

/**
 * Returns what a condition gives as soon as that is something.
 * @param {() => any} condition
 * @param {string} what  is waited for
 */
export async function until(condition, what) {
  const end = performance.now() + 10_000;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (performance.now() > end) throw new Error(`This has not come: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
