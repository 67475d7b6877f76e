/**
 * @file What the network has learned: a map over two inputs, every case of inputs of 0 and 1, or a curve over one input.
 * @typedef {import("../../state/state.js").State} State
 * @typedef {import("./picture.js").Ask} Ask
 * @typedef {import("./plan.js").Choices} Choices
 * @typedef {import("./plan.js").Held} Held
 */
import { computed, effect, signal } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { grouped } from "../../model/words.js";
import { draw } from "../kit/draw.js";
import { numbersTemplate } from "./as-numbers.js";
import { addsTemplate, createAdds, othersText, pickersTemplate } from "./controls.js";
import { alongTemplate, legendTemplate, upwardsTemplate } from "./drawn.js";
import { casesTemplate } from "./every-case.js";
import { createPicture } from "./picture.js";
import { showPlane } from "./plane.js";
import { saidOf, saidTemplate, saidText } from "./readout.js";
import { shadesOf } from "./shades.js";

const SKELETON = html`<div class="pickers"></div>
  <div class="picture">
    <p class="up-name"></p>
    <div class="up-ticks" aria-hidden="true"></div>
    <div class="plane" role="application" tabindex="0">
      <canvas aria-hidden="true"></canvas>
      <div class="drawn"></div>
      <div class="cross"></div>
      <div class="rows"></div>
    </div>
    <div class="along-ticks" aria-hidden="true"></div>
    <p class="along-name"></p>
    <p class="ramp-legend"></p>
  </div>
  <p class="trouble"></p>
  <p class="here"></p>
  <p class="visually-hidden" aria-live="polite"></p>
  <div class="adds"></div>
  <div class="told-as-numbers"></div>
  <div class="cases"></div>`;

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {Ask} ask
 * @param {Ask} askPlace  of its own: what is asked about the place under the pointer does not wait for a picture
 */
export function showMap(root, state, ask, askPlace) {
  render(SKELETON, root);
  const part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (root.querySelector(selector));

  // Columns by their names: what is chosen lasts as long as they are there.
  const chosen = signal({
    across: "",
    up: "",
    output: "",
    view: /** @type {"cases" | "map"} */ ("cases"),
    isOpen: false,
  });
  const held = signal(/** @type {Held | null} */ (null));
  const problem = computed(() => state.run.value.problem);
  const choices = computed(() => {
    const { inputs, outputs } = problem.value.table;
    const { across, up, output, ...others } = chosen.value;
    const found = (/** @type {string[]} */ names, /** @type {string} */ name, /** @type {number} */ other) =>
      names.includes(name) ? names.indexOf(name) : other;
    const places = {
      across: found(inputs, across, 0),
      up: found(inputs, up, 1),
      output: found(outputs, output, 0),
    };
    return { ...others, ...places, held: held.value };
  });
  /** @param {Partial<Choices>} change */
  const choose = ({ across, up, output, view, isOpen }) => {
    const { inputs, outputs } = problem.peek().table;
    const now = chosen.peek();
    chosen.value = {
      across: inputs[across ?? -1] ?? now.across,
      up: inputs[up ?? -1] ?? now.up,
      output: outputs[output ?? -1] ?? now.output,
      view: view ?? now.view,
      isOpen: isOpen ?? now.isOpen,
    };
  };
  const picture = createPicture(root, state, choices, ask, askPlace);
  const { seen, plan, trouble, stale } = picture;
  const shades = signal(shadesOf(root));
  for (const query of ["(prefers-color-scheme: dark)", "print"])
    matchMedia(query).addEventListener("change", () => {
      shades.value = shadesOf(root);
    });

  const adds = createAdds(state, plan);
  const plane = showPlane(part(".plane"), state, picture, { held, shades, target: adds.target });
  const { size, drawn } = plane;
  const name = computed(() => {
    const { outputs } = plan.value.problem.table;
    return outputs.length > 1 ? `${outputs[plan.value.output]} ` : "";
  });
  const said = computed(() => {
    if (!seen.value || seen.value.trouble) return null;
    const over = plane.over.value;
    const isThere = over !== null && over < seen.value.plan.problem.table.rows.length;
    const told = over === null ? picture.told.value : null;
    return saidOf(seen.value, told, isThere ? over : state.row.value, state.unsettled.value);
  });

  effect(() => {
    const isDrawn = drawn.value !== null;
    const kind = drawn.value?.plan.kind ?? plan.value.kind;
    part(".picture").hidden = kind === "none" || trouble.value !== "";
    root.classList.toggle("stale", stale.value);
    root.toggleAttribute("data-current", picture.isCurrent.value);
    root.dataset.kind = kind;
    root.dataset.iteration = String(seen.value?.frame.iteration ?? "");
    part(".plane").setAttribute("aria-label", isDrawn ? planeLabel(plan.value, state.readOnly) : "");
  });

  draw(part(".pickers"), () => pickersTemplate(plan.value, choices.value, choose));
  draw(part(".up-name"), () =>
    drawn.value ? html`<span title=${drawn.value.y.name}>↑ ${drawn.value.y.name}</span>` : nothing,
  );
  draw(part(".along-name"), () =>
    drawn.value ? html`<span title=${drawn.value.plan.x.name}>${drawn.value.plan.x.name} →</span>` : nothing,
  );
  draw(part(".up-ticks"), () => (drawn.value ? upwardsTemplate(drawn.value.y, size.value) : nothing));
  draw(part(".along-ticks"), () => (drawn.value ? alongTemplate(drawn.value.plan.x, size.value) : nothing));
  draw(part(".ramp-legend"), () => (drawn.value?.plan.y ? legendTemplate(drawn.value) : nothing));
  draw(part(".trouble"), () => trouble.value || nothing);
  draw(part(".here"), () => (said.value ? saidTemplate(said.value, name.value) : nothing));
  draw(part("[aria-live]"), () =>
    said.value && plane.isByKey.value ? saidText(said.value, name.value) : nothing,
  );
  draw(part(".adds"), () => {
    const shown = drawn.value;
    if (!shown) return nothing;
    const { left, shown: many } = plane.left.value;
    return html`${addsTemplate(shown.plan, state, adds)}
      ${othersText(shown.plan) ? html`<p class="soft">${othersText(shown.plan)}${plane.hasElsewhere.value ? " Faint rows have others." : ""}</p>` : nothing}
      ${left > 0 ? html`<p class="soft">${grouped(many)} of ${grouped(many + left)} rows are drawn.</p>` : nothing}
      ${shown.isPartly ? html`<p class="soft">Where there is no colour or line, the answer is too large to be drawn.</p>` : nothing}`;
  });
  draw(part(".told-as-numbers"), () => {
    const shown = drawn.value;
    if (!shown) return nothing;
    const { isOpen } = chosen.value;
    return html`<button type="button" class="disclose" aria-expanded=${isOpen} @click=${() => choose({ isOpen: !isOpen })}>
        ${shown.plan.y ? "Map" : "Answers"} as numbers
      </button>
      ${shown.plan.xs.length > 0 ? numbersTemplate(shown) : nothing}`;
  });
  draw(part(".cases"), () =>
    seen.value?.plan.cases && !seen.value.trouble ? casesTemplate(seen.value, state) : nothing,
  );
}

/** @param {import("./plan.js").Plan} plan @param {boolean} readOnly */
function planeLabel({ x, y, problem, output }, readOnly) {
  const answer = problem.table.outputs[output];
  const what = y ? `Map of ${answer} over ${x.name} and ${y.name}` : `Curve of ${answer} over ${x.name}`;
  return `${what}: arrow keys go to a place${readOnly ? "" : ", Enter adds a row there"}`;
}
