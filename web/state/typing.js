/**
 * @file What is being typed into: the one record of it. Undo takes all keystrokes into one place as one step, a redraw must
 * not turn a typed "0." into "0" under the caret, and a cell of the table knows by it whether arrow keys move its caret.
 */
import { signal } from "@preact/signals-core";

/**
 * into: the cell or field. text: as typed so far; null before the first keystroke. hasCaret: whether it is a cell in editing
 * mode (F2, double click), where arrow keys move the caret; in any other cell they go to the next one.
 * @typedef {{ into: string, text: string | null, hasCaret: boolean }} Typing
 */

export function createTyping() {
  const typing = signal(/** @type {Typing | null} */ (null));
  /** @param {string} into @param {Typing | null} at */
  const of = (into, at) => (at?.into === into ? at : null);
  const nowIn = (/** @type {string} */ into) => of(into, typing.peek());
  return {
    /** @param {string} into  whether it is typed into, or about to be */
    isInto: (into) => of(into, typing.value) !== null,
    /** @param {string} into  a cell of the table */
    hasCaret: (into) => of(into, typing.value)?.hasCaret === true,
    /** @param {string} into @param {string} otherwise  what stands there */
    textIn: (into, otherwise) => of(into, typing.value)?.text ?? otherwise,
    /** @param {string} into  whether something has been typed there that does not stand yet */
    hasText: (into) => nowIn(into)?.text != null,
    /** @param {string} into @param {string} text */
    type(into, text) {
      typing.value = { into, text, hasCaret: nowIn(into)?.hasCaret ?? false };
    },
    /** @param {string} into  a cell of the table, which goes into editing mode */
    putCaret(into) {
      typing.value = { into, text: nowIn(into)?.text ?? null, hasCaret: true };
    },
    /** Something else has changed the problem: the next keystroke is a new step. A cell in editing mode stays in it. */
    interrupt() {
      const now = typing.peek();
      typing.value = now?.hasCaret ? { ...now, text: null } : null;
    },
    /** What was typed stands, or has been taken back. */
    end() {
      typing.value = null;
    },
  };
}
