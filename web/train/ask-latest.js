/** @file Questions to Python for what is drawn: one at a time is under way, and of those that come meanwhile only the last is asked. */

/**
 * @returns {(ask: () => Promise<unknown>) => void}  a queue with room for one; each picture has one of its own. Its answers
 *   come in the order of the questions, and not all questions have one
 */
export function createLatest() {
  /** @type {(() => Promise<unknown>) | null} */
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

  return (ask) => {
    next = ask;
    goOn();
  };
}

/** @typedef {import("../model/protocol.js").Problem} Problem */

/** @type {WeakMap<Problem, string>} a problem is asked about at each iteration on show, and does not change */
const texts = new WeakMap();

/** @param {Problem} problem */
export function jsonOf(problem) {
  const text = texts.get(problem) ?? JSON.stringify(problem);
  texts.set(problem, text);
  return text;
}
