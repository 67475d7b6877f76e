// node modules.mjs TREE: which of the files in TREE, as /lib/python3.13, are imported in ordinary use. Prints
// {"start": [...], "numpy": [...], "frozen": [...]}: those needed before NumPy is there, those that it needs beside them,
// and the modules that are in the interpreter itself.
import { readFileSync } from "node:fs";
import { LIB, start } from "./pyodide.mjs";

const [tree] = process.argv.slice(2);
const pyodide = await start({
  env: { PYTHONDONTWRITEBYTECODE: "1" }, // into TREE
  fsInit(FS) {
    FS.mkdirTree(LIB);
    FS.mount(FS.filesystems.NODEFS, { root: tree }, LIB);
  },
});
pyodide.pyimport("random").seed(); // as after a snapshot
pyodide.pyimport("tenlines.page.late_modules");
const use = pyodide.toPy({});
pyodide.runPython(readFileSync(new URL("ordinary_use.py", import.meta.url), "utf8"), { globals: use });

/** The files imported so far, by their place in TREE. */
function files() {
  const all = use.get("files")().toJs();
  return all.filter((file) => file.startsWith(`${LIB}/`)).map((file) => file.slice(LIB.length + 1));
}

/** Python errors are worded by modules of their own. */
function fails(name, type) {
  try {
    use.get(name)();
  } catch (error) {
    if (error.type === type) return;
    throw error;
  }
  throw new Error(`${name} did not raise ${type}.`);
}

use.get("starting")();
pyodide.runPython("import sys; sys.modules['numpy'] = None");
fails("without_numpy", "ModuleNotFoundError");
pyodide.runPython("del sys.modules['numpy']");
const first = files();
use.get("with_numpy")();
const late = files().filter((file) => !first.includes(file));
const frozen = pyodide.runPython("import _imp; _imp._frozen_module_names()").toJs();
console.log(JSON.stringify({ start: first, numpy: late, frozen }));
