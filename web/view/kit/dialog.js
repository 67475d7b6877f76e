/**
 * @file A dialog, rendered while it is open. Escape, Close and a click outside close it; the focus returns to what
 * opened it.
 */
import { signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { byId, draw } from "./draw.js";

/**
 * @param {string} id  of a <dialog> in index.html
 * @param {string} title
 * @param {() => unknown} content
 */
export function createDialog(id, title, content) {
  const dialog = /** @type {HTMLDialogElement} */ (byId(id));
  const isOpen = signal(false);
  dialog.setAttribute("aria-labelledby", `${id}-title`);
  dialog.addEventListener("close", () => {
    isOpen.value = false;
  });
  // What it holds covers its inside. A selection drawn out of it does not close it.
  let pressed = /** @type {EventTarget | null} */ (null);
  dialog.addEventListener("pointerdown", ({ target }) => {
    pressed = target;
  });
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog && pressed === dialog) dialog.close();
  });
  const close = () => dialog.close();
  draw(dialog, () =>
    isOpen.value
      ? html`<div class="inside">
          <div class="title">
            <h2 id="${id}-title">${title}</h2>
            <button type="button" class="close" aria-label="Close" title="Close" @click=${close}>×</button>
          </div>
          ${content()}
        </div>`
      : nothing,
  );
  return {
    open() {
      isOpen.value = true;
      if (!dialog.open) dialog.showModal();
    },
    close,
  };
}
