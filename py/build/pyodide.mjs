// Pyodide in Node, started as the page starts it: no package, nothing fetched, its modules put in place by `fsInit`.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "../../web/node_modules/pyodide/pyodide.mjs";

export { LIB } from "../../web/site/packs.js";

export const folder = fileURLToPath(new URL("../../web/node_modules/pyodide/", import.meta.url));
const { info } = JSON.parse(readFileSync(join(folder, "pyodide-lock.json"), "utf8"));

process.on("uncaughtException", (error) => {
  console.error(error.stack); // alone: Node would first show the line it happened in, all of Pyodide
  process.exit(1);
});

/** @param {object} options  more for loadPyodide */
export async function start(options) {
  const place = mkdtempSync(join(tmpdir(), "tenlines-"));
  const nothing = join(place, "nothing.zip");
  writeFileSync(nothing, "");
  try {
    return await loadPyodide({
      indexURL: folder,
      packageBaseUrl: folder,
      stdLibURL: nothing,
      lockFileContents: JSON.stringify({ info, packages: {} }),
      ...options,
    });
  } finally {
    rmSync(place, { recursive: true });
  }
}
