/**
 * @file The whole page as one file with a start of its own, from the site or from such a file.
 * @import { Files } from "./protocol.js"
 */
import { carried } from "about-site";
import { pageOf } from "./blocks.js";
import { load } from "./packs.js";
import { filesOfSite, verified } from "./sources.js";
import { chances } from "./view/dom.js";

/**
 * The same start gives the same bytes, whichever page writes them.
 * @param {object} start
 */
export async function copyOfPage(start) {
  const files = await filesOfSite();
  const shell = await load("shell.bin", await verified(files, "shell.bin"), (response) => response.text());
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
  for (const name of carried) yield [name, await verified(files, name)];
}
