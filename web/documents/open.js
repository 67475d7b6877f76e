/**
 * @file Chooses what the page opens: what this tab showed before a reload, the link in the address, or a saved table
 * that the learner asks for.
 * @import { Address } from "./address.js"
 * @import { Page } from "./documents.js"
 * @import { Initial } from "./initial.js"
 * @import { Entry } from "../model/document.js"
 * @import { State } from "../state/state.js"
 * @import { Tables } from "../storage/saved-tables.js"
 * @import { Place, Tab } from "./tab.js"
 * @import { Work } from "../model/document.js"
 */

import { isSameProblem } from "../model/schema.js";
import { dateText } from "../model/words.js";
import { entryFrom } from "../storage/table-record.js";
import { embedOptionsFrom } from "./embed.js";

/** @typedef {State["open"]} Open */

/**
 * @param {State} state
 * @param {{ page: Page, initial: Initial, tables: Tables, address: Address, tab: Tab }} where
 */
export function createOpening(state, { page, initial, tables, address, tab }) {
  const { location } = page;
  /**
   * Open what was on show at an entry of the tab's history; the address may be older, or too short for it.
   * @param {Place} place
   * @param {Open} open
   * @returns {Promise<boolean>}  whether it was still there
   */
  const reopen = ({ id, shown }, open) =>
    address.whileOpening(async () => {
      const { hash } = location;
      const saved = id ? await tables.open(id) : null;
      const entry = entryFrom(shown, id ?? "") ?? saved;
      if (!entry || hash !== location.hash) return false;
      address.markShown();
      open(entry.problem, workOf(entry, saved), entry.code);
      return true;
    });

  /**
   * Offer a saved table: at the bare address the latest; after a link, the one that was made from the link's table.
   * @param {() => void} showAll
   */
  async function offer(showAll) {
    const work = state.work.peek();
    const { entries } = await tables.list();
    if (work !== state.work.peek()) return;
    const isOfLink = (/** @type {Entry} */ { original, from, problem, code }) =>
      isSameProblem(original, work.original) &&
      from.code === (work.code ?? "") &&
      !(isSameProblem(problem, original) && code === from.code);
    const isBare = work.original === initial.problem;
    const others = entries.filter((entry) => entry.id !== work.id && (isBare || isOfLink(entry)));
    const [last] = others;
    if (!last) return;
    const date = Number.isNaN(last.changed) ? "" : ` of ${dateText(last.changed)}`;
    const isKept = `“${last.name}”${date} is kept in this browser.`;
    const all = { label: `All ${entries.length} tables`, act: showAll };
    state.offer({
      id: "saved",
      text: isBare ? `Your table ${isKept}` : `You have worked on this table before: ${isKept}`,
      acts: [{ label: "Open it", act: () => openSaved(last) }, ...(others.length > 1 ? [all] : [])],
    });
  }

  /** @param {Entry} entry */
  async function openSaved(entry) {
    const now = (await tables.open(entry.id)) ?? entry; // another tab may have changed it
    state.withdraw("saved");
    state.begin(now.problem, workOf(now, now), now.code);
  }

  return {
    openSaved,

    /**
     * The page starts.
     * @param {(open: () => void) => void} quietly  opens what the address says
     * @param {() => void} showAll
     */
    async start(quietly, showAll) {
      const place = tab.start();
      if ((place.id || place.shown) && (await reopen(place, openFirst))) return;
      if (place.hash !== undefined) address.restore(place.hash);
      await address.openLink((...opened) => quietly(() => openFirst(...opened)));
      await offer(showAll);
    },

    /**
     * The address has changed: a link, Back or Forward.
     * @param {() => void} writeAgain  brings the address up to date
     * @param {() => void} showAll
     */
    async move(writeAgain, showAll) {
      if (embedOptionsFrom(location.hash)) return location.reload();
      const place = tab.move();
      if (!place.shown && place.id && place.id === state.work.peek().id) {
        address.markShown();
        return writeAgain(); // it may have been edited since
      }
      if ((place.id || place.shown) && (await reopen(place, state.begin))) return;
      const found = await address.openLink(state.begin);
      if (found === "stays") return;
      if (found === "nothing") state.begin(initial.problem, initial.work, initial.code); // the bare address again
      await offer(showAll);
    },
  };

  /** Who has edited meanwhile finds that in Undo. @type {Open} */
  function openFirst(...opened) {
    return state.canUndo.value ? state.begin(...opened) : state.open(...opened);
  }
}

/**
 * @param {Entry} entry
 * @param {Entry | null} saved  what is kept of it
 * @returns {Work}
 */
const workOf = (entry, saved) => ({
  ...entry.from,
  original: entry.original,
  ...(saved && { saved, id: saved.id }),
});
