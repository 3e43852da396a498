"""What every recogniser keeps to, whichever kind it finds."""

import itertools
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tbcp_qual.privacy import recognisers
from tbcp_qual.privacy.finding import KINDS, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.recognisers import RECOGNISERS
from tbcp_qual.privacy.scanning import context, scan

KNOWN = Known(names={"Tyler Brown": "[Child A]", "Xanthe": "", "Will": ""}, ignored=frozenset({"leeds"}))
PIECES = st.sampled_from(
    [
        "07700",
        "900123",
        "LS6",
        "2AB",
        "943",
        "476",
        "5919",
        "AB",
        "12",
        "34",
        "56",
        "C",
        ".",
        ",",
        ":",
        ";",
        "'",
        "’",
        "-",
        "/",
        "+",
        "(",
        ")",
        "[",
        "]",
        "@",
        "#",
        "\n",
        "\t",
        "_",
        "www.",
        "http://",
        ".co.uk",
        "Mrs",
        "Mr",
        "Dr",
        "St",
        "my",
        "son",
        "called",
        "Tyler",
        "Brown",
        "Grace",
        "May",
        "3rd",
        "March",
        "2024",
        "03/03/2024",
        "12/45",
        "26/40",
        "34+2",
        "weeks",
        "months",
        "old",
        "born",
        "at",
        "Road",
        "Street",
        "Ward",
        "Hospital",
        "Primary",
        "School",
        "Children's",
        "Centre",
        "only",
        "the",
        "nurse",
        "in",
        "for",
        "mum",
        "of",
        "four",
        "five",
        "siblings",
        "third",
        "baby",
        "syndrome",
        "trisomy",
        "dot",
        "at",
        "gmail",
        "com",
        "ref",
        "case",
        "no.",
        "oh",
        "zero",
        "seven",
        "reg",
        "car",
        "AB12",
        "CDE",
        "İ",
        "ß",
        "é",
        "Ł",
        "é",
        "́",
        "\u200d",
        "👶",
        "\ud7ff",
        "١٢",
        "²",
        "½",
        "flat",
        "3",
        "Ａ１２",
        "O'Brien's",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join)
)
LONG = 30_000
"""Characters of a nasty line: usually looked at in a twentieth of a second."""
NASTY = [
    "0", "07", "1 ", "1-", "1/", "0)(", "+4", "A", "Aa ", "A ", "a.", "a@", "@a", "a.b@", "@a.b", "http://", "www.", "Mrs ", "Mr A ",
    "Tyler ", "Ward ", "St ", "St. Mary's ", "Road ", "1 A ", "12 Road ", "Primary School ", "Children's Centre ", "of and the ",
    "A of ", "Hospital ", "oh ", "oh seven ", "dot ", "a dot ", " at a dot com", "3 weeks ", "3 weeks and ", "a week ", "born at ", "34+2 ",
    "26/40 ", "third ", "third baby ", "five ", "five children ", "one of five ", "mum of two ", "syndrome ", "Xx syndrome ", "the only ",
    "only a ", "the only nurse in ", "Head of ", "May ", "May 12 ", "1 May ", "third of ", "1.1.", "01/01/", "2001-01-", "ref ", "ref 12", "A1",
    "AB12", "AB-12/", "#1", "_", "'", "’s", "Aa'", "Aa-", "[", "[a] ", "\n", " ", "\u00a0", "é", "e\u0301", "İ", "G1P1 ", "trisomy ", "chromosome 1 ",
]  # fmt: skip


def test_there_is_one_recogniser_for_each_kind() -> None:
    assert sorted(recogniser.kind for recogniser in RECOGNISERS) == sorted(KINDS)
    assert len({recogniser.name for recogniser in RECOGNISERS}) == len(RECOGNISERS)


def test_every_module_in_the_folder_is_registered() -> None:
    folder = Path(recognisers.__file__).parent
    assert len([path for path in folder.glob("*.py") if path.name != "__init__.py"]) == len(RECOGNISERS)


@pytest.mark.parametrize("recogniser", RECOGNISERS, ids=lambda recogniser: recogniser.kind)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_whatever_the_text_what_is_found_lies_within_it(recogniser: Recogniser, text: str) -> None:
    for found in recogniser.find(text, KNOWN):
        assert 0 <= found.start < found.end <= len(text)
        assert 0 < found.score <= 1
        assert found.suggestion.startswith("[")
        assert found.suggestion.endswith("]")


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_findings_stand_in_order_and_do_not_overlap(text: str) -> None:
    findings = scan(text, KNOWN)
    for first, second in itertools.pairwise(findings):
        assert first.end <= second.start
    for finding in findings:
        assert text[finding.start : finding.end].casefold() != "leeds"
        before, words, after = context(text, finding)
        assert "\n" not in before + words + after
        assert len(before.split()) <= 6 >= len(after.split())


@pytest.mark.parametrize("recogniser", RECOGNISERS, ids=lambda recogniser: recogniser.kind)
def test_no_line_takes_more_than_its_length_in_time(recogniser: Recogniser) -> None:
    slow = []
    for piece in NASTY:
        text = piece * (LONG // len(piece))
        started = time.perf_counter()
        for _ in recogniser.find(text, KNOWN):
            pass
        if time.perf_counter() - started > 3:
            slow.append(piece)
    assert slow == []


def test_a_million_characters_of_nasty_lines_are_looked_at_in_one_go() -> None:
    text = "\n".join(piece * (1_000_000 // len(NASTY) // len(piece)) for piece in NASTY)
    started = time.perf_counter()
    scan(text, KNOWN)
    assert time.perf_counter() - started < 60
