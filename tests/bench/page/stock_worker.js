/** @file Pyodide in a worker as its documentation shows it: load it, load NumPy, import it, run the post's ten lines. */
import { loadPyodide } from "./pyodide.mjs";

const TEN_LINES = `
from numpy import array, dot, exp, random

inputs = array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
wanted = array([[0, 1, 1, 0]]).T
random.seed(1)
weights = 2 * random.random((3, 1)) - 1
for iteration in range(10000):
    output = 1 / (1 + exp(-dot(inputs, weights)))
    weights += dot(inputs.T, (wanted - output) * output * (1 - output))
float(1 / (1 + exp(-dot(array([1, 0, 0]), weights)))[0])
`;

const pyodide = await loadPyodide();
await pyodide.loadPackage("numpy", { messageCallback: () => {} });
pyodide.runPython("import numpy");
postMessage("ready");
postMessage(pyodide.runPython(TEN_LINES));
