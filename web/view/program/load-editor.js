/** @file Loads the editor's code when the editor is first opened. */
import { createScript } from "../../site/load-script.js";

/** @typedef {typeof import("../../editor/editor.js").createEditor} CreateEditor */
/** @typedef {ReturnType<CreateEditor>} Editor */

const fetchEditor = createScript("editor.js.bin");

/** @returns {Promise<CreateEditor>} */
export const loadEditor = async () => (await fetchEditor()).createEditor;
