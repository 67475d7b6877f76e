/**
 * @file Loads the files of python/: fetches and unpacks them as they arrive, and puts the modules in them where Python
 * finds them.
 *
 * The build gzips them itself, under names that no server treats specially, so that every host sends the same bytes.
 * @import { Files } from "../model/protocol.js"
 */
import { fetchWatched } from "../browser/silence.js";
import { gunzipped } from "./gunzip.js";

/** @typedef {Files[string] | ReadableStream<Uint8Array<ArrayBuffer>>} Source */

export const LIB = "/lib/python3.13";
export const MODULE = "pyodide.asm.wasm.bin";
export const SHELL = "shell.bin";
export const SCRIPT = "pyodide.asm.js.bin";

/**
 * @template Read
 * @param {string} name  of one of them, as the build has it
 * @param {Source} source
 * @param {(response: Response) => Promise<Read>} read
 * @param {(bytesOf: number) => void} [count]  gets the bytes as they come; without, it is an error when none come
 */
export async function loadPacked(name, source, read, count) {
  try {
    const ask = count ? fetch : fetchWatched;
    const response = typeof source === "string" ? await ask(source) : new Response(source);
    if (!response.ok || !response.body) throw new Error(String(response.status));
    const body = await gunzipped(response.body, name === SHELL, count);
    return await read(new Response(body, { headers: { "Content-Type": type(name) } }));
  } catch (error) {
    throw new Error(`${name} could not be loaded (${error instanceof Error ? error.message : error}).`);
  }
}

/** @param {string} name */
function type(name) {
  if (name.endsWith(".wasm.bin")) return "application/wasm";
  return name.endsWith(".js.bin") ? "text/javascript" : "application/octet-stream";
}

/**
 * Whether the files are inside the page, which is then opened from a disk. Its workers have other origins there: Chromium
 * passes no module between them, and in WebKit they cannot read a blob.
 * @param {Files} files
 */
export const isInPage = (files) => Object.values(files).some((file) => typeof file !== "string");

/** @param {Response} response */
export const compileModule = (response) => WebAssembly.compileStreaming(response);

/** @param {Response} response */
export const bytesOf = async (response) => new Uint8Array(await response.arrayBuffer());

/**
 * Put the files of a pack (py/build/archives.py) into LIB.
 * @param {any} FS  Emscripten's
 * @param {Uint8Array} pack
 */
export function unpack(FS, pack) {
  const size = new DataView(pack.buffer, pack.byteOffset).getUint32(0, true);
  let at = 4 + size;
  const index = JSON.parse(new TextDecoder().decode(pack.subarray(4, at)));
  const folders = new Set();
  for (const [name, length] of Object.entries(index)) {
    const path = `${LIB}/${name}`;
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (!folders.has(folder)) FS.mkdirTree(folder);
    folders.add(folder);
    FS.writeFile(path, pack.subarray(at, at + length), { canOwn: true });
    at += length;
  }
}
