/**
 * @file Download: what of the page can be taken away, each way a row of the dialog.
 * @import { State } from "../state.js"
 */
import { html } from "lit-html";
import { copyOfPage } from "../copy.js";
import { asFile } from "../problem.js";
import { reason } from "../reason.js";
import { saveFile } from "../savefile.js";
import { ownCode, titleOf } from "../work.js";
import { createDialog } from "./dialog.js";
import { byId, draw } from "./dom.js";

const PAGE = "tenlines.html";
const PROGRAM = "program.py";

/** @typedef {{ id: string, name: string, about: () => string, act: () => void }} Way */

/** @param {State} state */
export function showDownload(state) {
  const say = (/** @type {string} */ text, isError = false) => {
    state.notice.value = { text, isError };
  };

  function withCode() {
    const code = ownCode(state.code.value);
    return code ? { code } : {};
  }

  async function savePage() {
    say("Preparing the file.");
    try {
      const page = await copyOfPage({ problem: state.problem.value, ...withCode() });
      saveFile(page, PAGE);
      say(`Saved ${PAGE}, ${(page.size / 1e6).toFixed(1)} MB.`);
    } catch (error) {
      say(`${PAGE} was not saved: ${reason(error)} Check the connection, then try again.`, true);
    }
  }

  function saveProblem() {
    const name = fileName(titleOf(state.work.value));
    saveFile(
      new Blob([asFile({ ...state.problem.value, ...withCode() })], { type: "application/json" }),
      name,
    );
    say(`Saved ${name}.`);
  }

  function saveProgram() {
    const { source, files } = state.listing.value;
    const code = ownCode(state.code.value);
    saveFile(new Blob([code || source], { type: "text/x-python" }), PROGRAM);
    for (const [name, text] of Object.entries(files)) saveFile(new Blob([text], { type: "text/csv" }), name);
    say(`Saved ${[PROGRAM, ...Object.keys(files)].join(" and ")}.`);
  }

  /** @type {Way[]} */
  const ways = [
    {
      id: "page",
      name: "The whole page, one file",
      about: () => `${PAGE}, about 14 MB. It opens anywhere, without a network, with this table in it.`,
      act: savePage,
    },
    {
      id: "problem",
      name: "The table and its settings",
      about: () => `${fileName(titleOf(state.work.value))}, for Import and for the terminal.`,
      act: saveProblem,
    },
    {
      id: "program",
      name: "The code",
      about: () => {
        const beside = Object.keys(state.listing.value.files).map((name) => ` and ${name}, which it reads`);
        return `${PROGRAM}${beside.join("")}. Python with NumPy runs it and prints the answers.`;
      },
      act: saveProgram,
    },
  ];

  const dialog = createDialog(
    "download",
    "Download",
    () => html`<ul class="ways">
      ${ways.map(
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
          <p id="download-${id}" class="soft">${about()}</p>
        </li>`,
      )}
    </ul>`,
  );
  draw(byId("download-acts"), () => html`<button type="button" @click=${dialog.open}>Download</button>`);
  return dialog;
}

/** @param {string} title  of what is worked on */
function fileName(title) {
  const kept = title.replace(/[^\p{L}\p{N} _-]/gu, "").trim();
  return `${kept.slice(0, 60) || "table"}.tenlines.json`;
}
