/**
 * @file Spreadsheet hands: a cell is selected (arrows move, typing replaces) or edited (F2, double click; arrows move
 * the caret). The names and the remove buttons are places of the same grid.
 * @import { State } from "../state.js"
 * @import { Files } from "../files.js"
 */
import { signal } from "@preact/signals-core";
import { readCell } from "../numbers.js";
import { columnsOf, removeColumn, removeRow, setCell, setName } from "../problem.js";
import { createDraft } from "./draft.js";
import { NAMES, placeOf, REMOVE_COLUMN, REMOVE_ROW } from "./table.js";

const BLOCK = /[\t\n\r;]|,.*,/; // pasted text of more than one cell; a single comma may be a decimal comma

/**
 * @param {HTMLElement} root  holds the table
 * @param {State} state
 * @param {Files} files
 * @param {ReturnType<typeof import("./sight.js").createSight>} sight
 */
export function createHands(root, state, files, sight) {
  const draft = createDraft(state);
  const editing = signal(""); // the place in editing mode

  const table = () => state.problem.value.table;
  const width = () => columnsOf(table()).length;

  /**
   * Go to a place, or to the nearest there is.
   * @param {number} row
   * @param {number} column
   */
  function go(row, column) {
    const toRow = Math.max(REMOVE_COLUMN, Math.min(row, table().rows.length - 1));
    const toColumn = Math.max(toRow < 0 ? 0 : REMOVE_ROW, Math.min(column, width() - 1));
    sight.reveal(toRow, toColumn, table());
    const place = root.querySelector(`[data-row="${toRow}"][data-column="${toColumn}"]`);
    if (place instanceof HTMLElement) place.focus();
  }

  /** What was typed stands. */
  function commit() {
    draft.commit();
    editing.value = "";
  }

  /** @param {HTMLInputElement} input  neither edited nor typed into */
  const isSelected = (input) => {
    const place = placeOf(...at(input));
    return editing.value !== place && !draft.isIn(place);
  };

  /** @param {HTMLInputElement} input */
  function edit(input) {
    editing.value = placeOf(...at(input));
    input.setSelectionRange(input.value.length, input.value.length);
  }

  /** @param {HTMLInputElement} input */
  function typed(input) {
    const [row, column] = at(input);
    const problem = state.problem.value;
    const next =
      row === NAMES
        ? setName(problem, column, input.value)
        : setCell(problem, row, column, readCell(input.value, column >= problem.table.inputs.length));
    draft.type(placeOf(row, column), input.value, next);
  }

  /** @param {HTMLElement} button */
  function remove(button) {
    const [row, column] = at(button);
    const problem = state.problem.value;
    state.edit(button.dataset.remove === "row" ? removeRow(problem, row) : removeColumn(problem, column));
    go(row, column);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {HTMLElement} place
   */
  function key(event, place) {
    const [row, column] = at(place);
    const isEditing = editing.value === placeOf(row, column);
    const to = event.ctrlKey || event.metaKey || event.altKey ? undefined : step(event, isEditing);
    if (to === "leave") return;
    if (to) {
      event.preventDefault();
      commit();
      go(...to(row, column, width(), table().rows.length));
    } else if (place instanceof HTMLInputElement && event.key === "F2") {
      event.preventDefault();
      edit(place);
    } else if (place instanceof HTMLInputElement && event.key.length === 1 && isSelected(place)) {
      if (!event.ctrlKey && !event.metaKey) place.select(); // typing replaces, whatever became of the selection
    } else if (place instanceof HTMLInputElement && event.key === "Escape") {
      state.cancel(placeOf(row, column));
      commit();
      place.select();
    }
  }

  /** @param {KeyboardEvent} event @param {boolean} isEditing */
  function step(event, isEditing) {
    const [row, column] = at(/** @type {HTMLElement} */ (event.target));
    if (event.key === "Tab") {
      const last = row === table().rows.length - 1 && column === width() - 1;
      const leaves = event.shiftKey ? row <= NAMES && column === 0 : last || row === REMOVE_COLUMN;
      return leaves ? "leave" : event.shiftKey ? STEPS.back : STEPS.forth;
    }
    if (event.key === "Enter") {
      if (event.target instanceof HTMLButtonElement) return "leave";
      return event.shiftKey ? STEPS.ArrowUp : STEPS.ArrowDown;
    }
    return isEditing ? undefined : STEPS[event.key];
  }

  root.addEventListener("keydown", (event) => {
    const place = placeIn(event);
    if (place) key(event, place);
  });
  root.addEventListener("input", (event) => {
    const place = placeIn(event);
    if (place instanceof HTMLInputElement) typed(place);
  });
  root.addEventListener("focusin", (event) => {
    const place = placeIn(event);
    if (place instanceof HTMLInputElement) place.select();
  });
  root.addEventListener("focusout", (event) => {
    if (placeIn(event)) commit();
  });
  root.addEventListener("mouseup", (event) => {
    const place = placeIn(event);
    if (place instanceof HTMLInputElement && isSelected(place)) event.preventDefault(); // WebKit would set the caret
  });
  root.addEventListener("click", (event) => {
    const place = placeIn(event);
    if (place instanceof HTMLInputElement) {
      if (isSelected(place)) place.select();
    } else if (place) remove(place);
  });
  root.addEventListener("dblclick", (event) => {
    const place = placeIn(event);
    if (place instanceof HTMLInputElement) edit(place);
  });
  root.addEventListener("paste", (event) => {
    const place = placeIn(event);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!(place instanceof HTMLInputElement) || !BLOCK.test(text.trim())) return;
    event.preventDefault();
    commit();
    const [row, column] = at(place);
    files.paste(text, Math.max(row, 0), column);
  });

  return {
    go,
    shown: draft.shown,
    /** @param {number} row @param {number} column */
    isEditing: (row, column) => editing.value === placeOf(row, column),
  };
}

/** @typedef {(row: number, column: number, width: number, rows: number) => [number, number]} Step */

/** @type {Record<string, Step>} */
const STEPS = {
  ArrowUp: (row, column) => [row - 1, column],
  ArrowDown: (row, column) => [row + 1, column],
  ArrowLeft: (row, column) => [row, column - 1],
  ArrowRight: (row, column) => [row, column + 1],
  Home: (row) => [row, 0],
  End: (row, _, width) => [row, width - 1],
  PageUp: (row, column) => [Math.max(Math.min(row, 0), row - 10), column],
  PageDown: (row, column) => [row + 10, column],
  forth: (row, column, width) => (column + 1 < width ? [row, column + 1] : [row + 1, 0]),
  back: (row, column, width) => (column > 0 ? [row, column - 1] : [row - 1, width - 1]),
};

/**
 * The input or button of the grid that an event happened in.
 * @param {Event} event
 */
function placeIn(event) {
  const place = event.target instanceof Element ? event.target.closest("[data-row]") : null;
  return place instanceof HTMLInputElement || place instanceof HTMLButtonElement ? place : null;
}

/**
 * @param {HTMLElement} place
 * @returns {[number, number]}
 */
const at = (place) => [Number(place.dataset.row), Number(place.dataset.column)];
