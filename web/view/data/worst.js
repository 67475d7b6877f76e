/** @file The known rows in the order of how far the network is from them, each by its worst output. */
import { html } from "lit-html";
import { fitOf } from "../../model/fit.js";
import { answerText, grouped, shortenedText } from "../../model/words.js";
import { gaugeTemplate } from "./gauge.js";

const MOST = 50;

/**
 * What is wrong comes before what is right, and what is further off before what is nearer.
 * @param {import("../../model/run.js").RunState} run
 */
export function worstOf(run) {
  const fit = fitOf(run);
  const { outputs, rows } = run.problem.table;
  const width = outputs.length;
  const ranks = new Float64Array(rows.length).fill(-1);
  const worst = new Uint16Array(rows.length); // its output
  for (let row = 0; row < rows.length; row++) {
    if (!fit.isKnown(row)) continue;
    for (let output = 0; output < width; output++) {
      const miss = fit.missOf(row, output);
      const rank =
        (miss === Number.POSITIVE_INFINITY ? 1 : miss / (1 + miss)) + Number(fit.isOff(row, output));
      if (rank > ranks[row]) [ranks[row], worst[row]] = [rank, output];
    }
  }
  const least = Float64Array.from(ranks).sort().at(-Math.min(MOST, fit.known)) ?? 0;
  const found = [];
  for (let row = 0; row < rows.length; row++)
    if (ranks[row] >= 0 && ranks[row] >= least) found.push({ row, output: worst[row], rank: ranks[row] });
  found.sort((one, other) => other.rank - one.rank || one.row - other.row);
  return found.slice(0, MOST).map(({ row, output }) => ({
    row,
    output,
    target: Number(rows[row][run.problem.table.inputs.length + output]),
    answer: run.frame?.outputs[row * width + output] ?? Number.NaN,
    isOff: fit.isOff(row, output),
  }));
}

/**
 * @param {import("../../model/run.js").RunState} run
 * @param {(row: number, column: number) => void} go
 */
export function worstTemplate(run, go) {
  const { table } = run.problem;
  const { known } = fitOf(run);
  const items = worstOf(run);
  return html`<div class="worst">
    ${known > items.length ? html`<p class="soft">The worst ${items.length} of ${grouped(known)} rows</p>` : ""}
    <ol aria-label="Known rows, worst first">
      ${items.map(({ row, output, target, answer, isOff }) => {
        const name = table.outputs[output];
        const text = answerText(answer, 3);
        return html`<li><button
          type="button"
          class=${isOff ? "off" : ""}
          @click=${() => go(row, table.inputs.length + output)}
        >
          <span class="visually-hidden">Row ${row + 1} ${name}: ${text}${isOff ? ", wrong" : ""}: the table says ${target}</span>
          <span class="at" aria-hidden="true">${grouped(row + 1)}</span>
          <span class="of" aria-hidden="true">${shortenedText(name)}</span>
          <span class="target-of" translate="no" aria-hidden="true">${target}</span>
          ${gaugeTemplate(table, output, target, answer, isOff)}
          <span class="sign" aria-hidden="true">${isOff ? "≠" : ""}</span>
          <span class="fit" translate="no" aria-hidden="true">${text}</span>
        </button></li>`;
      })}
    </ol>
  </div>`;
}
