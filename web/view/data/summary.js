/** @file Below the table: how many of its rows the network has right and, on request, which it has most wrong. */
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { fitOf } from "../../model/fit.js";
import { counted, grouped } from "../../model/words.js";
import { byId, draw } from "../kit/draw.js";

/**
 * @param {import("../../state/state.js").State} state
 * @param {import("../../load-later.js").LoadLater} later
 * @param {(row: number, column: number) => void} go  to a cell of the table
 */
export function showSummary(state, later, go) {
  const isOpen = signal(false);
  const toggle = () => {
    if (isOpen.value) isOpen.value = false;
    else
      later.withWorst(() => {
        isOpen.value = true;
      });
  };
  draw(byId("fit"), () => {
    const run = state.run.value;
    const fit = fitOf(run);
    const isShown = run.frame !== null && fit.known > 0 && run.phase !== "refused";
    return html`<div class=${state.stale.value ? "summary stale" : "summary"}>
        ${
          isShown
            ? html`<p class=${fit.wrong > 0 ? "off" : ""}>${summaryText(fit)}</p>
          <button type="button" class="plain" aria-expanded=${isOpen.value} @click=${toggle}>Worst first</button>`
            : nothing
        }
      </div>
      ${isShown && isOpen.value ? later.worstTemplate(run, go) : nothing}
      ${later.startsBelow()}`;
  });
}

/** @param {import("../../model/fit.js").Fit} fit */
export function summaryText({ known, wrong, apart }) {
  const rows = counted(known, "row");
  const said =
    wrong > 0
      ? `${grouped(wrong)} of ${rows} wrong`
      : known === 1
        ? "The one known row is right"
        : `All ${rows} right`;
  if (apart.wrong === 0)
    return apart.known > 0 && wrong === 0 ? `${said}, ${grouped(apart.known)} held out too` : said;
  return `${said}, and ${grouped(apart.wrong)} of ${grouped(apart.known)} held out${wrong > 0 ? "" : " wrong"}`;
}
