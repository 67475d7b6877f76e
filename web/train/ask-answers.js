/**
 * @file Asks Python about the network on show, for what is drawn and told of it.
 * @import { Answers, Problem, Questions, Told } from "../model/protocol.js"
 * @import { Engine } from "./engine.js"
 */
import { jsonOf, newestFirst } from "./newest-first.js";

/**
 * problem, weights: the network, as a frame on show has it. rows: the inputs of one row after another. withHidden: whether
 * what the hidden units say is wanted as well.
 * @typedef {{ problem: Problem, weights: Float64Array, rows: Float64Array, withHidden: boolean }} Question
 */

/**
 * What the network says of rows that need not be in the table.
 * @param {Engine} engine
 * @returns {<Asked extends Question>(question: Asked, take: (answers: Answers, question: Asked) => void,
 *   refuse: (why: string, question: Asked) => void) => void}  ask; each picture has one of its own
 */
export function createAsker(engine) {
  const ask = newestFirst(engine);
  return (question, take, refuse) => {
    const { problem, weights, rows, withHidden } = question;
    ask(
      (door) => door.answers(jsonOf(problem), weights, rows, withHidden),
      (/** @type {Answers} */ answers) => take(answers, question),
      (why) => refuse(why, question),
    );
  };
}

/**
 * The questions that learners ask, and their answers.
 * @param {Engine} engine
 */
export function createInquirer(engine) {
  const ask = newestFirst(engine);
  return {
    /** Those that apply. @param {Problem} problem @param {(found: Questions) => void} take */
    list(problem, take) {
      ask(
        (door) => door.questions(jsonOf(problem)),
        take,
        () => {},
      );
    },
    /**
     * @param {{ name: string, problem: Problem, iteration: number, state: Float64Array, row: number }} question
     * @param {(told: Told) => void} take
     * @param {(why: string) => void} refuse
     */
    answer({ name, problem, iteration, state, row }, take, refuse) {
      ask(
        async (door) => {
          await door.numpy(); // where Python ends while that comes, it is not over this question
          return door.question(name, jsonOf(problem), iteration, state, row);
        },
        take,
        refuse,
      );
    },
  };
}
