/** Files and pasted text, in and out: what the page itself says of them. Python, which reads them, is played here. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createFiles } from "../../web/files/import-export.js";
import { MOST_CODE, programText } from "../../web/files/program-file.js";
import { POST } from "../../web/model/post.js";
import { createState } from "../../web/state/state.js";
import { frameOf } from "./tools/problems.mjs";

const TABLE = {
  inputs: ["a"],
  outputs: ["b"],
  rows: [
    [0, 0],
    [1, 1],
    [2, null],
  ],
};
const refused = (message) => ({ error: { message } });

/** A page whose Python answers by these; `said` is what the page says. */
function page(answers = {}, phase = "ready") {
  const state = createState(frameOf(), "");
  state.engine.value = /** @type {any} */ ({ phase });
  const asked = [];
  const door = new Proxy(
    {},
    {
      get: (_, name) =>
        name === "then"
          ? undefined
          : async (...given) => {
              asked.push(name);
              const answer = answers[name];
              return typeof answer === "function" ? answer(...given) : answer;
            },
    },
  );
  const files = createFiles(
    state,
    /** @type {any} */ ({ door: Promise.resolve(door), numpy: async () => {} }),
  );
  return {
    state,
    files,
    asked,
    said: () => [state.notice.value?.text, state.notice.value?.isError ?? false],
  };
}
const file = (name, text = "text") => new File([text], name);

test("a table takes the place of the one here, with its sizes in words and what was read of it", async () => {
  const { files, state, said } = page({
    readTable: { table: TABLE, note: "Decimal commas were read: 0,5 is 0.5." },
  });
  await files.importFile(file("mine.csv"));
  assert.deepEqual(said(), [
    "Imported mine.csv: 3 rows, 1 input, 1 output. Decimal commas were read: 0,5 is 0.5.",
    false,
  ]);
  assert.deepEqual(state.problem.value, { ...POST, table: TABLE });
  assert.equal(state.work.value.title, "mine");
  assert.equal(state.work.value.isBrought, true);
  state.undo();
  assert.equal(state.problem.value, POST);
});

test("one of a kind is counted in the singular", async () => {
  const { files, said } = page({ readTable: { table: { ...TABLE, rows: [[1, 1]] }, note: "" } });
  await files.importFile(file("a.csv"));
  assert.deepEqual(said(), ["Imported a.csv: 1 row, 1 input, 1 output.", false]);
});

test("a file is read by what its name says it is", async () => {
  const read = {
    readTable: { table: TABLE, note: "" },
    readProblem: { problem: POST, code: "" },
    readProgram: { problem: POST },
    writeProgram: { source: "x" },
  };
  for (const [name, method] of Object.entries({
    "a.csv": "readTable",
    "a.TSV": "readTable",
    "a.tenlines.json": "readProblem",
    "a.JSON": "readProblem",
    "a.py": "readProgram",
    a: "readTable",
  })) {
    const { files, asked } = page(read);
    await files.importFile(file(name));
    assert.equal(asked[0], method, name);
  }
});

test("what Python refuses leaves the table as it is, named with the file, whose long name is cut", async () => {
  const { files, state, said } = page({ readTable: refused("Line 3 has 1 value; it needs 2.") });
  await files.importFile(file(`${"y".repeat(200)}.csv`));
  assert.deepEqual(said(), [`${"y".repeat(39)}… was not imported. Line 3 has 1 value; it needs 2.`, true]);
  assert.equal(state.problem.value, POST);
});

test("a file that is too large is not even read", async () => {
  const { files, asked, said } = page();
  await files.importFile(file("large.csv", "x".repeat(6_000_000)));
  assert.deepEqual(said(), [
    "large.csv has 6.0 MB; the page takes up to 5 MB. Take a part of its rows.",
    true,
  ]);
  assert.deepEqual(asked, []);
});

test("what is dropped is one file, of a table, a saved problem or a program", async () => {
  const dropped = async (...names) => {
    const { files, said } = page({ readTable: { table: TABLE, note: "" } });
    await files.dropFiles(/** @type {any} */ (names.map((name) => file(name))));
    return said();
  };
  assert.match((await dropped("a.csv"))[0] ?? "", /^Imported a\.csv/);
  assert.deepEqual(await dropped("a.csv", "b.csv"), [
    "Drop one file at a time: the page holds one table.",
    true,
  ]);
  assert.deepEqual(await dropped("picture.png"), [
    "picture.png is no table: drop a .csv, .tsv, .txt, .tenlines.json or .py file.",
    true,
  ]);
  assert.match((await dropped())[0] ?? "", /^This is no table/);
});

test("while Python loads, what is asked of it is said to wait; where it could not be loaded, what to do", async () => {
  let loaded = () => {};
  const loading = new Promise((resolve) => {
    loaded = () => resolve({ table: TABLE, note: "" });
  });
  const { files, state, said } = page({ readTable: () => loading }, "loading");
  const importing = files.importFile(file("a.csv"));
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual(said(), ["Import waits until Python has loaded.", false]);
  loaded();
  await importing;
  assert.equal(state.problem.value.table, TABLE);
  const failed = page({}, "failed");
  await failed.files.paste("1\t2", 0, 0);
  assert.deepEqual(failed.said(), [
    "Paste needs Python, which could not be loaded. Press Retry, then try again.",
    true,
  ]);
});

test("what ends Python while it reads is said in its last line", async () => {
  const { files, said } = page({ readTable: () => Promise.reject(new Error("Traceback\nIt ended Python.")) });
  await files.importFile(file("a.csv"));
  assert.deepEqual(said(), ["a.csv was not imported. It ended Python.", true]);
});

test("a paste is a block over the cells, or a table in the place of the one here", async () => {
  const block = page({ readPaste: { block: [[7, 8], [9]], note: "1,5 is 1.5." } });
  await block.files.paste("…", 0, 1);
  assert.deepEqual(block.state.problem.value.table.rows.slice(0, 2), [
    [0, 7, 8, 0],
    [1, 9, 1, 1],
  ]);
  assert.deepEqual(block.said(), ["1,5 is 1.5.", false]);
  const table = page({ readPaste: { table: TABLE, note: "" } });
  await table.files.paste("…", 0, 0);
  assert.deepEqual(table.said(), ["Pasted a table: 3 rows, 1 input, 1 output.", false]);
  const refusing = page({ readPaste: refused("“1,200” can be 1200 or 1.2.") });
  await refusing.files.paste("…", 0, 0);
  assert.deepEqual(refusing.said(), ["Nothing was pasted. “1,200” can be 1200 or 1.2.", true]);
});

test("a paste of more columns than the page can draw is refused", async () => {
  const { files, state, said } = page({ readPaste: { block: [Array(999).fill(1)], note: "" } });
  await files.paste("…", 0, 3);
  assert.deepEqual(said(), [
    "Nothing was pasted. The table would have 1,002 columns; the page holds up to 1,000. Paste a part of them.",
    true,
  ]);
  assert.equal(state.problem.value, POST);
});

test("a program is its table again, or one of the learner's own, which does not run", async () => {
  const problem = { ...POST, training: { ...POST.training, iterations: 77 } };
  const its = page({ readProgram: { problem }, writeProgram: { source: "its text\n" } });
  await its.files.importFile(file("a.py", "its text\r\n"));
  assert.deepEqual(its.said(), ["Opened a.py: 5 rows, 3 inputs, 1 output.", false]);
  assert.equal(its.state.problem.value, problem);
  assert.equal(its.state.code.value, null, "the page writes the very same");
  const commented = page({ readProgram: { problem }, writeProgram: { source: "its text\n" } });
  await commented.files.importFile(file("a.py", "# mine\nits text\n"));
  assert.equal(commented.state.code.value?.source, "# mine\nits text\n");
  const own = page({ readProgram: { detached: true } });
  await own.files.importFile(file("a.py", "print(1)\n"));
  assert.deepEqual(own.said(), [
    "Opened a.py as a program of your own. Run runs it; the table stays as it is.",
    false,
  ]);
  assert.deepEqual(own.state.code.value, { source: "print(1)\n", isDetached: null });
});

test("what stands in a program's way is said", async () => {
  const opened = async (answer, text) => {
    const { files, said } = page({ readProgram: answer, writeProgram: { source: "" } });
    await files.importFile(file("a.py", text));
    return said();
  };
  const reading = "from numpy import genfromtxt\nt = genfromtxt('rows.csv')\n";
  assert.deepEqual(await opened(refused("Missing parentheses."), "print 'Python 2'\n"), [
    "Opened a.py as a program of your own. Python cannot read it: Missing parentheses.",
    true,
  ]);
  assert.match(
    (await opened({ detached: true }, reading))[0] ?? "",
    /It reads rows\.csv: where that is a table, import it first, then a\.py again\.$/,
  );
  assert.match(
    (await opened({ problem: POST }, reading))[0] ?? "",
    /^Opened a\.py with the rows that were here \(it reads its own from rows\.csv\): 5 rows/,
  );
});

test("names of columns stay where the table here is as wide as the program's", async () => {
  const wide = { ...POST, table: { inputs: ["p", "q"], outputs: ["r"], rows: [[0, 0, 0]] } };
  const given = [];
  const { files } = page({
    readProgram: (_, here) => {
      given.push(here);
      return { problem: wide };
    },
    writeProgram: { source: "" },
  });
  await files.importFile(file("a.py", "x = 1\n"));
  assert.equal(given.length, 2, "of another width, it is read once more, as the post's");
});

test("what is no program is refused before Python sees it", () => {
  const said = (bytes) => /** @type {any} */ (programText(bytes)).error.message;
  const bytes = (text) => new TextEncoder().encode(text);
  assert.equal(programText(bytes("x = 1\r\ny = 2\r")), "x = 1\ny = 2\n");
  assert.match(said(Uint8Array.of(0x89, 0x50, 0xff)), /UTF-8/);
  assert.match(said(bytes(" \n")), /empty/);
  assert.match(said(bytes("x = 1\0\n")), /binary/);
  assert.equal(
    said(bytes("x".repeat(MOST_CODE + 1))),
    "It has 500,001 characters; a program here has up to 500,000.",
  );
});
