// node first_paint.mjs PAGE VIEWS NUMBERS HTML RULES: the page with its first paint in it, written to HTML and RULES.
import { readFileSync, writeFileSync } from "node:fs";
import { Window } from "../../web/node_modules/happy-dom/lib/index.js";

const [page, views, numbers, html, rules] = process.argv.slice(2);
const WHOLE = /<body>[\s\S]*<\/body>/;
const MARKS = /<!--[\s\S]*?-->/g; // lit-html's, for what it draws next
// What the views and the modules that they import take from a browser.
const ACTS = ["addEventListener", "getComputedStyle", "matchMedia", "requestAnimationFrame"];
const THINGS = ["document", "location", "IntersectionObserver", "ResizeObserver"];

const template = readFileSync(page, "utf8");
const [body] = template.match(WHOLE);
const window = new Window({ url: "https://tenlines.invalid/" });
const { document } = window;
document.write(`<!doctype html><html>${body}</html>`);
for (const name of ACTS) globalThis[name] = window[name].bind(window);
for (const name of THINGS) globalThis[name] = window[name];
globalThis.window = window;

const { drawFirst } = await import(`file://${views}`);
const { source, weights, outputs, iteration, questions } = JSON.parse(readFileSync(numbers, "utf8"));
const state = Float64Array.from(weights); // the post's optimizer keeps nothing beside them
drawFirst(
  { iteration, state, weights: state, outputs: Float64Array.from(outputs), error: Number.NaN },
  source,
  { questions },
);

// What is set on an element and not written into it.
for (const field of document.querySelectorAll("input:not([type=file])")) {
  if (field.type === "checkbox") field.toggleAttribute("checked", field.checked);
  else field.setAttribute("value", field.value);
}
for (const option of document.querySelectorAll("option")) option.toggleAttribute("selected", option.selected);

// No `style` attribute passes the page's policy.
const styles = new Map();
for (const element of document.querySelectorAll("[style]")) {
  const style = element.getAttribute("style");
  element.removeAttribute("style");
  if (!style) continue;
  if (!styles.has(style)) styles.set(style, styles.size + 1);
  element.dataset.style = styles.get(style);
}
const important = (style) => `${style.replace(/;\s*$/, "").replaceAll(";", " !important;")} !important`;
const sheet = [...styles].map(([style, at]) => `[data-style="${at}"] { ${important(style)} }\n`);
writeFileSync(rules, sheet.join(""));
const drawn = document.body.innerHTML.replace(MARKS, "").replace(/\s*\n\s*/g, "\n");
const whole = template.replace(WHOLE, () => `<body>${drawn}</body>`);
writeFileSync(html, whole);
process.exit(0); // whatever the views wait for
