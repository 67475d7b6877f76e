"""What a training costs as rows, columns, units and iterations grow ×10, in the page."""

from collections.abc import Callable
from statistics import median
from typing import Any

from playwright.sync_api import Browser
from stage import bench_page
from workloads import GROWING, family

REPEATS = 3


def measure(browser: Browser, url: str, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """One entry a step: what grew, its size, seconds on both engines, and bytes and seconds of generating."""
    page = bench_page(browser, url)
    page.evaluate("(all) => bench.prepareTenlines(...all)", ["warm-up", "compiled", family(rows=8)])
    steps = []
    for grows, sizes in GROWING.items():
        for size in sizes:
            say(f"{size:,} {grows}")
            data = family(**{grows: size})
            step: dict[str, Any] = {"grows": grows, "size": size}
            for engine in ("compiled", "numpy"):
                said = page.evaluate("(all) => bench.prepareTenlines(...all)", [engine, engine, data])
                times = [page.evaluate("(key) => bench.train(key)", engine) for _ in range(REPEATS)]
                step[engine] = {"first": said["first"], "seconds": median(times)}
            # Afterwards: the browser would know the bytes of a kernel that has just been compiled.
            steps.append({**step, **page.evaluate("(data) => bench.cost('compile_cost', data)", data)})
    page.close()
    return steps
