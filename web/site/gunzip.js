/**
 * @file Unpacks a file of the site, whatever the host has made of it. The build gzips these files; a host that labels
 * them as gzipped makes the browser unpack them on the way, and one that compresses them once more does not always say
 * so.
 */

const GZIP = [0x1f, 0x8b, 8]; // the first bytes of every gzip file
const PAGE = /^\s*<(!doctype|!--|html|head|body|script)/i;
const FIRST = 64; // bytes by which the kind of a file is recognized

/** @typedef {ReadableStream<Uint8Array<ArrayBuffer>>} Bytes */

/**
 * @param {Bytes} stream
 * @param {boolean} isPage  whether there is a web page in it
 * @param {(bytes: number) => void} [count]  gets the bytes as they come
 * @returns {Promise<Bytes>}
 */
export async function gunzipped(stream, isPage, count = () => {}) {
  const { first, whole } = await peeked(stream, count);
  if (first.length === 0) throw new Error("it is empty");
  if (!isPage && PAGE.test(String.fromCharCode(...first))) throw new Error("a web page came in its place");
  if (!GZIP.every((byte, at) => byte === first[at])) return whole;
  return gunzipped(whole.pipeThrough(new DecompressionStream("gzip")), isPage);
}

/**
 * @param {Bytes} stream
 * @param {(bytes: number) => void} count
 * @returns {Promise<{ first: Uint8Array, whole: Bytes }>} whole: the same once more
 */
async function peeked(stream, count) {
  const reader = stream.getReader();
  const next = async () => {
    const { value } = await reader.read();
    if (value) count(value.length);
    return value;
  };
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const chunks = [];
  let length = 0;
  for (let chunk = await next(); chunk; chunk = length < FIRST ? await next() : undefined) {
    chunks.push(chunk);
    length += chunk.length;
  }
  // Not by a Blob: workers of a page from a disk cannot read one in WebKit.
  const first = Uint8Array.from(chunks.flatMap((chunk) => [...chunk.subarray(0, FIRST)])).subarray(0, FIRST);
  const whole = new ReadableStream({
    async pull(controller) {
      const chunk = chunks.shift() ?? (await next());
      if (chunk) controller.enqueue(chunk);
      else controller.close();
    },
    cancel: (why) => reader.cancel(why),
  });
  return { first, whole };
}
