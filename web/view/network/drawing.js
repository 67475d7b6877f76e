/**
 * @file The network, drawn: inputs, units and outputs, the weights as lines between them, and one row of the table that
 * flows through.
 * @import { State } from "../../state/state.js"
 */

/**
 * @param {HTMLElement} _root
 * @param {State} _state
 * @param {ReturnType<typeof import("../../train/ask-answers.js").createAsker>} _ask
 */
export function showDrawing(_root, _state, _ask) {}
