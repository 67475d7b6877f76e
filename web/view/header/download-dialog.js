/**
 * @file The Download dialog: a row for each file that can be saved.
 * @import { State } from "../../state/state.js"
 */
import { html } from "lit-html";
import { saveFile } from "../../browser/save-file.js";
import { copyOfPage } from "../../files/one-file-copy.js";
import { codeToKeep, nameOf, titleOf } from "../../model/document.js";
import { asFile } from "../../model/edits.js";
import { reason } from "../../model/reason.js";
import { refusalOf } from "../../model/run.js";
import { retryHint } from "../../model/words.js";
import { createDialog } from "../kit/dialog.js";

const PAGE = "tenlines.html";
const PROGRAM = "program.py";
const RESERVED = /^(con|prn|aux|nul|(com|lpt)[0-9¹²³])$/i; // devices of Windows, with any ending

/** @typedef {{ id: string, name: string, about: string, act: () => void }} Way */

/** @param {State} state */
export function createDownload(state) {
  const say = (/** @type {string} */ text, isError = false) => {
    state.notice.value = { text, isError };
  };

  function withCode() {
    const code = codeToKeep(state.code.value);
    return code ? { code } : {};
  }

  async function savePage() {
    const [called, file] = [nameOf(state.work.value), pageName()];
    say("Preparing the file.");
    try {
      const page = await copyOfPage({
        problem: state.problem.value,
        ...(called && { name: called }),
        ...withCode(),
      });
      saveFile(page, file);
      say(`Saved ${file}, ${(page.size / 1e6).toFixed(1)} MB.`);
    } catch (error) {
      say(`${file} was not saved: ${reason(error)} ${retryHint("try again")}`, true);
    }
  }

  function saveProblem() {
    const name = fileName(titleOf(state.work.value));
    saveFile(
      new Blob([asFile({ ...state.problem.value, ...withCode() })], { type: "application/json" }),
      name,
    );
    const refusal = refusalOf(state.run.value);
    say(
      `Saved ${name}.${refusal ? ` Import takes it once it can be trained: ${refusal.message}` : ""}`,
      refusal !== null,
    );
  }

  function saveProgram() {
    const own = codeToKeep(state.code.value);
    saveFile(new Blob([own || state.listing.value.source], { type: "text/x-python" }), PROGRAM);
    sayListed(PROGRAM, own !== "");
  }

  /**
   * @param {string} name
   * @param {boolean} isOwn  the learner's code, which does not follow the table
   */
  function sayListed(name, isOwn) {
    const { problem, run, listing } = state;
    if (isOwn || listing.value.problem === problem.value) return say(`Saved ${name}.`);
    const why = refusalOf(run.value)?.message ?? "That of this one is not written yet.";
    say(`Saved ${name} as it was for the table before. ${why}`, true);
  }

  /** @param {string} name  of a file that the program reads */
  function saveData(name) {
    saveFile(new Blob([state.listing.value.files[name]], { type: "text/csv" }), name);
    sayListed(name, false);
  }

  const pageName = () => {
    const name = plain(nameOf(state.work.value));
    return name ? `${name}.html` : PAGE;
  };

  /** @returns {Way[]} */
  const ways = () => [
    {
      id: "page",
      name: "The whole page, one file",
      about: `${pageName()}, about 14 MB. It opens in any browser on a computer, without a network, with this table in it.`,
      act: savePage,
    },
    {
      id: "problem",
      name: "The table and its settings",
      about: `${fileName(titleOf(state.work.value))}, for Import and for the terminal.`,
      act: saveProblem,
    },
    {
      id: "program",
      name: "The code",
      about: `${PROGRAM}. Python with NumPy runs it and prints the answers.`,
      act: saveProgram,
    },
    // A file each: browsers ask back, or keep silent, where a page hands over two at a time.
    ...Object.keys(state.listing.value.files).map((name) => ({
      id: "data",
      name: "The rows that the code reads",
      about: `${name}, to lie beside ${PROGRAM}.`,
      act: () => saveData(name),
    })),
  ];

  const dialog = createDialog(
    "download",
    "Download",
    () => html`<ul class="ways">
      ${ways().map(
        ({ id, name, about, act }) => html`<li>
          <button
            type="button"
            aria-describedby="download-${id}"
            @click=${() => {
              dialog.close();
              act();
            }}
          >
            ${name}
          </button>
          <p id="download-${id}" class="soft">${about}</p>
        </li>`,
      )}
    </ul>`,
  );
  return dialog.open;
}

/** @param {string} title  of what is worked on */
const fileName = (title) => `${plain(title) || "table"}.tenlines.json`;

/** @param {string} name  what every system takes for a file's, and no terminal for an option */
function plain(name) {
  const text = name.replace(/[^\p{L}\p{M}\p{N} _-]|\p{Variation_Selector}/gu, "");
  const whole = [...text]
    .slice(0, 60)
    .join("")
    .replace(/^[ -]+| +$/g, "");
  return RESERVED.test(whole) ? `${whole} table` : whole;
}
