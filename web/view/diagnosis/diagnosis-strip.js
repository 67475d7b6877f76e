/**
 * @file Why the network cannot learn the table, or what its answers are not worth: the most important finding with its mend,
 * and the others on request. There is nothing where nothing has been found.
 * @import { Finding } from "../../model/assessment.js"
 * @import { State } from "../../state/state.js"
 */
import { computed, effect, signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { mended } from "../../model/assessment.js";
import { byId, draw } from "../kit/draw.js";

const SAID_MILLISECONDS = 1000;

/**
 * @param {HTMLElement} root
 * @param {State} state
 */
export function showDiagnosis(root, state) {
  const findings = computed(() => state.diagnosed.value?.diagnosis ?? []);
  const isOpen = signal(false);
  effect(() => {
    if (findings.value.length < 2) isOpen.value = false;
  });
  const said = byId("diagnosis-said"); // aloud, once: to be read it stands in the strip
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let saying;
  const text = computed(() => findings.value[0]?.text ?? "");
  effect(() => {
    said.textContent = text.value;
    clearTimeout(saying);
    saying = setTimeout(() => {
      said.textContent = "";
    }, SAID_MILLISECONDS);
  });

  /** What has been found of the table before changes settings of the table of now, but no rows. @param {import("../../model/assessment.js").Change} change */
  function make(change) {
    const problem = state.problem.value;
    if (!change.table || state.diagnosed.value?.problem === problem) state.edit(mended(problem, change));
  }

  /** @param {Finding} finding */
  function mendTemplate({ mend, change }) {
    if (!mend || !change || state.readOnly) return nothing;
    return html`<button type="button" class="mend" @click=${() => make(change)}>${mend}</button>`;
  }

  const template = () => {
    const [first, ...others] = findings.value;
    if (!first) return nothing;
    return html`<section class="diagnosis" data-cause=${first.cause} aria-label="Diagnosis">
      ${textTemplate(first)}
      <div class="acts">
        ${mendTemplate(first)}
        ${
          others.length > 0
            ? html`<button
                type="button"
                class="plain"
                aria-expanded=${isOpen.value}
                aria-controls="other-causes"
                @click=${() => {
                  isOpen.value = !isOpen.value;
                }}
              >${others.length} more</button>`
            : nothing
        }
      </div>
      <ul id="other-causes" ?hidden=${!isOpen.value}>
        ${others.map((finding) => html`<li data-other=${finding.cause}>${textTemplate(finding)}${mendTemplate(finding)}</li>`)}
      </ul>
    </section>`;
  };
  // A mend that has been pressed goes with what it mends: the table has the keyboard then, where its answer is.
  draw(root, template, () => byId("data").focus({ preventScroll: true }));
}

/** The first sentence says what is so, the others why. @param {Finding} finding */
function textTemplate({ text }) {
  const [, what, why] = /^(.+?[.?!])\s+(\S.*)$/s.exec(text) ?? ["", text, ""];
  return html`<p>${what}${why ? html` <span class="why">${why}</span>` : nothing}</p>`;
}
