// node --test samples.mjs: what earlier versions wrote (tests/samples), read by the page's own modules.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { decode, encode } from "../../../web/site/one-file-format.js";
import { createDatabase } from "../../../web/storage/database.js";
import { createJournal } from "../../../web/storage/journal.js";
import { readLink } from "../../../web/documents/link.js";
import { createTables } from "../../../web/storage/saved-tables.js";
import { openedFrom } from "../../../web/model/schema.js";
import { POST } from "../../../web/model/post.js";
import "../../../web/node_modules/fake-indexeddb/auto/index.mjs";
import { IDBFactory } from "../../../web/node_modules/fake-indexeddb/build/esm/index.js";

const SAMPLES = new URL("../../samples/", import.meta.url);
const VERSIONS = readdirSync(SAMPLES);

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

for (const version of VERSIONS) {
  const text = (name) => readFileSync(new URL(`${version}/${name}`, SAMPLES), "utf8");
  const json = (name) => JSON.parse(text(name));
  const samples = json("samples.json");
  const saved = ({ of, problem = json(`${of}.tenlines.json`) }) => ({ ...problem, ...whole(problem) });

  for (const sample of samples) {
    test(`${version}: the links of ${sample.of} say what they said`, async () => {
      const { code = "", ...problem } = saved(sample);
      const said = { problem, code, name: sample.name };
      const { trained: none, ...opened } = await readLink(sample.link);
      assert.deepEqual([opened, none], [said, undefined]);
      if (!sample.trained) return;
      const { link, iteration, weights } = sample.trained;
      const { trained, ...again } = await readLink(link);
      assert.deepEqual(again, said);
      assert.deepEqual([trained.iteration, [...trained.state]], [iteration, weights]);
    });
  }

  test(`${version}: the tables kept in the browser are listed, whole`, async () => {
    const records = json("database.json");
    await write(records);
    const tables = createTables(
      createDatabase(() => {}),
      createJournal(() => ({ getItem: () => null, removeItem() {}, setItem() {} })),
    );
    const { entries, isWhole } = await tables.list();
    assert.equal(isWhole, true);
    assert.equal(entries.length, records.length);
    for (const { problem, original, ...rest } of records) {
      const entry = entries.find(({ id }) => id === rest.id);
      assert.deepEqual(entry, { ...rest, problem: whole(problem), original: whole(original) });
    }
  });

  test(`${version}: what a one-file copy opens with is read, and its files are`, () => {
    const { problem, code, name } = JSON.parse(/>(.*)<\/script>/.exec(text("start.html"))[1]);
    const { of, ...start } = json("start.json");
    assert.deepEqual(openedFrom({ ...problem, code, name }), { ...start, problem: saved({ of }) });
    const block = json("block.json");
    const bytes = Buffer.from(block.bytes, "base64");
    assert.deepEqual(Buffer.concat([...decode(block.text)]).subarray(0, bytes.length), bytes);
    assert.equal(Buffer.concat([...encode(bytes)]).toString("latin1"), block.text, "a copy of a copy is the same file");
  });
}

/** What a record leaves out, as what is newer than it, is as in the post. */
const whole = (brief) =>
  Object.fromEntries(Object.entries(POST).map(([name, usual]) => [name, { ...usual, ...brief[name] }]));

/** As an earlier version did: a database of version 1, a record a table. */
const write = (records) =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open("tenlines", 1);
    request.onerror = reject;
    request.onupgradeneeded = () => request.result.createObjectStore("tables", { keyPath: "id" });
    request.onsuccess = () => {
      const change = request.result.transaction("tables", "readwrite");
      for (const record of records) change.objectStore("tables").put(record);
      change.oncomplete = () => {
        request.result.close();
        resolve();
      };
    };
  });
