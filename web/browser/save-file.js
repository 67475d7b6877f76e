/** @file Saves a file: hands it to the browser as a download. */

const MILLISECONDS = 60_000; // after which every browser has read the file; no event says when

/**
 * @param {Blob} blob
 * @param {string} name
 */
export function saveFile(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), MILLISECONDS);
}
