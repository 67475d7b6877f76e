"""The network: layers of weights, what they compute, and how the error flows back through them.

Shapes: X (rows, inputs); a layer's weights (fan_in, fan_out), bias (fan_out,), output (rows, fan_out).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tenlines.training.initial_weights import initial_parameters

Array = NDArray[np.float64]


class Activation(NamedTuple):
    """A function of z = inputs @ weights + bias, and the step of the chain rule through it."""

    forward: Callable[[Array], Array]  # z -> output
    backward: Callable[[Array, Array], Array]  # (error at the output, output) -> error at z


ACTIVATIONS = {
    "sigmoid": Activation(lambda z: 1 / (1 + np.exp(-z)), lambda error, output: error * output * (1 - output)),
    "tanh": Activation(np.tanh, lambda error, output: error * (1 - output * output)),
    "relu": Activation(lambda z: np.maximum(z, 0), lambda error, output: error * (output > 0)),
    "linear": Activation(lambda z: z, lambda error, output: error),
}


@dataclass
class Layer:
    weights: Array
    bias: Array | None
    activation: Activation

    def forward(self, inputs: Array) -> Array:
        z = inputs @ self.weights
        return self.activation.forward(z if self.bias is None else z + self.bias)


def initial_network(
    sizes: list[int], activations: list[str], bias: bool, seed: int, nudged: bool = False
) -> list[Layer]:
    """Layers as the post starts them: see initial_weights.py."""
    layers = [
        Layer(np.empty((fan_in, fan_out)), np.empty(fan_out) if bias else None, ACTIVATIONS[activation])
        for fan_in, fan_out, activation in zip(sizes[:-1], sizes[1:], activations, strict=True)
    ]
    set_parameters(layers, np.array(initial_parameters(sizes, bias, seed, nudged)))
    return layers


def forward(layers: list[Layer], X: Array) -> list[Array]:
    """[X, output of the first layer, …, output of the network]."""
    outputs = [X]
    for layer in layers:
        outputs.append(layer.forward(outputs[-1]))
    return outputs


def backward(layers: list[Layer], outputs: list[Array], error: Array) -> list[Array]:
    """Each layer's delta, (rows, fan_out): how the squared error falls with its z.

    `error` is Y - output, (rows, outputs), 0 where Y is unknown. With E = ½ Σ error², delta = -∂E/∂z, so that
    inputs.T @ delta = -∂E/∂weights and delta.sum(axis=0) = -∂E/∂bias.
    Backpropagation: Rumelhart, Hinton & Williams, "Learning representations by back-propagating errors", 1986.
    """
    deltas = [layers[-1].activation.backward(error, outputs[-1])]
    for layer, above, output in zip(layers[-2::-1], layers[:0:-1], outputs[-2:0:-1], strict=True):
        deltas.insert(0, layer.activation.backward(deltas[0] @ above.weights.T, output))
    return deltas


def parameters(layers: list[Layer]) -> Array:
    """All weights and biases as one vector: layer after layer, weights row by row, then the bias."""
    return np.concatenate([part.ravel() for part in parts(layers)])


def set_parameters(layers: list[Layer], vector: Array) -> None:
    at = 0
    for part in parts(layers):
        part[...] = vector[at : at + part.size].reshape(part.shape)
        at += part.size


def parts(layers: list[Layer]) -> list[Array]:
    return [part for layer in layers for part in (layer.weights, layer.bias) if part is not None]
