/** What is kept of a table, what the address says of it, and what a reload, Back or a link opens. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { createDocuments, showAddress } from "../../web/documents/documents.js";
import { initialFrom } from "../../web/documents/initial.js";
import { readLink, writeLink } from "../../web/documents/link.js";
import { setCell } from "../../web/model/edits.js";
import { POST } from "../../web/model/post.js";
import { withSetting } from "../../web/model/settings.js";
import { createState } from "../../web/state/state.js";
import "../../web/node_modules/fake-indexeddb/auto/index.mjs";
import { IDBFactory } from "../../web/node_modules/fake-indexeddb/build/esm/index.js";
import { newTab, until } from "./tools/browser.mjs";
import { frameOf } from "./tools/problems.mjs";

const edited = (value = 7) => setCell(POST, 0, 0, value);
const firstCell = (problem) => problem.table.rows[0][0];

/** Every page that a test has opened. */
const pages = new Set();

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(async () => {
  for (const page of pages) await until(() => page.onbeforeunload === null, "everything to be kept");
  pages.clear();
});

/** The page as it opens in a tab. */
async function open(tab, initial = initialFrom(null)) {
  const state = createState(frameOf(), "");
  if (initial.problem !== POST) state.open(initial.problem, initial.work, initial.code);
  pages.add(tab.page);
  const documents = createDocuments(state, initial, tab.page);
  await documents.start(() => {});
  const offer = (id) => state.offers.value.find((one) => one.id === id);
  const kept = async () => (await documents.tables.list()).entries;
  const isSettled = () => tab.page.onbeforeunload === null;
  return { state, documents, offer, kept, isSettled, shown: () => firstCell(state.problem.value) };
}

const isKept = (page, value) =>
  until(async () => (await page.kept()).some(({ problem }) => firstCell(problem) === value), `${value} kept`);
const inAddress = async (tab) => (await readLink(new URL(tab.address).hash))?.problem ?? POST;
const addressSays = (tab, value) =>
  until(async () => firstCell(await inAddress(tab)) === value, `${value} in the address`);

test("An edit is kept and stands in the address, and a reload goes on with it", async () => {
  const tab = newTab();
  const page = await open(tab);
  page.state.edit(edited());
  await isKept(page, 7);
  await addressSays(tab, 7);
  assert.equal(tab.page.asksBeforeLeaving(), false);
  tab.reload();
  const again = await open(tab);
  assert.equal(again.shown(), 7);
  assert.equal(again.state.work.value.id, page.state.work.value.id, "it is the same kept table");
});

test("The table as it came is not kept, and the bare address stays bare", async () => {
  const tab = newTab();
  const page = await open(tab);
  page.state.edit(edited());
  await addressSays(tab, 7);
  page.state.undo();
  await until(() => !tab.address.includes("#"), "the bare address");
  const fresh = await open(newTab());
  assert.deepEqual(await fresh.kept(), await page.kept());
  assert.equal((await page.kept()).length, 1, "only what was edited");
});

test("What was typed in the last moment is there after a reload", async () => {
  const tab = newTab();
  const page = await open(tab);
  page.state.edit(edited(1));
  await isKept(page, 1);
  page.state.edit(edited(8)); // neither the database nor the address has had the time
  tab.reload();
  assert.equal((await open(tab)).shown(), 8);
});

test("A reload that begins before the address is written and ends after it shows the same table", async () => {
  for (const write of [() => writeLink(edited(5)), () => writeLink(edited(6), { name: "A name" })]) {
    const tab = newTab();
    const page = await open(tab);
    const before = tab.address;
    const { problem, name } = await readLink(await write());
    page.state.begin(problem, { title: name, isNamed: name !== "", original: problem }, "");
    await addressSays(tab, firstCell(problem));
    await until(() => page.isSettled(), "everything to be noted");
    const { address } = tab;
    tab.reload(before);
    const again = await open(tab);
    assert.equal(again.shown(), firstCell(problem));
    assert.equal(tab.address, address);
    assert.deepEqual(await again.kept(), [], "it was not edited");
  }
});

test("What was chosen is there after a reload of which the browser has not told the page", async () => {
  const tab = newTab();
  const page = await open(tab);
  const problem = edited(4);
  page.state.begin(problem, { title: "An example", isNamed: false, original: problem }, "");
  tab.reload(undefined, false);
  assert.equal((await open(tab)).shown(), 4);
});

test("What was typed in the last moment before a tab is closed is there in the next one", async () => {
  const tab = newTab();
  const page = await open(tab);
  page.state.edit(edited(1));
  await isKept(page, 1);
  page.state.edit(edited(8));
  tab.leave();
  const later = await open(newTab({ localStorage: tab.localStorage }));
  await later.offer("saved").acts[0].act();
  assert.equal(later.shown(), 8);
});

test("Asked for anew, the bare address is the post's table and offers the one that was kept", async () => {
  const tab = newTab();
  const page = await open(tab);
  page.state.edit(edited());
  await isKept(page, 7);
  const later = await open(newTab({ localStorage: tab.localStorage }));
  assert.equal(later.shown(), 0);
  const offer = later.offer("saved");
  assert.match(offer.text, /is kept in this browser/);
  await offer.acts[0].act();
  assert.equal(later.shown(), 7);
});

test("A link opens what it says, and nothing of it is kept before it is edited", async () => {
  const link = await writeLink(edited(5), { name: "From a teacher" });
  const tab = newTab({ address: `https://tenlines.example/${link}` });
  const page = await open(tab);
  assert.equal(page.shown(), 5);
  assert.equal(page.state.work.value.title, "From a teacher");
  assert.deepEqual(await page.kept(), []);
});

test("A broken link is said, and what is on show stays", async () => {
  const tab = newTab();
  const page = await open(tab);
  page.state.edit(edited());
  await addressSays(tab, 7);
  tab.go("#v1=broken");
  await until(() => page.offer("link"), "a sentence on the link");
  assert.match(page.offer("link").text, /This link is broken/);
  assert.equal(page.shown(), 7);
});

test("Going to a link while an edit is still to reach the address opens the link, and the edit is kept", async () => {
  const tab = newTab();
  const page = await open(tab);
  page.state.edit(edited(6));
  const link = await writeLink(edited(5));
  tab.go(link, 400); // a browser tells of it moments after
  await until(() => page.shown() === 5, "the table of the link");
  await isKept(page, 6);
  assert.equal(new URL(tab.address).hash, link, "the address of the link was not written over");
});

test("Back shows the table that was there before, as it was left", async () => {
  const tab = newTab();
  const page = await open(tab);
  const link = await writeLink(edited(5));
  page.state.edit(edited(6)); // which the address has no time to say
  await isKept(page, 6);
  tab.go(link);
  await until(() => page.shown() === 5, "the table of the link");
  tab.back();
  await until(() => page.shown() === 6, "the table of before");
});

test("Two tabs that change one kept table each keep theirs", async () => {
  const tab = newTab();
  const page = await open(tab);
  page.state.edit(edited(1));
  await isKept(page, 1);
  const other = await open(newTab({ localStorage: tab.localStorage }));
  await other.offer("saved").acts[0].act();
  other.state.edit(setCell(other.state.problem.value, 0, 0, 2));
  await isKept(other, 2);
  page.state.edit(edited(3));
  await until(() => page.offer("beside"), "a sentence on the other tab");
  await isKept(page, 3);
  assert.deepEqual((await page.kept()).map(({ problem }) => firstCell(problem)).sort(), [2, 3]);
});

test("Where no storage may be used the address keeps the table, and that is said", async () => {
  const tab = newTab();
  tab.block();
  globalThis.indexedDB = { open: () => assert.fail(new DOMException("no", "SecurityError")) };
  const page = await open(tab);
  page.state.edit(edited());
  await until(() => page.offer("storage"), "a sentence on the storage");
  assert.match(page.offer("storage").text, /Take it along with Share or Download/);
  await addressSays(tab, 7);
  tab.block(false);
  globalThis.indexedDB = new IDBFactory();
  tab.page.tell("visibilitychange");
  await isKept(page, 7);
  await until(() => !page.offer("storage"), "the sentence to go");
});

test("The browser asks before a table is left that neither storage nor address has room for", async () => {
  const tab = newTab();
  tab.block();
  globalThis.indexedDB = { open: () => assert.fail(new DOMException("no", "SecurityError")) };
  const page = await open(tab);
  const rows = Array.from({ length: 4000 }, (_, at) => [Math.sin(at), Math.cos(at), at / 7, 1]);
  page.state.edit({ ...POST, table: { ...POST.table, rows } });
  assert.equal(tab.page.asksBeforeLeaving(), true);
  await until(() => page.offer("storage"), "a sentence on the storage");
  assert.equal(tab.page.asksBeforeLeaving(), true);
  tab.block(false);
  globalThis.indexedDB = new IDBFactory();
  tab.page.tell("visibilitychange");
  await until(() => !tab.page.asksBeforeLeaving(), "the table to be kept");
});

test("The one file begins with its own table, and the address of that is the bare one", async () => {
  const initial = initialFrom(JSON.stringify({ problem: edited(4), name: "Exercise 3", code: "" }));
  const tab = newTab({ address: "file:///exercise.html" });
  const page = await open(tab, initial);
  assert.equal(page.shown(), 4);
  page.state.edit(withSetting(page.state.problem.value, "training.seed", 2));
  await until(() => tab.address.includes("#"), "an address that says the edit");
  page.state.undo();
  await until(() => !tab.address.includes("#"), "the bare address");
});

const wrong = (changes) => JSON.stringify({ problem: { ...POST, ...changes } });
const NO_START = {
  nothing: null,
  "an empty text": "",
  "no JSON": "{",
  "a list": "[1]",
  "no problem": '{"problem": null}',
  "a problem that is a text": '{"problem": "none"}',
  "a part that is not known": '{"problem": {"new": 1}}',
  "a cell that is an object": wrong({ table: { inputs: ["a"], outputs: ["b"], rows: [[{}, 1]] } }),
  "a ragged row": wrong({ table: { inputs: ["a"], outputs: ["b"], rows: [[1]] } }),
  "another part": wrong({ colour: "red" }),
  "a network of nothing": wrong({ network: { hidden: [null], output: "sigmoid", bias: false } }),
  "a prototype": '{"__proto__": {"problem": 1}, "constructor": 1}',
};

test("What somebody has written into a one file is checked: where it is no table the post's is shown", () => {
  for (const [kind, text] of Object.entries(NO_START)) {
    const initial = initialFrom(text);
    assert.equal(initial.problem, POST, kind);
    assert.deepEqual([initial.code, initial.name], ["", ""], kind);
  }
});

test("The table of a one file has the post's settings where it says none, and code of any length", () => {
  const table = {
    inputs: ["a"],
    outputs: ["b"],
    rows: [
      [1, 0],
      [2, null],
    ],
  };
  const code = `print('long')\n${"# a line of data\n".repeat(7000)}`;
  const initial = initialFrom(JSON.stringify({ problem: { table }, code, name: "" }));
  assert.deepEqual(initial.problem, { ...POST, table });
  assert.equal(initial.code, code);
  assert.deepEqual([initial.name, initial.work.title], ["", "The table of this file"]);
});

test("In another page's frame the table of the address is shown, nothing is kept, and the address stays", async () => {
  const address = `https://tenlines.example/${await writeLink(edited(5))}&show=data`;
  const tab = newTab({ address });
  const state = createState(frameOf(), "");
  await showAddress(state, initialFrom(null), tab.page);
  assert.equal(firstCell(state.problem.value), 5);
  state.edit(edited(6));
  await new Promise((resolve) => setTimeout(resolve, 400)); // longer than an address waits to be written
  assert.equal(tab.address, address);
  assert.deepEqual(await indexedDB.databases(), []);
  tab.go("#show=code");
  await until(() => tab.page.reloads === 1, "a reload");
});
