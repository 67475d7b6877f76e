/**
 * @file The example tables of the Example list.
 * @import { Problem } from "./protocol.js"
 */

import { POST } from "./post.js";
import { isSameProblem } from "./schema.js";

const XOR = {
  inputs: ["x1", "x2"],
  outputs: ["y"],
  rows: [
    [0, 0, 0],
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 0],
    [1, 1, null],
  ],
};

/** @type {{ name: string, about: string, problem: Problem }[]} */
export const EXAMPLES = [
  { name: "The post’s table", about: "", problem: POST },
  {
    name: "XOR",
    about: "XOR, 1 where exactly one input is 1, needs a hidden layer.",
    problem: {
      table: XOR,
      network: { hidden: [{ units: 4, activation: "sigmoid" }], output: "sigmoid", bias: true },
      training: POST.training,
    },
  },
  {
    name: "XOR without a hidden layer",
    about:
      "This cannot be learned: one neuron only adds up its inputs, so it can draw one straight line between 0 and 1, " +
      "and XOR needs two. Add a hidden layer.",
    problem: { table: XOR, network: POST.network, training: POST.training },
  },
];

/**
 * The example that a problem is, whether chosen here, come by a link or typed.
 * @param {Problem} problem
 */
export const exampleOf = (problem) => EXAMPLES.find((example) => isSameProblem(example.problem, problem));
