/**
 * @file The editor of the program, what the program prints, and its errors.
 * @import { State } from "../../state/state.js"
 */
import { computed, effect, signal, untracked } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { NOTHING_RUN } from "../../model/program-run.js";
import { grouped } from "../../model/words.js";
import { byId, draw } from "../kit/draw.js";
import { loadEditor } from "./load-editor.js";
import { isWrong, outcomeText, placeOf } from "./outcome.js";

const LONG = 2000; // milliseconds after which a program is said to run still

/** @typedef {ReturnType<typeof createEditorPanel>} EditorPanel */

/**
 * @param {State} state
 * @param {ReturnType<typeof import("../../program/runner.js").createRunner>} runner
 * @param {import("./code-heading.js").Phase} phase
 */
export function createEditorPanel(state, runner, phase) {
  const root = byId("program");
  const isLong = signal(false);
  /** Whether another program has come into the place of the one that has run, by other means than typing. */
  const isReplaced = signal(false);
  let typed = "";
  /** @type {import("./load-editor.js").Editor | undefined} */
  let editor;

  const hasBegun = computed(() => state.program.value.phase === "running");
  const isRunning = computed(() => ["waiting", "running"].includes(state.program.value.phase));
  const source = () => state.code.value?.source ?? state.listing.value.source;

  async function open() {
    const loading = loadEditor();
    runner.prepare();
    const createEditor = await loading;
    phase.value = "open";
    editor ??= createEditor(byId("editor"), {
      text: source(),
      label: "Program",
      onRun: run,
      onChange(text) {
        typed = text;
        state.editCode(text);
      },
    });
    editor.focus();
  }

  function run() {
    if (!editor || isRunning.value) return;
    state.commit();
    editor.clearMarks();
    isReplaced.value = false;
    runner.run({ source: editor.text, files: state.listing.value.files });
  }

  /** What has run, as far as it is of what is on show. */
  const ran = computed(() => (isReplaced.value && !isRunning.value ? NOTHING_RUN : state.program.value));

  draw(
    root,
    () => html`<div id="editor" translate="no"></div>
      <p id="outcome" role="status" class=${isWrong(ran.value) ? "problem" : ""}>${outcomeText(ran.value, isLong.value)}</p>
      ${goTo()}
      ${output()}`,
  );

  function goTo() {
    const line = placeOf(ran.value)?.line;
    if (line === undefined) return nothing;
    return html`<div class="acts"><button type="button" @click=${() => editor?.focus(line)}>Go to line ${line}</button></div>`;
  }

  function output() {
    const { phase, printed, more, ending } = ran.value;
    if (phase === "none" || phase === "waiting") return nothing;
    return html`<div id="output" role="region" aria-label="Output" tabindex="0"><div translate="no">
      <pre>${printed.map(({ text, isError }) => html`<span class=${isError ? "problem" : ""}>${text}</span>`)}</pre>
      ${more ? html`<p class="soft" translate="yes">… and ${grouped(more)} more characters</p>` : nothing}
      ${ending?.error ? html`<pre class="problem">${ending.error.text}</pre>` : nothing}
    </div></div>`;
  }

  // The text can change elsewhere too: by Undo, or with what is worked on.
  effect(() => {
    const text = source();
    if (phase.value === "open") editor?.setText(text);
    const isOfRun = text === state.program.peek().source;
    if (!isOfRun) untracked(runner.edited);
    isReplaced.value = !isOfRun && text !== typed;
  });

  effect(() => {
    const { ending } = state.program.value;
    if (ending?.error?.place && editor?.text === state.program.value.source)
      editor.mark(ending.error.place, ending.error.summary);
  });

  effect(() => {
    isLong.value = false;
    if (!hasBegun.value) return;
    const timer = setTimeout(() => {
      isLong.value = true;
    }, LONG);
    return () => clearTimeout(timer);
  });

  return { open, run };
}
