/**
 * @file What this tab was at, for a reload of it, for Back and for Forward. Each entry of the tab's history has a key of
 * its own, in `history.state`; what was on show there stands under it in sessionStorage. So it does not matter which
 * address an entry has: an address that is written while a reload is on its way is not the one that comes back, and in
 * Chromium and WebKit `history.state` is then lost too. A reload is therefore known by the key that was on show last.
 *
 * @import { Stored } from "./entry.js"
 */
import { fresh } from "./revision.js";

const PREFIX = "tenlines.tab.";
const LAST = "tenlines.last"; // the key on show last
const BEFORE = "tenlines.tab"; // where the version before noted the address, and the table kept

/**
 * id: of the table that is kept. shown: what was on show, where it is neither kept nor in the address yet.
 * @typedef {{ id?: string, shown?: Stored }} Place
 */
/** @typedef {ReturnType<typeof createTab>} Tab */

export function createTab() {
  /** Of the history's entry on show. */
  let key = "";

  /** What `history.replaceState` has to keep in the entry. */
  const entryState = () => ({ tenlines: key });

  /** @param {string | null | undefined} known  the key of this entry, where it has been on show before */
  function arrive(known) {
    key = known || fresh();
    try {
      if (history.state?.tenlines !== key) history.replaceState(entryState(), "");
      sessionStorage.setItem(LAST, key);
    } catch {
      // blocked, or too often for this browser
    }
  }

  /** The key of the entry that the page starts at. */
  function keyAtStart() {
    const type = typeOfStart();
    if (type === "navigate") return undefined; // the learner has asked for the address anew; the state may be an old one
    return history.state?.tenlines ?? (type === "reload" && sessionStorage.getItem(LAST));
  }

  /** @returns {Place} */
  function recall() {
    try {
      return JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "{}") ?? {};
    } catch {
      return {}; // blocked, or damaged
    }
  }

  /** @returns {Place} what the version before has noted, which is then forgotten */
  function recallBefore() {
    const { hash, id } = JSON.parse(sessionStorage.getItem(BEFORE) ?? "{}");
    sessionStorage.removeItem(BEFORE);
    return id && hash === location.hash && typeOfStart() !== "navigate" ? { id } : {};
  }

  return {
    entryState,
    /**
     * The page starts.
     * @returns {Place} what was on show here, where this is a reload, or Back from another site
     */
    start() {
      try {
        const known = keyAtStart();
        arrive(known);
        return known ? recall() : recallBefore();
      } catch {
        return {}; // blocked
      }
    },
    /** @returns {Place} what was on show at the entry that has been gone to without a reload */
    move() {
      arrive(history.state?.tenlines);
      return recall();
    },
    /** @param {Place | null} place  null: the address says all */
    note(place) {
      try {
        if (place) sessionStorage.setItem(PREFIX + key, JSON.stringify(place));
        else sessionStorage.removeItem(PREFIX + key);
        sessionStorage.setItem(LAST, key);
        return true;
      } catch {
        return false; // a reload opens the address
      }
    },
  };
}

/** "reload", "back_forward", or "navigate" */
function typeOfStart() {
  const [entry] = performance.getEntriesByType("navigation");
  return entry instanceof PerformanceNavigationTiming ? entry.type : "navigate";
}
