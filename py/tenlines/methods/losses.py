"""Each loss, declared once: what training makes small, its derivative, what it goes with, and its words."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Loss(NamedTuple):
    """A measure E of how far outputs are from what is wanted. Formulas are as in formula.py.

    miss: wanted - output, of a known cell. count: the known cells of the batch; with softmax its rows.
    """

    error: Callable[[Any, Any, Any], Any]  # (m, miss, count) -> -∂E/∂output, or -∂E/∂z where is_at_sum
    is_at_sum: bool  # the output activation's derivative has cancelled out of `error`
    is_mean: bool  # E is a mean over the count, not a sum
    outputs: tuple[str, ...]  # the output activations that it goes with; () for all but those over a row
    targets: tuple[float, float] | None  # the least and the largest output that can be wanted; None for any
    title: str
    about: str  # a sentence on what is left of its derivative, in a program; "" where it needs none


LOSSES: dict[str, Loss] = {
    # E = ½ Σ (wanted - output)²
    "squared": Loss(
        error=lambda m, miss, count: miss,
        is_at_sum=False,
        is_mean=False,
        outputs=(),
        targets=None,
        title="Squared error",
        about="",
    ),
    # E = mean of (wanted - output)² over the known cells: PyTorch's MSELoss
    "mean_squared": Loss(
        error=lambda m, miss, count: 2 * miss / count,
        is_at_sum=False,
        is_mean=True,
        outputs=(),
        targets=None,
        title="Mean squared error",
        about=" With a mean each known output has an equal share; the 2 is what is left of the square.",
    ),
    # E = mean of ln(1 + e^z) - wanted · z over the known cells, with output = sigmoid(z): PyTorch's BCEWithLogitsLoss.
    # With softmax, the mean of -Σ wanted · ln(output) over the rows: PyTorch's CrossEntropyLoss.
    # The derivative by z of both is output - wanted, which neither overflows nor grows flat.
    "cross_entropy": Loss(
        error=lambda m, miss, count: miss / count,
        is_at_sum=True,
        is_mean=True,
        outputs=("sigmoid", "softmax"),
        targets=(0, 1),
        title="Cross-entropy",
        about=" With cross-entropy the slope of the curve cancels out. Divided by their number, all count the same.",
    ),
}
