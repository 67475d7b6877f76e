/**
 * @file The post's table and settings, with which the page begins.
 * @import { Problem } from "./protocol.js"
 * @import { Work } from "./document.js"
 */

/** @type {Problem} py/tenlines/problem.py has the same defaults. */
export const POST = {
  table: {
    inputs: ["x1", "x2", "x3"],
    outputs: ["y"],
    rows: [
      [0, 0, 1, 0],
      [1, 1, 1, 1],
      [1, 0, 1, 1],
      [0, 1, 1, 0],
      [1, 0, 0, null],
    ],
  },
  network: { hidden: [], output: "sigmoid", bias: false },
  training: {
    iterations: 10000,
    learning_rate: 1,
    optimizer: "gd",
    batch_size: null,
    loss: "squared",
    l2: 0,
    test_fraction: 0,
    seed: 1,
  },
};

/** @type {Work} */
export const POSTS_WORK = { title: "The post’s table", original: POST };
