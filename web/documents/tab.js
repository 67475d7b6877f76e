/**
 * @file Remembers what this tab shows, for a reload, for Back and for Forward. Each entry of the tab's history has a key in
 * `history.state`; what was on show there is in sessionStorage under that key. The address is not enough: one that is
 * written while a reload begins is not the one after it, and in Chromium and WebKit `history.state` is lost then, too. So
 * a reload is recognized by the key that was on show last.
 *
 * @import { Page } from "./documents.js"
 * @import { Stored } from "../storage/table-record.js"
 */
import { randomId } from "../storage/revision.js";

const PREFIX = "tenlines.tab.";
const LAST = "tenlines.last"; // the key on show last, and how many entries the history had
const BEFORE = "tenlines.tab"; // where an earlier version remembered the address and the saved table

/**
 * id: of the saved table. shown: the document on show, where it is neither saved nor in the address yet. hash: the address
 * from # on, as last written. Without id and shown, hash says all.
 * @typedef {{ id?: string, shown?: Stored, hash?: string }} Place
 */
/** @typedef {ReturnType<typeof createTab>} Tab */

/** @param {Page} page */
export function createTab(page) {
  const { history, location, performance } = page; // sessionStorage is left out: where it is blocked, reading it throws

  /** Of the history's entry on show. */
  let key = "";

  /** How the page was come to: "reload", "back_forward", or "navigate". */
  const typeOfStart = () => {
    const [entry] = performance.getEntriesByType("navigation");
    return /** @type {PerformanceNavigationTiming | undefined} */ (entry)?.type ?? "navigate";
  };

  /** What `history.replaceState` has to keep in the entry. */
  const entryState = () => ({ tenlines: key });

  /** @param {string | null | undefined} known  the key of this entry, where it has been on show before */
  function arrive(known) {
    key = known || randomId();
    try {
      if (history.state?.tenlines !== key) history.replaceState(entryState(), "");
      noteLast();
    } catch {
      // blocked, or too often for this browser
    }
  }

  const noteLast = () => page.sessionStorage.setItem(LAST, JSON.stringify([key, history.length]));

  /** The key of the entry that the page starts at, if it has been on show before. */
  function keyAtStart() {
    const type = typeOfStart();
    const [last, length] = JSON.parse(page.sessionStorage.getItem(LAST) ?? "[]");
    // Entering the same link again shows the same document. Entering the bare address shows the post's table, even if the
    // browser has kept the old state.
    if (type === "navigate") return location.hash && recall(last).hash === location.hash ? last : undefined;
    return history.state?.tenlines ?? (type === "reload" && history.length === length ? last : undefined);
  }

  /** @returns {Place} */
  function recall(of = key) {
    try {
      return JSON.parse(page.sessionStorage.getItem(PREFIX + of) ?? "{}") ?? {};
    } catch {
      return {}; // blocked, or damaged
    }
  }

  /** @returns {Place} what the version before has noted, which is then forgotten */
  function recallBefore() {
    try {
      const { hash, id } = JSON.parse(page.sessionStorage.getItem(BEFORE) ?? "{}");
      page.sessionStorage.removeItem(BEFORE);
      const isHere = hash === location.hash && (hash !== "" || typeOfStart() !== "navigate");
      return isHere ? { id } : {};
    } catch {
      return {}; // blocked, or damaged
    }
  }

  return {
    entryState,
    /**
     * The page starts.
     * @returns {Place} what was on show here, where this is a reload, or Back from another site
     */
    start() {
      let known;
      try {
        known = keyAtStart();
      } catch {
        // blocked, or damaged
      }
      arrive(known);
      return known ? recall() : recallBefore();
    },
    /** @returns {Place} what was on show at the entry that has been gone to without a reload */
    move() {
      arrive(history.state?.tenlines);
      return recall();
    },
    /**
     * @param {Place} place  what the address does not say
     * @param {boolean} [isFollowed]  whether the address has followed, so that asking for it means this
     */
    note(place, isFollowed = true) {
      try {
        const hash = isFollowed ? location.hash : undefined;
        page.sessionStorage.removeItem(PREFIX + key); // what no longer holds must go, even where there is no room
        page.sessionStorage.setItem(PREFIX + key, JSON.stringify({ ...place, hash }));
        noteLast();
        return true;
      } catch {
        return false; // then a reload opens the link in the address
      }
    },
  };
}
