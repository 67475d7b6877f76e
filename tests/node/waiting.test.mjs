/** What the page waits for: files that fall silent, and answers of a Python that may end before it gives them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchWatched, SILENCE_SECONDS, watchSilence } from "../../web/browser/silence.js";
import { FATAL_ERROR } from "../../web/model/protocol.js";
import { createPendingCalls, EndedByOther, EndedByThis } from "../../web/python/pending-calls.js";
import { BROUGHT_BACK, FROM_TAB, nameWith, notKeptText } from "../../web/storage/storage-messages.js";

test("it is silence that counts, not the time that all of it takes", (context) => {
  context.mock.timers.enable({ apis: ["setInterval"] });
  let acts = 0;
  const silence = watchSilence(() => {
    acts += 1;
  });
  for (let second = 0; second < 100; second++) {
    context.mock.timers.tick(1000);
    if (second % 10 === 0) silence.sign();
  }
  assert.equal(acts, 0);
  context.mock.timers.tick(1000 * (SILENCE_SECONDS - 10)); // nine of them have passed
  assert.equal(acts, 0);
  context.mock.timers.tick(1000);
  assert.equal(acts, 1);
  silence.end();
  context.mock.timers.tick(100_000);
  assert.equal(acts, 1);
});

test("a file that falls silent ends with an error that says so", async (context) => {
  context.mock.timers.enable({ apis: ["setInterval"] });
  let controller;
  context.mock.method(globalThis, "fetch", async (_, { signal }) => {
    const body = new ReadableStream({
      start(given) {
        controller = given;
        signal.addEventListener("abort", () => given.error(signal.reason));
      },
    });
    return new Response(body, { headers: { "Content-Type": "text/plain" } });
  });
  const response = await fetchWatched("a.bin");
  assert.equal(response.headers.get("content-type"), "text/plain");
  const reading = response.text();
  controller.enqueue(new TextEncoder().encode("a beginning"));
  await new Promise((resolve) => setTimeout(resolve, 10));
  context.mock.timers.tick(1000 * SILENCE_SECONDS);
  await assert.rejects(reading, { message: `nothing has come for ${SILENCE_SECONDS} seconds` });
});

test("a file that comes whole is no longer watched", async (context) => {
  context.mock.timers.enable({ apis: ["setInterval"] });
  let aborted = false;
  context.mock.method(globalThis, "fetch", async (_, { signal }) => {
    signal.addEventListener("abort", () => {
      aborted = true;
    });
    return new Response("all of it");
  });
  assert.equal(await (await fetchWatched("a.bin")).text(), "all of it");
  context.mock.timers.tick(100_000);
  assert.equal(aborted, false);
});

/** Questions whose answers the test gives. */
function python() {
  const open = [];
  const remote = new Proxy(
    {},
    { get: () => () => new Promise((resolve, reject) => open.push({ resolve, reject })) },
  );
  let ended = 0;
  const questions = createPendingCalls(/** @type {any} */ (remote), () => {
    ended += 1;
  });
  return { open, ...questions, ended: () => ended };
}
const settled = (promise) =>
  promise.then(
    (value) => value,
    (error) => error,
  );

test("every question gets its answer, or the error that is its own", async () => {
  const { door, open } = python();
  const [one, two] = [door.advance(0.1), settled(door.program("{}"))];
  open[1].reject(new Error("no program"));
  open[0].resolve({ done: true });
  assert.deepEqual(await one, { done: true });
  assert.equal((await two).message, "no program");
});

test("when Python ends, the question that ended it is told so, and the others that another did", async () => {
  const { door, open, ended } = python();
  const [one, two] = [settled(door.outline("x = 1")), settled(door.values("{}", 0, new Float64Array()))];
  open[1].reject(Object.assign(new Error("It needs too much memory."), { name: FATAL_ERROR }));
  const [other, own] = await Promise.all([one, two]);
  assert.ok(own instanceof EndedByThis);
  assert.equal(own.message, "It needs too much memory.");
  assert.ok(other instanceof EndedByOther);
  assert.equal(ended(), 1);
});

test("when it is not known what ended Python, it is the oldest question that kept it busy", async () => {
  const { door, end } = python();
  const asked = ["alive", "advance", "outline"].map((method) => settled(door[method]()));
  end();
  const [alive, advance, outline] = await Promise.all(asked);
  assert.ok(alive instanceof EndedByOther);
  assert.ok(advance instanceof EndedByThis);
  assert.match(advance.message, /Python has been started again/);
  assert.ok(outline instanceof EndedByOther);
});

test("the door to Python is not taken for a promise", async () => {
  const { door } = python();
  assert.equal(await door, door);
});

const WHY = {
  QuotaExceededError: "There is no room in this browser for your table.",
  VersionError: "A newer Tenlines has kept tables in this browser, and this page is an older one: reload it.",
  SecurityError: "This browser keeps no tables for you: its storage is switched off.",
  InvalidStateError: "This browser keeps no tables for you: its storage is switched off.",
  UnknownError: "This browser’s storage does not work just now.",
};
for (const [name, why] of Object.entries(WHY))
  test(`why a table is not kept is said with what to do: ${name}`, () => {
    const error = new DOMException("no", name);
    assert.equal(notKeptText(error, false, false), `${why} Take it along with Share or Download.`);
    assert.equal(
      notKeptText(error, true, false),
      `${why} Yours is kept for now, where a crash of the browser may lose it. Take it along with Share or Download.`,
    );
    const remedy =
      name === "QuotaExceededError" ? "Delete others under Saved, or take it along" : "Take it along";
    assert.equal(notKeptText(error, false, true), `${why} ${remedy} with Share or Download.`);
  });

test("where there is no database at all, storage is switched off", () => {
  assert.match(
    notKeptText(new TypeError("indexedDB is undefined"), false, false),
    /^This browser keeps no tables for you/,
  );
});

test("a name says once where a table comes from, in no more characters than a name may have", () => {
  assert.equal(nameWith("Lesson", FROM_TAB), "Lesson (from another tab)");
  assert.equal(nameWith("Lesson (from another tab)", FROM_TAB), "Lesson (from another tab)");
  const long = nameWith("x".repeat(500), BROUGHT_BACK);
  assert.equal(long.length, 500);
  assert.ok(long.endsWith(BROUGHT_BACK));
});
