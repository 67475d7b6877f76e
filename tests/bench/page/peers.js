/**
 * @file The libraries, each on a workload as near as it can: { train, error }.
 *
 * synaptic and brain.js learn after every row and always have a bias; convnetjs ends in a linear layer of its own.
 * tfjs does the reference's arithmetic from the reference's weights, in single precision.
 */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import "@tensorflow/tfjs-backend-cpu";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import brain from "brain.js/dist/browser.js";
import convnet from "convnetjs";
import synapticLibrary from "synaptic";

setWasmPaths("tfjs/");

/** The mean of |Y − output| when `answer` maps a row of X to a row of outputs. */
function meanError({ rowsX, rowsY }, answer) {
  let missed = 0;
  let count = 0;
  rowsX.forEach((row, at) => {
    const output = answer(row);
    rowsY[at].forEach((y, column) => {
      missed += Math.abs(y - output[column]);
      count++;
    });
  });
  return missed / count;
}

export function synaptic(work) {
  const { Layer, Network, Neuron } = synapticLibrary;
  const layers = work.sizes.map((size) => new Layer(size));
  layers.slice(1).forEach((layer, at) => {
    layers[at].project(layer);
    const squash = work.activations[at] === "tanh" ? Neuron.squash.TANH : Neuron.squash.LOGISTIC;
    layer.set({ squash });
  });
  const network = new Network({ input: layers[0], hidden: layers.slice(1, -1), output: layers.at(-1) });
  return {
    train() {
      for (let iteration = 0; iteration < work.iterations; iteration++) {
        for (let row = 0; row < work.rowsX.length; row++) {
          network.activate(work.rowsX[row]);
          network.propagate(work.rate, work.rowsY[row]);
        }
      }
    },
    error: () => meanError(work, (row) => network.activate(row)),
  };
}

export function brainJs(work) {
  const activation = work.activations[0];
  const network = new brain.NeuralNetwork({ hiddenLayers: work.sizes.slice(1, -1), activation });
  const rows = work.rowsX.map((input, at) => ({ input, output: work.rowsY[at] }));
  const settings = {
    iterations: work.iterations,
    // It takes no rate of 1, and neither momentum nor threshold of 0.
    learningRate: Math.min(work.rate, 0.999),
    momentum: 1e-9,
    errorThresh: 1e-99,
    errorCheckInterval: work.iterations,
  };
  return {
    train: () => network.train(rows, settings),
    error: () => meanError(work, (row) => network.run(row)),
  };
}

export function convnetJs(work) {
  const network = new convnet.Net();
  const hidden = work.sizes
    .slice(1, work.sizes.length > 2 ? -1 : undefined)
    .map((num_neurons, at) => ({ type: "fc", num_neurons, activation: work.activations[at] }));
  network.makeLayers([
    { type: "input", out_sx: 1, out_sy: 1, out_depth: work.sizes[0] },
    ...hidden,
    { type: "regression", num_neurons: work.sizes.at(-1) },
  ]);
  // It divides the gradient by the batch's size, where the workloads sum; its linear layer bears no high rate.
  const learning_rate = Math.min(work.rate * work.batch, 0.2);
  const trainer = new convnet.SGDTrainer(network, {
    method: "sgd",
    learning_rate,
    momentum: 0,
    batch_size: work.batch,
    l2_decay: 0,
  });
  const volume = new convnet.Vol(1, 1, work.sizes[0], 0);
  return {
    train() {
      for (let iteration = 0; iteration < work.iterations; iteration++) {
        for (let row = 0; row < work.rowsX.length; row++) {
          volume.w.set(work.rowsX[row]);
          trainer.train(volume, work.rowsY[row]);
        }
      }
    },
    error: () =>
      meanError(work, (row) => {
        volume.w.set(row);
        return network.forward(volume).w;
      }),
  };
}

const tensorflow = (backend) => async (work) => {
  await tf.setBackend(backend);
  const rows = work.rowsX.length;
  const X = tf.tensor2d(Float32Array.from(work.X), [rows, work.sizes[0]]);
  const Y = tf.tensor2d(Float32Array.from(work.Y), [rows, work.sizes.at(-1)]);
  const batches = [];
  for (let at = 0; at < rows; at += work.batch) {
    const size = Math.min(work.batch, rows - at);
    batches.push([X, Y].map((all) => tf.slice(all, [at, 0], [size, all.shape[1]])));
  }
  let at = 0;
  const take = (shape) => {
    const size = shape.reduce((a, b) => a * b);
    at += size;
    return tf.variable(tf.tensor(work.weights.slice(at - size, at), shape));
  };
  const layers = work.activations.map((name, layer) => ({
    W: take([work.sizes[layer], work.sizes[layer + 1]]),
    b: work.bias ? take([1, work.sizes[layer + 1]]) : null,
    activate: name === "tanh" ? tf.tanh : tf.sigmoid,
  }));
  const forward = (rowsOfX) =>
    layers.reduce((input, { W, b, activate }) => {
      const z = tf.matMul(input, W);
      return activate(b ? tf.add(z, b) : z);
    }, rowsOfX);
  const optimizer = tf.train.sgd(work.rate);
  const loss = (rowsOfX, known) => tf.mul(tf.sum(tf.squaredDifference(known, forward(rowsOfX))), 0.5);
  return {
    ready: () => tf.setBackend(backend),
    train() {
      for (let iteration = 0; iteration < work.iterations; iteration++) {
        for (const [rowsOfX, known] of batches) optimizer.minimize(() => loss(rowsOfX, known));
      }
      layers[0].W.dataSync();
    },
    error: () => tf.tidy(() => tf.mean(tf.abs(tf.sub(Y, forward(X)))).dataSync()[0]),
  };
};

export const PEERS = {
  synaptic,
  "brain.js": brainJs,
  convnetjs: convnetJs,
  "tfjs, cpu": tensorflow("cpu"),
  "tfjs, wasm": tensorflow("wasm"),
};
