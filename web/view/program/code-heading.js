/**
 * @file The heading of the Code card: what the code is, and the way to change it, run it and look at its values.
 * @import { State } from "../../state/state.js"
 */
import { computed, effect, signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { reason } from "../../model/reason.js";
import { grouped, retryHint } from "../../model/words.js";
import { byId, draw } from "../kit/draw.js";

/** @typedef {import("@preact/signals-core").Signal<"closed" | "opening" | "open">} Phase  of the editor */

/** @param {State} state  with code of its own that shows no values */
function withoutValues({ readOnly, code, work }) {
  if (readOnly)
    return "This code goes its own way: the table does not follow it. Open in Tenlines to run it.";
  return code.value?.source === work.value.code
    ? "This code came with the table, which does not follow it. It runs only when you press Edit code, then Run."
    : "This is your own code; the table no longer follows it. Run it to see its values.";
}

/**
 * @param {State} state
 * @param {import("../../load-later.js").LoadLater} later
 */
export function showCodeHeading(state, later) {
  /** @type {Phase} */
  const phase = signal("closed");
  const trouble = signal("");
  /** @type {import("./editor-panel.js").EditorPanel | undefined} */
  let panel;

  const isRunning = computed(() => ["waiting", "running"].includes(state.program.value.phase));

  async function open() {
    if (phase.value !== "closed") return;
    phase.value = "opening";
    trouble.value = "";
    try {
      panel ??= (await later.get()).createEditorPanel(phase);
      await panel.open();
    } catch (error) {
      phase.value = "closed";
      trouble.value = `The editor could not be opened: ${reason(error)} ${retryHint("press Edit code")}`;
    }
  }

  function close() {
    phase.value = "closed";
    byId("edit-code").focus();
  }

  effect(() => {
    byId("program").hidden = phase.value !== "open";
    byId("reading").hidden = phase.value === "open";
  });

  function buttons() {
    if (state.readOnly) return nothing;
    const isOpen = phase.value === "open";
    const { code } = state;
    return html`<button type="button" ?hidden=${code.value === null} @click=${state.dropCode}>The table’s own code</button>
      <button type="button" id="edit-code" ?hidden=${isOpen} aria-disabled=${phase.value === "opening"} @click=${open}>Edit code</button>
      <button type="button" ?hidden=${!isOpen} @click=${close}>Show values</button>
      <button type="button" id="run" class="primary" title="Run (Ctrl+Enter)" ?hidden=${!isOpen} aria-disabled=${isRunning.value} @click=${() => panel?.run()}>Run</button>
      <button type="button" id="stop-program" ?hidden=${!isRunning.value} @click=${later.stopProgram}>Stop program</button>`;
  }
  // Stop program goes when the program ends, and Edit code when the editor opens.
  draw(byId("code-acts"), buttons, () => byId(phase.value === "open" ? "run" : "edit-code").focus());

  draw(byId("code-says"), () => {
    if (trouble.value) return html`<span role="alert">${trouble.value}</span>`;
    const isDetached = state.code.value?.isDetached;
    if (phase.value !== "open") {
      const own = state.shown.value.problem === null;
      const seen = state.seen.value?.listing === state.shown.value ? state.seen.value : null;
      if (own && !seen) return withoutValues(state);
      const iteration = grouped(seen?.iteration ?? state.run.value.frame?.iteration ?? 0);
      return own
        ? `This is your own code, as it ran. Values are those at iteration ${iteration}.`
        : `This program is what the page ${state.refusal.value ? "trained last" : "trains"}. Values are those at iteration ${iteration}${state.run.value.hand ? ", with the weights set by hand, which are not in the program" : ""}.`;
    }
    return isDetached
      ? "This code is on its own: the table no longer follows it. Tab indents; Esc, then Tab leaves the editor."
      : "Table and code are one: change either. Tab indents; Esc, then Tab leaves the editor.";
  });
}
