/**
 * @file The settings that stand one click away. Closed, they say which of them are not as in the post; open, each says what
 * it does, and has a way back.
 * @import { State } from "../../state/state.js"
 */

import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { POST } from "../../model/post.js";
import { MORE, settingAt, settingText, valueAt } from "../../model/settings.js";
import { hintIdOf } from "../kit/setting-control.js";

/**
 * @param {State} state
 * @param {ReturnType<typeof import("../kit/setting-control.js").createControls>} controls
 */
export function createMoreSettings(state, controls) {
  const isOpen = signal(false);

  /** @param {string} path */
  const isChanged = (path) => valueAt(state.problem.value, path) !== valueAt(POST, path);

  /** @param {string} path */
  function brief(path) {
    const { label = "", kind } = settingAt(path);
    const text = settingText(path, valueAt(state.problem.value, path));
    return kind === "choice" ? text : kind === "switch" ? label : `${label} ${text}`;
  }

  /** @param {string} path */
  function backTemplate(path) {
    if (!isChanged(path) || state.readOnly) return nothing;
    const usual = valueAt(POST, path);
    const text = settingText(path, usual);
    return html`<button
      type="button"
      class="back"
      aria-label="${settingAt(path).label}: back to ${text}"
      @click=${(/** @type {Event} */ event) => {
        const { parentElement } = /** @type {HTMLElement} */ (event.currentTarget);
        controls.edit(path, usual);
        /** @type {HTMLElement | null | undefined} */ (
          parentElement?.querySelector("input, select")
        )?.focus();
      }}
    >
      Back to ${text}
    </button>`;
  }

  return () => {
    const changed = MORE.filter(isChanged);
    const isShown = isOpen.value || MORE.includes(state.refusal.value?.field ?? "");
    const drawn = isShown ? MORE : [];
    // No <details>: beside a closed one Chromium takes a thousand times as long to copy a long text.
    return html`<div class="more">
      <button
        type="button"
        class="disclose"
        aria-expanded=${isShown}
        @click=${() => {
          isOpen.value = !isShown;
        }}
      >
        More settings${changed.length > 0 ? `: ${changed.map(brief).join(", ")}` : ""}
      </button>
      ${drawn.map(
        (path) => html`<div class="setting">
          <div class="control">${controls.labelled(path)}</div>
          <p class="soft" id=${hintIdOf(path)}>${settingAt(path).hint}</p>
          ${backTemplate(path)}
        </div>`,
      )}
    </div>`;
  };
}
