/**
 * @file What a pass has changed: each row's answer before and after it, and the mean error.
 * @import { Stages } from "../../model/protocol.js"
 */
import { html } from "lit-html";
import { grouped, shortenedText } from "../../model/words.js";
import { figureText } from "./figures.js";

const DIGITS = 5; // one pass changes little
const MOST_DIGITS = 12;

/** Both with as many digits as tell them apart. @param {number} one @param {number} other @returns {[string, string]} */
function pairTexts(one, other) {
  for (let digits = DIGITS; digits < MOST_DIGITS; digits++) {
    const [before, after] = [figureText(one, digits), figureText(other, digits)];
    if (before !== after || one === other) return [before, after];
  }
  return [figureText(one, MOST_DIGITS), figureText(other, MOST_DIGITS)];
}

/** @param {Stages} pass */
export function beforeAfterTemplate({ rows, row, outputs, before, after, errors, batches }) {
  const many = outputs.length;
  const [was, is] = errors;
  const way = is === was ? "stays" : is < was ? "falls" : "rises";
  return html`<section class="before-after" aria-labelledby="before-after">
    <h3 id="before-after">Before and after ${batches > 1 ? "all batches of this pass" : "this pass"}</h3>
    <div class="numbers" role="group" tabindex="0" aria-label="What the network says before and after"><table>
      ${many > 1 ? html`<thead><tr><td></td>${outputs.map((name) => html`<th scope="col">${shortenedText(name)}</th>`)}</tr></thead>` : ""}
      <tbody translate="no">
        ${rows.map(
          (number, at) => html`<tr class=${number === row ? "now" : ""}>
            <th scope="row">row ${grouped(number)}</th>
            ${outputs.map((_, output) => {
              const place = at * many + output;
              const [one, other] = [before[place] ?? Number.NaN, after[place] ?? Number.NaN];
              return html`<td title="${one} → ${other}" data-before=${one} data-after=${other}>${pairTexts(one, other).join(" → ")}</td>`;
            })}
          </tr>`,
        )}
        <tr class="total"><th scope="row">mean error</th>
          <td title="${was} → ${is}" data-before=${was} data-after=${is}>${pairTexts(was, is).join(" → ")} <span class="soft" translate="yes">${Number.isFinite(is) && Number.isFinite(was) ? way : ""}</span></td></tr>
      </tbody>
    </table></div>
  </section>`;
}
