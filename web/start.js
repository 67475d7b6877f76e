/**
 * @file What the one file opens with: written into it by web/copy.js, or by anybody, so never trusted.
 */

/** @returns {object | null} what the page's start block says; null where there is none, or nothing to be had from it */
export function bakedStart() {
  try {
    const start = JSON.parse(document.getElementById("start")?.textContent ?? "");
    const isObject = typeof start === "object" && start !== null && !Array.isArray(start);
    return isObject && Object.keys(start).length > 0 ? start : null;
  } catch {
    return null;
  }
}
