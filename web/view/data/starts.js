/**
 * @file Would another random start say the same? Under each answer one dot a start, and below the table, on request, what
 * each of them says.
 * @import { Starts } from "../../model/protocol.js"
 * @import { State } from "../../state/state.js"
 */
import { signal } from "@preact/signals-core";
import { html, nothing, svg } from "lit-html";
import { NOT_FIT, OTHERWISE, SAME, votesOn } from "../../model/assessment.js";
import { fitOf, isBinary } from "../../model/fit.js";
import { answerText, shortenedText, timeLeft } from "../../model/words.js";
import { isComposing } from "../kit/draw.js";

const IN_A_GROUP = 10; // dots, which stay together where a row of them has to be broken
const PITCH = 6; // pixels from dot to dot

/** @type {[number | null, string, number][]} kinds of dots in their order, with their class and radius; last what is yet to run */
const KINDS = [
  [SAME, "same", 2.5],
  [OTHERWISE, "otherwise", 2],
  [NOT_FIT, "unfit", 2],
  [null, "due", 0.8],
];

/** @type {WeakMap<Starts, Map<number, number>>} where each place is among those asked for */
const known = new WeakMap();

/** @param {Starts} starts */
function orderOf(starts) {
  const order = known.get(starts) ?? new Map(Array.from(starts.asked, (place, at) => [place, at]));
  known.set(starts, order);
  return order;
}

/** @param {State} state */
export function createStarts(state) {
  const open = signal(/** @type {{ row: number, output: number } | null} */ (null));

  /** What is known of a cell, as long as the table has the form that it had. @param {number} row @param {number} output */
  function found(row, output) {
    const now = state.ofStarts.value;
    const { table } = state.problem.value;
    const had = now?.problem.table;
    if (!now?.starts || had?.rows.length !== table.rows.length || had.outputs.length !== table.outputs.length)
      return null;
    const at = orderOf(now.starts).get(row * table.outputs.length + output);
    return at === undefined ? null : { ...now, starts: now.starts, at, votes: votesOn(now.starts, at) };
  }

  /** @param {number} row @param {number} output */
  function template(row, output) {
    const told = found(row, output);
    if (!told) return nothing;
    const { starts, votes, problem } = told;
    const { inputs, outputs } = problem.table;
    const isWhole = starts.ran === starts.of;
    const isEnd = state.isTrained.value;
    const fits = fitOf(state.run.value).wrong === 0;
    const isOpen = open.value?.row === row && open.value.output === output;
    return html`<button
      type="button"
      class=${isEnd ? "starts" : "starts early"}
      tabindex="-1"
      data-row=${row}
      data-column=${inputs.length + output}
      data-starts=${isWhole && isEnd && problem === state.problem.value ? `${votes.same}/${starts.of}` : nothing}
      aria-expanded=${isOpen}
      @click=${() => {
        open.value = isOpen ? null : { row, output };
        document.querySelector(".other-starts")?.scrollIntoView({ block: "nearest" });
      }}
    >
      ${dotsTemplate(starts.of, votes)}
      <span class="visually-hidden">Row ${row + 1} ${outputs[output]}: ${wordsFor(starts, votes, fits)}</span>
      <span class="said" aria-hidden="true">${inShort(starts, votes, fits)}</span>
    </button>`;
  }

  /** What each start says to the cell that is open; or the button that has them tried. */
  function below() {
    const place = open.value;
    const told = place && found(place.row, place.output);
    if (told) return saysTemplate(told, place, () => close());
    const now = state.assessment.value;
    if (now?.problem !== state.problem.value || now.starts || !now.mayTry) return nothing;
    const isAsked = state.tryStarts.value === now.problem;
    return html`<p class="may-try">${
      isAsked
        ? "Trying 20 other starts…"
        : html`<button type="button" class="plain" @click=${() => {
            state.tryStarts.value = now.problem;
          }}>Try 20 other starts (${timeLeft(now.mayTry)})</button>`
    }</p>`;
  }

  function close() {
    const button = /** @type {HTMLElement | null} */ (
      document.querySelector(".starts[aria-expanded='true']") // none where it has been scrolled out of sight
    );
    button?.focus();
    open.value = null;
  }

  document.getElementById("fit")?.addEventListener("keydown", (event) => {
    const isInside = event.target instanceof Element && event.target.closest(".other-starts");
    if (event.key === "Escape" && isInside && !isComposing(event)) close();
  });
  document.getElementById("data")?.addEventListener("keydown", ({ key, target }) => {
    if (key === "Escape" && target instanceof Element && target.matches(".starts[aria-expanded='true']"))
      close();
  });
  return { template, below };
}

/** @param {Starts} starts @param {ReturnType<typeof votesOn>} votes @param {boolean} fits  whether the run on show does */
function inShort({ of, ran }, { same, unfit }, fits) {
  if (ran < of) return html`${ran} of ${of}<span> starts tried</span>`;
  return fits
    ? html`${same} of ${of}<span> starts say so</span>`
    : html`${of - unfit} of ${of} fit<span> the table</span>`;
}

/** @param {Starts} starts @param {ReturnType<typeof votesOn>} votes @param {boolean} fits  whether the run on show does */
function wordsFor({ of, ran }, { same, otherwise, unfit }, fits) {
  if (ran < of) return `${ran} of ${of} other random starts tried so far`;
  if (!fits) return `${of - unfit} of ${of} other random starts fit the table, which this one does not`;
  const others = [
    ...(otherwise > 0 ? [`${otherwise} ${otherwise === 1 ? "says" : "say"} otherwise`] : []),
    ...(unfit > 0 ? [`${unfit} ${unfit === 1 ? "does" : "do"} not fit the table`] : []),
  ];
  return [`${same} of ${of} other random starts say so`, ...others].join(", ");
}

/** @param {number} of @param {ReturnType<typeof votesOn>} votes */
function dotsTemplate(of, { same, otherwise, unfit }) {
  const many = [same, otherwise, unfit, of - same - otherwise - unfit];
  const kinds = many.flatMap((count, kind) => Array.from({ length: count }, () => kind));
  const groups = [];
  for (let from = 0; from < of; from += IN_A_GROUP) groups.push(kinds.slice(from, from + IN_A_GROUP));
  return groups.map(
    (group) =>
      html`<svg class="votes" viewBox="0 0 ${PITCH * IN_A_GROUP} ${PITCH}" aria-hidden="true">${KINDS.map(
        ([, name, radius], kind) => svg`<path class=${name} d=${pathOf(group, kind, radius)} />`,
      )}</svg>`,
  );
}

/** @param {number[]} group @param {number} kind @param {number} radius */
const pathOf = (group, kind, radius) =>
  group
    .map((is, at) =>
      is === kind
        ? `M${at * PITCH + PITCH / 2 - radius} ${PITCH / 2}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`
        : "",
    )
    .join("");

/** @type {Record<number, [string, string]>} what the starts of a kind have in common: of one, of several */
const GROUPS = {
  [SAME]: ["says the same", "say the same"],
  [OTHERWISE]: ["fits the table and says otherwise", "fit the table and say otherwise"],
  [NOT_FIT]: ["does not fit the table", "do not fit the table"],
};

/** When two answers say the same, as in py/tenlines/fit.py. @param {import("../../model/protocol.js").Problem} problem @param {number} output */
function withinText({ table, network }, output) {
  if (network.output === "softmax") return ": the same output is the largest";
  return isBinary(table, output) ? ": on the same side of 0.5" : ": within a tenth of the column’s range";
}

/**
 * @param {{ problem: import("../../model/protocol.js").Problem, starts: Starts, at: number }} told
 * @param {{ row: number, output: number }} place
 * @param {() => void} close
 */
function saysTemplate({ problem, starts, at }, { row, output }, close) {
  const width = starts.asked.length;
  const all = Array.from({ length: starts.ran }, (_, start) => ({
    seed: starts.seeds[start],
    value: starts.says[start * width + at],
    kind: starts.kinds[start * width + at],
  })).sort((one, other) => one.value - other.value || one.seed - other.seed);
  const name = `Row ${row + 1}, ${shortenedText(problem.table.outputs[output])}`;
  const within = withinText(problem, output);
  return html`<section class="other-starts" aria-label="${name}: what other random starts say">
    <p><b>${name}</b>, from ${starts.of} other random starts: only the first weights differ.</p>
    <button type="button" class="close" aria-label="Close what other random starts say" @click=${close}>×</button>
    ${[SAME, OTHERWISE, NOT_FIT].map((kind) => {
      const group = all.filter((each) => each.kind === kind);
      if (group.length === 0) return nothing;
      return html`<p class="soft">${group.length} ${GROUPS[kind][group.length === 1 ? 0 : 1]}${kind === SAME ? within : ""}</p>
        <ul class=${kind === OTHERWISE ? "otherwise" : ""} translate="no">
          ${group.map(({ seed, value }) => html`<li><span>start ${seed}</span> <b>${answerText(value)}</b></li>`)}
        </ul>`;
    })}
  </section>`;
}
