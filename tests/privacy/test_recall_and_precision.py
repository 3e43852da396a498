"""What the recognisers find of the planted texts; the benchmark `privacy_check.py` prints the figures by kind."""

from collections import Counter

from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.scanning import scan
from tests.privacy.planted.marked import OTHER, STRUCTURED, Planted, listed_names, planted

DATES = {"date of birth", "exact date"}


def _alike(kind: str, other: str) -> bool:
    return kind == other or {kind, other} <= DATES


def _measured(texts: list[Planted], known: Known) -> tuple[Counter[str], Counter[str], float]:
    """Return by kind what was planted and what of it was found, and the share of findings that are right."""
    planted_of: Counter[str] = Counter()
    found_of: Counter[str] = Counter()
    findings, right = 0, 0
    for text in texts:
        given = scan(text.text, known)
        for mark in text.identifiers:
            planted_of[mark.kind] += 1
            found_of[mark.kind] += any(
                _alike(mark.kind, f.kind) and f.start < mark.end and mark.start < f.end for f in given
            )
        findings += len(given)
        right += sum(
            any(_alike(mark.kind, f.kind) and f.start < mark.end and mark.start < f.end for mark in text.identifiers)
            for f in given
        )
    return planted_of, found_of, right / findings


def test_structured_identifiers_are_found_and_little_else() -> None:
    planted_of, found_of, precision = _measured(planted(), Known(names=dict.fromkeys(listed_names(), "")))
    structured = sum(found_of[kind] for kind in STRUCTURED) / sum(planted_of[kind] for kind in STRUCTURED)
    assert structured >= 0.98
    assert all(found_of[kind] / planted_of[kind] >= 0.9 for kind in (*STRUCTURED, *OTHER))
    assert precision >= 0.97


def test_names_of_many_families_are_found_though_nobody_listed_them() -> None:
    planted_of, found_of, precision = _measured(planted("second"), Known())
    assert planted_of.total() >= 180
    assert found_of["name"] / planted_of["name"] >= 0.9
    assert precision >= 0.95
