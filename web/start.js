/**
 * @file What the bare address opens: the post's table or, in the one file, what web/copy.js wrote into it. Anybody can
 * have written there, so it is checked like a link.
 * @import { Problem } from "./protocol.js"
 */
import { problemFrom } from "./shape.js";
import { POST } from "./state.js";

/** @returns {Problem} */
function first() {
  try {
    const { problem } = JSON.parse(document.getElementById("start")?.textContent ?? "{}");
    return problem ? problemFrom(problem) : POST;
  } catch {
    return POST;
  }
}

export const FIRST = first();
