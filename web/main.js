/** @file Composition root: builds the state, the engine and the views, and joins them. */
import { effect, untracked } from "@preact/signals-core";
import { quiet } from "./browser/activity.js";
import { afterPaint, whenIdle } from "./browser/schedule.js";
import { createDocuments, showAddress } from "./documents/documents.js";
import { dress, lookFrom } from "./documents/embed.js";
import { initialFrom } from "./documents/initial.js";
import { createFiles } from "./files/import-export.js";
import { POST } from "./model/post.js";
import { goOffline } from "./offline/offline.js";
import { createCode } from "./program/live-values.js";
import { createRunner } from "./program/runner.js";
import { createState } from "./state/state.js";
import { createEngine } from "./train/engine.js";
import { createTrainer } from "./train/trainer.js";
import { showTime } from "./view/bar/bar.js";
import { showData } from "./view/data/data-card.js";
import { showDrop } from "./view/data/drop.js";
import { showDownload } from "./view/header/download-dialog.js";
import { showExamples } from "./view/header/examples.js";
import { showLoading } from "./view/header/loading.js";
import { showOffers } from "./view/header/offers.js";
import { showEmbedded } from "./view/header/open-in-tenlines.js";
import { showOffline } from "./view/header/ready-offline.js";
import { showSaved } from "./view/header/saved-dialog.js";
import { showShare } from "./view/header/share-dialog.js";
import { showHistory } from "./view/header/undo.js";
import { applyTyped, begin, frameOnPage, sourceOnPage, typedOnPage } from "./view/kit/first-paint.js";
import { showLayers } from "./view/network/layers.js";
import { showNetwork } from "./view/network/network-card.js";
import { showCode } from "./view/program/code-card.js";
import { showProgram } from "./view/program/editor-panel.js";
import { showTraining } from "./view/training/training-card.js";

const typed = typedOnPage();
const look = lookFrom(location.hash);
if (look) dress(look);
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
const files = createFiles(state, engine);

// Every edit and choice trains from the start, and so does an engine that has just become ready. Before the views, so
// that the worker trains while they draw.
effect(() => {
  if (state.problem.value && state.choice.value && state.engine.value.phase === "ready")
    untracked(trainer.answer);
});

showLoading(state, engine.load);
showOffers(state);
showOffline(state);
showHistory(state, trainer);
const download = showDownload(state);
if (!state.readOnly) showDrop(files);
showData(state, files);
showExamples(state);
showLayers(state);
showNetwork(state);
showTraining(state, trainer);
showTime(state, trainer);
const runner = createRunner(state);
showCode(state);
createCode(state, engine, runner);
showProgram(state, runner);

if (initial.problem === POST) applyTyped(state, typed);
if (look) {
  showEmbedded(state);
  showAddress(state, initial);
} else {
  showShare(state, download.open);
  const documents = createDocuments(state, initial);
  documents.start(showSaved(state, documents).open);
}
// The first answer that Python computed, once it has been painted.
const stop = effect(() => {
  if (state.run.value.phase === "before") return;
  afterPaint(() => {
    performance.mark("tenlines:first-prediction");
    whenIdle(async () => {
      await quiet();
      await engine.numpy().catch(() => {}); // where it is missing, whoever needs it says so
      whenIdle(() => goOffline(state));
    });
  });
  queueMicrotask(() => stop());
});
// A later version may mend what keeps this one from starting.
effect(() => {
  if (state.engine.value.phase === "failed") whenIdle(() => goOffline(state));
});

begin(state);
