/**
 * @file What the network has learned: a map over two inputs, every case of inputs of 0 and 1, or a curve over one input.
 * @import { State } from "../../state/state.js"
 */

/**
 * @param {HTMLElement} _root
 * @param {State} _state
 * @param {ReturnType<typeof import("../../train/ask-answers.js").createAsker>} _ask
 */
export function showMap(_root, _state, _ask) {}
