/**
 * @file Reads an imported .py file: either it is the program of a table, or a program of the learner's own.
 * @import { WorkerApi, Problem, Refused } from "../model/protocol.js"
 */

import { POST } from "../model/post.js";
import { grouped } from "../model/words.js";

export const MOST_CODE = 500_000; // characters: the editor bears no more

/**
 * problem: the one whose program it is, null where it has gone its own way. code: what is to be kept of the text, undefined
 * where the page writes the very same. fault: what Python says of a text that it cannot read.
 * @typedef {{ problem: Problem | null, code: string | undefined, fault: string, file: string }} ReadProgram  file: a
 *   name, "" for none, of what the rows are read from
 */

/**
 * @param {Uint8Array} bytes
 * @returns {string | Refused}
 */
export function programText(bytes) {
  const refused = (/** @type {string} */ message) => ({ error: { message } });
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r\n?/g, "\n");
    if (text.includes("\0")) return refused("It is no program but binary data.");
    if (text.trim() === "") return refused("It is empty.");
    return text.length <= MOST_CODE
      ? text
      : refused(`It has ${grouped(text.length)} characters; a program here has up to ${grouped(MOST_CODE)}.`);
  } catch {
    return refused("It is not text in UTF-8. Save it in UTF-8.");
  }
}

/**
 * A program holds no names of columns: those of the table here stay where it has as many inputs and outputs.
 * @param {WorkerApi} door
 * @param {string} source
 * @param {Problem} here
 * @returns {Promise<ReadProgram>}
 */
export async function readProgramFile(door, source, here) {
  const file = /\bgenfromtxt\(\s*(["'])(.{1,40}?)\1/.exec(source)?.[2] ?? "";
  const beside = await door.readProgram(source, JSON.stringify(here));
  const isLike = "problem" in beside && isAsWide(beside.problem, here);
  const answer = isLike ? beside : await door.readProgram(source, JSON.stringify(POST));
  if ("problem" in answer) {
    const { problem } = answer;
    const written = await door.writeProgram(JSON.stringify(problem));
    const isWritten = "source" in written && written.source === source;
    return { problem, code: isWritten ? undefined : source, fault: "", file };
  }
  return { problem: null, code: source, fault: "error" in answer ? answer.error.message : "", file };
}

/** @param {Problem} one @param {Problem} other */
const isAsWide = ({ table: one }, { table: other }) =>
  one.inputs.length === other.inputs.length && one.outputs.length === other.outputs.length;
