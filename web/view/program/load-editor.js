/** @file The editor's code, fetched when it is first wanted. */
import { createScript } from "../../site/load-script.js";

/** @typedef {typeof import("../../editor/editor.js").createEditor} CreateEditor */
/** @typedef {ReturnType<CreateEditor>} Editor */

const fetchEditor = createScript("editor.js.bin");

/** @returns {Promise<CreateEditor>} */
export const loadEditor = async () => (await fetchEditor()).createEditor;
