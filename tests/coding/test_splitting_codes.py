"""Splitting a code, and putting codes in order."""

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import changed
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import Code, Theme, definition_fingerprint
from tbcp_qual.errors import Conflict, UsageError
from tests.coding.test_code_edits import BOOK, DELIVERY, MODEL, PANEL, SET_UP, after

TRUST = Code(id="trust", name="Trust", colour="teal", not_when="Not for liking.", domain="tie", questions=("q",))
TRUSTING = Codebook([MODEL, SET_UP, TRUST])


def test_parts_of_a_code_come_below_it_and_it_says_that_they_are_not_in_it() -> None:
    book = after(TRUSTING, edits.split_code(TRUSTING, [], TRUST, ["In the worker", "In services"]))
    below = book.children["trust"]
    assert [code.name for code in below] == ["In the worker", "In services"]
    assert {(code.origin, code.status, code.domain, code.questions) for code in below} == {
        ("inductive", "provisional", "tie", ("q",))
    }
    narrowed = book.by_id["trust"]
    assert narrowed.not_when == "Not for liking. Not for what has a code of its own: “In the worker” and “In services”."
    assert definition_fingerprint(narrowed) != definition_fingerprint(TRUST)
    assert book.colour(below[0].id) == "teal"


def test_parts_beside_a_code_keep_its_colour_and_enter_its_themes() -> None:
    theme = Theme(id="theme", name="A worker who stays", codes=("trust", "model"))
    changes = edits.split_code(TRUSTING, [theme], TRUST, ["Doubt"], beside=True)
    book = after(TRUSTING, [change for change in changes if change.kind == "code"])
    (new,) = [code for code in book.children[None] if code.name == "Doubt"]
    assert (new.colour, new.parent, book.children[None][-1]) == ("teal", None, new)
    (themed,) = [change for change in changes if change.kind == "theme"]
    assert changed(theme, themed).codes == ("trust", new.id, "model")  # type: ignore[union-attr]


def test_a_theme_that_takes_the_whole_branch_needs_no_change() -> None:
    whole = Theme(id="whole", name="Whole", codes=("delivery",))
    chosen = Theme(id="chosen", name="Chosen", codes=("delivery", "panel"))
    changes = edits.split_code(BOOK, [whole, chosen], DELIVERY, ["Staffing"])
    assert [change.id for change in changes if change.kind == "theme"] == ["chosen"]


@pytest.mark.parametrize("names", [[], [""], ["Panel"], ["panel"], ["One", "one"], ["a > b"]])
def test_parts_need_names_of_their_own(names: list[str]) -> None:
    with pytest.raises(UsageError):
        edits.split_code(BOOK, [], DELIVERY, names)


def test_a_code_is_put_before_another_or_last() -> None:
    third = Code(id="third", name="Third", position=2)
    book = Codebook([*BOOK.by_id.values(), third])
    first = after(book, edits.place_code(book, third, None, MODEL))
    assert [code.id for code in first.children[None]] == ["third", "model", "delivery"]
    last = after(first, edits.place_code(first, first.by_id["third"], None, None))
    assert [code.id for code in last.children[None]] == ["model", "delivery", "third"]
    below = after(book, edits.place_code(book, third, DELIVERY, PANEL))
    assert [code.id for code in below.children["delivery"]] == ["third", "panel"]
    assert edits.place_code(last, last.by_id["third"], None, None) == []


def test_a_code_is_put_neither_below_itself_nor_beside_one_of_its_name_nor_before_a_stranger() -> None:
    with pytest.raises(Conflict):
        edits.place_code(BOOK, DELIVERY, PANEL, None)
    with pytest.raises(UsageError, match="there already"):
        edits.place_code(BOOK, SET_UP, None, MODEL)
    with pytest.raises(UsageError, match="lies elsewhere"):
        edits.place_code(BOOK, DELIVERY, None, PANEL)
