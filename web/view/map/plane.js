/**
 * @file The picture itself: what the network says as colours or a line, the table's rows as dots on it, and what pointer and
 * keys do there. A click adds a row, a dragged dot moves one; both are edits of the table.
 * @typedef {import("../../state/state.js").State} State
 * @typedef {import("./picture.js").Picture} Picture
 * @typedef {import("./picture.js").Place} Place
 * @typedef {import("./picture.js").Seen} Seen
 * @typedef {import("./plan.js").Held} Held
 */
import { batch, computed, effect, signal } from "@preact/signals-core";
import { html, nothing, svg } from "lit-html";
import { draw } from "../kit/draw.js";
import { placeAt, shareOf } from "./axes.js";
import { dotAt, dotsOf, dotsTemplate } from "./dots.js";
import { drawnTemplate } from "./drawn.js";
import { isOfColumns, withRowAt, withRowMoved } from "./move-rows.js";
import { createPainter } from "./paint.js";
import { columnsText } from "./plan.js";

const DRAGGED = 2; // pixels of movement from which a press is no click
const KEY_STEPS = 5; // steps of an axis that an arrow key goes; with Shift one
const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
});

/** @param {number} row  what is typed into, for undo */
const into = (row) => `map ${row}`;

/**
 * @param {HTMLElement} plane
 * @param {State} state
 * @param {Picture} picture
 * @param {object} parts
 * @param {import("@preact/signals-core").Signal<Held | null>} parts.held
 * @param {import("@preact/signals-core").ReadonlySignal<import("./shades.js").Shades>} parts.shades
 * @param {() => import("../../model/protocol.js").Cell | undefined} parts.target  of a row that is added; undefined: none can be
 */
export function showPlane(plane, state, picture, { held, shades, target }) {
  const size = signal({ width: 220, height: 220 });
  const active = signal(/** @type {number | null} */ (null)); // the row that Tab comes to
  const over = signal(/** @type {number | null} */ (null)); // the row under the pointer or with the keyboard
  const isByKey = signal(false);
  const hasCross = signal(false);

  new ResizeObserver(([entry]) => {
    const { width = 0, height = 0 } = entry?.contentRect ?? {};
    if (width > 0 && height > 0) size.value = { width, height };
  }).observe(plane);

  const drawn = computed(() => {
    const seen = picture.seen.value;
    return seen && !seen.trouble && seen.plan.kind !== "none" ? seen : null;
  });
  /** What the dots are drawn by: of a map it is the same at all iterations. @type {Seen | null} */
  let basis = null;
  const ofDots = computed(() => {
    const seen = drawn.value;
    if (!seen || !basis || !isSameBasis(basis, seen)) basis = seen;
    return basis;
  });
  const shown = computed(() => {
    const seen = ofDots.value;
    if (!seen) return null;
    const { table } = isOfColumns(seen.plan, state.problem.value) ? state.problem.value : seen.plan.problem;
    return { seen, table, ...dotsOf(seen, table, state.row.value) };
  });

  const [canvas, lines, rows, cross] = ["canvas", ".drawn", ".rows", ".cross"].map(
    (part) => /** @type {HTMLElement} */ (plane.querySelector(part)),
  );
  const painter = createPainter(/** @type {HTMLCanvasElement} */ (canvas));
  effect(() => {
    if (drawn.value?.plan.kind === "map") painter.paint(drawn.value, shades.value);
    else painter.clear();
  });
  draw(lines, () => (drawn.value ? drawnTemplate(drawn.value, size.value) : nothing));
  draw(rows, () => {
    if (!shown.value) return nothing;
    const { seen, table, dots } = shown.value;
    const chosen = state.row.value;
    const first = [active.value, chosen].find((row) => dots.some((dot) => dot.row === row));
    const how = { chosen, active: first ?? dots[0]?.row ?? 0, readOnly: state.readOnly };
    return dotsTemplate(dots, size.value, table, seen, how);
  });
  draw(cross, () => {
    const place = picture.place.value;
    if (!place || !hasCross.value || !drawn.value) return nothing;
    const { plan, y } = drawn.value;
    const { width, height } = size.value;
    const [left, top] = [shareOf(plan.x, place.x) * width, (1 - shareOf(y, place.y)) * height];
    const path = `M${left} 0V${height}M0 ${top}H${width}`;
    return html`<svg viewBox="0 0 ${width} ${height}" aria-hidden="true">${svg`<path class="hair-under" d=${path} /><path class="hair" d=${path} />`}</svg>`;
  });

  /** @param {number} row @returns {Place | null} as its cells have it; a point of a curve that asks has no height of its own */
  function placeOfRow(row) {
    const [seen, cells] = [drawn.peek(), shown.peek()?.table.rows[row]];
    return seen && cells ? { x: Number(cells[seen.plan.x.column]), y: Number(cells[seen.y.column]) } : null;
  }

  /** @param {{ across: number, up: number }} share @param {boolean} [isExact]  whether no stop draws it near @returns {Place | null} */
  function placeOf({ across, up }, isExact = false) {
    const seen = drawn.peek();
    const { width, height } = isExact ? { width: 0, height: 0 } : size.peek();
    return seen && { x: placeAt(seen.plan.x, across, width), y: placeAt(seen.y, up, height) };
  }

  /** @param {Place | null} place  of a row to be */
  function addAt(place) {
    const [seen, problem, cell] = [drawn.peek(), state.problem.peek(), target()];
    if (!seen || !place || state.readOnly || cell === undefined || !isOfColumns(seen.plan, problem)) return;
    const next = withRowAt(problem, seen.plan, place, cell);
    batch(() => {
      state.edit(next);
      over.value = next.table.rows.length - 1;
      state.chooseRow(over.value);
    });
  }

  /** Move a row, as one step of undo with the moves before; the axes stay as they are meanwhile. @param {number} row @param {Place | null} place */
  function moveTo(row, place) {
    const [seen, problem] = [drawn.peek(), state.problem.peek()];
    if (!seen || !place || state.readOnly || !isOfColumns(seen.plan, problem) || !problem.table.rows[row])
      return;
    const next = withRowMoved(problem, seen.plan, row, place);
    if (next.table.rows[row].every((cell, column) => Object.is(cell, problem.table.rows[row][column])))
      return;
    batch(() => {
      held.value ??= {
        axes: [seen.plan.x, seen.y],
        isCased: seen.plan.isCased,
        columns: columnsText(seen.plan.problem.table),
      };
      state.edit(next, { into: into(row), text: `${place.x} ${place.y}` });
    });
  }

  /** What was moved stands, or is taken back. @param {number} [takenBack] */
  function release(takenBack) {
    if (!held.peek()) return;
    batch(() => {
      if (takenBack === undefined) state.commit();
      else state.cancel(into(takenBack));
      held.value = null;
    });
  }

  /** @param {number} row  gets the keyboard, and is the chosen one */
  function focusRow(row) {
    active.value = row;
    /** @type {SVGElement | null} */ (rows.querySelector(`[data-row="${row}"]`))?.focus({
      preventScroll: true,
    });
  }

  // The pointer

  /** @type {{ id: number, x: number, y: number, row: number | null, across: number, up: number, hasMoved: boolean } | null} */
  let press = null;

  /** @param {PointerEvent} event */
  function shareOfEvent({ clientX, clientY }) {
    const { left, top, width, height } = plane.getBoundingClientRect();
    return { across: (clientX - left) / width, up: 1 - (clientY - top) / height };
  }

  /** @param {{ across: number, up: number }} share */
  const dotUnder = ({ across, up }) =>
    dotAt(shown.peek()?.dots ?? [], across, up, size.peek(), state.row.peek());

  plane.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || press) return;
    const share = shareOfEvent(event);
    const dot = dotUnder(share);
    const off = { across: (dot?.across ?? 0) - share.across, up: (dot?.up ?? 0) - share.up };
    const { pointerId: id, clientX: x, clientY: y } = event;
    press = { id, x, y, row: dot?.row ?? null, ...off, hasMoved: false };
    isByKey.value = false;
    if (!dot) return;
    event.preventDefault(); // neither a selection nor a scroll
    plane.setPointerCapture(id);
    focusRow(dot.row);
    state.chooseRow(dot.row);
  });
  // Not every browser heeds the touch-action of a dot. pointerdown comes first.
  const keepScrollAway = (/** @type {TouchEvent} */ event) => {
    if (press && press.row !== null && !state.readOnly && event.cancelable) event.preventDefault();
  };
  plane.addEventListener("touchstart", keepScrollAway, { passive: false });
  plane.addEventListener("pointermove", (event) => {
    const share = shareOfEvent(event);
    if (press?.id !== event.pointerId) return point(share);
    press.hasMoved ||= Math.hypot(event.clientX - press.x, event.clientY - press.y) >= DRAGGED;
    const { row, hasMoved, across, up } = press;
    if (row === null) return point(share);
    if (hasMoved) moveTo(row, placeOf({ across: share.across + across, up: share.up + up }));
  });
  plane.addEventListener("pointerup", (event) => {
    if (press?.id !== event.pointerId) return;
    const { row, hasMoved } = press;
    press = null;
    if (row !== null) return release();
    if (!hasMoved) addAt(placeOf(shareOfEvent(event)));
  });
  plane.addEventListener("pointercancel", () => {
    const row = press?.row ?? null;
    press = null;
    if (row !== null) release(row);
  });
  plane.addEventListener("pointerleave", () => {
    if (press || (isByKey.peek() && plane.contains(document.activeElement))) return;
    batch(() => {
      over.value = null;
      picture.place.value = null;
    });
  });

  /** @param {{ across: number, up: number }} share  what is under the pointer is told */
  function point(share) {
    const dot = dotUnder(share);
    batch(() => {
      isByKey.value = false;
      hasCross.value = false;
      over.value = dot?.row ?? null;
      picture.place.value = dot ? null : placeOf(share, true);
    });
  }

  // The keys

  plane.addEventListener("focusin", ({ target: focused }) => {
    const row = rowOf(focused);
    batch(() => {
      over.value = row;
      if (row === null) return;
      active.value = row;
      state.chooseRow(row);
    });
  });
  plane.addEventListener("focusout", () => {
    if (!press) release();
    batch(() => {
      over.value = null;
      picture.place.value = null;
      hasCross.value = false;
    });
  });
  plane.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const row = rowOf(event.target);
    const isDone = row === null ? keyOnPlane(event) : keyOnDot(row, event);
    if (isDone) event.preventDefault();
  });

  /** @param {KeyboardEvent} event @returns {boolean} whether it did something */
  function keyOnPlane({ key, shiftKey }) {
    const seen = drawn.peek();
    if (!seen) return false;
    const middle = placeOf({ across: 0.5, up: 0.5 });
    if (key === "Enter") {
      addAt(picture.place.peek());
      return true;
    }
    if (!ARROWS[key]) return false;
    batch(() => {
      isByKey.value = true;
      hasCross.value = true;
      over.value = null;
      picture.place.value = stepped(seen, picture.place.peek() ?? middle, ARROWS[key], shiftKey);
    });
    return true;
  }

  /** @param {number} row @param {KeyboardEvent} event @returns {boolean} whether it did something */
  function keyOnDot(row, { key, shiftKey }) {
    if (key === "Enter" || key === "Escape") {
      press = null;
      release(key === "Escape" ? row : undefined);
      return true;
    }
    const dots = shown.peek()?.dots ?? [];
    const at = dots.findIndex((dot) => dot.row === row);
    const isWalk = state.readOnly && ARROWS[key];
    const by = isWalk ? ARROWS[key][0] - ARROWS[key][1] : { PageDown: 1, PageUp: -1 }[key];
    const to = by !== undefined ? at + by : { Home: 0, End: dots.length - 1 }[key];
    if (to !== undefined) {
      if (dots[to]) focusRow(dots[to].row);
      return true;
    }
    const seen = drawn.peek();
    const now = placeOfRow(row);
    if (!ARROWS[key] || !seen || !now) return false;
    isByKey.value = true;
    moveTo(row, stepped(seen, now, ARROWS[key], shiftKey));
    return true;
  }

  return {
    size,
    over,
    isByKey,
    drawn,
    /** Rows that have no dot because there are so many. */
    left: computed(() => ({ left: shown.value?.left ?? 0, shown: shown.value?.dots.length ?? 0 })),
    /** Whether rows are drawn whose other inputs are not those that the picture is drawn at. */
    hasElsewhere: computed(() => shown.value?.dots.some((dot) => dot.isElsewhere) === true),
  };
}

/** @param {EventTarget | null} target @returns {number | null} the row whose dot it is */
function rowOf(target) {
  const dot = /** @type {Element} */ (target).closest?.("[data-row]");
  return dot ? Number(dot.getAttribute("data-row")) : null;
}

/**
 * @param {Seen} seen
 * @param {Place | null} from
 * @param {[number, number]} direction
 * @param {boolean} isFine
 * @returns {Place | null}
 */
function stepped({ plan, y }, from, [right, up], isFine) {
  if (!from) return null;
  const steps = isFine ? 1 : KEY_STEPS;
  const moved = (
    /** @type {import("./axes.js").Axis} */ axis,
    /** @type {number} */ value,
    /** @type {number} */ by,
  ) => (by === 0 ? value : placeAt(axis, shareOf(axis, value + by * steps * axis.step)));
  return { x: moved(plan.x, from.x, right), y: moved(y, from.y, up) };
}

/** @param {Seen} one @param {Seen} other */
const isSameBasis = (one, other) =>
  other.plan.y !== null &&
  one.plan === other.plan &&
  one.heldOut === other.heldOut &&
  one.domain.low === other.domain.low &&
  one.domain.high === other.domain.high;
