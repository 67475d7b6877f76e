/** @file Renders templates whenever the signals that they read change, and what else every view needs. */
import { effect } from "@preact/signals-core";
import { render } from "lit-html";

/**
 * Draw into an element now and whenever a signal that the template read has changed.
 * The static markup that stood there makes room on the first draw.
 * @param {HTMLElement} root
 * @param {() => unknown} template
 * @param {() => void} [refocus]  gives the keyboard a place where what had it has gone
 */
export function draw(root, template, refocus = () => focusNear(root)) {
  let first = true;
  effect(() => {
    const result = template();
    const focused = root.contains(document.activeElement) ? document.activeElement : null;
    if (first) root.replaceChildren();
    first = false;
    renderInto(root, result);
    if (focused && (!focused.isConnected || focused.closest("[hidden]"))) refocus();
  });
}

/**
 * The first thing in an element that can have the keyboard, or else in what is around it.
 * @param {HTMLElement} root
 */
function focusNear(root) {
  for (let around = /** @type {HTMLElement | null} */ (root); around; around = around.parentElement) {
    const places = around.querySelectorAll("button, input, select, a[href], [tabindex='0']");
    const next = [...places].find((place) => place.checkVisibility());
    if (next) return /** @type {HTMLElement} */ (next).focus();
  }
}

/**
 * Whether a key belongs to an input method, which is putting characters together. Safari says so by 229 only.
 * @param {KeyboardEvent} event
 */
export const isComposing = ({ isComposing: composes, keyCode }) => composes || keyCode === 229;

/**
 * Browsers translate a page by putting each text into <font> elements. lit-html would go on writing to the text that
 * stood there before, so they become plain text again; what is translated and does not change stays so.
 * @param {HTMLElement} root
 * @param {unknown} template
 */
export function renderInto(root, template) {
  for (const font of [...root.getElementsByTagName("font")]) font.replaceWith(font.textContent ?? "");
  render(template, root);
}

/** @param {string} id */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}
