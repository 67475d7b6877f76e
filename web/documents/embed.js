/**
 * @file The page inside another page's frame: which panels it shows, in which colours, and how high it is. The address
 * says so: `#…&show=data,network,code`, `&readonly=1`, `&theme=dark`.
 */
import { parametersOf } from "./link.js";

const THEMES = ["light", "dark"];

/** @typedef {{ panels: string[], readOnly: boolean, theme: string }} EmbedOptions  theme "": the visitor's own */

/** The panels that an address can show: each section of index.html that has a `data-panel`, which is its name there. */
export const panelsOnPage = () =>
  Array.from(document.querySelectorAll("[data-panel]"), (element) => {
    const section = /** @type {HTMLElement} */ (element);
    return { section, name: String(section.dataset.panel), title: section.querySelector("h2")?.textContent };
  });

/**
 * @param {string} hash
 * @returns {EmbedOptions | null}  null where the page is not embedded
 */
export function embedOptionsFrom(hash) {
  const said = parametersOf(hash);
  const show = said.get("show");
  if (show === null) return null;
  const all = panelsOnPage().map(({ name }) => name);
  const panels = all.filter((panel) => show.split(",").includes(panel));
  const theme = said.get("theme") ?? "";
  return {
    panels: panels.length > 0 ? panels : all,
    readOnly: said.get("readonly") === "1",
    theme: THEMES.includes(theme) ? theme : "",
  };
}

/** @param {EmbedOptions} look */
export const embedOptionsText = ({ panels, readOnly, theme }) =>
  `&show=${panels.join(",")}${readOnly ? "&readonly=1" : ""}${theme ? `&theme=${theme}` : ""}`;

/** @param {EmbedOptions} look */
export function applyEmbedOptions({ panels, readOnly, theme }) {
  const { dataset, style } = document.documentElement;
  dataset.embed = "";
  for (const { section, name } of panelsOnPage()) section.hidden = !panels.includes(name);
  if (readOnly) dataset.readonly = "";
  if (theme) {
    style.colorScheme = theme;
    setScheme(theme);
  }
  tellHeight();
}

/**
 * The colours of a scheme are written once, under its media query.
 * @param {string} theme
 */
function setScheme(theme) {
  for (const { cssRules } of document.styleSheets) {
    for (const rule of cssRules) {
      if (rule instanceof CSSMediaRule && rule.conditionText.includes("prefers-color-scheme: dark"))
        rule.media.mediaText = theme === "dark" ? "screen" : "not all";
    }
  }
}

/** Tell the page around how high this one is, now and whenever that changes. */
function tellHeight() {
  new ResizeObserver(() => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    parent.postMessage({ tenlines: { height } }, "*");
  }).observe(document.body);
}

/**
 * What an author puts into an article.
 * @param {string} address  of the page, with its link and look
 */
export const snippet = (address) =>
  `<iframe src="${address.replaceAll("&", "&amp;")}" title="Tenlines: a neural network on a table" width="100%" height="560" loading="lazy" style="border:0" allow="clipboard-write"></iframe>
<script>addEventListener("message", ({ source, data }) => {
  for (const frame of document.querySelectorAll("iframe"))
    if (frame.contentWindow === source && data?.tenlines) frame.height = data.tenlines.height
})</script>`;
