"""One run of a problem, moved on a slice of time at a time, so that whoever asks stays in charge."""

from time import perf_counter

import numpy as np

from tenlines.engine import Engine, Frame, NumpyEngine
from tenlines.errors import DivergedError
from tenlines.problem import Problem

MOST_FRAMES = 256
CHUNK_SECONDS = 0.004  # iterations between two looks at the clock: short beside a slice, long beside a look


class Run:
    """Frames of a training, in order. A diverged run keeps its last finite frame and is done."""

    def __init__(self, problem: Problem, nudged: bool = False):
        self.problem = problem
        self.engine: Engine = NumpyEngine(problem, nudged)
        self.frame = self.engine.frame()
        known = ~np.isnan(problem.table.to_arrays()[1])
        self._teaching = np.flatnonzero(np.any(known, axis=1))
        if not (self.frame.is_finite() and np.isfinite(self.frame.error)):
            raise DivergedError(
                "Before any training the outputs or the error are already too large for a number. "
                "Use smaller numbers in the table, for example by dividing a column by its largest value."
            )
        self.diverged: int | None = None  # the iteration whose numbers were no longer finite
        self.seconds = 0.0  # spent training so far
        self._marks = iter(frame_marks(problem.training.iterations)[1:])
        self._mark = next(self._marks, 0)
        self._chunk = 1

    @property
    def done(self) -> bool:
        return self.diverged is not None or self.frame.iteration == self.problem.training.iterations

    def advance(self, seconds: float) -> list[Frame]:
        """Train for about `seconds`, at least one iteration; return the frames that fell due.

        `self.frame` is the state reached, due or not.
        """
        deadline = perf_counter() + seconds
        due = []
        while not self.done:
            began = perf_counter()
            before = self.frame.iteration
            self._train(min(self._chunk, self._mark - before))
            now = perf_counter()
            self.seconds += now - began
            rate = (self.frame.iteration - before) / max(now - began, 1e-6)
            self._chunk = max(1, int(rate * CHUNK_SECONDS))
            if self.frame.iteration == self._mark or (self.diverged is not None and self.frame.iteration > before):
                due.append(self.frame)
                self._mark = next(self._marks, self._mark)
            if now >= deadline:
                break
        return due

    def _train(self, iterations: int) -> None:
        start = self.engine.copy()
        self.engine.advance(iterations)
        frame = self.engine.frame()
        if frame.is_finite(self._teaching):
            self.frame = frame
            return
        # Weights that are not finite never become so again, and outputs that are not make such weights in the next
        # pass (those of rows that teach; a `?` alone changes nothing): go back and find the first such iteration.
        self.engine = start
        while True:
            self.engine.advance(1)
            frame = self.engine.frame()
            if not frame.is_finite(self._teaching):
                self.diverged = frame.iteration
                return
            self.frame = frame


def frame_marks(iterations: int) -> list[int]:
    """The iterations shown of a run: 0, the last, and log-spaced between, so that early change is visible."""
    if iterations < MOST_FRAMES:
        return list(range(iterations + 1))
    spaced = np.geomspace(1, iterations, MOST_FRAMES - 1)
    return [0, *np.unique(np.rint(spaced).astype(np.int64)).tolist()]
