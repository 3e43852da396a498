"""Alpha of 40 codes by characters with 1,000 resamples, beside the same by arrays with a cell a character.

Run: uv run python benchmarks/agreement.py [--peer PYTHON]
PYTHON is the interpreter of an environment of its own that holds the `krippendorff` package.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from measuring import compiled, in_turn, report, seconds

from tbcp_qual.agreement.bootstrap import Drawn, draw, intervals
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.sweep import Laid, characters
from tbcp_qual.coding.spans import Span, union

LIMIT_MS = 100.0
LIMIT_RATIO = 1 / 20
CODES, DOCUMENTS, LENGTH, CODINGS, RESAMPLES = 40, 100, 50_000, 10_000, 1_000
CODERS = ("AK", "RM")
RUNS = 9
MEASURED = 2
"""Resamples that the slow ways are run for; the rest is reckoned."""

PEER = """
import json, sys, time
import krippendorff, numpy as np
stored = np.load(sys.argv[1])
values, drawn = stored["values"], stored["drawn"]
started = time.perf_counter()
alphas = [krippendorff.alpha(reliability_data=values[:, those].reshape(2, -1), level_of_measurement="nominal",
                             value_domain=[0, 1]) for those in drawn]
print(json.dumps({"seconds": time.perf_counter() - started, "alphas": alphas}))
"""


def made() -> list[Laid]:
    """Make documents of 50,000 characters in 100 turns, with 10,000 codings by two coders who mostly agree."""
    dice = random.Random(6)
    spans: list[dict[tuple[str, str], list[Span]]] = [{} for _ in range(DOCUMENTS)]
    for _ in range(CODINGS // 2):
        document, code = dice.choice(spans), str(dice.randrange(CODES))
        start = dice.randrange(LENGTH - 1_000)
        end = start + dice.randint(20, 900)
        document.setdefault((code, "AK"), []).append(Span(start, end))
        if dice.random() < 0.4:
            start = dice.randrange(LENGTH - 1_000)
            end = start + dice.randint(20, 900)
        document.setdefault((code, "RM"), []).append(Span(start, end + dice.randint(0, 40)))
    turns = [Span(start + 12, start + 500) for start in range(0, LENGTH, 500)]
    return [
        Laid(units=turns, spans={key: union(those) for key, those in by_key.items()}, done=set(CODERS))
        for by_key in spans
    ]


def ours(laid: list[Laid]) -> list[tuple[float, float]]:
    """From spans to an interval for each code."""
    table = characters(laid, codes=[[str(code)] for code in range(CODES)], coders=CODERS)
    drawn = draw(table, seed=1, resamples=RESAMPLES)
    assert isinstance(drawn, Drawn)
    found = intervals(drawn, STATISTICS["krippendorff_alpha"])
    return [(each.low, each.high) for each in found]  # type: ignore[union-attr]


def painted(laid: list[Laid], code: str) -> np.ndarray:
    """Give each character that counts a cell for each coder; shape `(coders, documents, characters)`."""
    counted = np.zeros(LENGTH, dtype=bool)
    for turn in laid[0].units:
        counted[turn.start : turn.end] = True
    cells = np.zeros((len(CODERS), len(laid), LENGTH), dtype=np.uint8)
    for at, document in enumerate(laid):
        for i, coder in enumerate(CODERS):
            for span in document.spans.get((code, coder), ()):
                cells[i, at, span.start : span.end] = 1
    return cells[:, :, counted]


def alpha_of(both: np.ndarray, either: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Nominal alpha of two coders by how many coded: both, at least one, and all characters."""
    coded = both + either
    return 1 - (2 * n - 1) * (either - both) / (coded * (2 * n - coded))


def by_characters(laid: list[Laid], code: str, drawn: np.ndarray) -> list[float]:
    """Draw documents and count their characters anew each time."""
    first, second = painted(laid, code)
    found = []
    for those in drawn:
        one, other = first[those], second[those]
        both, either = np.count_nonzero(one & other), np.count_nonzero(one | other)
        found.append(float(alpha_of(np.array(both), np.array(either), np.array(one.size))))
    return found


def counted_once(laid: list[Laid], drawn: np.ndarray) -> list[tuple[float, float]]:
    """Count the characters of each document once, and draw from the counts: the best that arrays can do."""
    found = []
    for code in range(CODES):
        first, second = painted(laid, str(code))
        both = np.count_nonzero(first & second, axis=1)
        either = np.count_nonzero(first | second, axis=1)
        n = np.full(len(laid), first.shape[1])
        alphas = alpha_of(both[drawn].sum(axis=1), either[drawn].sum(axis=1), n[drawn].sum(axis=1))
        found.append(tuple(np.quantile(alphas, [0.025, 0.975])))
    return found


def peer(python: str, laid: list[Laid], drawn: np.ndarray) -> tuple[float, list[float]]:
    """Return the seconds of `krippendorff` for one code and the resamples given, and what it says."""
    with tempfile.TemporaryDirectory() as folder:
        np.savez(Path(folder) / "cells.npz", values=painted(laid, "0").astype(float), drawn=drawn)
        answer = subprocess.run(
            [python, "-c", PEER, str(Path(folder) / "cells.npz")], capture_output=True, check=True, text=True
        )
    said = json.loads(answer.stdout)
    return said["seconds"], said["alphas"]


def main() -> int:
    """Print the figures; return 1 where the budget is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--peer", metavar="PYTHON", help="an interpreter that has the krippendorff package")
    options = parser.parse_args()
    compiled()
    laid = made()
    drawn = np.random.RandomState(1).randint(DOCUMENTS, size=(RESAMPLES, DOCUMENTS), dtype=np.int64)
    assert np.allclose(ours(laid), counted_once(laid, drawn), rtol=1e-9)
    few = drawn[:MEASURED]
    times, plain = in_turn(lambda: ours(laid), lambda: by_characters(laid, "0", few), RUNS)
    mine = statistics.median(times)
    holds = report(f"alpha of {CODES} codes, {RESAMPLES:,} resamples", mine * 1_000, "ms", limit=LIMIT_MS)
    reckoned = statistics.median(plain) / MEASURED * RESAMPLES * CODES
    holds &= report(
        "beside arrays of characters, drawn anew (reckoned)",
        mine / reckoned,
        "times",
        limit=LIMIT_RATIO,
        beside=f"{reckoned:.0f} s, {reckoned / mine:,.0f} times as long",
    )
    once = seconds(lambda: counted_once(laid, drawn))
    print(f"arrays of characters, counted once a document: {once:.2f} s, {once / mine:.0f} times as long")
    if options.peer:
        took, alphas = peer(options.peer, laid, few)
        assert np.allclose(alphas, by_characters(laid, "0", few), rtol=1e-9)
        reckoned = took / MEASURED * RESAMPLES * CODES
        print(f"the krippendorff package in a loop (reckoned): {reckoned:.0f} s, {reckoned / mine:,.0f} times as long")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
