/**
 * @file The program to be changed and run: the editor, Run and Stop, what it prints, and what went wrong in it.
 * @import { State } from "../../state/state.js"
 */
import { computed, effect, signal, untracked } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { NOTHING_RUN } from "../../model/program-run.js";
import { reason } from "../../model/reason.js";
import { grouped, tryAgain } from "../../model/words.js";
import { byId, draw } from "../kit/draw.js";
import { loadEditor } from "./load-editor.js";
import { howItWent, isWrong, placeOf } from "./outcome.js";

/** @param {State} state  with code of its own that shows no values */
function withoutValues({ readOnly, code, work }) {
  if (readOnly)
    return "This code goes its own way: the table does not follow it. Open in Tenlines to run it.";
  return code.value?.source === work.value.code
    ? "This code came with the table, which does not follow it. It runs only when you press Edit code, then Run."
    : "This is your own code; the table no longer follows it. Run it to see its values.";
}

const LONG = 2000; // milliseconds after which a program is said to run still

/**
 * @param {State} state
 * @param {ReturnType<typeof import("../../program/runner.js").createRunner>} runner
 */
export function showProgram(state, runner) {
  const phase = signal(/** @type {"closed" | "opening" | "open"} */ ("closed"));
  const root = byId("program");
  const trouble = signal("");
  const isLong = signal(false);
  /** @type {import("./load-editor.js").Editor | undefined} */
  let editor;

  const isRunning = computed(() => ["waiting", "running"].includes(state.program.value.phase));
  const source = () => state.code.value?.source ?? state.listing.value.source;

  async function open() {
    if (phase.value !== "closed") return;
    phase.value = "opening";
    trouble.value = "";
    try {
      const loading = loadEditor();
      runner.prepare();
      const createEditor = await loading;
      phase.value = "open";
      editor ??= createEditor(byId("editor"), {
        text: source(),
        label: "Program",
        onRun: run,
        onChange: state.editCode,
      });
      editor.focus();
    } catch (error) {
      phase.value = "closed";
      trouble.value = `The editor could not be opened: ${reason(error)} ${tryAgain("press Edit code")}`;
    }
  }

  function run() {
    if (!editor || isRunning.value) return;
    state.commit();
    editor.clearMarks();
    runner.run({ source: editor.text, files: state.listing.value.files });
  }

  function close() {
    phase.value = "closed";
    byId("edit-code").focus();
  }

  effect(() => {
    root.hidden = phase.value !== "open";
    byId("reading").hidden = !root.hidden;
  });

  draw(byId("code-acts"), () => {
    if (state.readOnly) return nothing;
    const isOpen = phase.value === "open";
    const { code } = state;
    return html`<button type="button" ?hidden=${code.value === null} @click=${state.dropCode}>The table’s own code</button>
      <button type="button" id="edit-code" ?hidden=${isOpen} aria-disabled=${phase.value === "opening"} @click=${open}>Edit code</button>
      <button type="button" ?hidden=${!isOpen} @click=${close}>Show values</button>
      <button type="button" id="run" class="primary" title="Run (Ctrl+Enter)" ?hidden=${!isOpen} aria-disabled=${isRunning.value} @click=${run}>Run</button>
      <button type="button" id="stop-program" ?hidden=${!isRunning.value} @click=${runner.stop}>Stop program</button>`;
  });

  draw(byId("code-says"), () => {
    if (trouble.value) return html`<span role="alert">${trouble.value}</span>`;
    const isOwn = state.code.value?.isOwn;
    if (phase.value !== "open") {
      const own = state.shown.value.problem === null;
      const seen = state.seen.value?.listing === state.shown.value ? state.seen.value : null;
      if (own && !seen) return withoutValues(state);
      const iteration = grouped(seen?.iteration ?? state.run.value.frame?.iteration ?? 0);
      return own
        ? `This is your own code, as it ran. Values are those at iteration ${iteration}.`
        : `This program is what the page trains. Values are those at iteration ${iteration}.`;
    }
    return isOwn
      ? "This code is on its own: the table no longer follows it. Tab indents; Esc, then Tab leaves the editor."
      : "Table and code are one: change either. Tab indents; Esc, then Tab leaves the editor.";
  });

  /** What has run, as far as it is of what is on show: the table's own code says nothing of another program. */
  const ran = computed(() => {
    const { phase, source: itsSource } = state.program.value;
    const isOther = state.code.value === null && itsSource !== state.listing.value.source;
    return isOther && phase !== "running" && phase !== "waiting" ? NOTHING_RUN : state.program.value;
  });

  draw(
    root,
    () => html`<div id="editor" translate="no"></div>
      <p id="outcome" role="status" class=${isWrong(ran.value) ? "problem" : ""}>${howItWent(ran.value, isLong.value)}</p>
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
    if (text !== state.program.peek().source) untracked(runner.edited);
  });

  effect(() => {
    const { ending } = state.program.value;
    if (ending?.error?.place && editor?.text === state.program.value.source)
      editor.mark(ending.error.place, ending.error.summary);
  });

  effect(() => {
    isLong.value = false;
    // Stop goes when the program ends: whoever stood on it stands on Run.
    if (!isRunning.value && document.activeElement?.id === "stop-program") byId("run").focus();
    const timer = setTimeout(() => {
      isLong.value = isRunning.value;
    }, LONG);
    return () => clearTimeout(timer);
  });
}
