/**
 * @file Tables in and out of the page: import, paste, export. The reader and writer is Python's.
 * @import { State } from "./state.js"
 * @import { Table } from "./protocol.js"
 */
import { layBlock, setTable } from "./problem.js";

const MOST_BYTES = 5_000_000;

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
   * Python, when it is there. What it has to wait for is said.
   * @param {string} what
   */
  async function python(what) {
    if (state.engine.value.phase === "failed") {
      say(`${what} needs Python, which could not be loaded. Press Retry, then try again.`, true);
      return null;
    }
    if (state.engine.value.phase === "loading") say(`${what} as soon as Python has loaded.`);
    return engine.door;
  }

  /** @param {Table} table */
  function replaceTable(table, from = "") {
    state.edit(setTable(state.problem.value, table));
    say(
      `${from}: ${count(table.rows.length, "row")}, ${count(table.inputs.length, "input")}, ${count(table.outputs.length, "output")}.`,
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
      const door = await python(`${file.name} is read`);
      if (!door) return;
      const answer = await door.readTable(new Uint8Array(await file.arrayBuffer()));
      if ("error" in answer) return say(`${file.name} was not imported. ${answer.error.message}`, true);
      replaceTable(answer.table, `Imported ${file.name}`);
    },

    /**
     * A block goes over the cells from (row, column) on; text that names its columns is a whole table.
     * @param {string} text
     * @param {number} row
     * @param {number} column
     */
    async paste(text, row, column) {
      const door = await python("The pasted cells are read");
      if (!door) return;
      const answer = await door.readPaste(text);
      if ("error" in answer) return say(`Nothing was pasted. ${answer.error.message}`, true);
      if ("table" in answer) return replaceTable(answer.table, "Pasted a table");
      if (answer.block.length > 0) state.edit(layBlock(state.problem.value, row, column, answer.block));
    },

    async exportFile() {
      const door = await python("The table is saved");
      if (!door) return;
      const answer = await door.writeTable(JSON.stringify(state.problem.value.table));
      if ("error" in answer) return say(`The table cannot be saved yet. ${answer.error.message}`, true);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([answer.text], { type: "text/csv" }));
      link.download = "table.csv";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      say("Saved table.csv.");
    },
  };
}

/**
 * @param {number} many
 * @param {string} thing
 */
const count = (many, thing) => `${many.toLocaleString("en")} ${thing}${many === 1 ? "" : "s"}`;
