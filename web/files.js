/**
 * @file Files and pasted text, in and out of the page. The reader and writer is Python's.
 * @import { State } from "./state.js"
 * @import { Door, Problem, Refused } from "./protocol.js"
 */

import { columnsOf, layBlock, setTable, widthOf } from "./problem.js";
import { reason } from "./reason.js";
import { saveFile } from "./savefile.js";
import { MOST_COLUMNS, MOST_NAME } from "./shape.js";
import { counted, grouped } from "./words.js";

const MOST_BYTES = 5_000_000;
const PROBLEM = /\.json$/i;
const TABLE = /\.(csv|tsv|txt)$/i;

/** @typedef {ReturnType<typeof createFiles>} Files */

/**
 * @param {State} state
 * @param {ReturnType<typeof import("./engine.js").createEngine>} engine
 */
export function createFiles(state, engine) {
  /** @param {string} text */
  const say = (text, isError = false) => {
    state.notice.value = { text, isError };
  };

  /**
   * Ask Python, when it is there; null when it cannot answer, which has then been said.
   * @template Answer
   * @param {string} what  is asked, as the beginning of a sentence
   * @param {(door: Door) => Promise<Answer | Refused>} call
   * @param {string} otherwise  what a refusal means for the learner
   * @returns {Promise<Answer | null>}
   */
  async function ask(what, call, otherwise) {
    const { phase } = state.engine.value;
    if (phase === "failed") {
      say(`${what} needs Python, which could not be loaded. Press Retry, then try again.`, true);
      return null;
    }
    if (phase === "loading") say(`${what} waits until Python has loaded.`);
    try {
      const answer = await call(await engine.door);
      if (!isRefused(answer)) return answer;
      say(`${otherwise} ${answer.error.message}`, true);
    } catch (error) {
      say(`${otherwise} ${reason(error)}`, true);
    }
    return null;
  }

  /** @param {Problem} problem @param {string} from @param {string} title @param {string} [code] */
  function replace(problem, from, title, code) {
    const { table } = problem;
    state.begin(problem, { title, original: problem, isBrought: true }, code);
    say(
      `${from}: ${counted(table.rows.length, "row")}, ${counted(table.inputs.length, "input")}, ${counted(table.outputs.length, "output")}.`,
    );
  }

  return {
    /** @param {File} file */
    async importFile(file) {
      if (file.size > MOST_BYTES) {
        const megabytes = (file.size / 1e6).toFixed(1);
        return say(
          `${file.name} has ${megabytes} MB; the page takes up to ${MOST_BYTES / 1e6} MB. Take a part of its rows.`,
          true,
        );
      }
      const bytes = new Uint8Array(await file.arrayBuffer());
      const title = file.name.replace(/(\.tenlines)?\.\w+$/, "").slice(0, MOST_NAME);
      const refused = `${file.name} was not imported.`;
      if (PROBLEM.test(file.name)) {
        const answer = await ask("Import", (door) => door.readProblem(bytes), refused);
        if (answer) replace(answer.problem, `Opened ${file.name}`, title, answer.code);
      } else {
        const answer = await ask("Import", (door) => door.readTable(bytes), refused);
        if (answer) replace(setTable(state.problem.value, answer.table), `Imported ${file.name}`, title);
      }
    },

    /**
     * What was dropped on the page, anywhere.
     * @param {FileList} files
     */
    async dropFiles(files) {
      const [file] = files;
      if (files.length > 1) say("Drop one file at a time: the page holds one table.", true);
      else if (file && (PROBLEM.test(file.name) || TABLE.test(file.name))) await this.importFile(file);
      else say(`${file?.name ?? "This"} is no table: drop a .csv, .tsv, .txt or .tenlines.json file.`, true);
    },

    /**
     * A block goes over the cells from (row, column) on; text that names its columns is a whole table.
     * @param {string} text
     * @param {number} row
     * @param {number} column
     */
    async paste(text, row, column) {
      if (state.readOnly) return;
      const answer = await ask("Paste", (door) => door.readPaste(text), "Nothing was pasted.");
      if (!answer) return;
      if ("table" in answer)
        return replace(setTable(state.problem.value, answer.table), "Pasted a table", "A pasted table");
      const { table } = state.problem.value;
      const columns = Math.max(columnsOf(table).length, column + widthOf(answer.block));
      if (columns <= MOST_COLUMNS) state.edit(layBlock(state.problem.value, row, column, answer.block));
      else
        say(
          `Nothing was pasted. The table would have ${grouped(columns)} columns; the page holds up to ${grouped(MOST_COLUMNS)}. Paste a part of them.`,
          true,
        );
    },

    async exportFile() {
      const table = JSON.stringify(state.problem.value.table);
      const answer = await ask("Export", (door) => door.writeTable(table), "The table was not exported.");
      if (!answer) return;
      saveFile(new Blob([answer.text], { type: "text/csv" }), "table.csv");
      say("Exported table.csv.");
    },
  };
}

/**
 * @param {unknown} answer
 * @returns {answer is Refused}
 */
const isRefused = (answer) => typeof answer === "object" && answer !== null && "error" in answer;
