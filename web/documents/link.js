/**
 * @file The problem in an address, behind `#`, where no server sees it:
 *
 *   #v1=…        the problem, what is as in the post left out, its name and code: JSON, deflated, in base64url
 *   run=n.…&     before that: the iteration reached and the state of the engine there, as 64-bit floats in base64url
 *   &show=data,network,training  &readonly=1  &theme=light|dark   how an embedded page looks
 *
 * @import { Trained } from "../model/document.js"
 * @import { Problem } from "../model/protocol.js"
 */
import { openedFrom, withoutDefaults } from "../model/schema.js";

const VERSION = 1;
const MOST_BYTES = 8_000_000; // of JSON: what unpacks to more is no table
const PIECE = 1000; // bytes that are packed or unpacked at a time: they unpack to 1 MB at most
const MOST_CODE = 100_000; // characters; more of it in a link is nobody's program
const LONGEST = 16_000; // characters; a longer link is cut by what it is sent with

/** A link that cannot be opened; the message is a sentence for the learner. */
export class LinkError extends Error {}

/**
 * code: a program that has gone its own way. Both "" where there is none.
 * @typedef {{ problem: Problem, name: string, code: string, trained?: Trained }} Opened
 */

/**
 * @param {Problem} problem
 * @param {Partial<Opened>} more
 * @returns {Promise<string | null>}  from `#` on; null where it would be too long
 */
export async function writeLink(problem, { name = "", code = "", trained } = {}) {
  if (code.length > MOST_CODE) return null;
  const run = trained ? `run=${trained.iteration}.${toText(bytesOf(trained.state))}&` : "";
  let json = JSON.stringify({ ...withoutDefaults(problem), ...(name && { name }), ...(code && { code }) });
  for (;;) {
    const packed = await through(
      new CompressionStream("deflate-raw"),
      new TextEncoder().encode(json),
      LONGEST,
    ).catch(() => null);
    if (!packed) return null;
    const link = `#${run}v${VERSION}=${toText(packed)}`;
    if (link.length > LONGEST) return null;
    if (/[a-z0-9]$/i.test(link)) return link;
    json += " "; // ends otherwise: programs that make links of text leave off a mark at the end
  }
}

/**
 * An address without what a link, or who passed it on, has added.
 * @param {string} address
 */
export const bareAddress = (address) => address.replace(/[?#].*$/, "");

/**
 * What an address says; what mail and chat programs do to it is taken back.
 * @param {string} hash  from `#` on
 */
export const parametersOf = (hash) =>
  new URLSearchParams(
    hash
      .slice(1)
      .replaceAll(/%3D/gi, "=")
      .replaceAll(/%26|&amp;/gi, "&"),
  );

/**
 * @param {string} hash  from `#` on
 * @returns {Promise<Opened | null>}  null where it holds no problem. Throws LinkError.
 */
export async function readLink(hash) {
  const said = parametersOf(hash);
  const version = [...said.keys()].find((key) => /^v\d+$/.test(key));
  if (!version && (hash.length < 2 || said.has("show"))) return null;
  if (!version) throw new LinkError("This link is broken: there is no table in it. Ask for it again.");
  if (Number(version.slice(1)) > VERSION) {
    throw new LinkError(
      "This link was made by a newer Tenlines. Open it again when this page is up to date.",
    );
  }
  try {
    const packed = fromText(said.get(version) ?? "");
    const json = await through(new DecompressionStream("deflate-raw"), packed, MOST_BYTES);
    const opened = openedFrom(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json)));
    if (opened.code.length > MOST_CODE) throw new Error("its code is too long");
    const run = said.get("run");
    return { ...opened, trained: run === null ? undefined : readTrained(run) };
  } catch (error) {
    const why =
      error instanceof SyntaxError || error instanceof TypeError
        ? "a part of it is missing or changed"
        : error;
    throw new LinkError(
      `This link is broken: ${why instanceof Error ? why.message : why}. Ask for it again.`,
    );
  }
}

/** @param {string} run */
function readTrained(run) {
  const [iteration, state = ""] = run.split(".");
  const bytes = fromText(state);
  if (!/^\d{1,15}$/.test(iteration) || bytes.length % 8) throw new TypeError(run);
  return { iteration: Number(iteration), state: new Float64Array(bytes.buffer) };
}

/** @param {Float64Array} numbers */
const bytesOf = ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength);

/**
 * What comes out is taken while it comes: of what packs 1.4 GB into a link no more than a few pieces are unpacked.
 * @param {CompressionStream | DecompressionStream} stream
 * @param {Uint8Array<ArrayBuffer>} data
 * @param {number} most  bytes that may come out
 */
async function through(stream, data, most) {
  const parts = [];
  let size = 0;
  const writer = stream.writable.getWriter();
  const fed = feed(writer, data);
  fed.catch(() => {}); // the reader is told, too
  const reader = stream.readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    size += next.value.length;
    if (size > most) {
      const error = new Error("it is too large for a table");
      reader.cancel(error).catch(() => {});
      writer.abort(error).catch(() => {});
      throw error;
    }
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/**
 * A piece at a time, each when the one before has been taken.
 * @param {WritableStreamDefaultWriter<BufferSource>} writer
 * @param {Uint8Array<ArrayBuffer>} data
 */
async function feed(writer, data) {
  for (let at = 0; at < data.length; at += PIECE) {
    await writer.ready;
    await writer.write(data.subarray(at, at + PIECE));
  }
  await writer.close();
}

/** @param {Uint8Array} bytes */
function toText(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text */
function fromText(text) {
  let end = text.length;
  while (end > 0 && !/[\w-]/.test(text[end - 1])) end--; // the sentence around a link may have left a mark on it
  let packed = "";
  try {
    packed = atob(text.slice(0, end).replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    throw new TypeError("no base64url");
  }
  const bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; at++) bytes[at] = packed.charCodeAt(at);
  return bytes;
}
