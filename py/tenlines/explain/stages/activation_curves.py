"""An activation's curve and its slope, to be drawn and to be spoken of."""

from functools import lru_cache
from math import isfinite
from typing import Any

import numpy as np

from tenlines.explain.stages.plain import doubles
from tenlines.methods.activations import ACTIVATIONS

CURVE_POINTS = 65

Plain = dict[str, Any]


@lru_cache
def steepest_of(name: str) -> tuple[float, float] | None:
    """The largest slope, and the output where it is: of activations whose outputs have two ends."""
    activation = ACTIVATIONS[name]
    if activation.power or not all(map(isfinite, activation.reach)):
        return None
    outputs = np.linspace(*activation.reach, 201)
    slopes = activation.backward(np, np.ones_like(outputs), outputs)
    place = int(slopes.argmax())
    return float(slopes[place]), float(outputs[place])


@lru_cache
def curve_of(name: str) -> Plain | None:
    """An activation's curve for sums from -most to most, and its slope for outputs over its reach; None without one.

    {"most", "low", "high", "line": outputs, "slopes": those of outputs from low to high, or none}
    """
    activation = ACTIVATIONS[name]
    if activation.view is None:
        return None
    most, low, high = activation.view
    slopes = []
    if steepest_of(name):
        outputs = np.linspace(low, high, CURVE_POINTS)
        slopes = activation.backward(np, np.ones_like(outputs), outputs)
    line = activation.forward(np, np.linspace(-most, most, CURVE_POINTS))
    return {
        "title": activation.title,
        "most": most,
        "low": low,
        "high": high,
        "line": doubles(line),
        "slopes": doubles(slopes),
    }
