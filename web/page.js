/**
 * @file All that is on the page, drawn card by card. Between two steps keys and pointers get their turn: what is touched
 * first is drawn first, and what stands in the HTML stands there until its turn comes.
 * @import { State } from "./state/state.js"
 */
import { showTime } from "./view/bar/bar.js";
import { showData } from "./view/data/data-card.js";
import { showDrop } from "./view/data/drop.js";
import { showExamples } from "./view/header/examples.js";
import { showFirstHint } from "./view/header/first-hint.js";
import { showDownload, showKeeping, showShare } from "./view/header/header-buttons.js";
import { showLoading } from "./view/header/loading.js";
import { showOffers } from "./view/header/offers.js";
import { showEmbedded } from "./view/header/open-in-tenlines.js";
import { showOffline } from "./view/header/ready-offline.js";
import { showHistory } from "./view/header/undo.js";
import { showEarlyQuestions } from "./view/kit/early-questions.js";
import { showLayers } from "./view/network/layers.js";
import { showNetwork } from "./view/network/network-card.js";
import { showCode } from "./view/program/code-card.js";
import { showCodeHeading } from "./view/program/code-heading.js";
import { showTraining } from "./view/training/training-card.js";

/**
 * @param {State} state
 * @param {{ trainer: import("./train/trainer.js").Trainer, later: import("./load-later.js").LoadLater,
 *   load: () => unknown, isEmbedded: boolean }} parts  load: fetches Python once more
 */
export function* showPage(state, { trainer, later, load, isEmbedded }) {
  if (!state.readOnly) showDrop(later.files);
  showData(state, later);
  yield;
  showTime(state, trainer, later);
  yield;
  showLoading(state, load);
  showOffers(state);
  showOffline(state);
  showHistory(state, trainer);
  showExamples(state, later);
  showDownload(later.openDownload);
  if (isEmbedded) showEmbedded(state);
  else {
    showFirstHint(state);
    showShare(later.openShare);
    showKeeping(state, later.openSaved);
  }
  yield;
  showLayers(state);
  showNetwork(state);
  yield;
  showTraining(state, trainer, later);
  showEarlyQuestions(later.withQuestions);
  yield;
  showCode(state, later);
  showCodeHeading(state, later);
}
