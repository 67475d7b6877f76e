/** @file Brings a part of the program into sight together with the panel that explains it. */
import { byId } from "../kit/draw.js";

/** @param {HTMLElement} item  that may stand under the panel (code-card.css), which may stand under the bar */
export function uncover(item) {
  byId("part").scrollIntoView({ block: "nearest" });
  item.scrollIntoView({ block: "nearest" });
}
