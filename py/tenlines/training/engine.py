"""One interface over the two ways to train: NumPy, the reference, and the compiled kernel."""

from collections.abc import Callable, Sequence
from typing import Protocol

from tenlines.problem import Problem
from tenlines.training.frames import EngineState, Frame
from tenlines.training.kernel.engine import CompiledEngine


class Engine(Protocol):
    """A network in training."""

    iteration: int

    def advance(self, iterations: int) -> None:
        """Pass so many times over the known rows."""
        ...

    def frame(self) -> Frame:
        """The network as it is now."""
        ...

    def frames(self, marks: Sequence[int]) -> list[Frame]:
        """Train on to each of these iterations, ascending and yet to come."""
        ...

    def save(self) -> EngineState:
        """What `restore` takes to go back to this iteration."""
        ...

    def restore(self, state: EngineState) -> None: ...


def numpy_engine(problem: Problem, nudged: bool) -> Engine:
    from tenlines.training.numpy_engine import NumpyEngine  # only now: the page's first answer does not wait for NumPy

    return NumpyEngine(problem, nudged)


ENGINES: dict[str, Callable[[Problem, bool], Engine]] = {"numpy": numpy_engine, "compiled": CompiledEngine}
