"""Each kind of first weights, declared once: what the post's random numbers are multiplied by, and its words."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Start(NamedTuple):
    """The first weights of a layer: random numbers from -1 to 1, times `scale`. Formulas are as in formula.py."""

    scale: Callable[[Any, Any, Any], Any] | None  # (m, inputs of a unit, units of the layer) -> factor; None for 1
    title: str
    about: str  # a sentence on the scale, in a program; "" where there is none


STARTS: dict[str, Start] = {
    "post": Start(scale=None, title="As the post", about=""),
    # Glorot & Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010:
    # PyTorch's xavier_uniform_
    "glorot": Start(
        scale=lambda m, fan_in, fan_out: m.sqrt(6 / (fan_in + fan_out)),
        title="Glorot",
        about=" The root, Glorot’s, has inputs and units in it: the more, the smaller, so that sums are not too large.",
    ),
    # He, Zhang, Ren & Sun, "Delving deep into rectifiers", 2015: PyTorch's kaiming_uniform_(nonlinearity="relu")
    "he": Start(
        scale=lambda m, fan_in, fan_out: m.sqrt(6 / fan_in),
        title="He",
        about=" The root, He’s, has the inputs in it: the more, the smaller, which suits ReLU.",
    ),
}
