"""Changing the ends of a coding: what it runs into joins it, and what excludes it stops it."""

import pytest

from tbcp_qual.coding.changes import update
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.ends import change_ends, snapped
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Coding, Document
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import Conflict, UsageError

TRUST = Code(id="trust", name="Trust", domain="feeling")
MISTRUST = Code(id="mistrust", name="Mistrust", domain="feeling")
OTHER = Code(id="other", name="Other")
BOOK = Codebook([TRUST, MISTRUST, OTHER])
DOCUMENT = Document(id="d", name="P07", text="t" * 64)


def coding(start: int, end: int, code: Code = TRUST, **values: object) -> Coding:
    return Coding(  # type: ignore[arg-type]
        **{
            "id": new_id(),
            "document": "d",
            "text": DOCUMENT.text,
            "start": start,
            "end": end,
            "code": code.id,
            "coder": "ak",
            **values,
        }
    )


def ends(own: list[Coding], moved: Coding, start: int, end: int) -> list:
    return change_ends(own, BOOK, moved, document=DOCUMENT, span=Span(start, end))


def test_a_coding_shrinks_grows_and_moves() -> None:
    one = coding(10, 20)
    for start, end in ((12, 15), (5, 40), (100, 110)):
        assert ends([one], one, start, end) == [update(one, start=start, end=end)]
    assert ends([one], one, 10, 20) == []


def test_one_of_the_same_code_that_it_runs_into_becomes_part_of_it() -> None:
    one, met, far = coding(10, 20, memo="a"), coding(25, 35, memo="b", negative=True), coding(50, 60)
    grown, gone = ends([one, met, far], one, 10, 30)
    assert (grown.id, grown.fields) == (one.id, {"end": (20, 35), "memo": ("a", "a\nb"), "negative": (False, True)})
    assert (gone.id, gone.removes) == (met.id, True)


def test_another_coders_coding_and_other_codes_are_no_hindrance() -> None:
    one = coding(10, 20)
    own = [one, coding(18, 30, OTHER), coding(18, 30, MISTRUST, coder="rm"), coding(18, 30, MISTRUST, document="e")]
    assert ends(own, one, 10, 30) == [update(one, end=30)]


def test_a_code_that_excludes_it_stops_it_and_touching_is_not_overlapping() -> None:
    one, other = coding(10, 20), coding(25, 35, MISTRUST)
    assert ends([one, other], one, 10, 25) == [update(one, end=25)]
    with pytest.raises(Conflict, match="Mistrust"):
        ends([one, other], one, 10, 26)


def test_no_words_and_no_place_are_refused() -> None:
    one, lost = coding(10, 20), coding(10, 20, text="old" * 20)
    with pytest.raises(UsageError, match="Nothing is selected"):
        ends([one], one, 15, 15)
    with pytest.raises(UsageError, match="corrected text"):
        ends([lost], lost, 12, 15)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("idwif", "midwife"),
        ("midwife said.", "midwife said."),
        (" said. ", "said."),
        ("said. Sh", "said. She"),
        (".", "."),
    ],
)
def test_snapping_widens_to_whole_words_and_takes_nothing_away(asked: str, given: str) -> None:
    text = "INT: How?\nP07: My midwife said. She sat.\n"
    start = text.index(asked)
    found = snapped(text, Span(start, start + len(asked)))
    assert text[found.start : found.end] == given
