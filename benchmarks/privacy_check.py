"""Recall and precision of the recognisers on the planted texts, by kind, and the words they read in a second.

Run: uv run python benchmarks/privacy_check.py [--wrong]   (with --wrong: what was missed and what was found amiss)
"""

import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from measuring import compiled

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tbcp_qual.language.pipeline import names_available
from tbcp_qual.privacy.finding import Finding
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.recognisers import RECOGNISERS
from tbcp_qual.privacy.scanning import scan
from tests.privacy.planted.marked import OTHER, STRUCTURED, Mark, Planted, listed_names, planted

RECALL_STRUCTURED, RECALL_OTHER, PRECISION, PACE = 0.98, 0.9, 0.9, 200_000
TRANSCRIPTS = Path(__file__).resolve().parents[1] / "transcripts_sample"
DATES = ("date of birth", "exact date")


class Miss(NamedTuple):
    """One identifier that was missed, or one finding where there is none."""

    text: Planted
    kind: str
    start: int
    end: int
    amiss: bool


def alike(kind: str, other: str) -> bool:
    """Whether two kinds count as the same: a date of birth found as an exact date is found."""
    return kind == other or (kind in DATES and other in DATES)


def measured(
    texts: list[Planted], known: Known
) -> tuple[Counter[str], Counter[str], Counter[str], Counter[str], list[Miss]]:
    """Return by kind what was planted, what of it was found, what findings there are, and which of them are right."""
    planted_of, found_of, findings_of, right_of = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    misses = []
    for text in texts:
        findings = scan(text.text, known)
        for mark in text.identifiers:
            planted_of[mark.kind] += 1
            if any(alike(mark.kind, f.kind) and overlap(mark, f) for f in findings):
                found_of[mark.kind] += 1
            else:
                misses.append(Miss(text, mark.kind, mark.start, mark.end, False))
        for finding in findings:
            findings_of[finding.kind] += 1
            if any(alike(mark.kind, finding.kind) and overlap(mark, finding) for mark in text.identifiers):
                right_of[finding.kind] += 1
            else:
                misses.append(Miss(text, finding.kind, finding.start, finding.end, True))
    return planted_of, found_of, findings_of, right_of, misses


def overlap(mark: Mark, finding: Finding) -> bool:
    """Whether a mark and a finding share a character."""
    return mark.start < finding.end and finding.start < mark.end


def pace(known: Known) -> tuple[int, float]:
    """Return how many words of the sample were read, and the best words a second of eight rounds on one core."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(TRANSCRIPTS.glob("*.txt"))] * 4
    words = sum(len(text.split()) for text in texts)
    best = 0.0
    for _ in range(8):
        started = time.process_time()
        for text in texts:
            scan(text, known)
        best = max(best, words / (time.process_time() - started))
    return words, best


def main() -> int:
    """Print the figures; return 1 where one is missed."""
    compiled()
    texts, known = planted(), Known(names=dict.fromkeys(listed_names(), ""))
    wanted, found, given, right, misses = measured(texts, known)
    print(f"{'kind':28}{'planted':>8}{'recall':>9}{'found':>8}{'precision':>11}")
    for kind in (*STRUCTURED, *OTHER):
        recall = found[kind] / wanted[kind]
        precision = right[kind] / given[kind] if given[kind] else 0.0
        print(f"{kind:28}{wanted[kind]:>8}{recall:>9.3f}{given[kind]:>8}{precision:>11.3f}")
    structured = sum(found[k] for k in STRUCTURED) / sum(wanted[k] for k in STRUCTURED)
    other = sum(found[k] for k in OTHER) / sum(wanted[k] for k in OTHER)
    precision = sum(right.values()) / sum(given.values())
    second = measured(planted("second"), Known())
    print(
        f"the second set, no list given, {sum(second[0].values())} planted: recall "
        f"{sum(second[1].values()) / sum(second[0].values()):.3f}, precision "
        f"{sum(second[3].values()) / sum(second[2].values()):.3f}"
    )
    words, best = pace(Known())
    holds = [
        line("recall, structured kinds", structured, RECALL_STRUCTURED),
        line("recall, other kinds", other, RECALL_OTHER),
        line("precision, all kinds", precision, PRECISION),
        line(
            f"words a second, {len(RECOGNISERS)} recognisers, {words} words, names: {names_available() or 'off'}",
            best,
            PACE,
        ),
    ]
    if "--wrong" in sys.argv:
        for miss in (*misses, *second[4]):
            print(f"{'amiss ' if miss.amiss else 'missed'} {miss.text.id} {miss.kind}: ", end="")
            around = miss.text.text
            print(around[max(0, miss.start - 40) : miss.start], end="«")
            print(around[miss.start : miss.end] + "»" + around[miss.end : miss.end + 30])
    return 0 if all(holds) else 1


def line(name: str, figure: float, least: float) -> bool:
    """Print a figure that must not fall below a bound; return whether it holds."""
    shown = f"{figure:.3f}" if least <= 1 else f"{figure:,.0f}"
    print(f"{name}: {shown} (at least {least:,g}): {'holds' if figure >= least else 'MISSED'}")
    return figure >= least


if __name__ == "__main__":
    sys.exit(main())
