/**
 * @file Keyboard, pointer and clipboard of the table, as in a spreadsheet: a cell is selected (arrow keys move, typing
 * replaces) or edited (F2, double click; arrow keys move the caret). Column names and remove buttons are places of the
 * same grid.
 * @import { State } from "../../state/state.js"
 * @import { Files } from "../../load-later.js"
 */
import { columnsOf, removeColumn, removeRow, setCell, setName } from "../../model/edits.js";
import { readCell } from "../../model/typed-numbers.js";
import { isComposing } from "../kit/draw.js";
import { NAMES, placeOf, REMOVE_COLUMN, REMOVE_ROW } from "./table.js";

const BLOCK = /[\t\n\r;]|,.*,/; // pasted text of more than one cell; a single comma may be a decimal comma

/**
 * @param {HTMLElement} root  holds the table
 * @param {State} state
 * @param {Files} files
 * @param {ReturnType<typeof import("./visible-part.js").createVisiblePart>} visible
 */
export function createGridInput(root, state, files, visible) {
  const { typing } = state;
  let last = /** @type {[number, number]} */ ([0, 0]); // the place that had the keyboard last

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
    visible.reveal(toRow, toColumn, table());
    const place = root.querySelector(`[data-row="${toRow}"][data-column="${toColumn}"]`);
    if (place instanceof HTMLElement) place.focus();
  }

  /**
   * The place that had the keyboard has gone. Where its row or column has gone too, the nearest has it; where it has only
   * been scrolled out of visible, the table has it, and the next key goes back there.
   */
  function refocus() {
    const [row, column] = last;
    if (row < table().rows.length && column < width()) root.focus({ preventScroll: true });
    else go(row, column);
  }

  /** @param {HTMLInputElement} input  neither edited nor typed into */
  const isSelected = (input) => !typing.isInto(placeOf(...at(input)));

  /** @param {HTMLInputElement} input */
  function edit(input) {
    typing.putCaret(placeOf(...at(input)));
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
    state.edit(next, { into: placeOf(row, column), text: input.value });
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
    const isEditing = typing.hasCaret(placeOf(row, column));
    const beside = isEditing || event.key !== "ArrowRight" ? null : startsBeside(place);
    const to = event.ctrlKey || event.metaKey || event.altKey ? undefined : step(event, place, isEditing);
    if (to === "leave") return;
    if (to && beside) {
      event.preventDefault();
      state.commit();
      beside.focus();
    } else if (to) {
      event.preventDefault();
      state.commit();
      go(...to(row, column, width(), table().rows.length));
    } else if (place instanceof HTMLInputElement && event.key === "F2") {
      event.preventDefault();
      edit(place);
    } else if (place instanceof HTMLInputElement && event.key.length === 1 && isSelected(place)) {
      if (!event.ctrlKey && !event.metaKey) place.select(); // typing replaces, whatever became of the selection
    } else if (place instanceof HTMLInputElement && event.key === "Escape") {
      state.cancel(placeOf(row, column));
      state.commit();
      place.select();
    }
  }

  /** @param {KeyboardEvent} event @param {HTMLElement} place @param {boolean} isEditing */
  function step(event, place, isEditing) {
    const [row, column] = at(place);
    if (event.key === "Tab") {
      const last = row === table().rows.length - 1 && column === width() - 1;
      const leaves = event.shiftKey ? row <= NAMES && column === 0 : last || row === REMOVE_COLUMN;
      return leaves ? "leave" : event.shiftKey ? STEPS.back : STEPS.forth;
    }
    if (event.key === "Enter") {
      if (place instanceof HTMLButtonElement) return "leave";
      return event.shiftKey ? STEPS.ArrowUp : STEPS.ArrowDown;
    }
    if (event.key === "ArrowLeft" && isOfStarts(place)) return STEPS.here;
    return isEditing ? undefined : STEPS[event.key];
  }

  root.tabIndex = -1;
  root.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    if (event.target === root && event.key !== "Tab") go(...last);
    const place = placeIn(event) ?? placeOfFocus();
    if (place) key(event, place);
  });
  root.addEventListener("input", (event) => {
    const place = placeIn(event);
    if (place instanceof HTMLInputElement) typed(place);
  });
  root.addEventListener("focusin", (event) => {
    const place = placeIn(event);
    if (!place) return;
    last = at(place);
    if (place instanceof HTMLInputElement) place.select();
    if (last[0] >= 0) state.chooseRow(last[0]);
  });
  root.addEventListener("focusout", (event) => {
    if (placeIn(event)) state.commit();
  });
  root.addEventListener("mouseup", (event) => {
    const place = placeIn(event);
    if (place instanceof HTMLInputElement && isSelected(place)) event.preventDefault(); // WebKit would set the caret
  });
  root.addEventListener("click", (event) => {
    const place = placeIn(event);
    if (place instanceof HTMLInputElement) {
      if (isSelected(place)) place.select();
    } else if (place && !isOfStarts(place)) remove(place);
  });
  root.addEventListener("dblclick", (event) => {
    const place = placeIn(event);
    if (place instanceof HTMLInputElement) edit(place);
  });
  document.addEventListener("paste", (event) => {
    const place = placeIn(event);
    const isInTable = place instanceof HTMLInputElement;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const isBlock = BLOCK.test(text.replace(/\r?\n$/, "")); // a spreadsheet ends each row by a new line, the last one too
    if (event.defaultPrevented || text.trim() === "") return; // the editor has its own
    if (!(isInTable ? isBlock : isNowhere(event))) return;
    event.preventDefault();
    state.commit();
    const [row, column] = isInTable ? at(place) : last;
    files.paste(text, Math.max(row, 0), Math.max(column, 0));
  });

  return {
    go,
    refocus,
    shown: typing.textIn,
    /** @param {number} row @param {number} column */
    isEditing: (row, column) => typing.hasCaret(placeOf(row, column)),
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
  here: (row, column) => [row, column],
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

/** Under an answer, what other starts say to it: a place of the grid right of the cell. @param {Element} place */
const isOfStarts = (place) => place.matches(".starts");

/** @param {Element} place @returns {HTMLElement | null | undefined} */
const startsBeside = (place) =>
  isOfStarts(place) ? null : place.closest("td")?.nextElementSibling?.querySelector(".says .starts");

/** The one that has the keyboard. */
function placeOfFocus() {
  const place = document.activeElement;
  return place instanceof HTMLInputElement && "row" in place.dataset ? place : null;
}

/**
 * Whether an event happened where nothing is typed into, so that it is meant for the table.
 * @param {Event} event
 */
function isNowhere(event) {
  const typedInto = "input:not([type=range], [type=checkbox]), textarea, select, [contenteditable]";
  const isTyped = event.composedPath().some((place) => place instanceof Element && place.matches(typedInto));
  return !isTyped && !document.querySelector("dialog[open]");
}

/**
 * @param {HTMLElement} place
 * @returns {[number, number]}
 */
const at = (place) => [Number(place.dataset.row), Number(place.dataset.column)];
