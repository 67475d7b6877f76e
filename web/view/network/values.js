/**
 * @file The value of every unit for the chosen row, as a table: what the drawing shows, for who would rather read it.
 * @import { Seen } from "./seen.js"
 */
import { html, nothing } from "lit-html";
import { shortenedText, shortWord } from "../../model/words.js";
import { valueText, wordOf } from "./labels.js";
import { valueIn } from "./seen.js";

/** @param {Seen} seen */
export function valuesTemplate(seen) {
  const columns = seen.shape.columns.slice(1);
  const name = `What row ${seen.row + 1} gives`;
  if (seen.why) return html`<p class="soft">${seen.why}</p>`;
  return html`<div class="numbers" role="group" aria-label=${name} tabindex="0"><table class="weights values" aria-label=${name}>
    <caption>${name}</caption>
    <tbody translate="no">
      ${columns.flatMap((column) =>
        column.names.map((unit, at) => {
          const value = valueIn(seen, column, at);
          const word = column.kind === "output" ? shortWord(wordOf(seen, at)) : "";
          return html`<tr>
            <th scope="row" title=${unit}>${shortenedText(unit)}</th>
            <td title=${value ?? nothing}>${valueText(value)}${word ? html` <span class="soft" translate="yes">${word}</span>` : nothing}</td>
          </tr>`;
        }),
      )}
    </tbody>
  </table></div>`;
}
