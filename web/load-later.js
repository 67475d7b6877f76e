/**
 * @file Fetches later.js when it is wanted, and does what was asked of it once it is there.
 *
 * Some modules are in main.js and not in later.js, which requires them by the names below: large ones, and those that have
 * state, as two copies of the signals' module would know nothing of each other.
 * @import { Later } from "./later.js"
 * @import { State } from "./state/state.js"
 */
import { batch, computed, effect, signal, untracked } from "@preact/signals-core";
import { proxy, releaseProxy, transfer, wrap } from "comlink";
import { html, nothing, render, svg } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";
import { markActivity, untilQuiet } from "./browser/activity.js";
import { toClipboard } from "./browser/clipboard.js";
import { whole } from "./model/examples.js";
import { fitOf, isBinary, isRight, targetsOf } from "./model/fit.js";
import { reason } from "./model/reason.js";
import { retryHint } from "./model/words.js";
import { savesData, startFetcher } from "./python/boot.js";
import { createScript } from "./site/load-script.js";
import { fetchFile, fetchVerified, filesOfSite, IS_ONE_FILE, SITE_ADDRESS } from "./site/site-files.js";

/** @type {Record<string, object>} py/build/assemble.py has the same names. */
const SHARED = {
  "@preact/signals-core": { batch, computed, effect, signal, untracked },
  comlink: { proxy, releaseProxy, transfer, wrap },
  "lit-html": { html, nothing, render, svg },
  "lit-html/directives/live.js": { live },
  "lit-html/directives/repeat.js": { repeat },
  "browser/activity.js": { markActivity, untilQuiet },
  "model/fit.js": { fitOf, isBinary, isRight, targetsOf },
  "python/boot.js": { savesData, startFetcher },
  "site/site-files.js": { fetchFile, filesOfSite, SITE_ADDRESS, IS_ONE_FILE, fetchVerified },
};

const NO_VALUE =
  "A part of the page has not come, so its value is not shown. Check the connection, then reload the page.";

/** @typedef {ReturnType<typeof loadLater>} LoadLater */
/** @typedef {LoadLater["files"]} Files */

/**
 * @param {State} state
 * @param {(script: typeof import("./later.js")) => Later} create
 */
export function loadLater(state, create) {
  const fetchScript = createScript("later.js.bin");
  const now = signal(/** @type {Later | null} */ (null));
  const large = computed(() => whole(now.value?.largeExamples ?? {}));

  async function get() {
    const { default: define } = await fetchScript();
    if (!now.value) {
      const module = { exports: /** @type {any} */ ({}) };
      define((/** @type {string} */ path) => SHARED[path.split("/web/").at(-1) ?? ""], module);
      now.value = create(module.exports);
    }
    return now.value;
  }

  /**
   * Act at once where the script is there: some of it a browser allows only in the very moment of a click.
   * @param {string} what  is asked for, as the beginning of a sentence
   * @param {string} again  how to ask for it once more
   * @param {(later: Later) => unknown} act
   */
  async function use(what, again, act) {
    if (now.value) return void act(now.value);
    const said = { text: `${what} is being fetched.`, isError: false };
    state.notice.value = said;
    try {
      const later = await get();
      if (state.notice.value === said) state.notice.value = null;
      act(later);
    } catch (error) {
      const text = `${what} could not be fetched: ${reason(error)} ${retryHint(again)}`;
      state.notice.value = { text, isError: true };
    }
  }

  return {
    get,
    /** The problems of large examples by name; none until they are there. */
    get largeExamples() {
      return large.value;
    },
    /**
     * @param {string} name
     * @param {(problem: import("./model/protocol.js").Problem) => unknown} act
     */
    withLargeExample: (name, act) => use("The example", "choose it again", () => act(large.value[name])),
    /** @param {() => void} ask */
    withQuestions: (ask) => use("The answer", "press the question again", ask),
    openDownload: () => use("Download", "press Download", (later) => later.openDownload()),
    openSaved: () => use("The list of saved tables", "press Saved", (later) => later.openSaved?.()),
    openShare() {
      /** @type {(link: Promise<string>) => void} */
      let give = () => {};
      /** @type {Promise<string>} */
      const link = new Promise((resolve) => {
        give = resolve;
      });
      const copying = toClipboard(link); // now, at the click
      copying.catch(() => {}); // told to the dialog
      return use("Share", "press Share", (later) => later.openShare?.(give, copying));
    },
    files: {
      /** @param {File} file */
      importFile: (file) => use("Import", "choose the file again", ({ files }) => files.importFile(file)),
      /** @param {File[]} dropped */
      dropFiles: (dropped) => use("Import", "drop the file again", ({ files }) => files.dropFiles(dropped)),
      /** @param {Parameters<Later["files"]["paste"]>} block */
      paste: (...block) => use("Paste", "paste again", ({ files }) => files.paste(...block)),
      exportFile: () => use("Export", "press Export CSV", ({ files }) => files.exportFile()),
    },
    /** What the curve has beside the line of the errors; nothing until it is there. @returns {Partial<Later["curve"]>} */
    get curve() {
      return now.value?.curve ?? {};
    },
    /** @param {import("./model/protocol.js").Value} value */
    valueTemplate: (value) => now.value?.valueTemplate(value) ?? NO_VALUE,
    /** Until it is there, nobody walks. */
    walkTemplate: () => now.value?.walkTemplate(state) ?? null,
    /** What other starts say to a cell: under its answer, and all of it below the table. @param {number} row @param {number} output */
    startsTemplate: (row, output) => now.value?.starts.template(row, output) ?? null,
    startsBelow: () => now.value?.starts.below() ?? null,
    /** @param {Parameters<Later["exactness"]>[0]} run */
    exactness: (run) => now.value?.exactness(run) ?? null,
    /** @param {() => void} open */
    withWorst: (open) => use("The list", "press Worst first again", open),
    /** @param {Parameters<Later["worstTemplate"]>} of */
    worstTemplate: (...of) => now.value?.worstTemplate(...of) ?? null,
    stepText: () => now.value?.stepText(state) ?? null,
    /** Until a program has run, there is nothing to stop and nothing to look at. */
    stopProgram: () => now.peek()?.runner.stop(),
    /** @param {import("./model/protocol.js").Look} look */
    valuesOfProgram: (look) => now.peek()?.runner.values(look) ?? Promise.resolve(null),
  };
}
