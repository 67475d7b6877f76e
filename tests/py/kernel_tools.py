"""What the kernel's tests share: fresh kernels of a chosen kind, the workloads, and bits to compare."""

from contextlib import ExitStack
from unittest import mock

import numpy as np

from tenlines.problem import Problem
from tenlines.training import network
from tenlines.training.kernel import compiler, unrolled
from tenlines.training.kernel.engine import CompiledEngine, kept_kernels
from tenlines.training.kernel.layout import Shape
from tenlines.training.numpy_engine import NumpyEngine
from tenlines.training.run import frame_marks

UNROLLED, LOOPED = "unrolled", "looped"

XOR = {
    "table": {"inputs": ["a", "b"], "outputs": ["xor"], "rows": [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]},
    "network": {"hidden": [{"units": 4, "activation": "sigmoid"}], "bias": True},
}


def wide():
    """200 rows of 10 numbers, 1 where their sum is above 5."""
    rows = np.random.RandomState(4).random_sample((200, 10)).tolist()
    return {
        "table": {
            "inputs": [f"x{n}" for n in range(10)],
            "outputs": ["y"],
            "rows": [[*row, float(sum(row) > 5)] for row in rows],
        },
        "network": {"hidden": [{"units": 16, "activation": "sigmoid"}]},
        "training": {"iterations": 1_000, "learning_rate": 0.01},
    }


WORKLOADS = {"W1, the post": {}, "W2, exclusive or": XOR, "W4, 200 rows": wide()}


def compiled(data, code=None):
    """An engine on a newly compiled kernel; `code` forces how its training is written, and must really be so."""
    kept_kernels.clear()
    problem = Problem.from_dict(data)
    with ExitStack() as patches:
        if code == LOOPED:
            patches.enter_context(mock.patch.object(unrolled, "fits", return_value=False))
        flat = patches.enter_context(mock.patch.object(unrolled, "advance", wraps=unrolled.advance))
        loops = patches.enter_context(mock.patch.object(compiler, "looped_advance", wraps=compiler.looped_advance))
        engine = CompiledEngine(problem)
    kept_kernels.clear()
    used = {UNROLLED: flat.call_count, LOOPED: loops.call_count}
    assert sum(used.values()) == 1
    assert code is None or used[code] == 1, used
    return engine


def reference(data, nudged=False):
    return NumpyEngine(Problem.from_dict(data), nudged)


def reference_with_outputs_nudged(data):
    """The reference, but each output that exp takes part in is one ulp nearer to 0, as it may be where exp differs."""

    def nudged(activation):
        return activation._replace(forward=lambda m, z: np.nextafter(activation.forward(m, z), 0))

    rounded = {name: nudged(network.ACTIVATIONS[name]) for name in ("sigmoid", "tanh", "softplus")}
    with mock.patch.dict(network.ACTIVATIONS, rounded):
        return reference(data)


def all_frames(engine, iterations):
    return [engine.frame(), *engine.frames(frame_marks(iterations)[1:])]


def steady(data):
    """Whether rounding decides so little that any two engines agree within 1e-9: an ulp moves no frame by 1e-11.

    Be it one in each weight at the start, or one in each output on the way: where an output is next to 1, its last bit
    decides over much of its slope, and no weight's last bit tells.
    """
    iterations = data["training"]["iterations"]
    usual = all_frames(reference(data), iterations)
    others = reference(data, nudged=True), reference_with_outputs_nudged(data)
    return all(frame.is_finite for frame in usual) and all(
        apart(frame, nudged) < 1e-11
        for other in others
        for frame, nudged in zip(usual, all_frames(other, iterations), strict=True)
    )


def apart(one, other):
    """The largest difference of any number of two frames, relative where it is above 1."""
    a, b = np.asarray(one.numbers), np.asarray(other.numbers)
    with np.errstate(all="ignore"):
        return (np.abs(a - b) / np.maximum(1, np.abs(a))).max()


def trained_to(engine, iterations):
    engine.advance(iterations)
    return engine.frame()


def is_unrolled(data):
    """Whether a problem is small enough for code without loops."""
    return unrolled.fits(compiled(data).kernel.layout.shape)


def bits(frame):
    return frame.iteration, frame.weights.tobytes(), frame.outputs.tobytes(), np.float64(frame.error).tobytes()


def shape(*sizes, rows=4, asking=0, activation="sigmoid", bias=True, batch_size=None, masked=False):
    return Shape(sizes, (activation,) * (len(sizes) - 1), bias, rows, asking, batch_size, masked)
