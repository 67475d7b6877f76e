/**
 * @file Worker's thread: starts Pyodide from the files that the page has fetched, and adds the modules that arrive
 * later.
 * @import { Files, BootFrom, BootFiles } from "../model/protocol.js"
 */

import { heap, info, rest } from "about-python";
import { loadPyodide } from "pyodide";
import { compileModule, isInPage, LIB, loadPacked, MODULE, unpack } from "../site/packs.js";
import { readSnapshot, restore, snapshotStandIn } from "./snapshot.js";

const HAS_SCRIPT = "_createPyodideModule" in self; // whether Pyodide's script stands before this worker's own
const NOWHERE = "https://nowhere.invalid/"; // the address of Pyodide's files, of which it fetches none

/**
 * Everything is requested at once: the script is evaluated and the module instantiated while the memory is downloading.
 * @param {Files} files
 * @param {BootFrom} start
 * @param {BootFiles} parts
 * @param {() => Uint8Array} readRest  gives rest.bin at once, for an import cannot wait
 */
export async function startPython(files, start, parts, readRest) {
  const script = HAS_SCRIPT ? Promise.resolve(null) : parts.script();
  const module = isInPage(files) ? loadPacked(MODULE, files[MODULE], compileModule) : parts.module();
  const memory = parts.memory();
  /** @type {(error: unknown) => void} */
  let fail = () => {};
  const failed = new Promise((_, reject) => {
    fail = reject;
  });
  for (const file of [script, module, memory]) file.catch(fail);

  const starting = (async () => {
    const blob = await script;
    if (blob) {
      const code = URL.createObjectURL(blob);
      importScripts(code); // loadPyodide finds what it defines
      URL.revokeObjectURL(code);
    }
    return withoutFetching(module, fail, async (wasm) => {
      const pyodide = await loadPyodide({
        indexURL: NOWHERE,
        packageBaseUrl: NOWHERE,
        stdLibURL: NOWHERE, // an empty file: the library is in the pack
        lockFileContents: JSON.stringify({ info, packages: {} }),
        ...(start === "snapshot" ? fromSnapshot(memory, wasm) : fromPack(memory)),
      });
      return { pyodide, memory: /** @type {WebAssembly.Memory} */ (wasm.memory) };
    });
  })();
  const python = await Promise.race([starting, /** @type {Promise<never>} */ (failed)]);
  const { pyodide } = python;
  if (start === "snapshot") pyodide.pyimport("random").seed(); // else every visit would draw the same numbers
  pyodide.pyimport("tenlines.page.late_modules").install(rest, readRest, LIB);
  return python;
}

/**
 * Run Pyodide's loader with the module given, without letting it fetch anything.
 * @template Result
 * @param {Promise<WebAssembly.Module>} module
 * @param {(error: unknown) => void} fail  Pyodide itself would wait for ever
 * @param {(wasm: { memory?: WebAssembly.Memory }) => Promise<Result>} run  gets what will hold Python's memory
 */
async function withoutFetching(module, fail, run) {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  /** @type {{ memory?: WebAssembly.Memory }} */
  const wasm = {};
  self.fetch = async () => new Response();
  Object.assign(WebAssembly, {
    async instantiateStreaming(/** @type {unknown} */ _, /** @type {any} */ imports) {
      try {
        wasm.memory = imports.env.memory;
        return { module: await module, instance: await WebAssembly.instantiate(await module, imports) };
      } catch (error) {
        fail(error);
        throw error;
      }
    },
  });
  try {
    return await run(wasm);
  } finally {
    self.fetch = fetch;
    Object.assign(WebAssembly, { instantiateStreaming });
  }
}

/**
 * @param {Promise<Uint8Array<ArrayBuffer>>} arriving
 * @param {{ memory?: WebAssembly.Memory }} wasm
 */
function fromSnapshot(arriving, wasm) {
  let snapshot = new Uint8Array();
  return {
    _loadSnapshot: snapshotStandIn(
      heap,
      () => readSnapshot(snapshot).head,
      () => {
        restore(snapshot, /** @type {WebAssembly.Memory} */ (wasm.memory));
        snapshot = new Uint8Array(); // Pyodide keeps its options, and with them the bytes
      },
    ),
    async fsInit() {
      snapshot = await orNever(arriving);
    },
  };
}

/** @param {Promise<Uint8Array>} arriving */
const fromPack = (arriving) => ({
  async fsInit(/** @type {any} */ FS) {
    unpack(FS, await orNever(arriving));
  },
});

/**
 * A promise that stays pending where the file cannot be had; `failed` has reported that.
 * @template Value
 * @param {Promise<Value>} file
 * @returns {Promise<Value>}
 */
const orNever = (file) => file.catch(() => new Promise(() => {}));

/**
 * Add NumPy's modules. Importing them takes a while and is left to the first call that needs them.
 * @param {any} pyodide
 * @param {Uint8Array} pack
 */
export function addNumpy(pyodide, pack) {
  unpack(pyodide.FS, pack);
  pyodide.pyimport("sys").path_importer_cache.clear(); // its listings of folders are older
}

/** @param {string | Uint8Array} source  read at once: an import cannot wait */
export function fetchRest(source) {
  if (typeof source !== "string") return source;
  const request = new XMLHttpRequest();
  request.open("GET", source, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`rest.bin (${request.status})`);
  return new Uint8Array(request.response);
}
