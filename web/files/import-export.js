/**
 * @file Import, export and paste. Python reads and writes the tables.
 * @import { State } from "../state/state.js"
 * @import { WorkerApi, Problem, Refused } from "../model/protocol.js"
 */

import { saveFile } from "../browser/save-file.js";
import { columnsOf, layBlock, setTable, widthOf } from "../model/edits.js";
import { reason } from "../model/reason.js";
import { MOST_COLUMNS, MOST_NAME } from "../model/schema.js";
import { counted, grouped, shortenedText } from "../model/words.js";
import { programText, readProgramFile } from "./program-file.js";

const MOST_BYTES = 5_000_000;
const PROBLEM = /\.json$/i;
const TABLE = /\.(csv|tsv|txt)$/i;
const PROGRAM = /\.py$/i;

/** @typedef {ReturnType<typeof createFiles>} Files */

/**
 * @param {State} state
 * @param {ReturnType<typeof import("../train/engine.js").createEngine>} engine
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
   * @param {(door: WorkerApi) => Promise<Answer | Refused>} call
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

  /** @param {Problem} problem @param {string} from @param {string} title @param {{ note?: string, code?: string }} more */
  function replace(problem, from, title, { note, code }) {
    const { table } = problem;
    state.begin(problem, { title, original: problem, isBrought: true }, code);
    say(
      `${from}: ${counted(table.rows.length, "row")}, ${counted(table.inputs.length, "input")}, ${counted(table.outputs.length, "output")}. ${note ?? ""}`.trim(),
    );
  }

  /**
   * @param {Uint8Array} bytes
   * @param {string} name  of the file
   * @param {string} title
   * @param {string} refused
   */
  async function importProgram(bytes, name, title, refused) {
    const source = programText(bytes);
    if (typeof source !== "string") return say(`${refused} ${source.error.message}`, true);
    const here = state.problem.value;
    const read = await ask(
      "Import",
      async (door) => {
        await engine.numpy(); // what reads programs comes with it
        return readProgramFile(door, source, here);
      },
      refused,
    );
    if (!read) return;
    const { problem, code, fault, file } = read;
    if (problem) {
      const rows = file && ` with the rows that were here (it reads its own from ${file})`;
      return replace(problem, `Opened ${name}${rows}`, title, { code });
    }
    state.begin(here, { title, original: here, isBrought: true }, code);
    const rows = file && ` It reads ${file}: where that is a table, import it first, then ${name} again.`;
    const about = fault
      ? ` Python cannot read it: ${fault}`
      : ` Run runs it; the table stays as it is.${rows}`;
    say(`Opened ${name} as a program of your own.${about}`, fault !== "");
  }

  return {
    /** @param {File} file */
    async importFile(file) {
      const name = shortenedText(file.name);
      if (file.size > MOST_BYTES) {
        const megabytes = (file.size / 1e6).toFixed(1);
        return say(
          `${name} has ${megabytes} MB; the page takes up to ${MOST_BYTES / 1e6} MB. Take a part of its rows.`,
          true,
        );
      }
      const bytes = new Uint8Array(await file.arrayBuffer());
      const title = file.name.replace(/(\.tenlines)?\.\w+$/, "").slice(0, MOST_NAME);
      const refused = `${name} was not imported.`;
      if (PROGRAM.test(file.name)) await importProgram(bytes, name, title, refused);
      else if (PROBLEM.test(file.name)) {
        const answer = await ask("Import", (door) => door.readProblem(bytes), refused);
        if (answer) replace(answer.problem, `Opened ${name}`, title, answer);
      } else {
        const answer = await ask("Import", (door) => door.readTable(bytes), refused);
        if (answer) replace(setTable(state.problem.value, answer.table), `Imported ${name}`, title, answer);
      }
    },

    /**
     * What was dropped on the page, anywhere.
     * @param {File[]} files
     */
    async dropFiles(files) {
      const [file] = files;
      if (files.length > 1) say("Drop one file at a time: the page holds one table.", true);
      else if (file && [PROBLEM, TABLE, PROGRAM].some((kind) => kind.test(file.name)))
        await this.importFile(file);
      else
        say(
          `${file ? shortenedText(file.name) : "This"} is no table: drop a .csv, .tsv, .txt, .tenlines.json or .py file.`,
          true,
        );
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
        return replace(
          setTable(state.problem.value, answer.table),
          "Pasted a table",
          "A pasted table",
          answer,
        );
      const { table } = state.problem.value;
      const columns = Math.max(columnsOf(table).length, column + widthOf(answer.block));
      if (columns <= MOST_COLUMNS) {
        state.edit(layBlock(state.problem.value, row, column, answer.block));
        if (answer.note) say(answer.note);
      } else
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
