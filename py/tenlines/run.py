"""One run of a problem, moved on a slice of time at a time, so that whoever asks stays in charge."""

from bisect import bisect_right
from functools import lru_cache
from math import isfinite
from time import perf_counter

from tenlines.engine import ENGINES
from tenlines.errors import DivergedError, SettingError
from tenlines.frames import Frame, Saved, doubles
from tenlines.problem import Problem

MOST_FRAMES = 256
CHUNK_SECONDS = 0.004  # iterations between two looks at the clock: short beside a slice, long beside a look


class Run:
    """Frames of a training, in order. A diverged run keeps its last finite frame and is done."""

    def __init__(self, problem: Problem, engine: str = "numpy", nudged: bool = False, at: Saved | None = None):
        """at: an iteration and its weights to go on from, instead of the random start. Raises SettingError."""
        self.problem = problem
        self.engine_name = engine
        self.engine = ENGINES[engine](problem, nudged)
        if at:
            check_fits(at, problem, self.engine.save()[1])
            self.engine.restore(at)
        self.frame = self.engine.frame()
        if not self.frame.is_all_finite:
            raise DivergedError(
                "Before any training the outputs or the error are already too large for a number. "
                "Use smaller numbers in the table, for example by dividing a column by its largest value."
            )
        self.diverged: int | None = None  # the iteration whose numbers were no longer finite
        self.seconds = 0.0  # spent training so far
        self._marks = frame_marks(problem.training.iterations)
        self._chunk = 1

    @property
    def done(self) -> bool:
        return self.diverged is not None or self.frame.iteration == self.problem.training.iterations

    def advance(self, seconds: float) -> list[Frame]:
        """Train for about `seconds`, at least one iteration; return the frames that fell due.

        `self.frame` is the state reached, due or not.
        """
        deadline = perf_counter() + seconds
        due: list[Frame] = []
        while not self.done:
            began, before = perf_counter(), self.frame.iteration
            due += self._train(min(before + self._chunk, self.problem.training.iterations))
            now = perf_counter()
            self.seconds += now - began
            rate = (self.frame.iteration - before) / max(now - began, 1e-6)
            self._chunk = max(1, int(rate * CHUNK_SECONDS))
            if now >= deadline:
                break
        return due

    def _train(self, end: int) -> list[Frame]:
        """Train up to an iteration; the frames that fell due."""
        start = self.engine.save()
        frames = self._go(end)
        if self.frame.is_finite:
            return frames
        # Weights that are not finite never become so again, and outputs that are not make such weights in the next
        # pass (those of rows that teach; a `?` alone changes nothing): so the first such iteration can be searched for.
        self.diverged, last = self._first_not_finite(start, end)
        self.engine.restore(start)
        frames = self._go(last)
        return frames if frames[-1:] == [self.frame] or last == start[0] else [*frames, self.frame]

    def _go(self, end: int) -> list[Frame]:
        first = bisect_right(self._marks, self.engine.iteration)
        frames = self.engine.frames(self._marks[first : bisect_right(self._marks, end)])
        if self.engine.iteration < end:
            self.engine.advance(end - self.engine.iteration)
        self.frame = frames[-1] if frames and frames[-1].iteration == end else self.engine.frame()
        return frames

    def _first_not_finite(self, start: Saved, end: int) -> tuple[int, int]:
        """(that iteration, the one before), between a saved finite state and a state that is not."""
        finite = start[0]
        while end - finite > 1:
            middle = (finite + end) // 2
            self.engine.restore(start)
            self.engine.advance(middle - finite)
            if self.engine.frame().is_finite:
                start, finite = self.engine.save(), middle
            else:
                end = middle
        return end, finite


def check_fits(at: Saved, problem: Problem, own: bytes) -> None:
    """own: weights of this network."""
    iteration, weights = at
    if len(weights) != len(own):
        raise SettingError(f"These weights are {len(weights) // 8}, and this network has {len(own) // 8}.", field="run")
    if not all(map(isfinite, doubles(weights))):
        raise SettingError("These weights are not all numbers to compute with.", field="run")
    if not 0 <= iteration <= problem.training.iterations:
        raise SettingError(f"Iteration {iteration:,} is not one of {problem.training.iterations:,}.", field="run")


@lru_cache(maxsize=16)  # an edit keeps the iterations
def frame_marks(iterations: int) -> tuple[int, ...]:
    """The iterations shown of a run: 0, the last, and log-spaced between, so that early change is visible."""
    if iterations < MOST_FRAMES:
        return tuple(range(iterations + 1))
    last = MOST_FRAMES - 2
    return tuple(sorted({0, *(round(iterations ** (place / last)) for place in range(last + 1))}))
