"""Each penalty on the size of weights, declared once: what it adds to their gradient, and its words."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Penalty(NamedTuple):
    """What training makes small beside the loss: a strength times a measure of the weights, but not of biases.

    Formulas are as in formula.py. PyTorch's weight_decay is l2, in each of its optimizers.
    """

    gradient: Callable[[Any, Any], Any]  # (m, weight) -> its derivative, added to the gradient times the strength
    title: str
    about: str  # a sentence on the line that does so


PENALTIES: dict[str, Penalty] = {  # each by the name of the setting that is its strength
    # strength · ½ Σ weight²
    "l2": Penalty(
        gradient=lambda m, weight: weight,
        title="L2",
        about=" L2 pulls each weight towards 0, the more the larger it is.",
    ),
    # strength · Σ |weight|
    "l1": Penalty(
        gradient=lambda m, weight: m.sign(weight),
        title="L1",
        about=" L1 pulls each weight towards 0, all alike, so that those of little use end there.",
    ),
}


def penalised(m: Any, descent: Any, weight: Any, strengths: Mapping[str, Any]) -> Any:
    """The descent, -∂E/∂weight, with that of the penalties. strengths: of those that are not 0, by name."""
    for name, strength in strengths.items():
        descent = descent - strength * PENALTIES[name].gradient(m, weight)
    return descent
