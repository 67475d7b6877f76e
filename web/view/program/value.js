/**
 * @file A value in the program: its numbers, how each of a few is worked out, and the curve of an activation with them on it.
 * @import { Value } from "../../model/protocol.js"
 */
import { html, nothing } from "lit-html";
import { activationTemplate } from "./activation-plot.js";

/** @param {Value} value */
export const valueTemplate = (value) => html`${value.curve ? activationTemplate(value.curve) : nothing}
  ${value.sums.length > 0 ? sumsTemplate(value.sums) : cellsTemplate(value)}`;

/** @param {Value["sums"]} sums */
const sumsTemplate = (sums) => html`<div class="cells sums" role="group" aria-label="Worked out" tabindex="0">
  <table>
    <tbody>
      ${sums.map(
        ({ label, terms, sum }) =>
          html`<tr>${label ? html`<th scope="row">${label}</th>` : nothing}<td translate="no">${terms} = ${sum}</td></tr>`,
      )}
    </tbody>
  </table>
</div>`;

/** @param {Value} value */
const cellsTemplate = ({ shape, kind, cells, exact }) =>
  cells.length === 0
    ? nothing
    : html`<div class="cells" role="group" aria-label="Value" tabindex="0">
        <table>
          <caption>${[shape, kind].filter(Boolean).join(" ")}</caption>
          <tbody translate="no">
            ${cells.map((row, at) => html`<tr>${row.map((text, column) => html`<td title=${exact[at][column]} data-value=${exact[at][column]}>${text}</td>`)}</tr>`)}
          </tbody>
        </table>
      </div>`;
