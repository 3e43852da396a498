"""Finding codes by name and path, and acts that would give two siblings one name."""

from collections.abc import Sequence

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import Change, changed
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import Code
from tbcp_qual.errors import Conflict, UsageError

MODEL = Code(id="model", name="Model")
SET_UP = Code(id="set-up", name="Delivery", parent="model")
DELIVERY = Code(id="delivery", name="Delivery", position=1)
PANEL = Code(id="panel", name="Panel", parent="delivery")
BOOK = Codebook([MODEL, SET_UP, DELIVERY, PANEL])


def after(book: Codebook, changes: Sequence[Change]) -> Codebook:
    codes = dict(book.by_id)
    for change in changes:
        old = codes.get(change.id, Code(id=change.id))
        new = changed(old, change)
        assert isinstance(new, Code)
        codes[change.id] = new
    return Codebook(codes.values())


def test_a_whole_path_wins_over_the_same_name_elsewhere() -> None:
    assert BOOK.find("delivery") is DELIVERY
    assert BOOK.find("Model>delivery") is SET_UP
    assert BOOK.find("panel") is PANEL


def test_a_name_that_several_codes_have_asks_for_the_path() -> None:
    book = Codebook([*BOOK.by_id.values(), Code(id="other", name="Panel", parent="model")])
    with pytest.raises(UsageError) as refused:
        book.find("panel")
    assert refused.value.hint == "Give the path: Delivery > Panel; Model > Panel"


def test_two_codes_of_one_path_are_told_apart_by_spelling_or_by_id() -> None:
    book = Codebook(
        [Code(id="1", name="New"), Code(id="2", name="new"), Code(id="3", name="Two"), Code(id="4", name="Two")]
    )
    assert (book.find("New").id, book.find("new").id) == ("1", "2")
    with pytest.raises(UsageError) as refused:
        book.find("two")
    assert refused.value.hint == "Give the id: 3; 4"
    assert book.find("4").id == "4"


def test_a_name_that_no_code_has_says_where_the_names_are() -> None:
    with pytest.raises(UsageError) as refused:
        BOOK.find("Weather")
    assert "`tbcp-qual codes list`" in refused.value.hint


def test_a_code_made_of_words_with_an_angle_is_found_by_its_name() -> None:
    book = Codebook([Code(id="1", name="out › in")])
    assert book.find("out › in").id == "1"


def test_a_code_cannot_move_beside_one_of_its_name() -> None:
    with pytest.raises(UsageError, match="“Delivery” there already"):
        edits.move_code(BOOK, SET_UP, None)
    assert edits.move_code(BOOK, SET_UP, MODEL) == []
    moved = after(BOOK, edits.move_code(BOOK, PANEL, None))
    assert [code.id for code in moved.children[None]] == ["model", "delivery", "panel"]


def test_a_code_cannot_move_below_itself() -> None:
    with pytest.raises(Conflict):
        edits.move_code(BOOK, DELIVERY, PANEL)


def test_a_retired_code_does_not_come_back_beside_one_that_has_its_name() -> None:
    book = after(BOOK, edits.retire_code(BOOK, DELIVERY))
    book = after(book, edits.add_code(book, Code(id="again", name="delivery")))
    with pytest.raises(UsageError, match="there already"):
        edits.restore_code(book, book.by_id["panel"])
    renamed = after(book, edits.rename_code(book, book.by_id["again"], "Other"))
    back = after(renamed, edits.restore_code(renamed, renamed.by_id["panel"]))
    assert not back.by_id["delivery"].retired
    assert not back.by_id["panel"].retired


def test_codes_below_do_not_end_up_with_one_name_when_those_above_are_merged() -> None:
    book = Codebook([*BOOK.by_id.values(), Code(id="other", name="panel", parent="model")])
    with pytest.raises(UsageError, match="“Panel” there already"):
        edits.merge_codes(book, [], book.by_id["delivery"], book.by_id["model"])
    below = edits.merge_codes(book, [], book.by_id["other"], book.by_id["panel"])
    merged = after(after(book, below), edits.merge_codes(after(book, below), [], PANEL, MODEL))
    assert merged.current("other").id == "model"
