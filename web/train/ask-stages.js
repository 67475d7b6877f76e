/**
 * @file Asks Python for one pass, stage by stage.
 * @import { Frame, Problem, Stages } from "../model/protocol.js"
 * @import { Engine } from "./engine.js"
 */
import { untilQuiet } from "../browser/activity.js";
import { jsonOf, newestFirst } from "./newest-first.js";

/**
 * What is looked at, as in py/tenlines/explain/stages/report.py: places from 0, the number of the batch from 1. row: null for
 * the first that teaches. units, inputs: of each layer, the unit, and what the weight leads from.
 * @typedef {{ row: number | null, batch: number, units: number[], inputs: number[] }} Look
 * @typedef {{ problem: Problem, frame: Frame, look: Look }} Question
 */

/** @param {Engine} engine */
export function createStagesAsker(engine) {
  const ask = newestFirst(engine);
  let hasNumpy = false;

  /**
   * @param {Question} question
   * @param {(stages: Stages) => void} take
   * @param {(why: string) => void} refuse
   */
  return ({ problem, frame, look }, take, refuse) =>
    ask(
      async (door) => {
        if (!hasNumpy) await untilQuiet(); // NumPy keeps Python busy while it comes
        await door.numpy();
        hasNumpy = true;
        return door.stages(jsonOf(problem), frame.iteration, frame.state.slice(), JSON.stringify(look));
      },
      take,
      refuse,
    );
}
