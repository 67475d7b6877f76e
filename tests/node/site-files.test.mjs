/** The files of the site on their way: how a host may have labelled or damaged them, and the one file that holds them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { readSnapshot, restore, snapshotStandIn } from "../../web/python/snapshot.js";
import { gunzipped } from "../../web/site/gunzip.js";
import { decode, encode, oneFileParts } from "../../web/site/one-file-format.js";
import {
  bytesOf,
  compileModule,
  isInPage,
  LIB,
  loadPacked,
  MODULE,
  SCRIPT,
  SHELL,
  unpack,
} from "../../web/site/packs.js";
import { fc, hold } from "./tools/fast-check.mjs";

let number = 1;
const DATA = Uint8Array.from({ length: 5000 }, () => (number = (number * 16_807) % 2_147_483_647)); // which packs badly
const joined = (parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const utf8 = (text) => new TextEncoder().encode(text);

/** A stream of these bytes in pieces of a size. */
const stream = (data, size = 1000) =>
  new ReadableStream({
    start(controller) {
      for (let at = 0; at < data.length; at += size) controller.enqueue(data.slice(at, at + size));
      controller.close();
    },
  });
const all = async (body) => new Uint8Array(await new Response(body).arrayBuffer());

const PACKED = { plain: DATA, gzipped: gzipSync(DATA), "gzipped twice": gzipSync(gzipSync(DATA)) };
for (const [how, data] of Object.entries(PACKED))
  for (const size of [1, 7, 100_000])
    test(`a file is unpacked as far as it is packed: ${how}, in pieces of ${size}`, async () => {
      let count = 0;
      const body = await gunzipped(stream(data, size), false, (more) => {
        count += more;
      });
      assert.deepEqual(await all(body), DATA);
      assert.equal(count, data.length, "counted as it came");
    });

const PORTAL = utf8("<!DOCTYPE html><html><h1>Log in to this network</h1></html>");
const FAULTS = {
  empty: [new Uint8Array(), /^numpy\.bin could not be loaded \(it is empty\)\.$/],
  "cut in the middle": [gzipSync(DATA).subarray(0, 2500), /^numpy\.bin could not be loaded \(.+\)\.$/],
  changed: [
    Uint8Array.from(gzipSync(DATA), (byte, at) => (at > 2500 && at < 2564 ? byte ^ 0x5a : byte)),
    /^numpy\.bin could not be loaded \(.+\)\.$/,
  ],
  "a page of a network to log in to": [
    PORTAL,
    /^numpy\.bin could not be loaded \(a web page came in its place\)\.$/,
  ],
  "the same, gzipped": [gzipSync(PORTAL), /\(a web page came in its place\)/],
};
for (const [fault, [data, words]] of Object.entries(FAULTS))
  test(`a file that came wrong is named with why, and never used: ${fault}`, async () => {
    await assert.rejects(loadPacked("numpy.bin", stream(data), bytesOf), { message: words });
  });

test("a file that is not there, or cannot be asked for, is named too", async (context) => {
  const answer = context.mock.method(globalThis, "fetch", async () => new Response("gone", { status: 404 }));
  await assert.rejects(
    loadPacked("rest.bin", "rest-12345678.bin", bytesOf, () => {}),
    { message: "rest.bin could not be loaded (404)." },
  );
  answer.mock.mockImplementation(async () => Promise.reject(new TypeError("Failed to fetch")));
  await assert.rejects(
    loadPacked("rest.bin", "rest-12345678.bin", bytesOf, () => {}),
    { message: "rest.bin could not be loaded (Failed to fetch)." },
  );
});

test("the page itself may be a web page, and what a file is follows from its name", async () => {
  assert.deepEqual(await loadPacked(SHELL, stream(gzipSync(PORTAL)), bytesOf), new Uint8Array(PORTAL));
  const type = (name) =>
    loadPacked(name, stream(gzipSync(DATA)), async (response) => response.headers.get("content-type"));
  assert.equal(await type(SCRIPT), "text/javascript");
  assert.equal(await type("numpy.bin"), "application/octet-stream");
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  assert.ok((await loadPacked(MODULE, stream(gzipSync(empty)), compileModule)) instanceof WebAssembly.Module);
});

test("a page has its files at hand, or knows where they are", () => {
  assert.equal(isInPage({ a: "a-12345678.bin" }), false);
  assert.equal(isInPage({ a: new Uint8Array() }), true);
});

test("a pack's files are put into their folders", () => {
  const files = { "a.pyc": utf8("one"), "site-packages/b.pyc": utf8("two"), "site-packages/c.pyc": utf8("") };
  const index = utf8(
    JSON.stringify(Object.fromEntries(Object.entries(files).map(([name, data]) => [name, data.length]))),
  );
  const pack = joined([new Uint8Array(Uint32Array.of(index.length).buffer), index, ...Object.values(files)]);
  const found = {};
  const folders = [];
  unpack(
    {
      mkdirTree: (path) => folders.push(path),
      writeFile: (path, data) => {
        found[path] = data;
      },
    },
    pack,
  );
  assert.deepEqual(
    found,
    Object.fromEntries(Object.entries(files).map(([name, data]) => [`${LIB}/${name}`, data])),
  );
  assert.deepEqual(folders, [LIB, `${LIB}/site-packages`]);
});

const text = (data) => [...encode(data)].map((part) => new TextDecoder("latin1").decode(part)).join("");

/** The bytes that a block holds as these symbols of seven bits; eight symbols are seven bytes. */
function ofSymbols(symbols) {
  const bits = symbols.map((symbol) => symbol.toString(2).padStart(7, "0")).join("");
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

test("whatever bytes are put into a block of the one file, they come out again, and HTML keeps all of the block", () => {
  const symbol = fc.constantFrom(0, 13, 60, 47, 33, 127, 120);
  const eight = fc.array(symbol, { minLength: 8, maxLength: 8 });
  const special = fc.array(eight, { maxLength: 20 }).map((list) => ofSymbols(list.flat()));
  hold(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), special), (data) => {
      const block = text(data);
      assert.deepEqual(joined([...decode(block)]), data);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what HTML does not keep
      assert.doesNotMatch(block, /[\0\r]|<\/|<!|[^\x00-\x7f]/);
    }),
    1000,
  );
});

test("a block of many pieces comes out as it was put in", () => {
  const data = Uint8Array.from({ length: 1_500_000 }, (_, at) => (at * 7919) >> 3);
  assert.deepEqual(Buffer.concat([...decode(text(data))]), Buffer.from(data));
});

test("the one file is its shell with what it opens with, which cannot end its block, then a block a file", async () => {
  const shell = '<body><script type="application/json" id="start">{}</script>';
  async function* files() {
    yield ["a.bin", utf8("one")];
  }
  const parts = [];
  for await (const part of oneFileParts(shell, { name: "</script><!--$&" }, files()))
    parts.push(typeof part === "string" ? part : new TextDecoder().decode(part));
  const page = parts.join("");
  assert.match(
    page,
    /id="start">\{"name":"\\u003c\/script>\\u003c!--\$&"\}<\/script><script type="text\/plain" data-name="a\.bin">/,
  );
  assert.ok(page.endsWith("</script>\n</body>\n</html>\n"));
  await assert.rejects(async () => {
    for await (const _ of oneFileParts("<body>", {}, files()));
  }, /shell\.bin is not as it was built/);
});

/** A snapshot as py/build/snapshot.mjs writes it: of a memory of four pages of sixteen bytes. */
function snapshot() {
  const [heap, cleared, page, runs, copies, head] = [64, 16, 16, 1, 1, utf8("HEAD")];
  const numbers = Uint32Array.of(
    heap,
    cleared,
    page,
    runs,
    copies,
    head.length,
    /* run: */ 2,
    1,
    /* copy: */ 48,
    0,
    4,
  );
  return joined([new Uint8Array(numbers.buffer), head, new Uint8Array(page).fill(7)]);
}

test("a snapshot puts back the pages it kept, copies what stands elsewhere, and clears the rest", () => {
  const memory = { buffer: Uint8Array.from({ length: 64 }, (_, at) => at + 1).buffer };
  restore(snapshot(), /** @type {any} */ (memory));
  const found = [...new Uint8Array(memory.buffer)];
  assert.deepEqual(
    found.slice(0, 16),
    Array.from({ length: 16 }, (_, at) => at + 1),
    "what comes before is Python's own",
  );
  assert.deepEqual(found.slice(16, 32), Array(16).fill(0));
  assert.deepEqual(found.slice(32, 48), Array(16).fill(7));
  assert.deepEqual(found.slice(48), [1, 2, 3, 4, ...Array(12).fill(0)]);
});

test("Pyodide sees a snapshot of the memory's size, and copies nothing itself", () => {
  const { heap, head } = readSnapshot(snapshot());
  let restored = 0;
  const stand = snapshotStandIn(
    heap,
    () => head,
    () => {
      restored += 1;
    },
  );
  assert.equal(stand.length, 64);
  assert.deepEqual(stand.subarray(0, 2), utf8("HE"));
  assert.equal(stand.byteLength, 4);
  assert.equal(restored, 0);
  assert.equal(stand.subarray(4).length, 0);
  assert.equal(restored, 1);
});
