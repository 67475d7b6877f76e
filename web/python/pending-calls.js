/**
 * @file The open calls to one Python worker. Each is settled: by its answer or, when Python ends first, by an error.
 * @import { WorkerApi } from "../model/protocol.js"
 */
import { FATAL_ERROR } from "../model/protocol.js";

/** Python has ended over this very question, which is not to be asked again. The message is a sentence. */
export class EndedByThis extends Error {}

/** Python has ended over something else before it could answer. */
export class EndedByOther extends Error {}

const ENDED = "It ended Python. Python has been started again.";
/** What Python has no work with. @type {string[]} */
const WAITING = ["numpy", "alive"];

/**
 * @param {WorkerApi} remote
 * @param {() => void} ended  told when an answer says that Python has ended
 */
export function createPendingCalls(remote, ended) {
  /** @type {Set<{ method: string, reject: (error: Error) => void }>} in the order they were asked */
  const open = new Set();
  const working = () => [...open].find(({ method }) => !WAITING.includes(method));

  /**
   * Python is gone: reject every open call.
   * @param {Error} [why]
   * @param {unknown} [cause]  the question that has ended it; unknown, it is the oldest of those that kept Python busy
   */
  function end(why = new EndedByThis(ENDED), cause = working()) {
    for (const question of open)
      question.reject(question === cause ? why : new EndedByOther("Python has ended."));
    open.clear();
  }

  /**
   * @param {keyof WorkerApi} method
   * @param {any[]} args
   */
  const ask = (method, args) =>
    new Promise((resolve, reject) => {
      const question = { method, reject };
      open.add(question);
      const close = () => open.delete(question);
      /** @type {any} */ (remote)[method](...args).then(
        (/** @type {unknown} */ answer) => {
          close();
          resolve(answer);
        },
        (/** @type {Error} */ error) => {
          if (error.name === FATAL_ERROR && open.has(question)) {
            end(new EndedByThis(error.message), question);
            return ended();
          }
          close();
          reject(error);
        },
      );
    });

  return { door: apiThrough(ask), end };
}

/**
 * @param {(method: keyof WorkerApi, args: any[]) => Promise<any>} ask
 * @returns {WorkerApi}
 */
export const apiThrough = (ask) =>
  new Proxy(/** @type {WorkerApi} */ ({}), {
    // With a method `then` it would be taken for a promise.
    get: (_, method) =>
      method === "then"
        ? undefined
        : (/** @type {any[]} */ ...args) => ask(/** @type {any} */ (method), args),
  });
