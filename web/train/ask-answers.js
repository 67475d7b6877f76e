/**
 * @file Asks Python what the network says of rows that need not be in the table, for what is drawn of it. One question at a
 * time is under way; of those that come meanwhile only the last is asked, so that a picture follows as fast as it can.
 * @import { Answers, Problem } from "../model/protocol.js"
 * @import { Engine } from "./engine.js"
 */
import { reason } from "../model/reason.js";

/**
 * problem, weights: the network, as a frame on show has it. rows: the inputs of one row after another. withHidden: whether
 * what the hidden units say is wanted as well.
 * @typedef {{ problem: Problem, weights: Float64Array, rows: Float64Array, withHidden: boolean }} Question
 */

/** @type {WeakMap<Problem, string>} a problem is asked about at each iteration on show, and does not change */
const texts = new WeakMap();

/** @param {Problem} problem */
function textOf(problem) {
  const text = texts.get(problem) ?? JSON.stringify(problem);
  texts.set(problem, text);
  return text;
}

/**
 * @param {Engine} engine
 * @returns {<Asked extends Question>(question: Asked, take: (answers: Answers, question: Asked) => void,
 *   refuse: (why: string, question: Asked) => void) => void}  ask; each picture has one of its own. Its answers come in the
 *   order of the questions, and not all questions have one
 */
export function createAsker(engine) {
  /** @type {(() => Promise<void>) | null} */
  let next = null;
  let isUnderWay = false;

  async function goOn() {
    if (isUnderWay) return;
    isUnderWay = true;
    while (next) {
      const ask = next;
      next = null;
      await ask();
    }
    isUnderWay = false;
  }

  return (question, take, refuse) => {
    next = async () => {
      const { problem, weights, rows, withHidden } = question;
      try {
        const door = await engine.door;
        const answer = await door.answers(textOf(problem), weights, rows, withHidden);
        if ("error" in answer) refuse(answer.error.message, question);
        else take(answer, question);
      } catch (error) {
        refuse(reason(error), question);
      }
    };
    goOn();
  };
}
