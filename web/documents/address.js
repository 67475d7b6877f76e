/**
 * @file The page's address: opens the link in it, and is rewritten after each edit so that it always links to the
 * table on show.
 * @import { Problem } from "../model/protocol.js"
 * @import { State } from "../state/state.js"
 * @import { Page } from "./documents.js"
 * @import { Initial } from "./initial.js"
 * @import { Tab } from "./tab.js"
 * @import { Work } from "../model/document.js"
 */

import { codeToKeep, linkExtras } from "../model/document.js";
import { isSameProblem } from "../model/schema.js";
import { bareAddress, LinkError, readLink, writeLink } from "./link.js";

/** @typedef {ReturnType<typeof createAddress>} Address */

/**
 * @param {State} state
 * @param {{ page: Page, initial: Initial, tab?: Tab }} where  tab: where the address follows what is on show
 */
export function createAddress(state, { page, initial, tab }) {
  const { history, location } = page;
  /** What follows # for the table on show, while the address itself may lead elsewhere. @type {string | undefined} */
  let shown;
  let opening = 0;
  let seen = location.hash;

  /** The table on show is what the address says. */
  function markShown() {
    shown = location.hash;
    state.withdraw("link");
  }

  /**
   * Whether the address has changed to a link that is not opened yet. The hashchange event comes moments after the change,
   * so a new address counts as one at first; if it is still there at the next call and not being opened, it is broken.
   */
  function isLeaving() {
    const isSeen = location.hash === seen;
    seen = location.hash;
    return opening > 0 || !isSeen;
  }

  return {
    markShown,

    /** The address is again the one that was last written, which a reload may have come before. @param {string} hash */
    restore(hash) {
      if (hash === location.hash) return;
      history.replaceState(tab?.entryState(), "", bareAddress(location.href) + hash);
      seen = hash;
    },

    /** Whether something is about to be opened: what is on show is not what the address is for. */
    isOpening: () => opening > 0,

    /**
     * @template Result
     * @param {() => Promise<Result>} open
     */
    async whileOpening(open) {
      opening += 1;
      try {
        return await open();
      } finally {
        opening -= 1;
      }
    },

    /**
     * Open the link in the address, unless it is on show already; an offer says why a link cannot be opened.
     * @param {(problem: Problem, work: Work, code: string) => void} open
     * @returns {Promise<"opened" | "nothing" | "stays">} the last: what is on show has not changed, or not by this link
     */
    openLink(open) {
      return this.whileOpening(async () => {
        const { hash } = location;
        try {
          const opened = await readLink(hash);
          if (hash !== location.hash) return "stays"; // the address has changed meanwhile: that one is opened instead
          const isShown = hash === shown;
          markShown();
          if (isShown) return "stays";
          if (!opened) return "nothing";
          const { problem, name, code, trained } = opened;
          const work = { title: name || "A shared table", isNamed: name !== "", original: problem };
          open(problem, { ...work, ...(trained && { given: trained }) }, code);
          return "opened";
        } catch (error) {
          if (!(error instanceof LinkError)) throw error;
          if (hash === location.hash) state.offer({ id: "link", text: error.message });
          shown ??= "";
          return "stays";
        }
      });
    },

    /**
     * Write a link to the document on show into the address.
     * @returns {Promise<boolean | null>}  whether it does; null for another time: it leads elsewhere, or the table has
     *   gone on
     */
    async write() {
      if (isLeaving()) return null;
      const [problem, work, code] = [state.problem.peek(), state.work.peek(), codeToKeep(state.code.peek())];
      const more = linkExtras(work, problem, code);
      const isBare = !more.trained && code === initial.code && more.name === initial.name;
      const isFirst = isBare && isSameProblem(problem, initial.problem);
      const link = isFirst ? null : await writeLink(problem, more);
      if (isLeaving() || problem !== state.problem.peek()) return null;
      try {
        history.replaceState(tab?.entryState(), "", link ?? bareAddress(location.href));
        seen = location.hash;
        shown = location.hash;
        return isFirst || link !== null;
      } catch {
        return false; // the browser limits how often; the next edit tries again
      }
    },
  };
}
