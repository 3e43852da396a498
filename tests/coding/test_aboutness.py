"""By is not about: whose words they are, and whom they are about, for any stretch of a text."""

from tbcp_qual.coding.aboutness import Aboutness, mark_about, unmark_about
from tbcp_qual.coding.records import About, Document, Participant, Turn
from tbcp_qual.coding.spans import Span

DOCUMENT = Document(id="d", text="t", cases=("f1", "f2"))
TURNS = [
    Turn(id="asks", document="d", text="t", start=0, end=10, role="interviewer"),
    Turn(id="gran", document="d", text="t", start=12, end=20, participant="gran"),
    Turn(id="worker", document="d", text="t", start=22, end=40, participant="worker"),
    Turn(id="dad", document="d", text="t", start=42, end=50, participant="dad"),
]
PEOPLE = [Participant(id="gran", case="f1"), Participant(id="worker"), Participant(id="dad", case="f3")]


def about(start: int, end: int, case: str) -> About:
    return About(id=f"{start}{case}", document="d", text="t", start=start, end=end, case=case)


def of(span: tuple[int, int], *abouts: About) -> tuple[set[str], set[str], bool]:
    by, concerned, said = Aboutness([DOCUMENT], TURNS, abouts, PEOPLE).cases_of("d", "t", Span(*span))
    return set(by), set(concerned), said


def test_words_are_by_the_family_of_whoever_speaks_them() -> None:
    assert of((13, 15))[0] == {"f1"}
    assert of((15, 45))[0] == {"f1", "f3"}


def test_workers_and_interviewers_are_of_no_family() -> None:
    assert of((0, 10))[0] == set()
    assert of((22, 40))[0] == set()
    assert of((20, 22))[0] == set()


def test_words_are_about_what_the_document_is_about_where_nobody_said_more() -> None:
    assert of((30, 35), about(22, 30, "f2")) == (set(), {"f1", "f2"}, False)


def test_what_is_said_of_a_part_takes_the_place_of_what_the_document_is_about() -> None:
    assert of((29, 35), about(22, 30, "f2")) == (set(), {"f2"}, True)
    assert of((43, 45), about(40, 60, "f9"), about(0, 60, "f2")) == ({"f3"}, {"f2", "f9"}, True)


def test_texts_and_documents_are_told_apart() -> None:
    aboutness = Aboutness([DOCUMENT], TURNS, [about(0, 60, "f9")], PEOPLE)
    assert aboutness.cases_of("d", "older", Span(13, 15)) == ((), ("f1", "f2"), False)
    assert aboutness.cases_of("e", "t", Span(13, 15)) == ((), (), False)
    assert aboutness.speaking("d", "t") == ("f1", "f3")
    assert aboutness.said_of("d", "t") == ("f9",)


def test_a_stretch_is_marked_once_and_taken_back_exactly() -> None:
    there = [about(0, 10, "f2"), about(0, 10, "f1")]
    assert mark_about(there, DOCUMENT, [Span(0, 10)], "f2") == []
    (made,) = mark_about(there, DOCUMENT, [Span(0, 10), Span(0, 11), Span(0, 11)], "f2")
    assert {name: after for name, (_, after) in made.fields.items()} == {
        "exists": True,
        "document": "d",
        "text": "t",
        "end": 11,
        "case": "f2",
    }
    assert [change.id for change in unmark_about(there, DOCUMENT, [Span(0, 10)], "f2")] == ["0f2"]
    assert unmark_about(there, DOCUMENT, [Span(0, 9)], "f2") == []
