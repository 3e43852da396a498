"""Who speaks, as participants: pseudonyms are one person everywhere, other labels somebody of their own document."""

from dataclasses import replace

import pytest

from tbcp_qual.coding.people import Speaking, name_again, name_speakers
from tbcp_qual.coding.records import Document, Participant, Turn


def document(name: str = "P07 interview", **more: object) -> Document:
    values: dict[str, object] = {"source_type": "parent", **more}
    return Document(id="d", name=name, text="t", **values)  # type: ignore[arg-type]


def turns(*voices: str) -> list[Turn]:
    """Return a turn for each voice; `I` asks."""
    return [
        Turn(
            id=str(n), document="d", text="t", start=n, end=n + 1, head=n, speaker=voice,
            role="interviewer" if voice == "I" else "participant" if voice else "",
        )
        for n, voice in enumerate(voices)
    ]  # fmt: skip


def labels(speaking: Speaking, known: list[Participant] | None = None) -> dict[str, str | None]:
    """Return the label of the participant behind each voice."""
    people = {p.id: p.label for p in [*(known or []), *speaking.new]}
    return {turn.speaker: people.get(turn.participant or "") for turn in speaking.turns if turn.speaker}


@pytest.mark.parametrize(
    ("name", "voices", "found"),
    [
        ("P07 interview", ["I", "P07"], {"I": None, "P07": "P07"}),
        ("P07 interview", ["I", "R"], {"I": None, "R": "P07"}),
        ("Interview", ["I", "Participant"], {"I": None, "Participant": "Interview"}),
        ("P07 interview", ["I", "Emma"], {"I": None, "Emma": "P07"}),
        ("P07", ["I", "R", "Gran"], {"I": None, "R": "P07", "Gran": "P07 Gran"}),
        ("P07", ["Speaker 1", "Speaker 2"], {"Speaker 1": "P07 Speaker 1", "Speaker 2": "P07 Speaker 2"}),
        ("P11", ["I", "P11", "Interpreter"], {"I": None, "P11": "P11", "Interpreter": "P11 Interpreter"}),
        ("Group", ["I", "K01", "K03"], {"I": None, "K01": "K01", "K03": "K03"}),
        ("Group", ["I", "P1", "P2", "P3"], {"I": None, "P1": "Group P1", "P2": "Group P2", "P3": "Group P3"}),
        ("Group", ["I", "P1", "P3", "P4"], {"I": None, "P1": "P1", "P3": "P3", "P4": "P4"}),
        ("P07", ["I", "P07 (mother)", "M1"], {"I": None, "P07 (mother)": "P07", "M1": "M1"}),
        ("P07", ["I", "R1", "R2"], {"I": None, "R1": "P07 R1", "R2": "P07 R2"}),
    ],
)
def test_a_voice_is_named_by_its_label_or_its_document(
    name: str, voices: list[str], found: dict[str, str | None]
) -> None:
    assert labels(name_speakers(document(name), turns(*voices), [])) == found


def test_one_person_speaks_in_several_documents() -> None:
    known = [Participant(id="x", label="P07", role="mother", permission="quote")]
    for voice in ("P07", "p07", "R"):
        speaking = name_speakers(document("P07 second"), turns("I", voice, voice), known)
        assert (speaking.new, labels(speaking, known)[voice]) == ((), "P07")


@pytest.mark.parametrize(
    ("voice", "source_type", "role"),
    [
        ("P07", "parent", "parent"),
        ("P07 (mother)", "parent", "mother"),
        ("Gran", "parent", "grandmother"),
        ("Dad", "", "father"),
        ("Interpreter", "parent", "interpreter"),
        ("K03", "practitioner", "practitioner"),
        ("Emma", "", ""),
    ],
)
def test_a_role_is_guessed_from_the_label_or_the_source_type(voice: str, source_type: str, role: str) -> None:
    (person,) = name_speakers(document("Talk", source_type=source_type), turns("I", voice), []).new
    assert person.role == role


def test_a_family_is_taken_from_the_document_of_a_parent_and_never_guessed() -> None:
    def case(
        cases: tuple[str, ...], source_type: str = "parent", voices: tuple[str, ...] = ("I", "P07")
    ) -> list[object]:
        made = name_speakers(document(cases=cases, source_type=source_type), turns(*voices), [])
        return [p.case for p in made.new]

    assert case(("f7",)) == ["f7"]
    assert case(()) == [None]
    assert case(("f7", "f8")) == [None]
    assert case(("f7",), "practitioner") == [None]
    assert case(("f7",), voices=("I", "P07", "Gran")) == ["f7", None]


def test_what_somebody_said_of_the_speaker_counts_first() -> None:
    assert labels(name_speakers(document("Talk"), turns("I", "R", "Gran"), [], named="P09"))["R"] == "P09"


def test_nobody_speaks_in_a_record() -> None:
    record = document("F07 review", kind="case file", source_type="case file")
    assert name_speakers(record, turns("", ""), []).new == ()


def test_when_one_of_two_turns_out_to_be_the_interviewer_the_other_is_named_after_the_document() -> None:
    p07 = document("P07")
    first = name_speakers(p07, turns("Speaker 1", "Speaker 2"), [])
    asked = [replace(first.turns[0], role="interviewer"), first.turns[1]]
    again = name_again(p07, asked, first.new, set())
    assert labels(again) == {"Speaker 1": None, "Speaker 2": "P07"}
    assert [p.label for p in again.gone] == ["P07 Speaker 1", "P07 Speaker 2"]
    assert [p.label for p in again.new] == ["P07"]


def test_of_whom_something_is_recorded_stays_whatever_becomes_of_the_roles() -> None:
    p07 = document("P07")
    first = name_speakers(p07, turns("Speaker 1", "Speaker 2"), [])
    recorded = [Participant(id=p.id, label=p.label, permission="quote") for p in first.new]
    again = name_again(p07, first.turns, recorded, set())
    assert (again.new, again.gone, again.turns) == ((), (), first.turns)
    unrecorded = name_again(p07, first.turns, first.new, {p.id for p in first.new})
    assert (unrecorded.new, unrecorded.gone) == ((), ())
    the_same = name_again(p07, first.turns, first.new, set())
    assert (the_same.new, the_same.gone, the_same.turns) == ((), (), first.turns)


def test_who_sits_in_on_an_interview_is_not_what_the_interview_is() -> None:
    practitioner = Document(id="d", name="K03", source_type="practitioner")
    turns = [
        Turn(id=label, document="d", text="", end=1, speaker=label, role="participant")
        for label in ("K03", "P07", "X01")
    ]
    named = name_speakers(practitioner, turns, [])
    assert {person.label: person.role for person in named.new} == {"K03": "practitioner", "P07": "parent", "X01": ""}


def test_several_at_once_and_unknown_voices_are_no_participants() -> None:
    everyone = turns("M1", "M2", "All", "M1/M2", "M1 and M2", "Unknown Speaker", "Unclear", "Allison")
    named = name_speakers(document("G1"), everyone, [])
    assert [person.label for person in named.new] == ["M1", "M2", "G1 Allison"]
