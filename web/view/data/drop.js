/**
 * @file Files can be dropped anywhere on the page.
 * @import { Files } from "../../load-later.js"
 */
import { byId } from "../kit/draw.js";

/** @param {Files} files */
export function showDrop(files) {
  const place = byId("drop");
  const show = (/** @type {boolean} */ isOver) => {
    place.hidden = !isOver;
  };

  /** @param {DragEvent} event */
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files") === true;

  addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return; // text goes where it is dropped
    event.preventDefault();
    show(true);
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) show(false); // out of the window, not from one thing to the next
  });
  addEventListener("drop", (event) => {
    show(false);
    if (!holdsFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    files.dropFiles([...event.dataTransfer.files]);
  });
}
