"""Each optimizer, declared once: what it keeps for each weight, how a weight moves, and its words."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Kept(NamedTuple):
    """A number kept for each weight and bias beside it. It begins at 0."""

    update: Callable[[Any, Any, Any], Any]  # (m, descent, the number so far) -> the number now
    about: str  # a sentence on the line that updates it


class Optimizer(NamedTuple):
    """How weights follow the descent, -∂E/∂weight. Formulas are as in formula.py."""

    kept: dict[str, Kept]  # by the names that they have in a program
    step: Callable[..., Any]  # (m, descent, *kept now) -> what is added to the weight, times the learning rate
    title: str


OPTIMIZERS: dict[str, Optimizer] = {
    "gd": Optimizer(kept={}, step=lambda m, descent: descent, title="Gradient descent"),
    # PyTorch's SGD(momentum=0.9)
    "momentum": Optimizer(
        kept={
            "velocity": Kept(
                update=lambda m, descent, velocity: 0.9 * velocity + descent,
                about="Keeps nine tenths of the last step and adds what this pass asks for: steps in one direction "
                "grow, those to and fro cancel.",
            )
        },
        step=lambda m, descent, velocity: velocity,
        title="Momentum",
    ),
}
