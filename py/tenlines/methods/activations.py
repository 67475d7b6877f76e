"""Each activation of a layer, declared once: its formula, its derivative and its words."""

import re
from collections.abc import Callable
from math import inf
from typing import Any, NamedTuple

from tenlines.methods.formula import PROGRAM, Text


class Activation(NamedTuple):
    """A function of a unit's sum z = inputs · weights + bias. Formulas are as in formula.py."""

    forward: Callable[..., Any]  # (m, z) -> output; (m, power, sum of the powers in its row) where there is a `power`
    backward: Callable[[Any, Any, Any], Any]  # (m, error at the output, output) -> error · d output/dz, the error at z
    title: str  # of its curve
    effect: str  # continues "each row times the weights, added up"
    flat: str  # a sentence on where the curve is flat; "" where there is no such place
    # Of its curve: z from -view[0] to view[0], outputs from view[1] to view[2]; None where there is none to draw.
    view: tuple[float, float, float] | None
    # (m, z, largest z of its row) -> power: what is over all outputs of a row, and never of a hidden layer.
    power: Callable[[Any, Any, Any], Any] | None = None
    reach: tuple[float, float] = (-inf, inf)  # the least and the largest that it can come near to
    may_overflow: bool = False  # whether a power in its formula can be too large, and the output right all the same
    is_for_outputs: bool = True  # offered for an output, too; any other is taken there where it is given


ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": Activation(
        forward=lambda m, z: 1 / (1 + m.exp(-z)),
        backward=lambda m, error, output: error * output * (1 - output),
        title="The sigmoid",
        effect=", then squeezed to between 0 and 1",
        flat=" The curve is flat near 0 and 1: there the network is sure, and little changes.",
        view=(8, 0, 1),
        reach=(0, 1),
        may_overflow=True,
    ),
    "tanh": Activation(
        forward=lambda m, z: m.tanh(z),
        backward=lambda m, error, output: error * (1 - output**2),
        title="tanh",
        effect=", then squeezed to between −1 and 1",
        flat=" The curve is flat near −1 and 1: there the network is sure, and little changes.",
        view=(4, -1, 1),
        reach=(-1, 1),
    ),
    "relu": Activation(
        forward=lambda m, z: m.maximum(0, z),
        backward=lambda m, error, output: error * (output > 0),
        title="ReLU",
        effect=", with 0 for all that is below 0",
        flat=" Where the output is 0 the curve is flat, and nothing changes.",
        view=(4, 0, 4),
        reach=(0, inf),
        is_for_outputs=False,
    ),
    "leaky_relu": Activation(
        forward=lambda m, z: m.maximum(0.01 * z, z),
        backward=lambda m, error, output: error * m.where(output > 0, 1, 0.01),
        title="Leaky ReLU",
        effect=", with a hundredth of all that is below 0",
        flat=" Where the output is below 0 the curve is almost flat, and little changes.",
        view=(4, 0, 4),
        is_for_outputs=False,
    ),
    "softplus": Activation(
        forward=lambda m, z: m.logaddexp(0, z),
        backward=lambda m, error, output: error * (1 - m.exp(-output)),
        title="Softplus",
        effect=", then bent to stay above 0",
        flat=" The curve is flat where the output is near 0, and little changes there.",
        view=(4, 0, 4),
        reach=(0, inf),
        is_for_outputs=False,
    ),
    "linear": Activation(
        forward=lambda m, z: z,
        backward=lambda m, error, output: error,
        title="The sum itself",
        effect="",
        flat="",
        view=(4, -4, 4),
    ),
    # e^z / Σ e^z, from z less the largest of the row, so that no power overflows: PyTorch's Softmax
    "softmax": Activation(
        forward=lambda m, power, total: power / total,
        backward=lambda m, error, output: error,  # never asked for: it cancels out of the loss that goes with it
        title="Softmax",
        effect=", then made a share: the outputs of a row add up to 1",
        flat="",
        view=None,
        reach=(0, 1),
        power=lambda m, z, largest: m.exp(z - largest),
    ),
}


OF_ROW = "(axis=-1, keepdims=True)"  # a column of one number for each row


def formula_of(name: str) -> str:
    """What the activation makes of z, or of the powers of the z of a row, as a program writes it."""
    activation = ACTIVATIONS[name]
    given = [Text("powers"), Text(f"powers.sum{OF_ROW}")] if activation.power else [Text("z")]
    return str(activation.forward(PROGRAM, *given))


def powers_of(name: str) -> str:
    """The powers of the z of a row, as a program writes them; "" where there are none."""
    power = ACTIVATIONS[name].power
    return str(power(PROGRAM, Text("z"), Text(f"z.max{OF_ROW}"))) if power else ""


def is_function(name: str) -> bool:
    """Whether a program defines a function for it: its formula has z more than once."""
    return len(re.findall(r"\bz\b", powers_of(name) or formula_of(name))) > 1
