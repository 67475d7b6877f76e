/**
 * @file Where the site's files are.
 * @import { Files } from "./protocol.js"
 */
import paths from "site-files";

/** @returns {Files} */
export function filesOfSite() {
  const base = new URL(".", document.baseURI).href;
  return Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, base + path]));
}
