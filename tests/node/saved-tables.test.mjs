/** Tables kept in the browser, with an IndexedDB in memory: what several tabs, an earlier version and a lost database do. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { POST } from "../../web/model/post.js";
import { dateText } from "../../web/model/words.js";
import { createDatabase } from "../../web/storage/database.js";
import { createJournal } from "../../web/storage/journal.js";
import { createTables } from "../../web/storage/saved-tables.js";
import { entryFrom, latestFirst } from "../../web/storage/table-record.js";
import "../../web/node_modules/fake-indexeddb/auto/index.mjs";
import { IDBFactory, IDBObjectStore } from "../../web/node_modules/fake-indexeddb/build/esm/index.js";
import { FakeStorage } from "./tools/browser.mjs";

const PREFIX = "tenlines.table.";
const DAMAGED = ["", "{", "null", '"text"', "[]", '{"name":1}', '{"problem":{"table":5},"original":{}}'];

let storage;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  storage = new FakeStorage();
});

/** As a tab of its own. */
function tab(whenLost = () => {}) {
  const journal = createJournal(() => storage);
  const database = createDatabase(whenLost);
  return { ...createTables(database, journal), journal };
}
const postWith = (...rows) => ({ ...POST, table: { ...POST.table, rows } });
const ROW = [0, 0, 1, 0];
const work = (more) => ({ title: "A table", original: POST, ...more });
const names = async (tables = tab()) => (await tables.list()).entries.map(({ name }) => name).sort();
const rowsOf = async (id) => (await tab().open(id))?.problem.table.rows;
const waiting = () => Object.keys(storage).filter((key) => key.startsWith(PREFIX));
const before = (name) =>
  JSON.parse(readFileSync(new URL(`../web/kept_before/${name}.json`, import.meta.url), "utf8"));
/** As the version before writes a table. */
const writeAsBefore = (id, rows, revision = Math.random().toString(36).slice(2)) => {
  const problem = { table: { rows } };
  const rest = { name: "Old", isNamed: true, changed: Date.now(), revision, code: "" };
  storage.setItem(PREFIX + id, JSON.stringify({ ...rest, problem, original: {} }));
};

for (const version of ["problems", "programs", "latest"]) {
  test(`what an earlier version has kept is there: ${version}`, async () => {
    const kept = before(version);
    Object.assign(storage, kept);
    DAMAGED.forEach((text, at) => {
      storage.setItem(`${PREFIX}damaged${at}`, text);
    });
    const { entries, isWhole } = await tab().list();
    assert.equal(isWhole, true);
    assert.equal(entries.length, Object.keys(kept).length);
    for (const entry of entries) {
      const was = JSON.parse(kept[PREFIX + entry.id]);
      assert.equal(entry.name, was.name);
      assert.equal(entry.changed, was.changed);
      assert.equal(entry.code, was.code ?? "");
      assert.equal(entry.from.code, was.originalCode ?? was.from?.code ?? "");
      for (const part of ["problem", "original"])
        for (const name of ["table", "network", "training"])
          assert.deepEqual(entry[part][name], { ...POST[name], ...was[part][name] });
    }
    assert.deepEqual(
      waiting(),
      DAMAGED.map((_, at) => `${PREFIX}damaged${at}`),
      "what is no table is left where it is",
    );
    assert.equal((await tab().list()).entries.length, entries.length, "and it stays");
  });
}

test("a taking over that breaks off before it is complete loses nothing", async () => {
  Object.assign(storage, before("latest"));
  const all = waiting().length;
  const put = IDBObjectStore.prototype.put;
  let puts = 0;
  IDBObjectStore.prototype.put = function (...given) {
    puts += 1;
    if (puts > 2) throw new DOMException("full", "QuotaExceededError");
    return put.apply(this, given);
  };
  const tables = tab();
  assert.equal((await tables.list()).entries.length, all, "they are shown from where they are");
  assert.equal(waiting().length, all);
  IDBObjectStore.prototype.put = put;
  assert.equal(await createDatabase(() => {}).read((kept) => kept.count()), 0, "all of it or nothing");
  assert.equal((await tables.list()).entries.length, all);
  assert.deepEqual(waiting(), []);
});

test("a taking over that breaks off before localStorage is emptied brings nothing twice", async () => {
  const kept = before("latest");
  Object.assign(storage, kept);
  await tab().list();
  Object.assign(storage, kept);
  assert.equal((await tab().list()).entries.length, Object.keys(kept).length);
  assert.deepEqual(waiting(), []);
});

test("a tab of the version before goes on: over what it wrote, beside what was changed here", async () => {
  writeAsBefore("x", [ROW]);
  const tables = tab();
  const entry = await tables.open("x");
  writeAsBefore("x", [ROW, ROW]);
  assert.deepEqual(await rowsOf("x"), [ROW, ROW]);
  assert.deepEqual(await names(), ["Old"]);

  const here = { title: "Old", original: POST, saved: entry, id: "x" };
  assert.equal(await tables.save({ work: here, problem: postWith([1, 1, 1, 1]), code: "" }), "beside");
  const opened = await tab().open("x");
  const other = tab();
  await other.open("x");
  const there = { title: "Old", original: POST, saved: opened, id: "x" };
  assert.equal(await other.save({ work: there, problem: postWith([0, 1, 0, 1]), code: "" }), "kept");
  for (const many of [3, 4, 5]) {
    writeAsBefore("x", Array(many).fill(ROW));
    await tab().list();
  }
  assert.deepEqual(await names(), ["Old", "Old (from another tab)", "Old (from another tab)"]);
  assert.deepEqual(await rowsOf("x"), [[0, 1, 0, 1]]);
  assert.equal((await rowsOf("x~")).length, 5, "one table for all its edits, the last of them");
});

test("what was renamed or deleted here, and is worked on in a tab of the version before, is lost in neither", async () => {
  writeAsBefore("x", [ROW]);
  writeAsBefore("y", [ROW]);
  const tables = tab();
  await tables.rename({ id: "x" }, "Mine");
  await tables.remove({ id: "y" });
  writeAsBefore("x", [ROW, ROW]);
  writeAsBefore("y", [ROW, ROW]);
  assert.deepEqual(await names(), ["Mine", "Old", "Old (from another tab)"]);
});

test("two tabs on one table: the second is kept beside the first, and both go on", async () => {
  const [one, two] = [tab(), tab()];
  const mine = work();
  assert.equal(await one.save({ work: mine, problem: postWith(ROW), code: "" }), "kept");
  const saved = await two.open(mine.id);
  const theirs = work({ saved, id: saved.id });
  assert.equal(await two.save({ work: theirs, problem: postWith(ROW, ROW), code: "" }), "kept");
  assert.equal(await one.save({ work: mine, problem: postWith([1, 1, 1, 1]), code: "" }), "beside");
  assert.equal(await one.save({ work: mine, problem: postWith([1, 1, 1, 0]), code: "" }), "kept");
  assert.equal(await two.save({ work: theirs, problem: postWith(ROW, ROW, ROW), code: "" }), "kept");
  assert.deepEqual(await names(), ["A table, edited", "A table, edited (from another tab)"]);
  assert.equal((await rowsOf(theirs.id)).length, 3);
  assert.deepEqual(await rowsOf(mine.id), [[1, 1, 1, 0]]);
});

test("two tabs that save at the same moment lose nothing", async () => {
  const one = tab();
  const mine = work();
  await one.save({ work: mine, problem: postWith(ROW), code: "" });
  const others = await Promise.all(
    [1, 2, 3].map(async (many) => {
      const tables = tab();
      const saved = await tables.open(mine.id);
      return {
        tables,
        reached: {
          work: work({ saved, id: saved.id }),
          problem: postWith(...Array(many + 1).fill(ROW)),
          code: "",
        },
      };
    }),
  );
  const outcomes = await Promise.all(others.map(({ tables, reached }) => tables.save(reached)));
  assert.deepEqual(outcomes.sort(), ["beside", "beside", "kept"]);
  const { entries } = await tab().list();
  assert.deepEqual(entries.map(({ problem }) => problem.table.rows.length).sort(), [2, 3, 4]);
});

test("what is brought back never comes over what was kept since", async () => {
  const [one, two] = [tab(), tab()];
  const mine = work({ title: "Lesson", isNamed: true });
  await one.save({ work: mine, problem: postWith(ROW), code: "" });
  const [deleted] = (await two.list()).entries;
  await two.remove(deleted);
  assert.equal(await one.save({ work: mine, problem: postWith(ROW, ROW), code: "" }), "again");
  const back = await two.bringBack(deleted);
  assert.equal(back.name, "Lesson (brought back)");
  assert.deepEqual(await names(), ["Lesson", "Lesson (brought back)"]);
  assert.equal((await rowsOf(mine.id)).length, 2);
  assert.equal((await rowsOf(back.id)).length, 1);
  assert.equal(await one.save({ work: mine, problem: postWith(ROW, ROW, ROW), code: "" }), "kept");
  await two.remove(back);
  assert.equal((await two.bringBack(back)).name, "Lesson (brought back)", "once is enough");
});

test("what is brought back to a free place is the same table again", async () => {
  const tables = tab();
  const mine = work();
  await tables.save({ work: mine, problem: postWith(ROW), code: "" });
  const [deleted] = (await tables.list()).entries;
  await tables.remove(deleted);
  assert.equal((await tables.bringBack(deleted)).id, deleted.id);
  assert.equal(await tables.save({ work: mine, problem: postWith(ROW, ROW), code: "" }), "kept");
  assert.deepEqual(await names(), ["A table, edited"]);
});

test("a name with no room for more still says where it comes from", async () => {
  const [one, two] = [tab(), tab()];
  const mine = work({ title: "x".repeat(500), isNamed: true });
  await one.save({ work: mine, problem: postWith(ROW), code: "" });
  const [deleted] = (await two.list()).entries;
  await two.remove(deleted);
  await one.save({ work: mine, problem: postWith(ROW, ROW), code: "" });
  const { name } = await two.bringBack(deleted);
  assert.equal(name.length, 500);
  assert.match(name, / \(brought back\)$/);
});

test("what a page wrote in its last moment comes over what it had kept, whenever that was complete", async () => {
  for (const isLate of [false, true]) {
    globalThis.indexedDB = new IDBFactory();
    const tables = tab();
    const mine = work();
    await tables.save({ work: mine, problem: postWith(ROW), code: "" });
    const saving = tables.save({ work: mine, problem: postWith(ROW, ROW), code: "" });
    if (!isLate) await saving;
    tables.saveAtOnce({ work: mine, problem: postWith(ROW, ROW, ROW), code: "print()" });
    await saving;
    assert.equal((await rowsOf(mine.id)).length, 3);
    assert.deepEqual(await names(), ["A table, edited"]);
    assert.deepEqual(waiting(), []);
  }
});

test("what a page wrote in its last moment, and has gone on from, does not come back", async () => {
  const tables = tab();
  const mine = work();
  tables.saveAtOnce({ work: mine, problem: postWith(ROW), code: "" });
  const left = { ...storage };
  await tables.save({ work: mine, problem: postWith(ROW, ROW), code: "" });
  Object.assign(storage, left); // as if nobody had taken it over
  assert.equal((await rowsOf(mine.id)).length, 2);
  assert.deepEqual(await names(), ["A table, edited"]);
});

test("what a page wrote in its last moment stands beside what another tab has kept since", async () => {
  const [one, two] = [tab(), tab()];
  const mine = work();
  await one.save({ work: mine, problem: postWith(ROW), code: "" });
  const saved = await two.open(mine.id);
  one.saveAtOnce({ work: mine, problem: postWith(ROW, ROW), code: "" });
  const left = { ...storage };
  for (const key of waiting()) storage.removeItem(key);
  await two.save({ work: work({ saved, id: saved.id }), problem: postWith(), code: "" });
  Object.assign(storage, left);
  assert.deepEqual(await names(), ["A table, edited", "A table, edited (from another tab)"]);
});

test("without a database, what waits in localStorage is listed and opened, and moves when there is one again", async () => {
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = () => {
    throw new DOMException("no", "SecurityError");
  };
  const tables = tab();
  const mine = work();
  await assert.rejects(tables.save({ work: mine, problem: postWith(ROW), code: "" }), {
    name: "SecurityError",
  });
  tables.saveAtOnce({ work: mine, problem: postWith(ROW), code: "" });
  const { entries, isWhole } = await tables.list();
  assert.equal(isWhole, false);
  assert.equal(entries.length, 1);
  assert.equal((await tables.open(mine.id)).problem.table.rows.length, 1);
  IDBFactory.prototype.open = open;
  assert.equal(await tables.save({ work: mine, problem: postWith(ROW, ROW), code: "" }), "kept");
  assert.deepEqual(waiting(), []);
  assert.equal((await rowsOf(mine.id)).length, 2);
});

test("a database that is deleted while it is open is told of, and begun anew", async () => {
  let lost = 0;
  const tables = tab(() => {
    lost += 1;
  });
  const mine = work();
  await tables.save({ work: mine, problem: postWith(ROW), code: "" });
  await new Promise((resolve, reject) => {
    Object.assign(indexedDB.deleteDatabase("tenlines"), {
      onsuccess: resolve,
      onerror: reject,
      onblocked: reject,
    });
  });
  assert.equal(lost, 1);
  assert.equal(await tables.save({ work: mine, problem: postWith(ROW, ROW), code: "" }), "again");
  assert.deepEqual(await names(), ["A table, edited"]);
});

test("a later version of the database is not held up, and not written to", async () => {
  const tables = tab();
  const mine = work();
  await tables.save({ work: mine, problem: postWith(ROW), code: "" });
  const later = await new Promise((resolve, reject) => {
    const request = indexedDB.open("tenlines", 2);
    Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject, onblocked: reject });
  });
  await assert.rejects(tables.save({ work: mine, problem: postWith(), code: "" }), { name: "VersionError" });
  assert.equal((await tables.list()).isWhole, false);
  later.close();
});

test("a date that is none, or lies in the future, says nothing about what was changed last", () => {
  const now = Date.UTC(2026, 10, 29);
  const dates = {
    yesterday: now - 86_400_000,
    today: now - 1000,
    tomorrow: now + 3_600_000, // within what clocks differ
    far: Date.UTC(2099, 0, 1),
    none: undefined,
    text: "yesterday",
    nothing: null,
    endless: 1e300,
    negative: -5,
  };
  const entries = Object.entries(dates).map(([id, changed]) =>
    entryFrom({ name: id, changed, problem: {}, original: {} }, id),
  );
  const order = latestFirst(entries, now).map(({ id }) => id);
  assert.deepEqual(order.slice(0, 4), ["tomorrow", "today", "yesterday", "far"]);
  for (const { id, changed } of entries) {
    assert.doesNotMatch(dateText(changed), /Invalid/);
    assert.equal(
      dateText(changed) === "at an unknown time",
      !["yesterday", "today", "tomorrow", "far"].includes(id),
    );
  }
  assert.match(dateText(dates.far), /2099|2098/, "a year that is not this one is said");
});
