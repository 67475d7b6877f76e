/**
 * @file Small things every view does.
 */
import { effect } from "@preact/signals-core";
import { render } from "lit-html";

/**
 * Draw into an element now and whenever a signal that the template read has changed.
 * The static markup that stood there makes room on the first draw.
 * @param {HTMLElement} root
 * @param {() => unknown} template
 */
export function draw(root, template) {
  let first = true;
  effect(() => {
    const result = template();
    if (first) root.replaceChildren();
    first = false;
    renderInto(root, result);
  });
}

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

/** @param {() => void} act  once the frame that comes next has been painted */
export const afterPaint = (act) => requestAnimationFrame(() => setTimeout(act));

/** @param {() => void} act  once there is nothing better to do; Safari cannot tell */
export const whenIdle = (act) =>
  "requestIdleCallback" in window ? requestIdleCallback(act) : setTimeout(act, 200);

const LONG = 16; // milliseconds of work after which keys and pointers get their turn

/** Long work in steps: what it gives is awaited between them, and pauses when it is time to. */
export function chances() {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < LONG) return;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  };
}

/** @param {string} id */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}
