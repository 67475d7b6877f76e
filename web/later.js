/**
 * @file What the first answer does not need: the second script of the page, fetched once that answer is there, or when
 * something of it is first asked for (load-later.js).
 */
import { createFiles } from "./files/import-export.js";
import { LARGE } from "./model/large-examples.generated.js";
import { goOffline } from "./offline/offline.js";
import { createRunner } from "./program/runner.js";
import { createWalker } from "./program/walker.js";
import { createAfterwards } from "./train/afterwards.js";
import { createAsker, createInquirer } from "./train/ask-answers.js";
import { createStagesAsker } from "./train/ask-stages.js";
import { createSeek } from "./train/seek.js";
import { stepText, walkTemplate } from "./view/bar/walk.js";
import { listenForWalk } from "./view/bar/walk-keys.js";
import { createStarts } from "./view/data/starts.js";
import { worstTemplate } from "./view/data/worst.js";
import { showDiagnosis } from "./view/diagnosis/diagnosis-strip.js";
import { createDownload } from "./view/header/download-dialog.js";
import { createSaved } from "./view/header/saved-dialog.js";
import { createShare } from "./view/header/share-dialog.js";
import { byId } from "./view/kit/draw.js";
import { showQuestions } from "./view/kit/questions.js";
import { showMap } from "./view/map/map-card.js";
import { showDrawing } from "./view/network/drawing.js";
import { showPass } from "./view/pass/pass-card.js";
import { createEditorPanel } from "./view/program/editor-panel.js";
import { followWalk } from "./view/program/follow-walk.js";
import { valueTemplate } from "./view/program/value.js";
import { createCurveParts } from "./view/training/curve-parts.js";
import { exactnessOf } from "./view/training/exactness.js";

/** @typedef {ReturnType<typeof createLater>} Later */

/**
 * @param {import("./state/state.js").State} state
 * @param {import("./train/engine.js").Engine} engine
 * @param {import("./documents/documents.js").Documents | null} documents  null where nothing is kept: in another page's frame
 * @param {import("./train/trainer.js").Trainer} trainer
 */
export function createLater(state, engine, documents, trainer) {
  const openDownload = createDownload(state);
  const runner = createRunner(state);
  const asker = () => createAsker(engine);
  showDrawing(byId("drawing"), state, asker(), asker());
  showMap(byId("map"), state, asker(), asker());
  showPass(byId("pass"), state, createStagesAsker(engine), createSeek(state, trainer).go);
  showDiagnosis(byId("diagnosis"), state);
  createWalker(state, trainer);
  trainer.thenDo((pull, numpy) => createAfterwards(state, pull, numpy));
  followWalk(state);
  listenForWalk(state);
  showQuestions(state, () => createInquirer(engine));
  return {
    files: createFiles(state, engine),
    largeExamples: LARGE,
    goOffline: () => goOffline(state),
    runner,
    /** @param {import("./view/program/code-heading.js").Phase} phase */
    createEditorPanel: (phase) => createEditorPanel(state, runner, phase),
    openDownload,
    curve: createCurveParts(state),
    valueTemplate,
    walkTemplate,
    stepText,
    starts: createStarts(state),
    exactness: exactnessOf,
    worstTemplate,
    openSaved: documents && createSaved(state, documents),
    openShare: documents && createShare(state, openDownload),
  };
}
