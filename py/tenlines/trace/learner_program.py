"""The values of a learner's program, at any iteration of its training loop.

It runs once, as it is, from beginning to end; at some iterations everything it has named is copied. Any other iteration
is reached from the copy before it, by running on from there.
"""

import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np

from tenlines.trace.generated_program import Names, Order, Plain, run, values_at
from tenlines.trace.instrument import SEE
from tenlines.trace.instrumented import ITEMS, PASSES, InstrumentedProgram
from tenlines.trace.record import Recorded, Recorder
from tenlines.trace.report import report
from tenlines.training.run import frame_marks

MOST_BYTES = 64_000_000  # of copied arrays
MOST_OF_THE_TIME = 0.2  # that copying may take
FREE_SECONDS = 0.1  # that it may take in any case

NOT_ITS_OWN = (SEE, PASSES, ITEMS, "__builtins__")


class Moment(NamedTuple):
    """After so many passes: all that the program has named, and where the random numbers are."""

    names: Names
    numpys_random: Any
    pythons_random: Any


class Trace:
    """One run. Raises ProgramError for a text that is no Python, or is nested too deeply to be traced."""

    def __init__(self, source: str) -> None:
        self.parts = InstrumentedProgram(source)
        self.code = self.parts.whole  # to be run once, in a namespace that was prepared for it
        self.passes = 0  # of the training loop, begun so far; in the end, all
        self._recorder = Recorder()
        self._names: Names = {}
        self._before: dict[int, Recorded] = {}  # what was recorded until the loop began
        self._items = range(0)
        self._moments: dict[int, Moment] = {}
        self._twins: dict[int, tuple[Any, Any]] = {}  # each array that was copied, by its id, and its latest copy
        self._bytes = 0
        self._seconds = 0.0

    def prepare(self, names: Names) -> None:
        """Put into the program's namespace what its code calls."""
        self._names = names
        names |= {SEE: self._recorder.see, PASSES: self._over}

    def iterations(self) -> list[int]:
        """Those whose values are at hand."""
        return sorted(self._moments)

    def report(self, iteration: int, place: int | None = None) -> Plain:
        """As `report` in report.py, once the program has ended. iteration: 0 to `passes`."""
        over = self._items[: self.passes] if self._moments and iteration == self.passes else None
        values, order = self._seen_at(iteration)
        return report(self.parts, values, order, place, over)

    def values(self, iteration: int) -> dict[int, Recorded]:
        """Without a loop, or where it was never reached, those of the only run."""
        return self._seen_at(iteration)[0]

    def _seen_at(self, iteration: int) -> tuple[dict[int, Recorded], Order]:
        """The values, and the order in which one pass, or the only run, computes its own."""
        ended = self._recorder.values
        if not self._moments:
            return ended, [*ended]
        item = self._items.start + iteration * self._items.step
        has_ended = iteration == self.passes
        codes = [self.parts.one_pass] if has_ended else [self.parts.ending, self.parts.one_pass]
        found, order = values_at(codes, lambda: self._back_to(iteration), item)
        return (ended if has_ended else self._before) | found, order

    def _over(self, items: Any) -> Iterator[Any]:
        """What the training loop runs over: the same items, and a copy of everything now and then."""
        if not isinstance(items, range):  # the program's own meaning of range
            yield from items
            return
        self._items, self._before, began = items, dict(self._recorder.values), perf_counter()
        marks = set(frame_marks(items.index(items[-1]) + 1 if items else 0))  # len is too small for some
        for done, item in enumerate(items):
            if done in marks:
                self._keep(done, began)
            self.passes = done + 1
            yield item
        self._keep(self.passes, began)

    def _keep(self, iteration: int, began: float) -> None:
        now = perf_counter()
        if self._seconds > FREE_SECONDS + MOST_OF_THE_TIME * (now - began):
            return
        with suppress(Exception):  # the program may have made anything of what this needs, and goes on all the same
            self._moments[iteration] = self._now()
        while self._bytes > MOST_BYTES and len(self._moments) > 1:
            self._moments = {at: self._moments[at] for at in self.iterations()[::2]}
            owners = [owner_of(value) for moment in self._moments.values() for value in arrays_in(moment.names)]
            self._bytes = sum({id(owner): owner.nbytes for owner in owners}.values())
        self._seconds += perf_counter() - now

    def _now(self) -> Moment:
        names = {name: value for name, value in self._names.items() if name not in NOT_ITS_OWN}
        before, self._twins = self._twins, {}  # of what is not named any more, none is kept

        def twin(value: np.ndarray) -> np.ndarray:
            """A copy, and of what has not changed always the same one."""
            old, copied = before.get(id(value), (None, None))
            if copied is None or old is not value or not is_equal(value, copied):
                copied = value.copy("K")
                self._bytes += copied.nbytes
            self._twins[id(value)] = value, copied
            return copied

        return Moment(copies(names, twin), np.random.get_state(), random.getstate())

    def _back_to(self, iteration: int) -> Names:
        """The namespace as it was after so many passes."""
        known = self.iterations()
        last = known[bisect_right(known, iteration) - 1]
        moment = self._moments[last]
        for name in [name for name in self._names if name not in NOT_ITS_OWN]:
            del self._names[name]
        self._names |= copies(moment.names, lambda value: value.copy("K"))
        np.random.set_state(moment.numpys_random)
        random.setstate(moment.pythons_random)
        if last < iteration:
            run(self.parts.passes, self._names, self._items[last:iteration])
            self._moments[iteration] = self._now()  # it is likely to be asked for again
        return self._names


def copies(names: Names, copy: Callable[[np.ndarray], np.ndarray]) -> Names:
    """Copies of all values: two names of one thing stay that, and so do two views of one array."""
    known = array_copies(arrays_in(names), copy)
    copied = {}
    for name, value in names.items():
        try:
            copied[name] = deepcopy(value, known)
        except Exception:  # a module, an open file: there is one only
            copied[name] = value
    return copied


def arrays_in(names: Names) -> list[np.ndarray]:
    """Each once, however many names it has."""
    return list({id(value): value for value in names.values() if isinstance(value, np.ndarray)}.values())


def array_copies(arrays: list[np.ndarray], copy: Callable[[np.ndarray], np.ndarray]) -> dict[int, Any]:
    """By the ids of the arrays."""
    owners = {id(value): owner_of(value) for value in arrays}
    users = Counter(map(id, owners.values()))
    copied: dict[int, Any] = {}
    for value in arrays:
        owner = owners[id(value)]
        if users[id(owner)] == 1 or value.dtype.hasobject:
            copied[id(value)] = copy(value)
            continue
        if id(owner) not in copied:
            copied[id(owner)] = copy(owner)
        if value is not owner:
            copied[id(value)] = view_like(value, owner, copied[id(owner)])
    return copied


def owner_of(value: np.ndarray) -> np.ndarray:
    """The array whose memory it looks at."""
    while isinstance(value.base, np.ndarray):
        value = value.base
    return value


def view_like(value: np.ndarray, owner: np.ndarray, copied: np.ndarray) -> np.ndarray:
    """What value is to its owner, to a copy of that."""
    offset = value.__array_interface__["data"][0] - owner.__array_interface__["data"][0]
    buffer = copied if copied.flags.c_contiguous else copied.T
    return np.ndarray(value.shape, value.dtype, buffer, offset, value.strides)


def is_equal(value: np.ndarray, other: np.ndarray) -> bool:
    return np.array_equal(value, other, equal_nan=value.dtype.kind in "fc")
