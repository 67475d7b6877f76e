/** @file Composition root: builds the state, the engine and the views, and joins them. */
import { effect, untracked } from "@preact/signals-core";
import { untilQuiet } from "./browser/activity.js";
import { afterPaint, inTurns, whenIdle } from "./browser/schedule.js";
import { createDocuments, showAddress } from "./documents/documents.js";
import { applyEmbedOptions, embedOptionsFrom } from "./documents/embed.js";
import { initialFrom } from "./documents/initial.js";
import { loadLater } from "./load-later.js";
import { POST } from "./model/post.js";
import { showPage } from "./page.js";
import { createLiveValues } from "./program/live-values.js";
import { createState } from "./state/state.js";
import { createEngine } from "./train/engine.js";
import { createTrainer } from "./train/trainer.js";
import { applyTyped, frameOnPage, markBegun, sourceOnPage, typedOnPage } from "./view/kit/first-paint.js";

const typed = typedOnPage();
const look = embedOptionsFrom(location.hash);
if (look) applyEmbedOptions(look);
const state = createState(frameOnPage(), sourceOnPage(), look?.readOnly);
const initial = initialFrom(document.getElementById("start")?.textContent);
if (initial.problem !== POST) state.open(initial.problem, initial.work, initial.code);
/** @type {typeof state.notice.value} the last that was said of Python's end */
let ofPython = null;
const engine = createEngine(state.engine, (text, isNews) => {
  // Why it has ended is said in the meantime by who knows it.
  if (isNews || state.notice.value === ofPython) state.notice.value = ofPython = { text, isError: false };
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") engine.revive();
});
engine.load(); // first: the views are made while its files come
const trainer = createTrainer(state, engine);
/** @type {import("./documents/documents.js").Documents | null} */
let documents = null; // in another page's frame
const later = loadLater(state, ({ createLater }) => createLater(state, engine, documents, trainer));

// Every edit and choice trains from the start, and so does an engine that has just become ready; a weight set by hand is
// computed with. Before the views, so that the worker trains while they draw.
effect(() => {
  state.hand.value;
  if (state.problem.value && state.choice.value && state.engine.value.phase === "ready")
    untracked(trainer.answer);
});

/** What is done until the page is whole, each in a turn of its own. */
function* turns() {
  const parts = { trainer, later, load: engine.load, isEmbedded: look !== null };
  const steps = showPage(state, parts);
  steps.next(); // the table, which may have been typed into before
  if (initial.problem === POST) applyTyped(state, typed);
  yield;
  if (look) {
    showAddress(state, initial);
  } else {
    documents = createDocuments(state, initial);
    documents.start(later.openSaved);
  }
  yield;
  yield* steps;
  createLiveValues(state, engine, later.valuesOfProgram);
  yield;
  followTheAnswer();
  markBegun(state);
}

/** What the first answer does not need comes after it: the second script, NumPy, and all else to work without a network. */
function followTheAnswer() {
  const goOffline = () =>
    later.get().then(
      (script) => script.goOffline(),
      () => {},
    );
  // The first answer that Python computed, once it has been painted.
  const stop = effect(() => {
    if (state.run.value.phase === "before") return;
    afterPaint(() => {
      performance.mark("tenlines:first-prediction");
      whenIdle(async () => {
        await later.get().catch(() => {}); // said by what needs it
        await untilQuiet();
        await engine.numpy().catch(() => {}); // where it is missing, whoever needs it says so
        whenIdle(goOffline);
      });
    });
    queueMicrotask(() => stop());
  });
  // A later version may mend what keeps this one from starting.
  effect(() => {
    if (state.engine.value.phase === "failed") whenIdle(goOffline);
  });
}

if (initial.problem === POST) inTurns(turns());
else for (const _ of turns()); // at once: what stands in the HTML is another table's
/** @type {any} */ (globalThis).isWhole = true; // web/inline.js
