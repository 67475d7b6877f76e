"""Whether one straight line parts two sets of points in a plane. Decided exactly: doubles are fractions."""

from collections.abc import Iterable, Sequence
from math import lcm

Point = tuple[int, int]


def can_be_parted(ones: Sequence[tuple[float, float]], zeros: Sequence[tuple[float, float]], border: float | None):
    """Whether a sum of the inputs with weights is above the border for all of `ones`, and below it for all of `zeros`.

    border: what the sum is on the line; None where a bias moves it anywhere.
    """
    if border == 0:  # each sum keeps its sign only: a point on one side is its mirror image on the other
        [mixed] = whole([[*ones, *((-x, -y) for x, y in zeros)]])
        return not holds_origin(hull(mixed))
    if border is not None:  # the sum of 0, 0 is 0, which has its side
        ones, zeros = (ones, [*zeros, (0.0, 0.0)]) if border > 0 else ([*ones, (0.0, 0.0)], zeros)
    above, below = map(hull, whole([ones, zeros]))
    return not holds_origin(hull(differences(above, below)))


def whole(sets: Sequence[Iterable[tuple[float, float]]]) -> list[list[Point]]:
    """The points times one number, so that all of them are whole; each coordinate has a number of its own."""
    exact = [[(x.as_integer_ratio(), y.as_integer_ratio()) for x, y in set(points)] for points in sets]
    times = [lcm(*{point[axis][1] for points in exact for point in points}) for axis in (0, 1)]
    return [[(times[0] // x[1] * x[0], times[1] // y[1] * y[0]) for x, y in points] for points in exact]


def turn(a: Point, b: Point, c: Point) -> int:
    """Above 0 where the way from a over b to c turns to the left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def hull(points: Iterable[Point]) -> list[Point]:
    """The corners of what a rubber band round the points encloses, to the left from the least: Andrew, 1979."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    halves = []
    for way in (ordered, ordered[::-1]):
        half: list[Point] = []
        for point in way:
            while len(half) > 1 and turn(half[-2], half[-1], point) <= 0:
                half.pop()
            half.append(point)
        halves.append(half[:-1])
    return halves[0] + halves[1]


def differences(one: list[Point], other: list[Point]) -> list[Point]:
    """Points with the hull of all differences of a point of one hull and a point of the other.

    Minkowski's sum: from the least difference on, the sides of both in the order of their directions.
    """
    if not one or not other:
        return []
    turned = hull((-x, -y) for x, y in other)
    first, second, found = 0, 0, []
    while first <= len(one) and second <= len(turned):
        a, b = one[first % len(one)], turned[second % len(turned)]
        found.append((a[0] + b[0], a[1] + b[1]))
        along, beside = one[(first + 1) % len(one)], turned[(second + 1) % len(turned)]
        side = turn((0, 0), (along[0] - a[0], along[1] - a[1]), (beside[0] - b[0], beside[1] - b[1]))
        if first == len(one) or (second < len(turned) and side < 0):
            second += 1
        elif second == len(turned) or side > 0:
            first += 1
        else:
            first, second = first + 1, second + 1
    return found


def holds_origin(corners: list[Point]) -> bool:
    """Whether 0, 0 is in a hull or on its edge."""
    origin = (0, 0)
    if len(corners) < 3:
        if not corners or turn(corners[0], corners[-1], origin):
            return False
        (x, y), (x2, y2) = corners[0], corners[-1]
        return x * x2 <= 0 and y * y2 <= 0
    return all(turn(a, b, origin) >= 0 for a, b in zip(corners, [*corners[1:], corners[0]], strict=True))
