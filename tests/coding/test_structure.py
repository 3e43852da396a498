"""Correcting the structure of a transcript: no offset moves, no turn loses words, reviews stay true."""

import pytest

from tbcp_qual.coding import structure
from tbcp_qual.coding.changes import Change, changed
from tbcp_qual.coding.records import Participant, Turn, review_id
from tbcp_qual.errors import UsageError

WORDS = "INT: How was it?\nP07: Fine. INT: And now? Well\nP07: Not so fine.\n\nHome\nP07: Damp."


def turn(label: str, said: str, role: str = "participant", **more: str) -> Turn:
    head = WORDS.index(f"{label}: {said}")
    start = head + len(label) + 2
    return Turn(
        id=said, document="d", text="t", head=head, start=start, end=start + len(said), speaker=label, role=role, **more
    )  # type: ignore[arg-type]


ASKED = turn("INT", "How was it?", "interviewer")
FINE = turn("P07", "Fine. INT: And now? Well", section="First", date="2024-03", participant="p7")
NOT_SO = turn("P07", "Not so fine.")
DAMP = turn("P07", "Damp.", section="Home")
TURNS = [ASKED, FINE, NOT_SO, DAMP]


def after(changes: list[Change]) -> list[Turn]:
    """Return the turns as they are after changes."""
    turns = {t.id: t for t in TURNS}
    for change in changes:
        if change.kind == "turn" and change.removes:
            del turns[change.id]
        elif change.kind == "turn":
            before = Turn(id=change.id) if change.creates else turns[change.id]
            turns[change.id] = changed(before, change)
    return sorted(turns.values(), key=lambda t: t.start)


def said(turns: list[Turn]) -> list[str]:
    return [f"{t.speaker}: {WORDS[t.start : t.end]}" for t in turns]


def test_a_renamed_speaker_who_is_there_already_becomes_that_one_with_their_role() -> None:
    found = after(structure.rename_speaker(TURNS, "int", "P07"))
    assert {(t.speaker, t.role) for t in found} == {("P07", "participant")}
    assert found[0].participant == "p7"


def test_a_new_name_keeps_role_and_participant_and_the_spelling_of_a_name_can_be_mended() -> None:
    found = after(structure.rename_speaker(TURNS, "P07", "p07"))
    assert [t.speaker for t in found] == ["INT", "p07", "p07", "p07"]
    assert [t.role for t in found] == [t.role for t in TURNS]
    assert structure.rename_speaker(TURNS, "P07", "P07") == []


def test_a_name_nobody_has_and_an_empty_one_are_refused() -> None:
    with pytest.raises(UsageError, match="Nobody called"):
        structure.rename_speaker(TURNS, "P08", "P07")
    with pytest.raises(UsageError, match="needs a name"):
        structure.rename_speaker(TURNS, "P07", "")


def test_a_speaker_is_said_to_be_a_participant_or_none() -> None:
    found = after(structure.set_participant(TURNS, "P07", Participant(id="p8")))
    assert [t.participant for t in found] == [None, "p8", "p8", "p8"]
    assert [t.participant for t in after(structure.set_participant(TURNS, "P07", None))] == [None] * 4


def test_a_turn_is_split_before_words_and_both_halves_keep_what_is_known_of_it() -> None:
    first, second = after(structure.split_turn(TURNS, FINE, WORDS.index("Well"), WORDS))[1:3]
    assert said([first, second]) == ["P07: Fine. INT: And now?", "P07: Well"]
    assert (second.role, second.section, second.date, second.participant) == ("participant", "First", "2024-03", "p7")
    assert (first.id, first.head, second.head) == (FINE.id, FINE.head, second.start)


def test_a_half_of_somebody_else_takes_their_role_and_leaves_their_label_out_of_the_words() -> None:
    first, second = after(structure.split_turn(TURNS, FINE, WORDS.index("INT: And"), WORDS, speaker="INT"))[1:3]
    assert said([first, second]) == ["P07: Fine.", "INT: And now? Well"]
    assert WORDS[second.head : second.start] == "INT: "
    assert (second.role, second.participant) == ("interviewer", None)


@pytest.mark.parametrize("at", [FINE.head, FINE.start, FINE.end, FINE.end + 3])
def test_no_half_is_empty(at: int) -> None:
    with pytest.raises(UsageError, match="empty"):
        structure.split_turn(TURNS, FINE, at, WORDS)


def test_joined_turns_hold_the_label_between_them() -> None:
    found = after(structure.join_turns(FINE, NOT_SO, WORDS, []))
    assert said(found)[1] == "P07: Fine. INT: And now? Well\nP07: Not so fine."
    assert len(found) == 3


def test_turns_with_a_heading_between_them_are_not_joined() -> None:
    with pytest.raises(UsageError, match="Other words"):
        structure.join_turns(NOT_SO, DAMP, WORDS, [])


def test_a_joined_turn_is_reviewed_by_whoever_reviewed_both() -> None:
    def reviewed(of: Turn, coder: str) -> tuple[str, str, str]:
        return review_id(of.id, coder), of.id, coder

    reviews = [reviewed(FINE, "both"), reviewed(NOT_SO, "both"), reviewed(FINE, "one"), reviewed(NOT_SO, "other")]
    gone = {c.id for c in structure.join_turns(FINE, NOT_SO, WORDS, reviews) if c.kind == "review" and c.removes}
    assert {review for review, *_ in reviews} - gone == {review_id(FINE.id, "both")}


def test_a_split_is_taken_back_by_joining_except_for_white_space() -> None:
    split = structure.split_turn(TURNS, FINE, WORDS.index("Well"), WORDS)
    first, second = after(split)[1:3]
    assert structure.join_turns(first, second, WORDS, [])[-2].fields["end"][1] == FINE.end


def test_a_section_goes_on_until_the_next_one_unless_the_last_turn_is_named() -> None:
    assert [t.section for t in after(structure.set_section(TURNS, 2, None, "Later"))] == ["", "First", "Later", "Home"]
    assert [t.section for t in after(structure.set_section(TURNS, 0, 2, "All"))] == ["All", "All", "All", "Home"]


def test_a_date_is_set_and_taken_away() -> None:
    assert [t.date for t in after(structure.set_date(TURNS[1:3], "2024-05-01"))][1:3] == ["2024-05-01"] * 2
    assert [t.date for t in after(structure.set_date(TURNS, ""))] == [""] * 4
