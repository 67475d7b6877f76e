"""Whether a single neuron can do it: a system of linear inequalities, decided with a proof.

The question is whether there are weights w with w · row > 0 for each of some rows. Either there are, or some positive
combination of rows is 0 (Gordan's theorem), and then rows enough for that are the ones in conflict. Both are read from
the point of the rows' convex hull that is nearest to 0: Wolfe, "Finding the nearest point in a polytope", 1976.
That point is found with floating-point numbers; what is said is proved with the table's numbers as they are written.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import repeat
from math import lcm
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

TINY = 1e-12
MOST_STEPS = 1000
MOST_EXACT = 100_000  # numbers that are worked out where rounding decides
ROUNDING = float(np.finfo(np.float64).eps)


class Separation(NamedTuple):
    """Both are None where neither can be proved."""

    weights: list[float] | None  # weights · row > 0 for each row
    conflict: list[int] | None  # places of rows of which a positive combination is 0


def separate(rows: Sequence[Sequence[float]] | Array) -> Separation:
    """rows: (rows, width), at least one."""
    A = np.array(rows, dtype=np.float64)
    empty = ~A.any(axis=1)
    if empty.any():
        return Separation(None, [int(np.argmax(empty))])
    largest = np.abs(A).max(axis=0)
    largest[largest == 0] = 1
    with np.errstate(all="ignore"):
        scaled = A / largest  # columns of one size: any weights are weights of these
        scaled /= np.abs(scaled).max(axis=1, keepdims=True)
        scaled /= np.sqrt((scaled * scaled).sum(axis=1, keepdims=True))
        if not np.isfinite(scaled).all():
            return exactly(A)
        nearest, corral = nearest_to_origin(scaled)
        weights = nearest * (largest.min() / largest)
        if is_proof(A, weights):
            return Separation(weights.tolist(), None)
    conflict = conflict_in(A, corral)
    return exactly(A) if conflict is None else Separation(None, conflict)


def nearest_to_origin(P: Array) -> tuple[Array, list[int]]:
    """The point of the convex hull of the rows of P that is nearest to 0, and the rows that it lies between."""
    corral = [int(np.argmin(P @ P.mean(axis=0)))]
    shares = np.ones(1)
    x = P[corral[0]]
    for _ in range(MOST_STEPS):
        along = P @ x
        new = int(np.argmin(along))
        if along[new] > x @ x - TINY or new in corral:
            break
        corral.append(new)
        shares = np.append(shares, 0.0)
        for _ in repeat(None):
            Q = P[corral]
            try:
                affine = np.linalg.solve(Q @ Q.T + 1, np.ones(len(corral)))  # of their affine hull: nearest to 0
            except np.linalg.LinAlgError:
                return x, corral
            affine /= affine.sum()
            if affine.min() > TINY:
                shares = affine
                break
            low = affine <= TINY
            steps = shares[low] / np.maximum(shares[low] - affine[low], 1e-300)
            shares = shares + min(1.0, float(steps.min())) * (affine - shares)
            kept = shares > TINY
            if kept.all():  # by rounding
                kept[int(np.argmin(shares))] = False
            corral = [place for place, is_kept in zip(corral, kept, strict=True) if is_kept]
            shares = shares[kept] / shares[kept].sum()
            if len(corral) == 1:
                break
        x = shares @ P[corral]
    return x, corral


def is_proof(A: Array, weights: Array) -> bool:
    """Whether weights · row > 0 for each row, in exact numbers where rounding could matter."""
    sums = A @ weights
    if not ((sums > 0) & np.isfinite(sums)).all():
        return False
    # Rounding of a product of so many terms (Higham, "Accuracy and Stability of Numerical Algorithms", 3.1), and of
    # each number of the table, which may not be a double as it is written.
    doubt = (A.shape[1] + 4) * ROUNDING * (np.abs(A) @ np.abs(weights))
    return all(exact_sum(A[place], weights) > 0 for place in np.flatnonzero(sums <= doubt))


def exact_sum(row: Array, weights: Array) -> Fraction:
    return sum(
        (written(number) * Fraction(weight) for number, weight in zip(row.tolist(), weights.tolist(), strict=True)),
        Fraction(0),
    )


def written(number: float) -> Fraction:
    """The number as it is written: 0.1 is a tenth."""
    return Fraction(int(number)) if number.is_integer() else Fraction(repr(number))


def conflict_in(A: Array, places: Sequence[int]) -> list[int] | None:
    """Those of these rows of which a positive combination is 0; None where that is not so.

    The rows are to be affinely independent: then there is one combination at most.
    """
    chosen = A[list(places)]
    columns = [[written(float(number)) for number in column] for column in chosen.T if column.any()]
    equations = [[*map(int, scaled_up(column)), 0] for column in columns]
    equations.append([1] * (len(places) + 1))  # they add up to 1
    shares = solution(equations, len(places))
    if shares is None or min(shares) < 0:
        return None
    return [place for place, share in zip(places, shares, strict=True) if share > 0]


def scaled_up(numbers: Sequence[Fraction]) -> list[Fraction]:
    """The same numbers times what makes all of them whole."""
    by = lcm(*(number.denominator for number in numbers))
    return [number * by for number in numbers]


def solution(equations: list[list[int]], width: int) -> list[int] | None:
    """What solves all equations (each with its right side last), times a number above 0; None where not just one does.

    Without fractions: Bareiss, "Sylvester's identity and multistep integer-preserving Gaussian elimination", 1968.
    """
    rows, before = list(equations), 1
    for column in range(width):
        pivot = next((at for at in range(column, len(rows)) if rows[at][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        lead, top = rows[column][column], rows[column]
        for at, row in enumerate(rows):
            if at != column:
                factor = row[column]
                rows[at] = [(lead * number - factor * other) // before for number, other in zip(row, top, strict=True)]
        before = lead
    if any(row[-1] for row in rows[width:]):
        return None
    sign = 1 if before > 0 else -1
    return [sign * row[-1] for row in rows[:width]]


def exactly(A: Array) -> Separation:
    """The same by the simplex method with fractions, where that is not too long.

    Shares of the rows, none below 0, that add up to 1 and make their sum 0: where there are none, what the method ends
    with are weights (Farkas' lemma). Bland's rule lets it end: "New finite pivoting rules for the simplex method",
    1977.
    """
    count, width = A.shape
    zero, one = Fraction(0), Fraction(1)
    columns = [scaled_up([written(float(number)) for number in row]) for row in A]
    table = [[column[at] for column in columns] for at in range(width)] + [[one] * count]
    for at, row in enumerate(table):  # then a slack of each equation, and its right side
        row += [one if slack == at else zero for slack in range(width + 1)] + [one if at == width else zero]
    basis = list(range(count, count + width + 1))
    goal = [sum((row[at] for row in table), zero) for at in range(count)] + [zero] * (width + 1) + [one]
    for _ in range(max(1, MOST_EXACT // (len(table) * len(goal)))):
        entering = next((at for at in range(count) if goal[at] > 0), None)
        if entering is None:
            break
        ratios = [(row[-1] / row[entering], basis[at], at) for at, row in enumerate(table) if row[entering] > 0]
        _, _, leaving = min(ratios)
        lead = table[leaving][entering]
        table[leaving] = top = [number / lead for number in table[leaving]]
        for row in [*(row for at, row in enumerate(table) if at != leaving), goal]:
            if factor := row[entering]:
                row[:] = [number - factor * other if other else number for number, other in zip(row, top, strict=True)]
        basis[leaving] = entering
    else:
        return Separation(None, None)
    if goal[-1] == 0:
        return Separation(None, sorted(at for at, row in zip(basis, table, strict=True) if at < count and row[-1] > 0))
    weights = [-1 - number for number in goal[count : count + width]]
    most = max(map(abs, weights))
    rounded = np.array([float(number / most) for number in weights])
    with np.errstate(all="ignore"):
        return Separation(rounded.tolist(), None) if is_proof(A, rounded) else Separation(None, None)
