/**
 * @file What the bare address opens: the post's table or, in the one file, the table that web/files/one-file-copy.js wrote
 * into it. Anybody can have changed the file, so that is checked like a link.
 * @import { Problem } from "../model/protocol.js"
 * @import { Work } from "../model/document.js"
 */
import { nameOf } from "../model/document.js";
import { POST, POSTS_WORK } from "../model/post.js";
import { openedFrom } from "../model/schema.js";

/** @typedef {{ problem: Problem, code: string, name: string, work: Work }} Initial */

/**
 * @param {string | null | undefined} json  of a table with its code and name, as a link has them; anything else is the post's
 * @returns {Initial}
 */
export function initialFrom(json) {
  try {
    const { problem, code, name } = JSON.parse(json ?? "{}");
    if (problem) {
      const opened = openedFrom({ ...problem, code, name });
      const [isNamed, original] = [opened.name !== "", opened.problem];
      return { ...opened, work: { title: opened.name || "The table of this file", isNamed, original } };
    }
  } catch {
    // the post's, as if nothing stood there
  }
  return { problem: POST, code: "", name: nameOf(POSTS_WORK), work: POSTS_WORK };
}
