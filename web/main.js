/** @file Composition root: builds the state, the engine and the views, and joins them. */
import { effect, untracked } from "@preact/signals-core";
import { createAddress } from "./address.js";
import { createCode } from "./code.js";
import { createDocuments } from "./documents.js";
import { dress, lookFrom } from "./embed.js";
import { createEngine } from "./engine.js";
import { createFiles } from "./files.js";
import { goOffline } from "./offline.js";
import { quiet } from "./quiet.js";
import { createRunner } from "./runner.js";
import { FIRST, FIRST_CODE, FIRST_WORK } from "./start.js";
import { createState, POST } from "./state.js";
import { createTrainer } from "./train.js";
import { showCode } from "./view/code.js";
import { showData } from "./view/data.js";
import { afterPaint, whenIdle } from "./view/dom.js";
import { showDownload } from "./view/download.js";
import { showDrop } from "./view/drop.js";
import { showEmbedded } from "./view/embedded.js";
import { showExamples } from "./view/examples.js";
import { showHistory } from "./view/history.js";
import { showLayers } from "./view/layers.js";
import { showLoading } from "./view/loading.js";
import { showNetwork } from "./view/network.js";
import { showOffers } from "./view/offers.js";
import { showOffline } from "./view/offline.js";
import { applyTyped, begin, frameOnPage, sourceOnPage, typedOnPage } from "./view/page.js";
import { showProgram } from "./view/program.js";
import { showSaved } from "./view/saved.js";
import { showShare } from "./view/share.js";
import { showTime } from "./view/time.js";
import { showTraining } from "./view/training.js";

const typed = typedOnPage();
const look = lookFrom(location.hash);
if (look) dress(look);
const state = createState(frameOnPage(), sourceOnPage(), look?.readOnly);
if (FIRST !== POST) state.open(FIRST, FIRST_WORK, FIRST_CODE);
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

if (FIRST === POST) applyTyped(state, typed);
if (look) {
  showEmbedded(state);
  createAddress(state).openLink(state.open);
  addEventListener("hashchange", () => location.reload()); // its look may be another one too
} else {
  showShare(state, download.open);
  const documents = createDocuments(state);
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
