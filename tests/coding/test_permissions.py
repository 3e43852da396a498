"""What may be done with a passage: the strictest word counts, and silence is said."""

import pytest

from tbcp_qual.coding.permissions import archive_for, passage_permission, permission_for
from tbcp_qual.coding.records import Archive, Document, Participant, Permission, Turn
from tbcp_qual.coding.spans import Span


def document(permission: Permission = "", kind: str = "interview") -> Document:
    return Document(id="d", kind=kind, permission=permission, text="t")  # type: ignore[arg-type]


def person(label: str, permission: Permission = "", archive: Archive = "", withdrawn: str = "") -> Participant:
    return Participant(id=label, label=label, permission=permission, archive=archive, withdrawn=withdrawn)


@pytest.mark.parametrize(
    ("of_document", "of_people", "permission", "recorded"),
    [
        ("", [], "quote", False),
        ("", [""], "quote", False),
        ("", ["quote"], "quote", True),
        ("", ["quote", ""], "quote", False),
        ("", ["paraphrase only", ""], "paraphrase only", False),
        ("", ["quote", "role label only"], "role label only", True),
        ("quote", [""], "quote", True),
        ("quote", ["paraphrase only"], "paraphrase only", True),
        ("paraphrase only", ["quote"], "paraphrase only", True),
        ("role label only", ["paraphrase only"], "paraphrase only", True),
    ],
)
def test_the_strictest_of_document_and_speakers_counts(
    of_document: Permission, of_people: list[Permission], permission: Permission, recorded: bool
) -> None:
    people = [person(f"P{n}", theirs) for n, theirs in enumerate(of_people)]
    allowed = permission_for(document(of_document), people)
    assert (allowed.permission, allowed.recorded) == (permission, recorded)


def test_a_case_file_may_be_paraphrased_until_somebody_records_otherwise() -> None:
    assert permission_for(document(kind="case file")).permission == "paraphrase only"
    assert permission_for(document(kind="case file")).why == "a case file"
    assert permission_for(document("quote", kind="case file")).permission == "quote"


def test_an_answer_says_who_decided_and_who_was_not_asked() -> None:
    assert permission_for(document()).why == "not recorded"
    assert permission_for(document(), [person("P07", "role label only")]).why == "recorded for P07"
    both = permission_for(document(), [person("P07", "quote"), person("P08")])
    assert both.why == "recorded for P07; not recorded for P08"


def test_whoever_has_withdrawn_is_not_quoted() -> None:
    allowed = permission_for(document("quote"), [person("P07", "quote", withdrawn="2024-05-01")])
    assert (allowed.permission, allowed.why) == ("paraphrase only", "P07 has withdrawn")


def test_only_those_who_speak_in_a_passage_decide_on_it() -> None:
    def turn(start: int, who: str | None, role: str = "participant") -> Turn:
        return Turn(
            id=str(start), document="d", text="t", head=start, start=start, end=start + 10,
            speaker="X", role=role, participant=who,
        )  # type: ignore[arg-type]  # fmt: skip

    turns = [turn(0, None, "interviewer"), turn(10, "P1"), turn(20, "P2"), turn(30, None)]
    people = {"P1": person("P1", "quote"), "P2": person("P2", "paraphrase only")}

    def of(start: int, end: int) -> tuple[str, bool]:
        allowed = passage_permission(document(), turns, Span(start, end), people)
        return allowed.permission, allowed.recorded

    assert of(5, 20) == ("quote", True)
    assert of(15, 25) == ("paraphrase only", True)
    assert of(0, 5) == ("quote", False)
    assert of(30, 35) == ("quote", False)
    assert of(10, 40) == ("paraphrase only", False)


@pytest.mark.parametrize(
    ("answers", "archive"), [([], ""), (["yes"], "yes"), (["yes", ""], ""), (["yes", "no"], "no"), (["", "no"], "no")]
)
def test_one_no_keeps_words_out_of_an_archive(answers: list[Archive], archive: Archive) -> None:
    assert archive_for([person(str(n), archive=answer) for n, answer in enumerate(answers)]) == archive
