/**
 * @file What the bare address opens: the post's table or, in the one file, what web/files/one-file-copy.js wrote into it. Anybody can
 * have written there, so it is checked like a link.
 */

import { nameOf } from "../model/document.js";
import { POST, POSTS_WORK } from "../model/post.js";
import { openedFrom } from "../model/schema.js";

/** @returns {{ problem: import("../model/protocol.js").Problem, code: string, work: import("../model/document.js").Work }} */
function first() {
  try {
    const { problem, code, name } = JSON.parse(document.getElementById("start")?.textContent ?? "{}");
    if (problem) {
      const opened = openedFrom({ ...problem, code, name });
      const [isNamed, original] = [opened.name !== "", opened.problem];
      return { ...opened, work: { title: opened.name || "The table of this file", isNamed, original } };
    }
  } catch {
    // as if nothing stood there
  }
  return { problem: POST, code: "", work: POSTS_WORK };
}

export const { problem: FIRST, code: FIRST_CODE, work: FIRST_WORK } = first();
export const FIRST_NAME = nameOf(FIRST_WORK);
