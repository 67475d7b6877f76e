/** @file The editor's code, fetched when it is first wanted. */
import { load } from "../../site/packs.js";
import { filesOfSite, verified } from "../../site/site-files.js";

/** @typedef {typeof import("../../editor/editor.js").createEditor} CreateEditor */
/** @typedef {ReturnType<CreateEditor>} Editor */

/** @type {Promise<CreateEditor> | undefined} */
let loading;

/** @returns {Promise<CreateEditor>} */
export function loadEditor() {
  loading ??= fetchEditor().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function fetchEditor() {
  const name = "editor.js.bin";
  const packed = await verified(await filesOfSite(), name);
  const address = URL.createObjectURL(await load(name, packed, (response) => response.blob()));
  try {
    return (await import(address)).createEditor;
  } finally {
    URL.revokeObjectURL(address);
  }
}
