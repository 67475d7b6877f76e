/**
 * @file The room that the value beside each line of the program needs at any iteration, so that lines do not wrap anew
 * with each; and the indent of wrapped lines.
 * @import { Values } from "../../model/protocol.js"
 */

// Characters of a number: "−0.00012" among others, alone with more digits.
const WIDEST = 8;
const WIDEST_ALONE = 10;
const MOST = 40; // that are kept free for what numbers may become: the line needs its room, too
const NUMBER = /−?\d[\d,]*(?:\.\d+)?(?:e−?\d+)?|−?∞/g;
const TAB = " ".repeat(8); // as wide as browsers draw it

/** @typedef {Values["lines"][number]} Chip  what stands beside a line */

/** The room beside each line of a program: while that stays the same, it only grows. */
export function createValueWidths() {
  /** @type {unknown} */
  let of;
  /** @type {number[]} */
  let rooms = [];
  /**
   * @param {unknown} program
   * @param {number} line
   * @param {Chip | undefined} chip
   * @returns {number}  characters
   */
  return (program, line, chip) => {
    if (of !== program) rooms = [];
    of = program;
    rooms[line] = Math.max(rooms[line] ?? 0, chip ? roomFor(chip) : 0);
    return rooms[line];
  };
}

/** @param {Chip} chip */
function roomFor({ kind, text }) {
  const widest = text.match(NUMBER)?.length === 1 ? WIDEST_ALONE : WIDEST;
  if (kind === "shape") return text.length;
  const padded = text.replace(NUMBER, (number) => number.padEnd(widest)).length;
  return Math.max(text.length, Math.min(padded, MOST));
}

/** @param {string} line  of the program @returns {number} characters before its first */
export const indentOf = (line) =>
  line.slice(0, line.length - line.trimStart().length).replaceAll("\t", TAB).length;
