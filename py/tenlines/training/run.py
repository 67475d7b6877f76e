"""One run of a problem, trained for a slice of time a call, so that the caller can stop after each."""

from bisect import bisect_right
from functools import cached_property, lru_cache
from math import isfinite
from time import perf_counter

from tenlines.errors import DivergedError, SettingError
from tenlines.problem import Problem
from tenlines.training.checkpoints import Checkpoints
from tenlines.training.engine import ENGINES
from tenlines.training.frames import EngineState, Frame, doubles

MOST_FRAMES = 256
CHUNK_SECONDS = 0.004  # iterations between two looks at the clock: short beside a slice, long beside a look
FASTER = 10  # times as many in a chunk as in the one before, at most: a browser's clock can stand still for 1 ms


class Run:
    """Frames of a training, in order, and any iteration again. A diverged run is done with its last finite frame."""

    def __init__(self, problem: Problem, engine: str = "numpy", nudged: bool = False, at: EngineState | None = None):
        """at: a state to go on from, instead of the random start. Raises SettingError."""
        self.problem = problem
        self.engine_name = engine
        self.engine = ENGINES[engine](problem, nudged)
        if at:
            check_fits(at, problem, len(self.engine.save()[1]))
            self.engine.restore(at)
        self.frame = self.engine.frame()
        if not self.frame.is_all_finite:
            raise DivergedError(
                "Before any training the outputs or the error are already too large for a number. "
                "Use smaller numbers in the table, for example by dividing a column by its largest value."
            )
        self.diverged: int | None = None  # the iteration whose numbers were no longer finite
        self.seconds = 0.0  # spent training so far
        self.errors = {self.frame.iteration: self.frame.error}  # of the frames that fell due, by iteration
        self._marks = frame_marks(problem.training.iterations)
        self._checkpoints = Checkpoints(self.frame.state)
        self._chunk = 1

    @cached_property
    def held_out(self) -> list[int]:
        """The places in the table of the rows that are held out."""
        return [place for place, is_held in enumerate(self.problem.held_out()) if is_held]

    @property
    def done(self) -> bool:
        return self.diverged is not None or self.frame.iteration == self.problem.training.iterations

    def advance(self, seconds: float) -> list[Frame]:
        """Train for about `seconds`, at least one iteration; return the frames that fell due.

        `self.frame` is the state reached, due or not.
        """
        return self._train_for(seconds, self.problem.training.iterations)

    def nearest(self, iteration: int) -> int:
        """The iteration itself, or where the run begins or ends."""
        end = self.frame.iteration if self.done else self.problem.training.iterations
        return min(max(iteration, self._checkpoints.first), end)

    def seek(self, iteration: int, seconds: float) -> tuple[list[Frame], Frame]:
        """Go to the nearest of an iteration, for about `seconds`: the frames that fell due, and the one come to.

        What is yet to come is trained. What lies behind is worked out again, and `advance` goes on as if it was not.
        """
        iteration = self.nearest(iteration)
        if iteration > self.frame.iteration:
            due = self._train_for(seconds, iteration)
            return due, self.frame
        return [], self.frame if iteration == self.frame.iteration else self._go_back(iteration, seconds)

    def _train_for(self, seconds: float, end: int) -> list[Frame]:
        """At least one iteration, and not beyond `end`."""
        if self.engine.iteration != self.frame.iteration:
            self.engine.restore(self.frame.state)
        deadline = perf_counter() + seconds
        due: list[Frame] = []
        while not self.done and self.frame.iteration < end:
            began, before = perf_counter(), self.frame.iteration
            found = self._train(min(before + self._chunk, end))
            self.errors.update((frame.iteration, frame.error) for frame in found)
            due += found
            now = perf_counter()
            self.seconds += now - began
            self._chunk = self._next_chunk(self.frame.iteration - before, now - began)
            self._checkpoints.keep(self.frame.state)
            if now >= deadline:
                break
        return due

    def _next_chunk(self, trained: int, seconds: float) -> int:
        """So many iterations as should take CHUNK_SECONDS, judged by the chunk just trained."""
        fitting = int(trained / max(seconds, 1e-6) * CHUNK_SECONDS)
        fitting = max(1, min(fitting, FASTER * trained))
        return fitting if trained >= self._chunk else max(fitting, self._chunk)  # of a part the call itself takes most

    def _go_back(self, iteration: int, seconds: float) -> Frame:
        kept = self._checkpoints.before(iteration)
        if not kept[0] <= self.engine.iteration <= iteration:
            self.engine.restore(kept)
        deadline = perf_counter() + seconds
        while self.engine.iteration < iteration:
            self.engine.advance(min(self._chunk, iteration - self.engine.iteration))
            self._checkpoints.keep(self.engine.save())
            if perf_counter() >= deadline:
                break
        return self.engine.frame()

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

    def _first_not_finite(self, start: EngineState, end: int) -> tuple[int, int]:
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


def check_fits(at: EngineState, problem: Problem, size: int) -> None:
    """size: of a state of this problem, in bytes. Raises SettingError."""
    iteration, state = at
    if len(state) != size:
        raise SettingError(f"These weights are {len(state) // 8}, and this network has {size // 8}.", field="run")
    if not all(map(isfinite, doubles(state))):
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
