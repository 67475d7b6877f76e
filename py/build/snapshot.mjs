// node snapshot.mjs PACK OUT: start Python from the pack, import all that is in it, and write its memory to OUT, for
// web/python/snapshot.js to restore.
//
// Relies on Pyodide 0.29.5's makeMemorySnapshot (48 bytes of header with the size of the head at byte 4, JSON, memory),
// on `_makeSnapshot`, `_loadSnapshot` and `_sysExecutable`, and on Emscripten's __heap_base in pyodide.asm.js.
// A snapshot can hold no JavaScript object: what runs here must not touch one.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { snapshotStandIn } from "../../web/python/snapshot.js";
import { unpack } from "../../web/site/packs.js";
import { copiesIn } from "./copies.mjs";
import { folder, start } from "./pyodide.mjs";

const PAGE = 1024;
const [packFile, out] = process.argv.slice(2);
// Nothing of the computer that builds: its time zone, language, environment and place would be in the memory.
process.env.TZ = "UTC";
const environment = { HOME: "/home/pyodide", LANG: "en_US.UTF-8", PYTHONHASHSEED: "0" };

// Names stay inside the function: what is left in a namespace would stay in the page.
const IMPORT_ALL = `
def import_all():
    import gc, sys
    from importlib import import_module
    from pathlib import Path

    library = Path("/lib/python3.13")
    for path in sorted(library.rglob("*.py*")):
        place = path.relative_to(library).as_posix().removeprefix("site-packages/")
        import_module(place.rsplit(".", 1)[0].replace("/", ".").removesuffix(".__init__"))
    sys.path.remove("")  # the page's Pyodide puts it there again

    from tenlines.randomness import seeded_state
    from tenlines.training.run import frame_marks

    frame_marks(10_000), seeded_state(1)  # the post's: kept in their caches
    gc.collect()
    clear_free_memory()
    gc.freeze()

# What has been freed still holds what it held, which would be sent. Zeros take its place, as large as they fit; those
# that do not fit lie at the end.
def clear_free_memory():
    size, zeros = 1 << 22, []
    end = id(bytes(size))
    while size >= 4:
        block = bytes(size)
        if id(block) < end:
            zeros.append(block)
        else:
            size -= max(4, size // 8)

import_all()
del import_all, clear_free_memory
`;

async function take() {
  const pack = new Uint8Array(readFileSync(packFile));
  const pyodide = await start({
    _makeSnapshot: true,
    _sysExecutable: "/bin/python",
    env: { ...environment },
    fsInit: (FS) => unpack(FS, pack),
  });
  pyodide.runPython(IMPORT_ALL);
  return pyodide.makeMemorySnapshot();
}

/** The memory of a Python just constructed, as it is when a snapshot is about to be restored. */
async function constructed(heap, head, env) {
  const { instantiate } = WebAssembly;
  let memory;
  let copy;
  WebAssembly.instantiate = (source, imports) => {
    memory = imports?.env?.memory ?? memory;
    return instantiate(source, imports);
  };
  const done = new Error("This is all that was wanted.");
  const _loadSnapshot = snapshotStandIn(
    heap.length,
    () => head,
    () => {
      copy = new Uint8Array(memory.buffer.slice(0));
      throw done;
    },
  );
  try {
    await start({ _loadSnapshot, env });
  } catch (error) {
    if (error !== done) throw error;
  } finally {
    WebAssembly.instantiate = instantiate;
  }
  return copy;
}

const snapshot = await take();
const headBytes = new Uint32Array(snapshot.buffer, 0, 2)[1];
const head = snapshot.slice(0, headBytes);
const heap = snapshot.subarray(headBytes);

// Above the base of the heap a browser may have put anything; below it are constants, and what the environment's size
// moves, found by making it differ.
const [, base] = /___heap_base=(\d+);/.exec(readFileSync(join(folder, "pyodide.asm.js"), "utf8"));
const cleared = Math.floor(base / PAGE) * PAGE;
const others = [
  await constructed(heap, head, { ...environment }),
  await constructed(heap, head, { ...environment, LANG: "de-AT-1996", MORE: "x".repeat(3000) }),
];
const pageAt = (at) => Buffer.from(heap.buffer, heap.byteOffset + at, PAGE);
const constant = new Set();
for (let at = 0; at < cleared; at += PAGE)
  if (others.every((other) => pageAt(at).equals(other.subarray(at, at + PAGE)))) constant.add(at / PAGE);
const copies = copiesIn(heap, PAGE, constant, cleared);
for (const [to, , length] of copies) heap.fill(0, to, to + length);

const runs = [];
const pages = [];
for (let at = 0; at < heap.length; at += PAGE) {
  const page = pageAt(at);
  if (at < cleared ? constant.has(at / PAGE) : page.every((b) => b === 0)) continue;
  if (runs.length && runs.at(-1)[0] + runs.at(-1)[1] === at / PAGE) runs.at(-1)[1]++;
  else runs.push([at / PAGE, 1]);
  pages.push(page);
}
const columns = [0, 1, 2].flatMap((column) => copies.map((copy) => copy[column])); // likes beside likes pack better
const sizes = [heap.length, cleared, PAGE, runs.length, copies.length, headBytes];
const numbers = new Uint32Array([...sizes, ...runs.flat(), ...columns]);
writeFileSync(out, Buffer.concat([Buffer.from(numbers.buffer), head, ...pages]));
