"""Each optimizer, declared once: what it keeps for each weight, how a weight moves, and its words."""

from collections.abc import Callable, Iterable
from math import inf
from typing import Any, NamedTuple

from tenlines.methods.formula import Text


class Kept(NamedTuple):
    """A number kept for each weight and bias beside it. It begins at 0."""

    update: Callable[[Any, Any, Any], Any]  # (m, descent, the number so far) -> the number now
    about: str  # a sentence on the line that updates it
    why: str  # and one on what that is good for


class Optimizer(NamedTuple):
    """How weights follow the descent, -∂E/∂weight. Formulas are as in formula.py.

    powers: the step takes these numbers to the power of n at its n-th update, counted from 1. Where there are any, the
    number of updates made is kept, too.
    """

    kept: dict[str, Kept]  # by the names that they have in a program
    step: Callable[..., Any]  # (m, descent, *kept now, *powers) -> what is added to the weight, times the learning rate
    title: str  # as it stands within a sentence
    powers: tuple[float, ...] = ()
    highest_rate: float = inf  # learning rate that is no mistake
    about: str = ""  # by what it moves a weight, {name} for what is kept under this name; "" where nothing is

    def written(self, m: Any, descent: Text, kept: Iterable[Text], updates: Text) -> Text:
        """The step as text. updates: the number of this update."""
        powers = (type(descent)(number) ** updates for number in self.powers)
        return self.step(m, descent, *kept, *powers)


OPTIMIZERS: dict[str, Optimizer] = {
    "gd": Optimizer(kept={}, step=lambda m, descent: descent, title="gradient descent"),
    # PyTorch's SGD(momentum=0.9)
    "momentum": Optimizer(
        kept={
            "velocity": Kept(
                update=lambda m, descent, velocity: 0.9 * velocity + descent,
                about="Keeps nine tenths of the last step and adds what this pass asks for.",
                why="Steps in one direction grow, those to and fro cancel.",
            )
        },
        step=lambda m, descent, velocity: velocity,
        title="momentum",
        about="its {velocity}.",
    ),
    # Kingma & Ba, "Adam: a method for stochastic optimization", 2015; PyTorch's Adam(betas=(0.9, 0.999), eps=1e-8)
    "adam": Optimizer(
        kept={
            "mean": Kept(
                update=lambda m, descent, mean: 0.9 * mean + 0.1 * descent,
                about="Keeps a mean of what the passes ask for, in which the last ten or so count most.",
                why="So one odd batch does not throw a weight off its way.",
            ),
            "square": Kept(
                update=lambda m, descent, square: 0.999 * square + 0.001 * descent**2,
                about="Keeps a mean of the squares of that, of the last thousand or so: how large it usually is.",
                why="By it each weight has steps of a size of its own.",
            ),
        },
        step=lambda m, descent, mean, square, of_mean, of_square: (
            mean / (1 - of_mean) / (m.sqrt(square / (1 - of_square)) + 1e-8)
        ),
        title="Adam",
        highest_rate=0.5,
        powers=(0.9, 0.999),
        about="its {mean} over the root of its {square}: each weight has steps of its own size. "
        "Both began at 0: to be divided by 1 less a power makes up for that.",
    ),
}
