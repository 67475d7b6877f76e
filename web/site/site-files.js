/**
 * @file Where the site's files are: at addresses beside the page or, in the one file, inside the page.
 * @import { Files } from "../model/protocol.js"
 */
import { address } from "about-site";
import paths from "site-files";
import { createPauses } from "../browser/schedule.js";
import { fetchWatched } from "../browser/silence.js";
import { reason } from "../model/reason.js";
import { decode } from "./one-file-format.js";

const { dataset } = document.documentElement;

export const IS_ONE_FILE = "file" in dataset;
/** The address of the site, where its builder gave it. */
export const SITE_ADDRESS = address;

/** @type {Promise<Files> | undefined} */
let carried;

/** @returns {Files | Promise<Files>} known at once in the site, which is not to wait */
export function filesOfSite() {
  if (IS_ONE_FILE) {
    carried ??= unpacked();
    return carried;
  }
  const base = new URL(".", document.baseURI).href;
  const files = Object.entries({ ...paths, "shell.bin": dataset.shell, "notices.bin": dataset.notices });
  return Object.fromEntries(files.map(([name, path]) => [name, base + path]));
}

/**
 * A file that is used in the page itself. "no-cache" makes our service worker check its hash (web/offline/sw.js).
 * @param {Files} files
 * @param {string} name
 */
export const fetchVerified = (files, name) => fetchFile(files, name, "no-cache");

/**
 * @param {Files} files
 * @param {string} name
 * @param {RequestCache} [cache]
 */
export async function fetchFile(files, name, cache = "default") {
  const source = files[name];
  if (typeof source !== "string") return source;
  try {
    const response = await fetchWatched(source, { cache });
    if (!response.ok) throw new Error(String(response.status));
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new Error(`${name} could not be fetched (${reason(error)}).`);
  }
}

/** The blocks behind the script; each goes when it has been read, so that nothing is held twice. */
async function unpacked() {
  await parsed();
  /** @type {Record<string, Uint8Array<ArrayBuffer>>} */
  const files = {};
  const chance = createPauses();
  for (const block of document.querySelectorAll("script[data-name]")) {
    const { dataset, textContent } = /** @type {HTMLElement} */ (block);
    const text = textContent ?? "";
    const bytes = new Uint8Array(text.length);
    let at = 0;
    for (const piece of decode(text)) {
      bytes.set(piece, at);
      at += piece.length;
      await chance();
    }
    files[dataset.name ?? ""] = bytes.slice(0, at);
    block.remove();
  }
  return files;
}

/** @returns {Promise<unknown>} */
const parsed = async () =>
  document.readyState === "loading" &&
  new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
