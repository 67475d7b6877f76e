/**
 * @file Asks Python for one pass, stage by stage.
 * @import { Frame, Problem, Stages } from "../model/protocol.js"
 * @import { Engine } from "./engine.js"
 */
import { untilQuiet } from "../browser/activity.js";
import { reason } from "../model/reason.js";
import { createLatest, jsonOf } from "./ask-latest.js";

/**
 * What is looked at, as in py/tenlines/explain/stages/report.py: places from 0, the number of the batch from 1. row: null for
 * the first that teaches. units, inputs: of each layer, the unit, and what the weight leads from.
 * @typedef {{ row: number | null, batch: number, units: number[], inputs: number[] }} Look
 * @typedef {{ problem: Problem, frame: Frame, look: Look }} Question
 */

/** @param {Engine} engine */
export function createStagesAsker(engine) {
  const askLatest = createLatest();
  let hasNumpy = false;

  /**
   * @param {Question} question
   * @param {(stages: Stages) => void} take
   * @param {(why: string) => void} refuse
   */
  return (question, take, refuse) =>
    askLatest(async () => {
      const { problem, frame, look } = question;
      try {
        const door = await engine.door;
        if (!hasNumpy) await untilQuiet(); // NumPy keeps Python busy while it comes
        await engine.numpy();
        hasNumpy = true;
        const state = frame.state.slice();
        const answer = await door.stages(jsonOf(problem), frame.iteration, state, JSON.stringify(look));
        if ("error" in answer) refuse(answer.error.message);
        else take(answer);
      } catch (error) {
        refuse(reason(error));
      }
    });
}
