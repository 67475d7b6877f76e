/**
 * @file The network, drawn: inputs, units and outputs, the weights as lines between them, and one row of the table that
 * flows through. Lines and values are always of the same frame: what is asked of Python is drawn once it is answered.
 * @import { RunState } from "../../model/run.js"
 * @import { State } from "../../state/state.js"
 * @import { Seen } from "./seen.js"
 */
import { computed, effect, signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { shapeOf } from "../../model/network-shape.js";
import { grouped } from "../../model/words.js";
import { byId, draw } from "../kit/draw.js";
import { createAbout } from "./about.js";
import { layoutOf } from "./geometry.js";
import { createHands } from "./hands.js";
import { thingAt, unitKey } from "./keys.js";
import { lineLabel, lineOf } from "./labels.js";
import { createPaint } from "./paint.js";
import { pictureTemplate } from "./picture.js";
import { cellsOf, isPlain, planOf } from "./seen.js";
import { underTemplate } from "./under.js";
import { createCurves } from "./unit-curve.js";
import { valuesTemplate } from "./values.js";

const USUAL_WIDTH = 440; // pixels, until it is measured
const USUAL_TARGET = 36; // pixels of what is pressed

/** @typedef {ReturnType<typeof import("../../train/ask-answers.js").createAsker>} Ask */

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {Ask} ask
 * @param {Ask} askCurve  for the curve of an activation
 */
export function showDrawing(root, state, ask, askCurve) {
  delete root.dataset.first;
  const width = signal(USUAL_WIDTH);
  const target = signal(USUAL_TARGET);
  const hasNumbers = signal(false);
  const seen = signal(/** @type {Seen | null} */ (null));
  const layout = computed(() => (seen.value ? layoutOf(seen.value.shape, width.value) : null));
  const hands = createHands(root, state, () => {
    const [now, places] = [seen.peek(), layout.peek()];
    return now && places && { seen: now, layout: places };
  });
  const about = createAbout(state, createCurves(askCurve));
  const isOld = state.isOld(() => seen.value?.frame);
  follow(state, seen, ask, hands.picked, hands.pointed);
  // Of another network nothing is chosen yet.
  let names = "";
  effect(() => {
    const before = names;
    names = JSON.stringify(seen.value?.shape.columns.map((column) => column.names) ?? names);
    if (before === names) return;
    hands.picked.value = null;
    hands.roving.value = unitKey(0, 0);
  });

  /** @type {ReturnType<typeof createPaint> | null} */
  let paint = null;
  function paintNow() {
    const canvas = root.querySelector("canvas");
    if (!seen.peek() || !canvas) paint = null;
    else paint ??= createPaint(canvas);
    const [now, places] = [seen.peek(), layout.peek()];
    if (now && places) paint?.paint(now, places);
  }

  /** What is told about: under the pointer, unless a number is being typed. @param {Seen} now */
  function chosenIn(now) {
    const [pointed, picked] = [hands.pointed.value, hands.picked.value];
    const isTyping = root.ownerDocument.activeElement?.id === "drawn-weight";
    return [isTyping ? null : pointed, picked].find((key) => key && thingAt(now.shape, key)) ?? null;
  }

  draw(root, () => {
    const [now, places] = [seen.value, layout.value];
    if (!now || !places) return nothing;
    queueMicrotask(paintNow);
    const chosen = chosenIn(now);
    const canSet = state.canSetWeights.value;
    const picked = hands.picked.value;
    const roving = thingAt(now.shape, hands.roving.value) ? hands.roving.value : unitKey(0, 0);
    const view = {
      seen: now,
      layout: places,
      chosen,
      roving,
      canSet,
      dragged: hands.dragged.value,
      grip: canSet && picked?.startsWith("w") ? picked : null,
      lit: state.walk.lit.value,
    };
    const isStale = isOld.value;
    return html`${rowTemplate(state, now, hasNumbers)}
      <div class=${isStale ? "stage stale" : "stage"} tabindex=${places.width > width.value + 1 ? 0 : nothing} role=${places.width > width.value + 1 ? "group" : nothing} aria-label=${places.width > width.value + 1 ? "The drawing, which is wider than its card" : nothing}>
        <div class="sheet" .style=${places.width > width.value + 1 ? `width:${places.width}px` : ""}>
          <canvas aria-hidden="true"></canvas>
          ${pictureTemplate(view)} ${underTemplate({ state, shape: now.shape, layout: places, target: target.value })}
        </div>
      </div>
      <p id="drawing-keys" hidden>
        Arrow keys left and right go from one to the next; up and down go through a column, or change a weight. Enter goes to
        the weight’s field.
      </p>
      <p class="visually-hidden" aria-live="polite">${inMatrix(now, hands.picked.value, hands.roving.value)}</p>
      <div class=${isStale ? "about stale" : "about"}>${about.template(now, thingAt(now.shape, chosen))}</div>`;
  });

  const values = root.ownerDocument.createElement("div");
  values.id = "unit-values";
  byId("network").after(values);
  draw(values, () => (seen.value && hasNumbers.value ? valuesTemplate(seen.value) : nothing));
  effect(() => {
    root.classList.toggle("with-numbers", hasNumbers.value);
  });

  new ResizeObserver(([entry]) => {
    const across = Math.floor(entry?.contentRect.width ?? 0);
    if (across > 0) width.value = across;
    target.value = Number.parseFloat(getComputedStyle(root).getPropertyValue("--target")) || USUAL_TARGET;
  }).observe(root);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    paint?.forget();
    paintNow();
  });
}

/**
 * Keep what is drawn to the run and the row: at once where the frame says all, else when Python has answered.
 * @param {State} state
 * @param {import("@preact/signals-core").Signal<Seen | null>} seen
 * @param {Ask} ask
 * @param {import("@preact/signals-core").Signal<string | null>} picked
 * @param {import("@preact/signals-core").Signal<string | null>} pointed
 */
function follow(state, seen, ask, picked, pointed) {
  let turn = 0; // of questions
  let shown = 0; // the turn of what is drawn
  /** @type {{ frame: unknown, row: number, isAsked: boolean } | null} */
  let last = null;
  // Of a network without hidden layers only what a unit says of other rows has to be asked.
  const wantsMore = computed(() => [picked.value, pointed.value].some((key) => key?.startsWith("u")));

  /** @param {Seen} next @param {number} its */
  function show(next, its) {
    if (its < shown) return;
    shown = its;
    const run = state.run.peek(); // the same frame in a later phase
    seen.value = run.frame === next.frame ? { ...next, run } : next;
  }

  effect(() => {
    const run = state.run.value;
    const row = state.row.value;
    const isAsked = wantsMore.value;
    if (!run.frame) {
      turn += 1;
      shown = turn;
      last = null;
      seen.value = null;
      return;
    }
    const begun = beginning(run, row, state.unsettled);
    const isNew = last?.frame !== run.frame || last.row !== row;
    const isEnough = !isNew && (last?.isAsked || !isAsked);
    if (isEnough) {
      const now = seen.peek();
      if (now && now.frame === run.frame && now.run !== run) seen.value = { ...now, run };
      return;
    }
    turn += 1;
    const its = turn;
    const { shape, problem, frame } = begun;
    last = { frame, row, isAsked: isAsked || !isPlain(shape) };
    if (begun.why) return show(begun, its);
    if (isPlain(shape) && isNew) show(begun, its);
    if (isPlain(shape) && !isAsked) return;
    const question = { problem, weights: frame.weights, rows: begun.plan.rows, withHidden: !isPlain(shape) };
    ask(
      question,
      (answers) => show({ ...begun, answers }, its),
      (why) => show({ ...begun, why }, its),
    );
  });
}

/** @type {{ problem: unknown, row: number, plan: import("./seen.js").Plan } | null} the same as long as the weights only change */
let planned = null;

/**
 * @param {RunState} run
 * @param {number} row
 * @param {Seen["unsettled"]} unsettled
 * @returns {Seen}
 */
function beginning(run, row, unsettled) {
  const { problem } = run;
  const frame = /** @type {NonNullable<typeof run.frame>} */ (run.frame);
  const cells = cellsOf(problem, row);
  const why = cells ? "" : `Nothing flows: a cell of row ${row + 1} is no number.`;
  const given = cells ?? problem.table.inputs.map(() => Number.NaN);
  if (planned?.problem !== problem || planned.row !== row)
    planned = { problem, row, plan: planOf(problem, given) };
  return {
    run,
    problem,
    frame,
    shape: shapeOf(problem),
    row,
    cells: given,
    why,
    plan: planned.plan,
    answers: null,
    unsettled,
  };
}

/**
 * Which row flows, with another beside it; and the numbers.
 * @param {State} state
 * @param {Seen} seen
 * @param {import("@preact/signals-core").Signal<boolean>} hasNumbers
 */
function rowTemplate(state, { row, problem }, hasNumbers) {
  const many = problem.table.rows.length;
  const button = (
    /** @type {number} */ to,
    /** @type {string} */ name,
    /** @type {string} */ sign,
  ) => html`<button
    type="button"
    aria-label=${name}
    title=${name}
    aria-disabled=${to < 0 || to >= many}
    @click=${() => {
      if (to >= 0 && to < many) state.chooseRow(to);
    }}
  >${sign}</button>`;
  return html`<div class="over-drawing">
    <span class="flows">
      ${button(row - 1, "Previous row", "‹")}
      <span class="soft">Row <b>${grouped(row + 1)}</b> of ${grouped(many)}<span class="more-words"> flows through</span></span>
      ${button(row + 1, "Next row", "›")}
    </span>
    <button type="button" class="numbers-too" aria-expanded=${hasNumbers.value} aria-controls="network" @click=${() => {
      hasNumbers.value = !hasNumbers.value;
    }}>Numbers</button>
  </div>`;
}

/** The weight that the keyboard has come to in a matrix, said aloud. @param {Seen} seen @param {string | null} picked @param {string} roving */
function inMatrix(seen, picked, roving) {
  const thing = thingAt(seen.shape, picked);
  if (thing?.kind !== "weight" || roving !== `m:${thing.layer.number}`) return "";
  return lineLabel(lineOf(seen, thing.layer, thing.from, thing.to));
}
