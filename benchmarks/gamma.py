"""Gamma of spans, beside pygamma-agreement where an environment that has it is named.

Run: uv run python benchmarks/gamma.py [--peer PYTHON], PYTHON being the interpreter of that environment. Both draw
the same number of chance continua, by shuffling, in a process that is warm; compiling the peer's code is not counted.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
from functools import partial

from measuring import compiled, report, seconds

from tbcp_qual.agreement.unitizing.continuum import CodedSpan, Continuum
from tbcp_qual.agreement.unitizing.gamma import gamma

FASTER = 20
RUNS = 5

PEER = """
import json, logging, sys, time
logging.disable(logging.CRITICAL)
from pyannote.core import Segment
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum
from pygamma_agreement.sampler import ShuffleContinuumSampler
asked = json.load(sys.stdin)
continuum = Continuum()
for coder, spans in asked["spans"].items():
    for start, end, code in spans:
        continuum.add(coder, Segment(start, end), code)
unlike = CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
best = continuum.get_best_alignment(unlike)
took = []
for _ in range(asked["runs"]):
    started = time.perf_counter()
    found = continuum.compute_gamma(unlike, n_samples=asked["samples"], sampler=ShuffleContinuumSampler())
    took.append(time.perf_counter() - started)
json.dump({"seconds": took, "disorder": float(best.disorder), "gamma": float(found.gamma)}, sys.stdout)
"""

EXAMPLE = Continuum.of(
    60,
    Alex=[(2, 9, "1"), (11, 17, "2"), (24, 30, "5"), (32, 36, "6"), (36, 44, "6"), (44, 60, "7")],
    Paul=[(2, 9, "1"), (11, 17, "3"), (19, 25, "5"), (32, 44, "6")],
    Suzan=[(2, 9, "1"), (11, 17, "4"), (21, 27, "5"), (32, 36, "6"), (36, 40, "6"), (40, 44, "6")],
)
"""The published example, with which the peer begins its own instructions."""


def words(coders: int, units: int, seed: int) -> Continuum:
    """Return a continuum like those the peer is tested with: words, which each coder misses, moves or names otherwise."""
    dice = random.Random(seed)
    place, true = 0, []
    for _ in range(units):
        place += dice.randint(1, 12)
        length = max(2, int(abs(dice.gauss(10, 7))))
        true.append((place, place + length, dice.choices(["Noun", "Verb", "Adj", "Prep"], [5, 2, 3, 4])[0]))
        place += length
    spans: dict[str, tuple[CodedSpan, ...]] = {}
    for coder in range(coders):
        own, reached = [], 0
        for start, end, code in true:
            if dice.random() < 0.06:
                continue
            off = (end - start) * 0.45
            begin = max(reached, int(start + dice.uniform(-off, off)))
            reached = max(begin + 1, int(end + dice.uniform(-off, off)))
            own.append(CodedSpan(begin, reached, code if dice.random() < 0.9 else dice.choice(["Noun", "Verb"])))
        spans[f"coder {coder}"] = tuple(own)
    return Continuum(length=place + 20, spans=spans)


def main() -> int:
    """Print the figures; return 1 where the peer is not beaten by enough."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--peer", metavar="PYTHON", help="The interpreter of an environment with pygamma-agreement.")
    peer = parser.parse_args().peer
    compiled()
    good = True
    for name, continuum in (
        ("the published example, 3 coders", EXAMPLE),
        ("words, 3 coders × 130", words(3, 130, 1)),
        ("words, 2 coders × 1,000", words(2, 1000, 1)),
    ):
        found = gamma(continuum)
        ours = statistics.median(seconds(partial(gamma, continuum)) for _ in range(RUNS))
        samples = found.stated["samples"]
        print(f"{name}: {ours * 1000:.0f} ms, {continuum.units} spans, {samples} chance continua")
        if peer is None:
            continue
        spans = {coder: list(own) for coder, own in continuum.spans.items()}
        asked = json.dumps({"spans": spans, "samples": samples, "runs": 2})
        done = subprocess.run([peer, "-c", PEER], input=asked, capture_output=True, text=True, check=True)
        theirs = json.loads(done.stdout)
        disorder = found.stated["observed_disorder"]
        assert isinstance(disorder, float)
        if abs(disorder - theirs["disorder"]) > 1e-4:
            print(f"  the disorders differ: {disorder} and {theirs['disorder']}")
            good = False
        took = statistics.median(theirs["seconds"])
        beside = f"{ours:.3f} s against {took:.2f} s; disorder {disorder:.4f} in both"
        good &= report("  share of the peer's time", ours / took, "times", limit=1 / FASTER, beside=beside)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
