/** @file Property-based tests draw the same examples in every run; TENLINES_RANDOM=10 draws new ones, ten times as many. */
import * as fc from "../../../web/node_modules/fast-check/lib/fast-check.js";

const rounds = Number(process.env.TENLINES_RANDOM || 0);

/**
 * Holds a property to `examples` examples.
 * @param {any} property
 * @param {number} [examples]
 */
export const hold = (property, examples = 200) =>
  fc.assert(property, { numRuns: examples * (rounds || 1), ...(rounds === 0 && { seed: 1 }) });

export { fc };
