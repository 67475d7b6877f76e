/**
 * @file The page as it is before any of its scripts has run: the build draws it into index.html by the page's own views
 * (py/build/first_paint.py). Nothing in it can be pressed yet.
 * @import { Frame } from "./model/protocol.js"
 */
import { showPage } from "./page.js";
import { createState } from "./state/state.js";
import { byId } from "./view/kit/draw.js";
import { showQuestions } from "./view/kit/questions.js";
import { showDrawing } from "./view/network/drawing.js";

/** @type {Record<string | symbol, unknown>} */
const NOT_YET = {
  walkTemplate: () => null,
  stepText: () => null,
  startsTemplate: () => null,
  startsBelow: () => null,
  exactness: () => null,
};

/**
 * @param {Frame} frame  of the post's table, trained to its end
 * @param {string} source  of its program
 * @param {import("./model/protocol.js").Questions} questions  that apply to it
 */
export function drawFirst(frame, source, questions) {
  const nothing = /** @type {any} */ (new Proxy(NOT_YET, { get: (known, name) => known[name] ?? {} }));
  const parts = { trainer: nothing, later: nothing, load() {}, isEmbedded: false };
  const state = createState(frame, source);
  for (const _ of showPage(state, parts));
  const unasked = () => {}; // the post's network is drawn without a question
  showDrawing(byId("drawing"), state, unasked, unasked);
  byId("drawing").dataset.first = "";
  showQuestions(state, () => ({ list: (_, take) => take(questions), answer() {} }));
}
