/**
 * @file The script that the build writes into index.html, so that it runs before any other file has arrived. It
 * requests the largest file of the start at once (a `preload` would do the same, but WebKit then fetches the file
 * twice), and reports when the page, its script or its style sheet does not arrive, or not whole.
 */
const PATIENCE = 15_000; // milliseconds; also in style.css
const page = /** @type {any} */ (globalThis);
const { dataset } = document.documentElement;
const { module = "" } = document.currentScript?.dataset ?? {};
const fetching = new AbortController();
let forbidden = ""; // the directive of a host's own policy that keeps a file out
let isAll = false; // of the page that is to come
let waiting = ""; // to be said where the page has a place for it

page.early = { stop: fetching, response: fetch(module, { signal: fetching.signal }) };
page.early.response.catch(() => {}); // told to whoever waits for it: web/python/early-fetch.js

/** @param {string} what  is wrong */
page.stuck = (what) => {
  if ("begun" in dataset) return;
  dataset.engine = "failed";
  waiting = what;
  let box = document.getElementById("stuck");
  if (!box && !isAll) return;
  if (!box) {
    box = document.createElement("div");
    (document.body ?? document.documentElement).append(box);
  }
  const retry = document.createElement("button");
  retry.append("Retry");
  retry.onclick = () => {
    stop(); // else Chromium gives the page that comes the rest of what hangs
    setTimeout(() => location.reload(), 500);
  };
  box.setAttribute("role", "alert");
  box.className = "said";
  box.replaceChildren(
    forbidden
      ? `This host sends a Content-Security-Policy of its own (${forbidden}), which keeps out a part of Tenlines. Only who runs the host can change that. `
      : `${what} Check the connection, then press Retry. Until then nothing that you type here is kept. `,
    retry,
  );
};

addEventListener("securitypolicyviolation", ({ disposition, effectiveDirective }) => {
  if (disposition !== "enforce" || !/-elem|trusted/.test(effectiveDirective)) return;
  forbidden = effectiveDirective;
  page.stuck();
});

/** @param {any} event */
function check({ type, target, filename, message }) {
  const main = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[defer]"));
  if (type === "load") {
    if (target === main && !waiting && !page.isWhole) page.stuck("main.js has not come whole.");
  } else if (target === main) page.stuck("main.js has not come, or not as a script.");
  else if (filename && filename === main?.src) page.stuck(`main.js does not run here (${message}).`);
  else if (target.rel === "stylesheet") page.stuck("style.css has not come, or not as a style sheet.");
}
addEventListener("error", check, true);
document.addEventListener("load", check, true); // comes after what the script has done

addEventListener("DOMContentLoaded", () => {
  isAll = true;
  if (!document.getElementById("drop")) page.stuck("The page has not come whole.");
  else if (waiting) page.stuck(waiting);
});

setTimeout(() => {
  isAll = true;
  page.stuck(waiting || "A part of the page has not come so far.");
  // Style that is on its way keeps the page from being shown, and the script from running.
  for (const link of /** @type {NodeListOf<HTMLLinkElement>} */ (
    document.querySelectorAll("[rel=stylesheet]")
  ))
    if (!link.sheet) link.remove();
}, PATIENCE);
