/**
 * @file Writes the whole page as one HTML file that opens with the table on show; a page that is such a file can do it
 * too.
 * @import { Files } from "../model/protocol.js"
 */
import { carried } from "about-site";
import { createPauses } from "../browser/schedule.js";
import { oneFileParts } from "../site/one-file-format.js";
import { loadPacked, SHELL } from "../site/packs.js";
import { fetchVerified, filesOfSite, IS_ONE_FILE } from "../site/site-files.js";

const NOTICES = '<script type="text/plain" id="notices"></script>'; // in shell.bin, without its text

/**
 * The same start gives the same bytes, whichever page writes them.
 * @param {object} start
 */
export async function copyOfPage(start) {
  const files = await filesOfSite();
  const shell = await loadPacked(SHELL, await fetchVerified(files, SHELL), (response) => response.text());
  const parts = [];
  const chance = createPauses();
  const notices = await noticesOf(files);
  const whole = shell.replace(NOTICES, () => NOTICES.replace("><", () => `>${notices}<`));
  for await (const part of oneFileParts(whole, start, contents(files))) {
    parts.push(part);
    await chance();
  }
  return new Blob(parts, { type: "text/html" });
}

/**
 * The licences of what the page is made of. The one file has them as text, to be read without the page.
 * @param {Files} files
 */
async function noticesOf(files) {
  if (IS_ONE_FILE) return document.getElementById("notices")?.textContent ?? "";
  return `\n${await loadPacked("notices.bin", await fetchVerified(files, "notices.bin"), (response) => response.text())}`;
}

/**
 * @param {Files} files
 * @returns {AsyncGenerator<[name: string, Uint8Array]>}
 */
async function* contents(files) {
  for (const name of carried) yield [name, await fetchVerified(files, name)];
}
