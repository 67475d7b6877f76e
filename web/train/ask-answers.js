/**
 * @file Asks Python about the network on show, for what is drawn and told of it. One question at a time is under way; of
 * those that come meanwhile only the last is asked, so that what is shown follows as fast as it can.
 * @import { Answers, Problem, Questions, Refused, Told, WorkerApi } from "../model/protocol.js"
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
 * @returns {<Answer extends object>(call: (door: WorkerApi) => Promise<Answer | Refused>, take: (answer: Answer) => void,
 *   refuse: (why: string) => void) => void}  call; its answers come in the order of the questions, and not all have one
 */
function newestFirst(engine) {
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

  return (call, take, refuse) => {
    next = async () => {
      try {
        const answer = await call(await engine.door);
        if ("error" in answer) refuse(answer.error.message);
        else take(answer);
      } catch (error) {
        refuse(reason(error));
      }
    };
    goOn();
  };
}

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
      (door) => door.answers(textOf(problem), weights, rows, withHidden),
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
        (door) => door.questions(textOf(problem)),
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
          return door.question(name, textOf(problem), iteration, state, row);
        },
        take,
        refuse,
      );
    },
  };
}
