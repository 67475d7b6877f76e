/** @file What an error says, in a line: Python's is its last. */

/** @param {unknown} error */
export const reason = (error) =>
  (error instanceof Error ? error.message : String(error)).trim().split("\n").at(-1) ?? "";
