"""The results as tables to read."""

from collections.abc import Iterable
from statistics import median
from typing import Any

import keys
import printing
import scrubbing
import startup
from training import BY_HAND, COMPILED, IN_FIRST_RUNS, IN_PLACE, NATIVE, Result, Results
from workloads import WORKLOADS

# What is promised: the contender's time over that of Tenlines compiled, in the page, warm.
PROMISED = {
    "synaptic": {"W1": 4, "W2": 2.3, "W3": 3, "W4": 3.3},
    BY_HAND: {"W1": 1, "W2": 2.3, "W3": 2.3, "W4": 2.3},
    IN_PLACE: {"W4": 1 / 1.5},
}
STARTS_PROMISED = {"post": 0.1, "spirals": 10}  # seconds of 20 other starts of an example
DIAGNOSIS_PROMISED = {"the post's table": 0.002, "10,000 × 50": 0.1}  # seconds of a diagnosis without them
PHASES = ("HTML", "first paint", "largest paint", "last byte", "engine")
SAME_WEIGHTS = {"W1", "W2", "W4"}  # within 1e-12 of the reference


def training(results: Results) -> Iterable[str]:
    for name, (about, _) in WORKLOADS.items():
        of = results[name]
        base = of[COMPILED]
        yield f"\n{name}, {about}"
        yield f"{'median ms':>12} {'ratio':>8} {'first ms':>10} {'mean error':>11} {'from reference':>15}"
        for contender, result in sorted(of.items(), key=lambda item: item[1].seconds):
            ratio = result.seconds / base.seconds
            first = f"{median(result.first) * 1e3:10.2f}" if contender in IN_FIRST_RUNS else " " * 10
            apart = f"{result.distance:15.1e}" if result.distance is not None else " " * 15
            error = f"{result.error:11.5f}" if result.error is not None else " " * 11
            yield f"{result.seconds * 1e3:12.3f} {ratio:8.2f} {first} {error} {apart}   {contender}"


def promises(results: Results) -> Iterable[str]:
    """Each ratio that is promised, and whether it was seen."""
    yield "\nPromised of Tenlines compiled"
    for contender, least in PROMISED.items():
        for name, wanted in least.items():
            seen = results[name][contender].seconds / results[name][COMPILED].seconds
            yield line(seen >= wanted, f"{name}: {seen:.2f} × as fast as {contender}, warm; promised {wanted:.2f}")
    for name, of in results.items():
        ours, theirs = median(of[COMPILED].first), median(of["synaptic"].first)
        said = f"{name}: {theirs / ours:.2f} × as fast as synaptic at the first run of a shape; promised 1.00"
        yield line(ours < theirs, said)
    for name in sorted(SAME_WEIGHTS):
        apart = max(results[name][contender].distance or 0.0 for contender in (COMPILED, NATIVE))
        yield line(apart <= 1e-12, f"{name}: weights {apart:.1e} from the reference's; promised 1e-12")


def line(kept: bool, text: str) -> str:
    return f"  {'yes' if kept else 'NO '}  {text}"


def curves(steps: list[dict[str, Any]]) -> Iterable[str]:
    yield f"\nGrowing, in the page{'compiled ms':>22} {'first':>9} {'generate':>9} {'bytes':>8} {'NumPy ms':>10}"
    for step in steps:
        compiled, numpy = step["compiled"], step["numpy"]
        yield (
            f"{step['size']:>9,} {step['grows']:<11}{compiled['seconds'] * 1e3:20.3f} {compiled['first'] * 1e3:9.1f} "
            f"{step['generate'] * 1e3:9.1f} {step['bytes']:8,} {numpy['seconds'] * 1e3:10.1f}"
        )


def typing(results: list[dict[str, Any]]) -> Iterable[str]:
    yield "\nFrom key press to answer, ms: in the page, painted, painted at the 95th percentile"
    yield from map(keys.summary, results)
    alone, beside = (median(result["painted"]) * 1e3 for result in results if result["table"] in keys.BESIDE_STARTS)
    said = f"with other starts being trained {beside:.1f} ms, without them {alone:.1f}; promised 5 more"
    yield line(beside <= alone + 5, said)
    for result in results:
        if result["table"] in keys.TABLES:
            painted = median(result["painted"]) * 1e3
            yield line(painted <= 16, f"{result['table']}: painted in {painted:.1f} ms; promised 16")


def scrubbed(results: list[dict[str, Any]]) -> Iterable[str]:
    yield "\nThe longest task at a move, ms: median, 95th percentile, most; frames and answers a second"
    yield from map(scrubbing.summary, results)
    for result in results:
        slowest, promised = scrubbing.slowest(result) * 1e3, scrubbing.PROMISED[result["slower"]] * 1e3
        said = f"{scrubbing.named(result)}: {slowest:.1f} ms at the 95th percentile; promised {promised:.0f}"
        yield line(scrubbing.is_kept(result), said)


def started(costs: dict[str, dict[str, dict[str, float]]]) -> Iterable[str]:
    starts, diagnoses = costs["starts"], costs["diagnoses"]
    yield "\n20 other starts, in the page, ms: all, the longest slice, one training"
    for name, cost in starts.items():
        numbers = " ".join(f"{cost[of] * 1e3:9.2f}" for of in ("starts", "longest", "run"))
        yield f"{numbers}   {name}"
    for name, most in STARTS_PROMISED.items():
        seen = starts[name]["starts"]
        yield line(seen <= most, f"{name}: 20 starts in {seen * 1e3:.0f} ms; promised {most * 1e3:.0f}")
    for name, most in DIAGNOSIS_PROMISED.items():
        seen = diagnoses[name]["diagnosis"]
        yield line(seen <= most, f"{name}: diagnosis in {seen * 1e3:.2f} ms; promised {most * 1e3:.0f}")


def mapped(cost: dict[str, float]) -> Iterable[str]:
    kernel, whole = cost["kernel"] * 1e3, cost["whole"] * 1e3
    yield f"\nA map of 100 × 100 for 2-8-8-1, in the page: kernel {kernel:.1f} ms, whole answer {whole:.1f} ms"
    yield line(kernel <= 5, f"kernel {kernel:.1f} ms; promised 5")


def printed(results: dict[str, list[float]]) -> Iterable[str]:
    yield "\nFrom Run to the first printed line, painted, ms: median, least, most"
    yield from printing.summary(results)


def start_up(results: startup.Results) -> Iterable[str]:
    widths = {phase: max(8, len(phase) + 2) for phase in PHASES}
    yield "\nFrom the navigation to the first answer: medians, in ms since the navigation and in MB until the answer"
    phases = "".join(f"{phase:>{width}}" for phase, width in widths.items())
    yield f"{'ratio':>32}{'least':>8}{'answer':>8}{phases}{'sent':>8}{'gzip -9':>9}"
    for name, visits in results.cases.items():
        yield f"  {name}"
        for contender, of in visits.items():
            ratio = of.seconds / visits[startup.STOCK].seconds
            phases = "".join(f"{milliseconds(of.phase(phase)):>{width}}" for phase, width in widths.items())
            sent, gzipped = (median(getattr(one, size) for one in of.all) / 1e6 for size in ("sent", "gzipped"))
            ways = "".join(f", {way}" for way in sorted({one.start for one in of.all if one.start}))
            times = f"{ratio:8.2f}{milliseconds(of.least):>8}{milliseconds(of.seconds):>8}{phases}"
            yield f"    {contender + ways:<20}{times}{sent:8.2f}{gzipped:9.2f}"
    for contender, memory in results.memory.items():
        least, rest, most = (of(memory.rest) / 1e6 for of in (min, median, max))
        yield (
            f"  the process of the page: {rest:.0f} MB at rest ({least:.0f} to {most:.0f}), "
            f"{median(memory.peak) / 1e6:.0f} MB at most ({contender})"
        )
    yield from start_up_promises(results)


def milliseconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds * 1e3:.0f}"


def start_up_promises(results: startup.Results) -> Iterable[str]:
    yield "\nPromised of the start"
    for name, visits in results.cases.items():
        promised = startup.CASES[name].promised
        if promised:
            ours, stock = visits[startup.OURS], visits[startup.STOCK]
            ratio, least = ours.seconds / stock.seconds, ours.least / stock.least
            yield line(
                ratio <= promised, f"{name}: {ratio:.2f} of stock ({least:.2f} by minima); promised {promised:.2f}"
            )
    slow = results.cases[startup.SLOW][startup.OURS]
    gzipped, largest = median(one.gzipped for one in slow.all), slow.phase("largest paint")
    yield line(gzipped <= 6.6e6, f"{gzipped / 1e6:.2f} MB until the answer; promised 6.60")
    if largest is not None:
        yield line(largest <= 0.5, f"largest paint {milliseconds(largest)} ms at {startup.SLOW}; promised 500")
    if results.memory:
        ours, stock = (median(results.memory[contender].rest) / 1e6 for contender in (startup.OURS, startup.STOCK))
        yield line(ours <= stock, f"{ours:.0f} MB at rest; promised the stock way's {stock:.0f}")


def plain(result: Result) -> dict[str, Any]:
    return {**vars(result), "seconds": result.seconds}


def for_machines(results: Results) -> dict[str, Any]:
    return {name: {contender: plain(result) for contender, result in of.items()} for name, of in results.items()}
