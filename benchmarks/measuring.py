"""What all benchmarks share: paired runs, medians, and one line a figure.

These machines are noisy: quote the ratio of runs made in turn, not a single time.
"""

import compileall
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import tbcp_qual


def compiled() -> None:
    """Make sure that no run has to compile the program first, as none has to where it is installed."""
    compileall.compile_dir(str(Path(tbcp_qual.__file__).parent), quiet=2)


def seconds(run: Callable[[], object]) -> float:
    """Return the wall time of one run."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def in_turn(ours: Callable[[], object], theirs: Callable[[], object], runs: int) -> tuple[list[float], list[float]]:
    """Time two things in turn, so that a machine that slows down slows both; one warm-up each is left out."""
    ours()
    theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def ratio_of(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the ratios pair by pair."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def report(name: str, figure: float, unit: str, *, limit: float, beside: str = "") -> bool:
    """Print one figure beside its budget; return whether it holds."""
    holds = figure < limit
    print(f"{name}: {figure:.3g} {unit} (budget {limit:g} {unit}){f'; {beside}' if beside else ''}: ", end="")
    print("holds" if holds else "MISSED")
    return holds
