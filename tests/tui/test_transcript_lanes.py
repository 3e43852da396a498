"""Lanes of stripes: never shared on a row, and kept once given."""

from hypothesis import given
from hypothesis import strategies as st

from tbcp_qual.coding.records import Turn
from tbcp_qual.tui.transcript.lanes import Lanes
from tbcp_qual.tui.transcript.marks import Mark, MarksByTurn
from tbcp_qual.tui.transcript.rows import RowMap
from tbcp_qual.tui.transcript.stripes import Stripes

LINES = [f"Line {n}. It was all right, then she rang again." for n in range(12)]


def document(width: int) -> RowMap:
    text = "\n".join(LINES)
    turns, place = [], 0
    for line in LINES:
        turns.append(Turn(id=line, head=place, start=place, end=place + len(line)))
        place += len(line) + 1
    return RowMap(text, turns, width)


LENGTH = len(document(40).text)
spans = st.tuples(st.integers(0, LENGTH - 2), st.integers(1, 200)).map(lambda s: (s[0], min(s[0] + s[1], LENGTH)))
mark_sets = st.dictionaries(st.sampled_from("abcdefghijkl"), spans, max_size=12)


def marks(found: dict[str, tuple[int, int]]) -> list[Mark]:
    return [Mark(id=id, start=start, end=end) for id, (start, end) in found.items()]


def lanes_of(stripes: Stripes, rows: RowMap) -> dict[str, int]:
    lanes: dict[str, int] = {}
    for row in range(rows.height):
        beside = stripes.beside(row)
        assert len({stripe.lane for stripe in beside}) == len(beside), "two stripes share a lane on a row"
        lanes.update({stripe.mark.id: stripe.lane for stripe in beside})
    return lanes


def test_marks_that_share_no_row_share_the_first_lane() -> None:
    lanes = Lanes()
    lanes.place({"a": (0, 2), "b": (3, 4), "c": (4, 9)})
    assert [lanes[mark] for mark in "abc"] == [0, 0, 1]


def test_of_two_that_start_together_the_longer_stands_nearer_the_text() -> None:
    lanes = Lanes()
    lanes.place({"short": (1, 2), "long": (1, 8)})
    assert (lanes["long"], lanes["short"]) == (0, 1)


def test_a_mark_that_comes_back_gets_its_old_lane() -> None:
    rows = document(60)
    stripes = Stripes()
    pair = marks({"a": (0, 20), "b": (5, 30)})
    stripes.wrap(rows, pair)
    before = lanes_of(stripes, rows)
    stripes.update(pair[1:])
    assert lanes_of(stripes, rows) == {"b": before["b"]}
    stripes.update(pair)
    assert lanes_of(stripes, rows) == before


@given(mark_sets, mark_sets)
def test_adding_and_removing_marks_moves_no_other(
    first: dict[str, tuple[int, int]], then: dict[str, tuple[int, int]]
) -> None:
    rows = document(40)
    stripes = Stripes()
    stripes.wrap(rows, marks(first))
    before = lanes_of(stripes, rows)
    stripes.update(marks(then))
    after = lanes_of(stripes, rows)
    assert set(after) == set(then)
    stayed = [id for id in then if first.get(id) == then[id]]
    assert {id: after[id] for id in stayed} == {id: before[id] for id in stayed}


@given(mark_sets, st.integers(8, 60), st.integers(8, 60))
def test_wrapped_anew_no_stripe_hides_another(found: dict[str, tuple[int, int]], width: int, other: int) -> None:
    stripes = Stripes()
    stripes.wrap(document(width), marks(found))
    again = document(other)
    stripes.wrap(again, marks(found))
    assert set(lanes_of(stripes, again)) == set(found)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted), max_size=20), st.data())
def test_marks_are_found_at_every_turn_they_touch(extents: list[list[int]], data: st.DataObject) -> None:
    index = MarksByTurn(41)
    there = {str(n): (first, last) for n, (first, last) in enumerate(extents)}
    for id, (first, last) in there.items():
        index.add(Mark(id=id, start=0, end=1), first, last)
    for id in data.draw(st.lists(st.sampled_from(sorted(there)), unique=True)) if there else []:
        index.remove(Mark(id=id, start=0, end=1), *there.pop(id))
    for turn in range(41):
        expected = sorted(id for id, (first, last) in there.items() if first <= turn <= last)
        assert sorted(mark.id for mark in index.at(turn)) == expected
