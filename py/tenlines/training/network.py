"""The network: layers of weights, what they compute, and how the error flows back through them.

Shapes: X (rows, inputs); a layer's weights (fan_in, fan_out), bias (fan_out,), output (rows, fan_out).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tenlines.methods.activations import ACTIVATIONS, Activation
from tenlines.methods.losses import LOSSES, Loss
from tenlines.methods.starts import STARTS, Start
from tenlines.training.initial_weights import initial_parameters

Array = NDArray[np.float64]
LARGEST_SUM = 700.0  # beyond it powers of e are no doubles


@dataclass
class Layer:
    weights: Array
    bias: Array | None
    activation: Activation

    def sums(self, inputs: Array) -> Array:
        """z, what goes into the activation: (rows, fan_out)."""
        z = inputs @ self.weights
        return z if self.bias is None else z + self.bias

    def forward(self, inputs: Array) -> Array:
        return activate(self.activation, self.sums(inputs))


def activate(activation: Activation, z: Array) -> Array:
    """The outputs; z: (rows, units)."""
    if not activation.power:
        return activation.forward(np, z)
    powers = activation.power(np, z, z.max(axis=-1, keepdims=True))
    return activation.forward(np, powers, powers.sum(axis=-1, keepdims=True))


def sum_for(activation: Activation, answer: float) -> float:
    """The z whose activation, which rises and is not over a row, is this answer; found by halving."""

    def of(z: float) -> float:
        return float(activate(activation, np.array([z]))[0])

    low, high = -LARGEST_SUM, LARGEST_SUM
    while of(high) < answer:
        low, high = high, 2 * high
    while of(low) > answer:
        low *= 2
    while (middle := (low + high) / 2) not in (low, high):
        found = of(middle)
        if found == answer:
            return middle
        low, high = (middle, high) if found < answer else (low, middle)
    return high


def initial_network(
    sizes: list[int],
    activations: list[str],
    bias: bool,
    seed: int,
    nudged: bool = False,
    start: Start = STARTS["post"],
) -> list[Layer]:
    """Layers as the post starts them: see initial_weights.py."""
    return network_of(sizes, activations, bias, np.array(initial_parameters(sizes, bias, seed, nudged, start)))


def network_of(sizes: list[int], activations: list[str], bias: bool, vector: Array) -> list[Layer]:
    """Layers with these weights and biases, in the order of `parameters`."""
    layers = [
        Layer(np.empty((fan_in, fan_out)), np.empty(fan_out) if bias else None, ACTIVATIONS[activation])
        for fan_in, fan_out, activation in zip(sizes[:-1], sizes[1:], activations, strict=True)
    ]
    set_parameters(layers, vector)
    return layers


def forward(layers: list[Layer], X: Array) -> list[Array]:
    """[X, output of the first layer, …, output of the network]."""
    outputs = [X]
    for layer in layers:
        outputs.append(layer.forward(outputs[-1]))
    return outputs


def flow(layers: list[Layer], X: Array) -> tuple[list[Array], list[Array]]:
    """The sums of each layer, and what `forward` gives, which training asks for without them."""
    sums, outputs = [], [X]
    for layer in layers:
        sums.append(layer.sums(outputs[-1]))
        outputs.append(activate(layer.activation, sums[-1]))
    return sums, outputs


def backward(
    layers: list[Layer], outputs: list[Array], miss: Array, loss: Loss = LOSSES["squared"], count: float = 1
) -> list[Array]:
    """Each layer's delta, (rows, fan_out): -∂E/∂z, where E is the loss.

    miss: Y - output, (rows, outputs), 0 where Y is unknown. count: how many cells of Y are known, or how many rows
    it has where the output is over a row.
    inputs.T @ delta is -∂E/∂weights, and delta.sum(axis=0) is -∂E/∂bias.
    Backpropagation: Rumelhart, Hinton & Williams, "Learning representations by back-propagating errors", 1986.
    """
    error = loss.error(np, miss, count)
    deltas = [error if loss.is_at_sum else layers[-1].activation.backward(np, error, outputs[-1])]
    for layer, above, output in zip(layers[-2::-1], layers[:0:-1], outputs[-2:0:-1], strict=True):
        deltas.insert(0, layer.activation.backward(np, deltas[0] @ above.weights.T, output))
    return deltas


def descents(layers: list[Layer], outputs: list[Array], deltas: list[Array]) -> list[Array]:
    """-∂E/∂weights and, where there is one, -∂E/∂bias of each layer: as `parts` has them."""
    found = []
    for layer, inputs, delta in zip(layers, outputs, deltas, strict=False):
        found.append(inputs.T @ delta)
        if layer.bias is not None:
            found.append(delta.sum(axis=0))
    return found


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
