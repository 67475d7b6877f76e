/** A problem in an address: what is written is read again, and what cannot be is refused in words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { embedOptionsFrom, embedOptionsText, snippet } from "../../web/documents/embed.js";
import { LinkError, parametersOf, readLink, writeLink } from "../../web/documents/link.js";
import { EXAMPLES, whole } from "../../web/model/examples.js";
import { LARGE } from "../../web/model/large-examples.generated.js";
import { POST } from "../../web/model/post.js";
import { fc, hold } from "./tools/fast-check.mjs";
import { anyProblem, postWith } from "./tools/problems.mjs";

const PANELS = ["data", "network", "training", "code"];
/** The sections of the page, which say what an address can show. */
globalThis.document = /** @type {any} */ ({
  querySelectorAll: () => PANELS.map((panel) => ({ dataset: { panel }, querySelector: () => null })),
});

const word = fc.string({ unit: "grapheme", maxLength: 60 });
const trained = fc.record(
  { iteration: fc.nat(1e9), state: fc.float64Array({ noNaN: true, minLength: 1, maxLength: 20 }) },
  { noNullPrototype: true },
);

/** What a link opens, or the sentence of its refusal. */
const outcome = (link) =>
  readLink(link).catch((error) => (error instanceof LinkError ? error.message : Promise.reject(error)));

test("any problem comes back from its link with its name, its code and its state to the last bit", async () => {
  await hold(
    fc.asyncProperty(
      anyProblem,
      word,
      word,
      fc.option(trained, { nil: undefined }),
      async (problem, name, code, run) => {
        const link = await writeLink(problem, { name, code, trained: run });
        assert.deepEqual(await readLink(link ?? ""), { problem, name, code, trained: run });
        assert.match(
          link ?? "",
          /^#[\w&=.-]*[a-z0-9]$/i,
          "programs that make links of text leave off a mark at the end",
        );
      },
    ),
    150,
  );
});

test("the post's problem has the shortest link, and a bare address holds none", async () => {
  assert.ok(((await writeLink(POST)) ?? "").length < 12);
  for (const hash of ["", "#", "#show=data", "#show=data&readonly=1"])
    assert.equal(await readLink(hash), null);
});

test("every example comes back from a link of less than 2 kB", async () => {
  const large = whole(LARGE);
  for (const { name, problem = large[name] } of EXAMPLES) {
    const link = (await writeLink(problem)) ?? "";
    assert.deepEqual((await readLink(link))?.problem, problem);
    assert.ok(link.length < 1900, name);
  }
});

test("what is too long for a link gets none: code, and a table that packs badly", async () => {
  assert.equal(await writeLink(POST, { code: "x".repeat(100_001) }), null);
  const rows = Array.from({ length: 3000 }, (_, at) => [at / 7, at / 3, 0, 1]);
  assert.equal(await writeLink(postWith(...rows)), null);
  const state = Float64Array.from({ length: 3000 }, (_, at) => at / 7);
  assert.equal(await writeLink(POST, { trained: { iteration: 1, state } }), null);
});

const MANGLED = {
  "a full stop": (link) => `${link}.`,
  "a bracket": (link) => `${link})`,
  "a bracket in code": (link) => `${link}%29`,
  "a mark of quotation": (link) => `${link}”`,
  "the = in code": (link) => link.replaceAll("=", "%3D"),
  "the & in code": (link) => link.replaceAll("&", "%26"),
  HTML: (link) => link.replaceAll("&", "&amp;"),
};
for (const [how, mangled] of Object.entries(MANGLED))
  test(`what mail and chat programs do to a link is taken back: ${how}`, async () => {
    await hold(
      fc.asyncProperty(anyProblem, trained, async (problem, run) => {
        const link = (await writeLink(problem, { trained: run })) ?? "";
        assert.deepEqual(await readLink(mangled(link)), await readLink(link));
      }),
      20,
    );
  });

test("a link that is broken says so and what to do, whatever it is made of", async () => {
  const good = (await writeLink(postWith([0.5, 0.25, 1, 0], [1, 2, 3, null]), { name: "Lesson" })) ?? "";
  const damaged = fc
    .tuple(fc.nat(good.length), fc.nat(3), fc.string({ maxLength: 3 }))
    .map(([at, gone, put]) => good.slice(0, at) + put + good.slice(at + gone));
  const any = fc.oneof(
    damaged,
    fc.string().map((text) => `#${text}`),
    fc.string().map((text) => `#v1=${text}`),
    fc.string().map((text) => `${good}&run=${text}`),
  );
  await hold(
    fc.asyncProperty(any, async (link) => {
      const found = await outcome(link);
      if (typeof found === "string")
        assert.match(
          found,
          /^This link (is broken: .+\. Ask for it again|was made by a newer Tenlines\. .+)\.$/s,
        );
    }),
    1000,
  );
});

// What the browsers' own unpacking says of a text that is cut is a TypeError; Node says this.
const cut =
  /^This link is broken: (a part of it is missing or changed|unexpected end of file)\. Ask for it again\.$/;
const said = {
  "#v2=abc": /^This link was made by a newer Tenlines\. Open it again when this page is up to date\.$/,
  "#v0=abc": cut,
  "#v1=": cut,
  "#table=1": /^This link is broken: there is no table in it\. Ask for it again\.$/,
};
for (const [link, sentence] of Object.entries(said))
  test(`a link that cannot be opened is refused in a sentence: ${link}`, async () => {
    assert.match(String(await outcome(link)), sentence);
  });

test("weights that are no weights are refused", async () => {
  const link = (await writeLink(POST)) ?? "";
  for (const run of ["x.AAAAAAAAAAA", "-1.AAAAAAAAAAA", "1234567890123456.AAAAAAAAAAA", "5.AAAA"])
    assert.match(
      String(await outcome(link.replace("#", `#run=${run}&`))),
      /a part of it is missing or changed/,
      run,
    );
});

test("an embedded page says what it shows, in which order whatsoever, and in whose colours", () => {
  assert.equal(embedOptionsFrom("#v1=abc"), null);
  assert.deepEqual(embedOptionsFrom("#show=training,data"), {
    panels: ["data", "training"],
    readOnly: false,
    theme: "",
  });
  assert.deepEqual(embedOptionsFrom("#show=everything"), { panels: [...PANELS], readOnly: false, theme: "" });
  assert.deepEqual(embedOptionsFrom("#show=code&readonly=1&theme=dark"), {
    panels: ["code"],
    readOnly: true,
    theme: "dark",
  });
  assert.equal(embedOptionsFrom("#show=code&theme=pink")?.theme, "");
});

test("what an author chooses is read again from the address it is written to", () => {
  const look = fc.record(
    {
      panels: fc.subarray([...PANELS], { minLength: 1 }),
      readOnly: fc.boolean(),
      theme: fc.constantFrom("", "light", "dark"),
    },
    { noNullPrototype: true },
  );
  hold(
    fc.property(look, (chosen) =>
      assert.deepEqual(embedOptionsFrom(`#v1=abc${embedOptionsText(chosen)}`), chosen),
    ),
  );
  assert.equal(parametersOf("#v1=a&amp;show=data").get("show"), "data");
  assert.match(
    snippet("https://example.org/#v1=a&show=data"),
    /^<iframe src="https:\/\/example\.org\/#v1=a&amp;show=data" /,
  );
});
