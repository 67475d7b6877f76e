/**
 * @file Written into the page by the build, so that it runs long before the page's script is there: it asks for the
 * largest file of the start, so that the line is not idle meanwhile. (A `preload` in the HTML does the same, but WebKit
 * then fetches the file twice.)
 */
const { module = "" } = document.currentScript?.dataset ?? {};
/** @type {any} */ (globalThis).early = fetch(module);
/** @type {any} */ (globalThis).early.catch(() => {}); // told to whoever waits for it: web/early.js
