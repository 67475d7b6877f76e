/**
 * @file The room that the value of each line of the program needs at any iteration, so that lines do not wrap anew with
 * each; and the indent of wrapped lines.
 * @import { Values } from "../../model/protocol.js"
 */

// Characters of a number: "−0.00012" among others, alone with more digits.
const WIDEST = 8;
const WIDEST_ALONE = 10;
const NUMBER = /−?\d[\d,]*(?:\.\d+)?(?:e−?\d+)?|−?∞/g;
const TAB = " ".repeat(8); // as wide as browsers draw it

/** @typedef {Values["lines"][number]} Chip  what stands beside a line */

/** The room of each line's value in a program: while that stays the same, it only grows. */
export function createValueWidths() {
  /** @type {unknown} */
  let of;
  /** @type {string[]} */
  let rooms = [];
  /**
   * @param {unknown} program
   * @param {number} line
   * @param {Chip} chip
   * @returns {string}  a value that takes as much room
   */
  return (program, line, chip) => {
    if (of !== program) rooms = [];
    of = program;
    const room = roomFor(chip);
    if (room.length > (rooms[line] ?? "").length) rooms[line] = room;
    return rooms[line];
  };
}

/** @param {Chip} chip */
function roomFor({ kind, text }) {
  if (kind === "shape") return text;
  const widest = text.match(NUMBER)?.length === 1 ? WIDEST_ALONE : WIDEST;
  return text.replace(NUMBER, (number) => number.padEnd(widest, "0"));
}

/** @param {string} line  of the program @returns {number} characters before its first */
export const indentOf = (line) =>
  line.slice(0, line.length - line.trimStart().length).replaceAll("\t", TAB).length;
