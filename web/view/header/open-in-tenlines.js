/**
 * @file The link in the heading of an embedded page that opens the whole page with the same table.
 * @import { State } from "../../state/state.js"
 */
import { effect, signal } from "@preact/signals-core";
import { html } from "lit-html";
import { bareAddress, writeLink } from "../../documents/link.js";
import { codeToKeep, linkExtras } from "../../model/document.js";
import { byId, draw } from "../kit/draw.js";

/** @param {State} state */
export function showEmbedded(state) {
  const link = signal(/** @type {string | null} */ (""));
  effect(() => {
    const [problem, code, work] = [state.problem.value, state.code.value, state.work.value];
    writeLink(problem, linkExtras(work, problem, codeToKeep(code))).then((written) => {
      if (problem === state.problem.peek() && code === state.code.peek()) link.value = written;
    });
  });
  draw(byId("sharing"), () =>
    link.value === null
      ? html`<span class="soft">Too large to open in Tenlines</span>`
      : html`<a href=${bareAddress(location.href) + link.value} target="_blank" rel="noopener">Open in Tenlines</a>`,
  );
}
