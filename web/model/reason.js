/** @file The message of an error in one line. Python's tracebacks have it in their last line. */

/** @param {unknown} error */
export const reason = (error) =>
  (error instanceof Error ? error.message : String(error)).trim().split("\n").at(-1) ?? "";
