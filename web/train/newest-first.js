/**
 * @file Questions to Python about what is on show. One at a time is under way; of those that come meanwhile only the last is
 * asked, so that what is shown follows as fast as it can.
 * @import { Problem, Refused, WorkerApi } from "../model/protocol.js"
 * @import { Engine } from "./engine.js"
 */
import { reason } from "../model/reason.js";

/** @type {WeakMap<Problem, string>} a problem is asked about at each iteration on show, and does not change */
const texts = new WeakMap();

/** @param {Problem} problem */
export function jsonOf(problem) {
  const text = texts.get(problem) ?? JSON.stringify(problem);
  texts.set(problem, text);
  return text;
}

/**
 * @param {Engine} engine
 * @returns {<Answer extends object>(call: (door: WorkerApi) => Promise<Answer | Refused>, take: (answer: Answer) => void,
 *   refuse: (why: string) => void) => void}  call; its answers come in the order of the questions, and not all have one
 */
export function newestFirst(engine) {
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
