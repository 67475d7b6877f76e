"""Whether a single neuron can do it: a system of linear inequalities, decided with a proof.

The question is whether there are weights w with w · row > 0 for each of some rows. Either there are, or some positive
combination of rows is 0 (Gordan's theorem), and then rows enough for that are the ones in conflict. Both are read from
the point of the rows' convex hull that is nearest to 0: Wolfe, "Finding the nearest point in a polytope", 1976.
That point is found with floating-point numbers; what is said is proved with the table's numbers as they are written.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

TINY = 1e-12
MOST_STEPS = 1000
ROUNDING = float(np.finfo(np.float64).eps)


class Separation(NamedTuple):
    """Both are None where neither can be proved."""

    weights: list[float] | None  # weights · row > 0 for each row
    conflict: list[int] | None  # places of rows of which a positive combination is 0


def separate(rows: Sequence[Sequence[float]] | Array) -> Separation:
    """rows: (rows, width), at least one."""
    A = np.array(rows, dtype=np.float64)
    largest = np.abs(A).max(axis=0)
    scaled = A / np.where(largest > 0, largest, 1)  # columns of one size: any weights are weights of these
    sizes = np.sqrt((scaled * scaled).sum(axis=1))
    if not sizes.all():
        return Separation(None, [int(np.argmin(sizes))])
    nearest, corral = nearest_to_origin(scaled / sizes[:, None])
    weights = nearest / np.where(largest > 0, largest, 1)
    if is_proof(A, weights):
        return Separation(weights.tolist(), None)
    return Separation(None, conflict_in(A, corral))


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
        for _ in count():
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
    if not (sums > 0).all():
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
    used = np.flatnonzero(chosen.any(axis=0))
    equations = [[written(float(number)) for number in chosen[:, column]] + [Fraction(0)] for column in used]
    equations.append([Fraction(1)] * (len(places) + 1))  # they add up to 1
    shares = solution(equations, len(places))
    if shares is None or min(shares) < 0:
        return None
    return [place for place, share in zip(places, shares, strict=True) if share > 0]


def solution(equations: list[list[Fraction]], width: int) -> list[Fraction] | None:
    """The numbers that solve all equations (each with its right side last); None where not just one set does."""
    rows = list(equations)
    for column in range(width):
        pivot = next((at for at in range(column, len(rows)) if rows[at][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        lead = rows[column][column]
        if lead != 1:
            rows[column] = [number / lead for number in rows[column]]
        for at, row in enumerate(rows):
            if at != column and (factor := row[column]):
                rows[at] = [
                    number - factor * other if other else number
                    for number, other in zip(row, rows[column], strict=True)
                ]
    if any(row[-1] for row in rows[width:]):
        return None
    return [row[-1] for row in rows[:width]]
