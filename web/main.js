/** @file Composition root: builds the state, the engine and the views, and joins them. */
import { effect, untracked } from "@preact/signals-core";
import { createEngine } from "./engine.js";
import { createFiles } from "./files.js";
import { bakedProblem } from "./start.js";
import { createState } from "./state.js";
import { createTrainer } from "./train.js";
import { showData } from "./view/data.js";
import { afterPaint, whenIdle } from "./view/dom.js";
import { showDownload } from "./view/download.js";
import { showDrop } from "./view/drop.js";
import { showExamples } from "./view/examples.js";
import { showHistory } from "./view/history.js";
import { showLayers } from "./view/layers.js";
import { showLoading } from "./view/loading.js";
import { showNetwork } from "./view/network.js";
import { showOffers } from "./view/offers.js";
import { applyTyped, frameOnPage, typedOnPage } from "./view/page.js";
import { showTime } from "./view/time.js";
import { showTraining } from "./view/training.js";

const typed = typedOnPage();
const baked = bakedProblem();
const state = createState(frameOnPage(), baked ?? undefined);
const engine = createEngine(state.engine);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") engine.revive();
});
engine.load(); // first: the views are made while its files come
const trainer = createTrainer(state, engine);
const files = createFiles(state, engine);

// Every edit and choice trains from the start, and so does an engine that has just become ready. Before the views, so
// that the worker trains while they draw.
effect(() => {
  if (state.problem.value && state.choice.value && state.engine.value.phase === "ready")
    untracked(trainer.retrain);
});

showLoading(state, engine.load);
showOffers(state);
showHistory(state, trainer);
showDownload(state);
showDrop(files);
showData(state, files);
showExamples(state);
showLayers(state);
showNetwork(state);
showTraining(state);
showTime(state, trainer);

if (!baked) applyTyped(state, typed); // into the post's table
// The first answer that Python computed, once it has been painted.
const stop = effect(() => {
  if (state.run.value.phase === "before") return;
  afterPaint(() => {
    performance.mark("tenlines:first-prediction");
    whenIdle(() => engine.numpy().catch(() => {})); // where it is missing, whoever needs it says so
  });
  queueMicrotask(() => stop());
});
