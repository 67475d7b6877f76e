/** @file Problems: the post's with other rows, and any that the page may hold. */
import { POST } from "../../../web/model/post.js";
import { fc } from "./fast-check.mjs";

/** The post's problem with other rows. */
export const postWith = (...rows) => ({ ...POST, table: { ...POST.table, rows } });

const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0); // no −0: JSON has none
const activation = fc.constantFrom("sigmoid", "tanh", "relu", "leaky_relu", "softplus", "linear");
/** An object with all of these, of the usual prototype. */
const record = (model) => fc.record(model, { noNullPrototype: true });
const layer = record({ units: fc.integer({ min: 1, max: 256 }), activation });

const table = fc
  .tuple(fc.uniqueArray(name, { minLength: 2, maxLength: 6 }), fc.nat(4), fc.nat(8))
  .chain(([names, more, height]) => {
    const inputs = Math.min(names.length - 1, 1 + more);
    const cells = names.map((_, at) => (at < inputs ? number : fc.option(number)));
    return fc
      .array(fc.tuple(...cells), { minLength: height, maxLength: height })
      .map((rows) => ({ inputs: names.slice(0, inputs), outputs: names.slice(inputs), rows }));
  });

/** Any problem that the page may hold. */
export const anyProblem = record({
  table: fc.oneof(fc.constant(POST.table), table),
  network: record({
    hidden: fc.array(layer, { maxLength: 6 }),
    output: activation,
    bias: fc.boolean(),
  }),
  training: record({
    iterations: fc.nat(1_000_000),
    learning_rate: fc.double({ min: 0, max: 100, noNaN: true }).map((value) => value || 0),
    optimizer: fc.constantFrom("gd", "momentum", "adam"),
    batch_size: fc.constant(null),
    loss: fc.constant("squared"),
    l2: fc.double({ min: 0, max: 100, noNaN: true }).map((value) => value || 0),
    test_fraction: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }).map((value) => value || 0),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    l1: fc.double({ min: 0, max: 100, noNaN: true }).map((value) => value || 0),
    initial: fc.constantFrom("post", "glorot", "he"),
    shuffle: fc.boolean(),
    split_seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  }),
});

/** A frame of the post's network; `rest` in the place of what it has at its end. */
export const frameOf = (rest = {}) => ({
  iteration: 10_000,
  state: Float64Array.of(9.67, -0.21, -4.63),
  weights: Float64Array.of(9.67, -0.21, -4.63),
  outputs: Float64Array.of(0.0097, 0.9921, 0.9936, 0.0079, 0.9999370428352157),
  error: 0.00795,
  ...rest,
});
