"""States kept along a run, so that going back to any of its iterations is a short way."""

from bisect import bisect_left, bisect_right

from tenlines.training.frames import EngineState

MOST_BYTES = 16 << 20
OBJECTS = 120  # bytes of Python's own for each of them


class Checkpoints:
    """States by iteration, a bounded number of bytes: of too many, those stay that lie evenly apart."""

    def __init__(self, first: EngineState):
        self._iterations = [first[0]]
        self._states = [first[1]]

    @property
    def first(self) -> int:
        return self._iterations[0]

    def keep(self, state: EngineState) -> None:
        iteration, numbers = state
        at = bisect_left(self._iterations, iteration)
        if at < len(self._iterations) and self._iterations[at] == iteration:
            return
        self._iterations.insert(at, iteration)
        self._states.insert(at, numbers)
        if len(self._iterations) * (len(numbers) + OBJECTS) > MOST_BYTES:
            self._thin()

    def before(self, iteration: int) -> EngineState:
        """The last kept up to this iteration, which is none before the first."""
        at = bisect_right(self._iterations, iteration) - 1
        return self._iterations[at], self._states[at]

    def _thin(self) -> None:
        """About half of them, no two neighbours further apart than needed; the first and the last stay."""
        gap = 4 * (self._iterations[-1] - self.first) / len(self._iterations)
        places = [0]
        for place in range(1, len(self._iterations) - 1):
            if self._iterations[place + 1] - self._iterations[places[-1]] > gap:
                places.append(place)
        places.append(len(self._iterations) - 1)
        self._iterations = [self._iterations[place] for place in places]
        self._states = [self._states[place] for place in places]
