/**
 * @file The example tables of the Example list, from py/tenlines/examples/.
 * @import { Problem } from "./protocol.js"
 */
import { EXAMPLES as GIVEN } from "./examples.generated.js";
import { isSameProblem, problemFrom } from "./schema.js";

/**
 * As the build writes it. problem: without what is as in the post; that of a large example comes with later.js.
 * @typedef {{ name: string, title: string, group: string, about: string, problem?: object }} Given
 */

/**
 * problem: of a large example, none.
 * @typedef {Omit<Given, "problem"> & { problem?: Problem }} Example
 */

/** @type {Example[]} */
export const EXAMPLES = GIVEN.map(({ problem, ...words }) => ({
  ...words,
  ...(problem && { problem: problemFrom(problem) }),
}));

/**
 * The problems of the large examples by name, once they are there.
 * @param {Record<string, object>} given
 * @returns {Record<string, Problem>}
 */
export const whole = (given) =>
  Object.fromEntries(Object.entries(given).map(([name, problem]) => [name, problemFrom(problem)]));

/**
 * The example that a problem is, whether chosen here, come by a link or typed.
 * @param {Problem} problem
 * @param {Record<string, Problem>} [large]  those that are there
 */
export const exampleOf = (problem, large = {}) =>
  EXAMPLES.find(({ name, problem: own = large[name] }) => own && isSameProblem(own, problem));
