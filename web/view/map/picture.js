/**
 * @file What is on show: one record of a network, of what was to be drawn of it, and of its answers. A picture and the numbers
 * beside it come from the same record; a new one takes the place of the whole.
 * @typedef {import("../../model/protocol.js").Answers} Answers
 * @typedef {import("../../model/protocol.js").Frame} Frame
 * @typedef {import("../../state/state.js").State} State
 * @typedef {import("./axes.js").Axis} Axis
 * @typedef {import("./plan.js").Choices} Choices
 * @typedef {import("./plan.js").Plan} Plan
 * @typedef {ReturnType<typeof import("../../train/ask-answers.js").createAsker>} Ask
 */
import { batch, computed, effect, signal, untracked } from "@preact/signals-core";
import { fitOf, isBinary } from "../../model/fit.js";
import { answersAxis } from "./axes.js";
import { domainOf, planOf } from "./plan.js";

/**
 * outputs: of the rows of the plan, one row after another. y: the axis upwards, of answers where it is a curve. trouble: what
 * is said in the place of the picture, which is not drawn then. isPartly: whether some places have no finite answer.
 * @typedef {{ plan: Plan, frame: Frame, heldOut: Set<number>, outputs: Float64Array, domain: import("./shades.js").Domain,
 *   y: Axis, isBinary: boolean, fit: import("../../model/fit.js").Fit, trouble: string, isPartly: boolean }} Seen
 *
 * A place under the pointer or the keyboard's cross, as numbers on both axes.
 * @typedef {{ x: number, y: number }} Place
 *
 * What the network says there. frame: which one.
 * @typedef {{ place: Place, plan: Plan, frame: Frame, outputs: Float64Array }} Told
 */

const REST = 300; // milliseconds without another iteration after which a picture out of sight follows
const LATE = 250; // milliseconds after which it is marked that a picture is of before
const TOO_LARGE = "What the network says here is too large to be drawn.";
const NOTHING_YET = "What it has learned is drawn when the first answer is there.";

/** @typedef {ReturnType<typeof createPicture>} Picture */

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {import("@preact/signals-core").ReadonlySignal<Choices>} choices
 * @param {Ask} ask
 * @param {Ask} askPlace
 */
export function createPicture(root, state, choices, ask, askPlace) {
  const seen = signal(/** @type {Seen | null} */ (null));
  const told = signal(/** @type {Told | null} */ (null));
  const place = signal(/** @type {Place | null} */ (null));
  const isInSight = inSight(root);
  const problem = computed(() => state.run.value.problem);
  const frame = computed(() => state.run.value.frame);
  const heldOut = lasting(() => state.run.value.heldOut, isSameSet);

  const size = computed(() => frame.value?.weights.length ?? 0);

  /** @type {import("./plan.js").Built | null} */
  let built = null;
  const plan = computed(() => {
    const next = planOf(problem.value, choices.value, state.row.value, heldOut.value, size.value, built);
    built = next.built;
    return next.plan;
  });
  const wanted = computed(() => ({ plan: plan.value, frame: frame.value }));
  const isBehind = signal(false);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let late;

  /** @param {Seen | null} next */
  function show(next) {
    const { plan: newest, frame: last } = wanted.peek();
    if (!next || (next.plan === newest && next.frame === last)) clearTimeout(late);
    batch(() => {
      seen.value = next;
      if (!next || (next.plan === newest && next.frame === last)) isBehind.value = false;
      if (waiting && next && waiting.frame === next.frame) told.value = waiting;
    });
  }

  /** @type {Told | null} what is known of the place, but not yet of the picture */
  let waiting = null;

  /** Ask for the picture of now, unless it is there. */
  function request() {
    const { plan, frame } = wanted.peek();
    const on = seen.peek();
    if (!frame) return show(null);
    if (on?.plan === plan && on.frame === frame) return;
    clearTimeout(late);
    late = setTimeout(() => {
      isBehind.value = true;
    }, LATE);
    requestPlace();
    const heldOutNow = heldOut.peek();
    const question = { problem: plan.problem, weights: frame.weights, rows: plan.rows, withHidden: false };
    ask(
      { ...question, plan, frame },
      ({ outputs }, asked) => show(seenOf(asked.plan, asked.frame, heldOutNow, outputs, "")),
      (why, asked) => show(seenOf(asked.plan, asked.frame, heldOutNow, new Float64Array(), why)),
    );
  }

  function requestPlace() {
    const { plan, frame } = wanted.peek();
    const at = place.peek();
    if (!frame || !at || plan.kind === "none") return;
    const rows = Float64Array.from(plan.base);
    rows[plan.x.column] = at.x;
    if (plan.y) rows[plan.y.column] = at.y;
    askPlace(
      { problem: plan.problem, weights: frame.weights, rows, withHidden: false, plan, frame, place: at },
      ({ outputs }, asked) => {
        waiting = { place: asked.place, plan: asked.plan, frame: asked.frame, outputs };
        const on = seen.peek();
        if (on?.frame === asked.frame) told.value = waiting;
      },
      () => {},
    );
  }

  let rest = 0;
  effect(() => {
    const isNow = isInSight.value;
    wanted.value;
    clearTimeout(rest);
    if (isNow) untracked(request);
    else if (root.checkVisibility()) rest = Number(setTimeout(request, REST));
  });
  effect(() => {
    if (place.value) untracked(requestPlace);
    else [waiting, told.value] = [null, null];
  });

  return {
    seen,
    plan,
    place,
    /** What the network says at the place; null until it is known for the network on show. */
    told: computed(() => (told.value?.frame === seen.value?.frame ? told.value : null)),
    /** Whether what is on show is of before, and has been for so long that it is to be seen. */
    stale: computed(() => state.stale.value || isBehind.value),
    /** Whether it is of the table as it is now, and of the iteration on show. */
    isCurrent: computed(
      () =>
        seen.value?.plan === plan.value &&
        seen.value.frame === frame.value &&
        problem.value === state.problem.value,
    ),
    /** What is said in the place of the picture. */
    trouble: computed(() => (seen.value ? seen.value.trouble : frame.value ? "" : NOTHING_YET)),
  };
}

/**
 * @param {Plan} plan
 * @param {Frame} frame
 * @param {Set<number>} heldOut
 * @param {Float64Array} outputs
 * @param {string} why  they are not there
 * @returns {Seen}
 */
function seenOf(plan, frame, heldOut, outputs, why) {
  const { problem, output } = plan;
  const { table } = problem;
  const width = table.outputs.length;
  const { from, count } = plan.plane;
  const answers = () => columnOf(outputs, width, output, from, count);
  const domain = domainOf(problem, output, answers);
  const finite = answers().reduce((many, value) => many + Number(Number.isFinite(value)), 0);
  const column = table.inputs.length + output;
  return {
    plan,
    frame,
    heldOut,
    outputs,
    domain,
    y: plan.y ?? plan.heldY ?? answersAxis(table, column, answers(), domain.isShare),
    isBinary: isBinary(table, output),
    fit: fitOf({ problem, frame, heldOut }),
    trouble: why || plan.trouble || (count > 0 && finite === 0 ? TOO_LARGE : ""),
    isPartly: count > 0 && finite < count,
  };
}

/**
 * What one output says of some of the rows.
 * @param {Float64Array} outputs
 * @param {number} width
 * @param {number} output
 * @param {number} from
 * @param {number} count
 */
export function columnOf(outputs, width, output, from, count) {
  const column = new Float64Array(count);
  for (let at = 0; at < count; at++) column[at] = outputs[(from + at) * width + output];
  return column;
}

/**
 * A signal whose value stays the object it is as long as it says the same.
 * @template Value
 * @param {() => Value} find
 * @param {(one: Value, other: Value) => boolean} isSame
 */
function lasting(find, isSame) {
  /** @type {Value | undefined} */
  let before;
  return computed(() => {
    const now = find();
    before = before !== undefined && isSame(before, now) ? before : now;
    return before;
  });
}

/** @param {Set<number>} one @param {Set<number>} other */
const isSameSet = (one, other) =>
  one === other || (one.size === other.size && [...one].every((item) => other.has(item)));

/** @param {HTMLElement} root  whether it is in the window, or about to be */
function inSight(root) {
  const is = signal(false);
  new IntersectionObserver(
    ([entry]) => {
      is.value = entry?.isIntersecting === true;
    },
    { rootMargin: "200px" },
  ).observe(root);
  return is;
}
