/** What the status says, in one sentence. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { POST } from "../../web/model/post.js";
import { runOf } from "../../web/model/run.js";
import { isProblem, statusText } from "../../web/view/bar/status-text.js";
import { frameOf } from "./tools/problems.mjs";

const ANSWER = "Row 5, y: 0.99994, likely 1.";

/** The part of the state that the status is about. */
function state({
  run = {},
  notice = null,
  engine = { phase: "ready" },
  problem = POST,
  isWaiting = false,
  unsettled = new Set(),
} = {}) {
  const shown = { ...runOf(problem, frameOf()), phase: "done", seconds: 0.0006, ...run };
  return {
    notice: { value: notice },
    walk: { isWaiting: { value: isWaiting } },
    run: { value: shown },
    unsettled: { value: unsettled },
    problem: { value: problem },
    engine: { value: engine },
  };
}
const said = (more) => statusText(state(more));
const table = (inputs, outputs, ...rows) => ({ ...POST, table: { inputs, outputs, rows } });
const outputs = (...values) => frameOf({ outputs: Float64Array.from(values) });

test("a step that waits for the values of the program is said to", () => {
  assert.match(said({ isWaiting: true }), /^Step into begins as soon as/);
});

test("before Python is there, the answer is said to be worked out beforehand; an edit waits", () => {
  assert.match(
    said({ run: { phase: "before" } }),
    /^Row 5, y: 0\.99994, likely 1, worked out beforehand\. Python is loading/,
  );
  const edited = { ...state({ run: { phase: "before" } }), problem: { value: { ...POST } } };
  assert.equal(statusText(edited), "Python is loading. Your table trains as soon as it is there.");
  assert.match(said({ run: { phase: "before" }, engine: { phase: "failed" } }), /press Retry/);
});

test("each phase of a run has its sentence", () => {
  const at = (iteration, more = {}) => ({ frame: frameOf({ iteration }), trained: iteration, ...more });
  assert.equal(said(), `${ANSWER} Trained 10,000 iterations in 0.6 ms.`);
  assert.equal(said({ run: at(1) }), `${ANSWER} Trained 1 iteration in 0.6 ms.`);
  assert.equal(said({ run: { phase: "running" } }), "Training…");
  assert.equal(
    said({ run: at(1_234, { phase: "stopped" }) }),
    "Stopped at iteration 1,234. Train goes on from here, Reset goes back to the start.",
  );
  assert.equal(said({ run: at(0, { phase: "reset" }) }), `Back at iteration 0, the random start. ${ANSWER}`);
  assert.equal(
    said({ run: at(500, { phase: "given" }) }),
    `${ANSWER} These are the weights that came with the link, of iteration 500.`,
  );
  assert.equal(said({ run: at(1_024, { phase: "sought" }) }), `${ANSWER} At iteration 1,024 of 10,000.`);
  assert.equal(
    said({ run: { phase: "refused", refusal: { message: "Row 2, x3: “abc”." } } }),
    "Row 2, x3: “abc”.",
  );
  assert.equal(
    said({ run: { fallback: "no vectors here" } }),
    `${ANSWER} Trained 10,000 iterations in 0.6 ms by NumPy: the compiled engine failed.`,
  );
});

test("weights set by hand are said to be so, and what is trained from them", () => {
  const hand = { problem: POST, iteration: 4_000, state: Float64Array.of(1, 2, 3) };
  const run = (phase, iteration) => ({
    run: { phase, hand, frame: frameOf({ iteration }), trained: iteration },
  });
  assert.equal(
    said(run("hand", 4_000)),
    `${ANSWER} Weights set by hand, at iteration 4,000. Train goes on from them, Undo takes the change back, Reset begins again at the random start.`,
  );
  assert.equal(
    said(run("sought", 5_000)),
    `${ANSWER} At iteration 5,000 of 10,000, from weights set by hand.`,
  );
  assert.equal(
    said(run("done", 10_000)),
    `${ANSWER} Trained 6,000 iterations in 0.6 ms, from weights set by hand.`,
  );
});

test("where a penalty can be the cause of numbers too large, it is named, too", () => {
  const problem = { ...POST, training: { ...POST.training, l2: 1e6 } };
  const run = { phase: "diverged", diverged: 52 };
  assert.match(
    said({ problem, run }),
    /The learning rate 1 or L2 1000000 is too high for this table: make it smaller/,
  );
});

test("rows held out have an error of their own", () => {
  const run = { frame: frameOf({ held_out_error: 0.25 }), heldOut: new Set([1, 3]) };
  assert.match(said({ run }), /0\.6 ms\. Mean error 0\.25000 on 2 rows held out, 0\.00795 on the others\.$/);
});

test("a long training says how long it still takes, in words that seldom change", () => {
  const run = (trained, seconds) => said({ run: { phase: "running", trained, seconds } });
  assert.equal(run(0, 0), "Training…");
  assert.equal(run(5_000, 1), "Training…", "one second is not long");
  for (const seconds of [11, 12, 14])
    assert.match(run(5_000, seconds), /^Training: about 15 s left. Stop ends it\.$/);
  assert.match(run(1, 0.4), /about 2 hours left/);
  assert.match(run(1, 60), /about 7 days left/);
  assert.match(run(100, 0.6), /about 1 min left/);
});

test("a run that diverged says where, why and what to do", () => {
  const text = said({ run: { phase: "diverged", diverged: 7, frame: frameOf({ iteration: 6 }) } });
  assert.match(
    text,
    /^At iteration 7 the numbers grew too large .*learning rate 1 is too high .*make it smaller, or undo\. This is iteration 6\.$/,
  );
});

test("of many answers three are said and the rest counted; none is asked for in words", () => {
  const five = table(["a"], ["b"], ...Array.from({ length: 5 }, (_, at) => [at, null]), [1, 1], [0, 0]);
  const run = { frame: outputs(0.95, 0.5, 0.05, 0.7, 0.7, 0.9, 0.1) };
  assert.match(
    said({ problem: five, run }),
    /^Row 1, b: 0\.95000, likely 1\. Row 2, b: 0\.50000, not sure\. Row 3, b: 0\.05000, likely 0\. And 2 more\. Trained/,
  );
  assert.match(
    said({ problem: table(["a"], ["b"], [0, 1]), run: { frame: outputs(0.9) } }),
    /^No cell is \?: put \? where you want/,
  );
});

test("of shares of 1 the largest comes first", () => {
  const digits = table(
    ["a"],
    ["p", "q", "r", "s"],
    [0, 1, 0, 0, 0],
    [1, null, null, null, null],
    [2, 0, 0, 0, 1],
  );
  const problem = { ...digits, network: { ...digits.network, output: "softmax" } };
  const run = { frame: outputs(1, 0, 0, 0, 0.1, 0.38, 0.06, 0.46, 0, 0, 0, 1) };
  assert.match(
    said({ problem, run }),
    /^Row 2, s: 0\.46000, not sure\. Row 2, q: 0\.38000, leans to 0\. Row 2, p: 0\.10000, likely 0\. And 1 more\./,
  );
  assert.match(
    said({ problem: digits, run }),
    /^Row 2, p: 0\.10000, likely 0\. Row 2, q: /,
    "else as in the table",
  );
});

test("answers that are worth nothing are said to be, once", () => {
  const prices = table(["size"], ["price"], [20, 31_000], [30, 42_000], [40, null], [50, null]);
  assert.match(
    said({ problem: prices, run: { frame: outputs(1, 1, 1, 1) } }),
    /^Row 3, price: 1\.00000\. Row 4, price: 1\.00000\. It has not learned this table: 2 of 2 rows are wrong\. Trained/,
  );
  const advice = "Row 1, price: 31000 is out of reach.";
  assert.match(
    said({ problem: prices, run: { frame: outputs(1, 1, 1, 1), advice } }),
    /^Row 3, price: 1\.00000\. Row 4, price: 1\.00000\. It has .+ wrong\. Row 1, price: 31000 is out of reach\. Trained/,
    "and what is known of the reason",
  );
  const nothingAsked = { problem: table(["a"], ["b"], [0, 1]), run: { frame: outputs(0.9), advice } };
  assert.match(
    said(nothingAsked),
    /^No cell is \?: put .+ answer\. Row 1, price: 31000 is out of reach\. Trained/,
  );
  assert.match(
    said({ problem: table(["a"], ["b"], [0, 1], [1, 0]), run: { frame: outputs(0.9, 0.5) } }),
    /^No cell is \?: .+ answer\. It has not learned this table: 1 of 2 rows is wrong\. Trained/,
    "also where nothing is asked",
  );
});

test("what the table does not settle is said of each answer, but not where rows are wrong", () => {
  const problem = table(["a"], ["b", "c"], [0, 0, 1], [1, null, null]);
  const unsettled = new Set([3]); // row 2, c
  assert.match(
    said({ problem, unsettled, run: { frame: outputs(0.1, 0.9, 0.95, 0.95) } }),
    /^Row 2, b: 0\.95000, likely 1\. Row 2, c: 0\.95000, the table does not settle this\. Trained/,
  );
  assert.match(
    said({ problem, unsettled, run: { frame: outputs(0.6, 0.9, 0.95, 0.95) } }),
    /^Row 2, b: 0\.95000\. Row 2, c: 0\.95000\. It has not learned this table: 1 of 1 row is wrong\. Trained/,
  );
});

test("outputs without a known cell are named, in the singular and in the plural, and a long name is cut", () => {
  const asked = (...names) =>
    said({
      problem: table(["a"], ["y", ...names], [1, 1, ...names.map(() => null)]),
      run: { frame: outputs(1, ...names.map(() => 0.5)) },
    });
  assert.match(asked("y2"), /y2 has no known cell to learn from: its answers are the random start’s\./);
  assert.match(
    asked("y2", "y3"),
    /y2 and y3 have no known cells to learn from: their answers are the random start’s\./,
  );
  assert.match(asked("a2", "a3", "a4", "a5"), /a2, a3, a4 and 1 more output have no known cells/);
  assert.ok(asked("o".repeat(480)).length < 250);
});

test("a notice comes before the news, alone while they are under way, and an error stands alone", () => {
  const notice = { text: "Imported mine.csv.", isError: false };
  assert.equal(said({ notice }), `Imported mine.csv. ${ANSWER} Trained 10,000 iterations in 0.6 ms.`);
  const underWay = { ...state({ notice }), problem: { value: { ...POST } } };
  assert.equal(statusText(underWay), "Imported mine.csv.");
  assert.equal(
    said({ notice: { text: "mine.csv was not imported.", isError: true } }),
    "mine.csv was not imported.",
  );
  const refused = {
    ...state({ notice, run: { phase: "refused", refusal: { message: "There are no rows." } } }),
    problem: { value: { ...POST } },
  };
  assert.equal(statusText(refused), "Imported mine.csv. There are no rows.", "what is refused has never run");
});

test("errors, refusals and divergence are problems", () => {
  assert.equal(isProblem(state()), false);
  assert.equal(isProblem(state({ notice: { text: "", isError: true } })), true);
  for (const phase of ["refused", "diverged"]) assert.equal(isProblem(state({ run: { phase } })), true);
});
