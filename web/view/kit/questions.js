/**
 * @file The questions of each card, in a row below what is in it, and the answer that is open under them. It follows the
 * table, the iteration and the row on show, and is asked for only while it is open.
 * @import { Frame, Problem, Questions, Told } from "../../model/protocol.js"
 * @import { State } from "../../state/state.js"
 */
import { computed, effect, signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { draw, isComposing } from "./draw.js";
import { linesTemplate, tableTemplate } from "./question-pictures.js";

const ASKED = "Python works it out.";

/** @typedef {Questions["questions"][number]} Question */

/**
 * What stands open. frame, row: what it was told of; null until it has been answered.
 * @typedef {{ told: Told | null, why: string, frame: Frame | null, row: number }} Reply
 */

/**
 * @typedef {object} Inquirer  as in train/ask-answers.js
 * @property {(problem: Problem, take: (found: Questions) => void) => void} list
 * @property {(question: { name: string, problem: Problem, iteration: number, state: Float64Array, row: number },
 *   take: (told: Told) => void, refuse: (why: string) => void) => void} answer
 */

/**
 * @param {State} state
 * @param {() => Inquirer} createInquirer  each card has one of its own
 */
export function showQuestions(state, createInquirer) {
  const roots = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".questions")]);
  const found = signal(roots.flatMap(onPage));
  const inquirer = createInquirer();
  /** @type {Problem | null} */
  let asked = null;
  effect(() => {
    const { problem, frame } = state.run.value;
    if (!frame || problem === asked) return;
    asked = problem;
    inquirer.list(problem, ({ questions }) => {
      found.value = questions;
    });
  });
  for (const root of roots) showCard(root, state, found, createInquirer());
}

/** The questions that stand in the HTML. @param {HTMLElement} root @returns {Question[]} */
function onPage(root) {
  const buttons = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("button")]);
  return buttons.map(({ dataset, textContent }) => ({
    name: dataset.question ?? "",
    question: textContent?.trim() ?? "",
    card: root.dataset.card ?? "",
  }));
}

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {import("@preact/signals-core").ReadonlySignal<Question[]>} found
 * @param {Inquirer} inquirer
 */
function showCard(root, state, found, inquirer) {
  const card = root.dataset.card ?? "";
  const chosen = signal("");
  const reply = signal(/** @type {Reply | null} */ (null));
  const said = signal(""); // aloud, once
  const here = computed(() => found.value.filter((question) => question.card === card));
  const open = computed(() => here.value.find(({ name }) => name === chosen.value)?.name ?? "");
  const isOld = state.isOld(() => reply.value?.frame);

  /** @param {string} name  "" closes what is open */
  function choose(name) {
    reply.value = null;
    said.value = "";
    chosen.value = name;
  }

  /** @param {string} name @param {Reply} next */
  function show(name, next) {
    if (name !== open.peek()) return;
    const isFirst = reply.peek() === null;
    reply.value = next;
    if (!isFirst) return;
    said.value = next.told?.answer.join(" ") ?? next.why;
    root.querySelector(".reply")?.scrollIntoView({ block: "nearest" });
  }

  effect(() => {
    const name = open.value;
    const { problem, frame } = state.run.value;
    const row = state.row.value;
    if (!name || !frame) return;
    const now = reply.peek();
    if (now?.frame === frame && now.row === row) return;
    inquirer.answer(
      { name, problem, iteration: frame.iteration, state: frame.state, row },
      (told) => show(name, { told, why: "", frame, row }),
      (why) => show(name, { told: null, why, frame, row }),
    );
  });

  effect(() => {
    state.problem.value; // what was said aloud is of another table now
    said.value = "";
  });

  effect(() => {
    root.hidden = here.value.length === 0;
  });

  draw(root, () => {
    const isOpen = open.value !== "";
    return html`<ul aria-label="Questions">
        ${here.value.map(
          ({ name, question }) => html`<li><button
            type="button"
            data-question=${name}
            aria-expanded=${name === open.value}
            aria-controls=${`reply-${card}`}
            @click=${() => choose(name === open.peek() ? "" : name)}
          >${question}</button></li>`,
        )}
      </ul>
      <div class=${isOld.value ? "reply stale" : "reply"} id=${`reply-${card}`} ?hidden=${!isOpen}>
        ${isOpen ? replyTemplate(reply.value) : nothing}
      </div>
      <p class="visually-hidden" aria-live="polite">${said.value}</p>`;
  });

  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open.peek() || isComposing(event)) return;
    const button = /** @type {HTMLElement | null} */ (root.querySelector("[aria-expanded='true']"));
    choose("");
    button?.focus();
  });
}

/** @param {Reply | null} reply */
function replyTemplate(reply) {
  if (!reply) return html`<p class="soft">${ASKED}</p>`;
  const { told, why, frame, row } = reply;
  if (!told) return html`<p>${why}</p>`;
  const { answer, picture } = told;
  return html`<div class="reply-text" data-iteration=${frame?.iteration ?? nothing} data-row=${row + 1}>
    ${answer.map((paragraph) => html`<p>${paragraph}</p>`)}
    ${picture?.kind === "lines" ? linesTemplate(picture) : nothing}
    ${picture?.kind === "table" ? tableTemplate(picture) : nothing}
  </div>`;
}
