/** @file The same training in JavaScript as one writes it by hand: Float64Array, row by row, no library. */

export function handWritten(work) {
  const weights = new Float64Array(work.weights);
  const run = String(work.sizes) === "3,1" && !work.bias ? oneNeuron : network;
  return {
    train: () => {
      weights.set(work.weights);
      run(work, weights);
    },
    weights: () => [...weights],
  };
}

/** The post's network and no other: three inputs, one sigmoid neuron. */
function oneNeuron({ X, Y, iterations, rate }, weights) {
  let [a, b, c] = weights;
  for (let iteration = 0; iteration < iterations; iteration++) {
    let da = 0;
    let db = 0;
    let dc = 0;
    for (let row = 0, at = 0; row < Y.length; row++, at += 3) {
      const output = 1 / (1 + Math.exp(-(X[at] * a + X[at + 1] * b + X[at + 2] * c)));
      const delta = (Y[row] - output) * output * (1 - output);
      da += X[at] * delta;
      db += X[at + 1] * delta;
      dc += X[at + 2] * delta;
    }
    a += rate * da;
    b += rate * db;
    c += rate * dc;
  }
  weights.set([a, b, c]);
}

/** Any layers. Weights lie layer after layer, row by row, then the bias. */
function network({ X, Y, sizes, activations, bias, batch, iterations, rate }, weights) {
  const layers = activations.length;
  const tanh = activations.map((name) => name === "tanh");
  const starts = sizes.slice(1).map(() => 0);
  for (let layer = 1; layer < layers; layer++)
    starts[layer] = starts[layer - 1] + (sizes[layer - 1] + (bias ? 1 : 0)) * sizes[layer];
  const out = sizes.map((size) => new Float64Array(size));
  const delta = sizes.map((size) => new Float64Array(size));
  const gradient = new Float64Array(weights.length);
  const inputs = sizes[0];
  const outputs = sizes[layers];
  const rows = Y.length / outputs;

  function forward(layer) {
    const source = out[layer];
    const target = out[layer + 1];
    const n = source.length;
    const m = target.length;
    const start = starts[layer];
    const isTanh = tanh[layer];
    for (let j = 0; j < m; j++) {
      let z = bias ? weights[start + n * m + j] : 0;
      for (let i = 0; i < n; i++) z += source[i] * weights[start + i * m + j];
      target[j] = isTanh ? Math.tanh(z) : 1 / (1 + Math.exp(-z));
    }
  }

  function backward(layer) {
    const source = out[layer];
    const deltas = delta[layer + 1];
    const below = delta[layer];
    const n = source.length;
    const m = deltas.length;
    const start = starts[layer];
    const isTanh = layer > 0 && tanh[layer - 1];
    for (let i = 0; i < n; i++) {
      const o = source[i];
      let error = 0;
      for (let j = 0, at = start + i * m; j < m; j++, at++) {
        error += deltas[j] * weights[at];
        gradient[at] += o * deltas[j];
      }
      if (layer > 0) below[i] = error * (isTanh ? 1 - o * o : o * (1 - o));
    }
    if (bias) for (let j = 0; j < m; j++) gradient[start + n * m + j] += deltas[j];
  }

  for (let iteration = 0; iteration < iterations; iteration++) {
    for (let first = 0; first < rows; first += batch) {
      const end = Math.min(first + batch, rows);
      gradient.fill(0);
      for (let row = first; row < end; row++) {
        for (let i = 0; i < inputs; i++) out[0][i] = X[row * inputs + i];
        for (let layer = 0; layer < layers; layer++) forward(layer);
        for (let j = 0; j < outputs; j++) {
          const o = out[layers][j];
          delta[layers][j] = (Y[row * outputs + j] - o) * (tanh[layers - 1] ? 1 - o * o : o * (1 - o));
        }
        for (let layer = layers - 1; layer >= 0; layer--) backward(layer);
      }
      for (let n = 0; n < weights.length; n++) weights[n] += rate * gradient[n];
    }
  }
}
