/**
 * @file Asks Python what the network says of rows that need not be in the table, for what is drawn of it.
 * @import { Answers, Problem } from "../model/protocol.js"
 * @import { Engine } from "./engine.js"
 */
import { reason } from "../model/reason.js";
import { createLatest, jsonOf } from "./ask-latest.js";

/**
 * problem, weights: the network, as a frame on show has it. rows: the inputs of one row after another. withHidden: whether
 * what the hidden units say is wanted as well.
 * @typedef {{ problem: Problem, weights: Float64Array, rows: Float64Array, withHidden: boolean }} Question
 */

/**
 * @param {Engine} engine
 * @returns {<Asked extends Question>(question: Asked, take: (answers: Answers, question: Asked) => void,
 *   refuse: (why: string, question: Asked) => void) => void}  ask, the latest only
 */
export function createAsker(engine) {
  const askLatest = createLatest();
  return (question, take, refuse) =>
    askLatest(async () => {
      const { problem, weights, rows, withHidden } = question;
      try {
        const door = await engine.door;
        const answer = await door.answers(jsonOf(problem), weights, rows, withHidden);
        if ("error" in answer) refuse(answer.error.message, question);
        else take(answer, question);
      } catch (error) {
        refuse(reason(error), question);
      }
    });
}
