/**
 * @file The whole page as one file with a start of its own, from the site or from such a file.
 * @import { Files } from "./protocol.js"
 */
import { carried } from "about-site";
import { pageOf } from "./blocks.js";
import { load } from "./packs.js";
import { filesOfSite } from "./sources.js";
import { chances } from "./view/dom.js";

/**
 * The same start gives the same bytes, whichever page writes them.
 * @param {object} start
 */
export async function copyOfPage(start) {
  const files = await filesOfSite();
  const packed = { "shell.bin": await content(files, "shell.bin") };
  const shell = await load("shell.bin", packed["shell.bin"], (response) => response.text());
  const parts = [];
  const chance = chances();
  for await (const part of pageOf(shell, start, contents(files))) {
    parts.push(part);
    await chance();
  }
  return new Blob(parts, { type: "text/html" });
}

/**
 * @param {Files} files
 * @returns {AsyncGenerator<[name: string, Uint8Array]>}
 */
async function* contents(files) {
  for (const name of carried) yield [name, await content(files, name)];
}

/**
 * @param {Files} files
 * @param {string} name
 */
async function content(files, name) {
  const source = files[name];
  if (typeof source !== "string") return source;
  const response = await fetch(source, { cache: "no-cache" }).catch(() => null); // verified: others will open it
  if (!response?.ok) throw new Error(`${name} could not be fetched.`);
  return new Uint8Array(await response.arrayBuffer());
}
