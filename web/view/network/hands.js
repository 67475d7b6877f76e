/**
 * @file Pointer and keyboard of the drawing: what is pointed at or has the focus is told about; a line is dragged up and
 * down, or moved by the arrow keys, to set its weight.
 * @import { State } from "../../state/state.js"
 * @import { Layout } from "./geometry.js"
 * @import { Seen } from "./seen.js"
 */
import { signal } from "@preact/signals-core";
import { placeOf, rowsOf } from "../../model/network-shape.js";
import { isComposing } from "../kit/draw.js";
import { intoOf } from "./about.js";
import { distanceTo, endsOfLine } from "./geometry.js";
import { keysOf, thingAt, unitKey, weightKey } from "./keys.js";

const NEAR = 12; // pixels to a line
const FULL = 150; // pixels of a drag through the whole scale
const FINER = 0.1; // with Shift
const SLACK = 3; // pixels before a press becomes a drag
const SMALLEST_SCALE = 0.1; // of a run whose weights are nearly 0
/** @type {Record<string, number>} of the scale */
const STEPS = { ArrowUp: 0.01, ArrowDown: -0.01, PageUp: 0.1, PageDown: -0.1 };

/** @typedef {{ pointer: number, key: string, place: number, problem: Seen["problem"], scale: number, value: number,
 *   y: number, isMoved: boolean }} Drag */

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {() => { seen: Seen, layout: Layout } | null} drawn  what is on show
 */
export function createHands(root, state, drawn) {
  const pointed = signal(/** @type {string | null} */ (null)); // under the pointer
  const picked = signal(/** @type {string | null} */ (null)); // what was clicked, or has or had the focus
  const roving = signal(unitKey(0, 0)); // what Tab comes to
  const dragged = signal(/** @type {{ key: string, value: number } | null} */ (null));
  /** @type {Drag | null} */
  let drag = null;
  let skipsClick = false;

  /** @param {PointerEvent | MouseEvent} event @returns {string | null} */
  function keyUnder(event) {
    const now = drawn();
    const picture = root.querySelector("svg.net");
    if (!now || !picture || !(event.target instanceof Element) || !picture.contains(event.target))
      return null;
    const box = picture.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * now.layout.width;
    const y = ((event.clientY - box.top) / box.height) * now.layout.height;
    return keyAt(now.seen, now.layout, x, y);
  }

  /** @param {string} key */
  function focus(key) {
    roving.value = key;
    picked.value = key;
    const place = root.querySelector(`[data-key="${key}"]`);
    if (place instanceof SVGElement) place.focus({ preventScroll: true });
  }

  /** @param {string | null} key */
  function weightAt(key) {
    const now = drawn();
    const thing = now && thingAt(now.seen.shape, key);
    if (!now || thing?.kind !== "weight") return null;
    const place = placeOf(thing.layer, thing.from, thing.to);
    return { now, thing, place, weight: now.seen.frame.weights[place] };
  }

  /** @param {PointerEvent} event */
  function press(event) {
    skipsClick = false;
    if (event.button !== 0 || !event.isPrimary || !state.canSetWeights.value) return;
    const key = keyUnder(event);
    const at = weightAt(key);
    const isGrip = event.pointerType !== "touch" || key === picked.value;
    if (!key || !at || !isGrip || !Number.isFinite(at.weight)) return;
    const { problem, run } = at.now.seen;
    const scale = Math.max(run.largest, SMALLEST_SCALE);
    drag = {
      pointer: event.pointerId,
      key,
      place: at.place,
      problem,
      scale,
      value: at.weight,
      y: event.clientY,
      isMoved: false,
    };
    if (event.target instanceof Element) event.target.setPointerCapture(event.pointerId);
    event.preventDefault(); // no text is marked
    focus(key);
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (drag?.pointer !== event.pointerId) {
      if (event.pointerType !== "touch") pointed.value = keyUnder(event);
      return;
    }
    const now = drawn();
    if (!state.canSetWeights.value || now?.seen.problem !== drag.problem) return stop(); // the table is another one
    const up = drag.y - event.clientY;
    if (!drag.isMoved && Math.abs(up) < SLACK) return;
    drag.isMoved = true;
    drag.y = event.clientY;
    drag.value += ((2 * drag.scale * up) / FULL) * (event.shiftKey ? FINER : 1);
    const value = readable(drag.value, drag.scale);
    dragged.value = { key: drag.key, value };
    state.setWeight(drag.place, value);
  }

  function stop() {
    skipsClick = drag?.isMoved ?? false;
    drag = null;
    dragged.value = null;
  }

  /** @param {PointerEvent} event */
  function release(event) {
    if (drag?.pointer !== event.pointerId) return;
    if (drag.isMoved) state.commit();
    stop();
  }

  function cancel() {
    if (!drag) return;
    if (drag.isMoved) state.cancel(intoOf(drag.place));
    stop();
    skipsClick = true;
  }

  /** @param {string} key @param {number} share  of the scale */
  function nudge(key, share) {
    const at = weightAt(key);
    if (!at || !state.canSetWeights.value || !Number.isFinite(at.weight)) return;
    const scale = Math.max(at.now.seen.run.largest, SMALLEST_SCALE);
    const { hand } = state; // what was set last may not be drawn yet
    const before = hand.value?.problem === at.now.seen.problem ? hand.value.state[at.place] : at.weight;
    state.setWeight(at.place, readable(before + share * scale, scale));
  }

  /** @param {KeyboardEvent} event @param {string} key */
  function goOn(event, key) {
    pointed.value = null; // the keyboard has it now
    const now = drawn();
    const thing = now && thingAt(now.seen.shape, picked.value?.startsWith("w") ? picked.value : key);
    if (!now || !thing) return;
    const inMatrix = key.startsWith("m") && thing.kind === "weight";
    if (inMatrix) return goInMatrix(event, thing);
    const keys = keysOf(now.seen.shape, now.layout);
    const at = keys.indexOf(key);
    const beside = (/** @type {number} */ by) => keys[Math.max(0, Math.min(keys.length - 1, at + by))];
    const { key: name } = event;
    if (name === "ArrowRight") focus(beside(1));
    else if (name === "ArrowLeft") focus(beside(-1));
    else if (name === "Home") focus(keys[0]);
    else if (name === "End") focus(keys[keys.length - 1]);
    else if (name === "Enter" || name === " ") enter(key);
    else if (name in STEPS && thing.kind === "weight") nudge(key, STEPS[name]);
    else if (name in STEPS && thing.kind === "unit")
      focus(inColumn(keys, thing.column, thing.unit, STEPS[name] > 0 ? -1 : 1));
    else if (name === "Escape") picked.value = null;
    else return;
    event.preventDefault();
  }

  /** @param {KeyboardEvent} event @param {Extract<import("./keys.js").Thing, { kind: "weight" }>} thing */
  function goInMatrix(event, { layer, from, to }) {
    const moves = /** @type {Record<string, [number, number]>} */ ({
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      PageUp: [-10, 0],
      PageDown: [10, 0],
      Home: [0, -layer.units],
      End: [0, layer.units],
    });
    const within = (/** @type {number} */ at, /** @type {number} */ many) =>
      Math.max(0, Math.min(many - 1, at));
    if (event.key in moves) {
      const [down, right] = moves[event.key];
      picked.value = weightKey(layer, within(from + down, rowsOf(layer)), within(to + right, layer.units));
    } else if (event.key === "Enter") enter(picked.value ?? "");
    else if (event.key === "Escape") picked.value = roving.value;
    else return;
    event.preventDefault();
  }

  /** @param {string} key */
  function enter(key) {
    if (key.startsWith("m")) picked.value = key.replace("m", "w").concat(":0:0");
    else picked.value = key;
    if (!key.startsWith("w")) return;
    const field = root.querySelector("#drawn-weight");
    if (field instanceof HTMLInputElement) {
      field.focus();
      field.select();
    }
  }

  root.addEventListener("pointerdown", press);
  root.addEventListener("pointermove", move);
  root.addEventListener("pointerup", release);
  root.addEventListener("pointercancel", cancel);
  root.addEventListener("lostpointercapture", release); // whatever took it
  root.addEventListener("pointerleave", () => {
    pointed.value = null;
  });
  root.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("svg.net")) return;
    const key = skipsClick ? picked.value : keyUnder(event);
    skipsClick = false;
    if (key === null) picked.value = null;
    else if (
      thingAt(drawn()?.seen.shape ?? NONE, key)?.kind === "weight" &&
      !root.querySelector(`[data-key="${key}"]`)
    )
      picked.value = key; // a cell of a matrix
    else focus(key);
  });
  root.addEventListener("focusin", ({ target }) => {
    const key = keyOf(target);
    if (key === null || (key.startsWith("m") && picked.value?.startsWith(`w${key.slice(1)}:`))) return;
    roving.value = key;
    picked.value = key;
  });
  root.addEventListener("focusout", ({ target }) => {
    if (keyOf(target) !== null && !drag) state.commit();
  });
  root.addEventListener("keydown", (event) => {
    if (drag || isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = keyOf(event.target);
    if (key !== null) goOn(event, key);
  });
  root.addEventListener("keyup", (event) => {
    if (event.key in STEPS && keyOf(event.target)?.startsWith("w")) state.commit();
  });
  root.ownerDocument.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drag) return;
    event.preventDefault();
    cancel();
  });

  return { pointed, picked, roving, dragged };
}

/** @type {import("../../model/network-shape.js").Shape} */
const NONE = { columns: [], layers: [], hidden: 0, parameters: 0 };

/** @param {EventTarget | null} target */
const keyOf = (target) =>
  target instanceof Element ? (target.closest("[data-key]")?.getAttribute("data-key") ?? null) : null;

/**
 * As many digits as the scale gives a meaning to.
 * @param {number} value
 * @param {number} scale
 */
export function readable(value, scale) {
  const digits = Math.max(0, Math.min(100, 3 - Math.floor(Math.log10(scale))));
  return Number(value.toFixed(digits));
}

/** The unit above or below. @param {string[]} keys @param {number} column @param {number} unit @param {number} by */
function inColumn(keys, column, unit, by) {
  const next = unitKey(column, unit + by);
  return keys.includes(next) ? next : unitKey(column, unit);
}

/**
 * What is drawn at a place: a unit, a cell of a matrix, or the nearest line.
 * @param {Seen} seen
 * @param {Layout} layout
 * @param {number} x
 * @param {number} y
 */
function keyAt({ shape }, layout, x, y) {
  for (const [column, { boxes }] of layout.places.entries())
    for (const [unit, box] of boxes.entries()) if (isIn(box, x, y)) return unitKey(column, unit);
  let [best, least] = [/** @type {string | null} */ (null), NEAR];
  for (const layer of shape.layers) {
    const { matrix } = layout.between[layer.number - 1];
    const rows = rowsOf(layer);
    if (matrix && isIn(matrix, x, y)) {
      const from = Math.floor(((y - matrix.y) / matrix.height) * rows);
      const to = Math.floor(((x - matrix.x) / matrix.width) * layer.units);
      return weightKey(layer, Math.min(from, rows - 1), Math.min(to, layer.units - 1));
    }
    if (matrix) continue;
    for (let from = 0; from < rows; from++)
      for (let to = 0; to < layer.units; to++) {
        const distance = distanceTo(endsOfLine(layout, layer, from, to), x, y);
        if (distance < least) [best, least] = [weightKey(layer, from, to), distance];
      }
  }
  return best;
}

/** @param {import("./geometry.js").Box} box @param {number} x @param {number} y */
const isIn = (box, x, y) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
