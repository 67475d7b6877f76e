/**
 * @file What the bare address opens: the post's table or, in the one file, what web/copy.js wrote into it. Anybody can
 * have written there, so it is checked like a link.
 */
import { openedFrom } from "./shape.js";
import { POST } from "./state.js";

function first() {
  try {
    const { problem, code } = JSON.parse(document.getElementById("start")?.textContent ?? "{}");
    if (problem) return openedFrom({ ...problem, code });
  } catch {
    // as if nothing stood there
  }
  return { problem: POST, code: "" };
}

export const { problem: FIRST, code: FIRST_CODE } = first();
