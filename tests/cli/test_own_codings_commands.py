"""`codings weight` and `codings span`: changing one of one's own codings."""

import pytest

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import update
from tbcp_qual.coding.spans import Span
from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.conftest import Sample


@pytest.fixture
def coded(sample: Sample) -> str:
    """A coding of AK's on `said. She`; its id."""
    start = sample.TEXT.index("said. She")
    now = sample.project.snapshot(sample.ak.id)
    changes = edits.apply_code(
        [],
        now.codebook,
        document=sample.document,
        span=Span(start, start + 9),
        code=sample.listened,
        coder=sample.ak.id,
    )
    sample.project.apply("coded", changes, coder=sample.ak.id)
    return changes[0].id


def words(shell: Shell, name: str = "Being listened to") -> str:
    (one,) = [coding for coding in shell.json("codings", "list") if coding["code"] == name]
    return one["words"]


def test_a_weight_is_set_listed_and_taken_back(coded: str, shell: Shell) -> None:
    assert shell("codings", "weight", coded[-8:], "80") == 0
    assert shell.err == "Weight 80: Being listened to.\n"
    assert shell.json("codings", "list")[0]["weight"] == 80
    assert shell("codings", "list") == 0
    assert "weight 80" in shell.out
    assert coded[-8:] in shell.out
    assert shell("codings", "weight", coded, "none") == 0
    assert shell("undo") == 0
    assert shell.json("codings", "list")[0]["weight"] == 80
    assert shell("codings", "weight", coded, "80") == 0
    assert shell.err == "Nothing to change.\n"


@pytest.mark.parametrize("weight", ["101", "-1", "12.5", "much", "", "٣"])
def test_what_is_no_weight_is_refused(coded: str, shell: Shell, weight: str) -> None:
    assert shell("codings", "weight", coded, "--", weight) == 2
    assert shell.json("codings", "list")[0]["weight"] is None


def test_the_ends_of_a_coding_are_moved_to_whole_words_unless_told_not_to(coded: str, shell: Shell) -> None:
    assert shell("codings", "span", coded, "--quotation", "idwife said.") == 0
    assert words(shell) == "midwife said."
    assert shell("codings", "span", coded, "--quotation", "idwife", "--exactly") == 0
    assert words(shell) == "idwife"
    assert shell("codings", "span", coded, "--turn", "3") == 0
    assert words(shell) == "It was not for the form."
    for _ in range(3):
        assert shell("undo") == 0
    assert words(shell) == "said. She"


def test_words_that_are_not_there_and_no_words_at_all_are_refused(coded: str, shell: Shell) -> None:
    assert shell("codings", "span", coded) == 2
    assert shell("codings", "span", coded, "--turn", "9") == 2
    assert shell("codings", "span", coded, "--turn", "3", "--quotation", "midwife") == 2
    assert shell("codings", "span", "nosuch", "--turn", "3") == 2
    assert words(shell) == "said. She"


def test_only_whoever_made_a_coding_changes_it(coded: str, shell: Shell) -> None:
    for act in (["weight", coded, "50"], ["span", coded, "--turn", "3"]):
        assert shell("codings", *act, coder="RM") == 5
        assert "a coding of AK's" in shell.err
    assert words(shell) == "said. She"


def test_a_code_of_the_same_domain_stops_it(coded: str, sample: Sample, shell: Shell) -> None:
    with Project.open(sample.path) as project:
        both = [update(code, domain="feeling") for code in (sample.listened, sample.mistrust)]
        project.apply("exclusive", both, coder=sample.ak.id)
        now = project.snapshot(sample.ak.id)
        turn = sample.turns[2]
        mistrust = now.codebook.find("Mistrust")
        changes = edits.apply_code(
            now.codings,
            now.codebook,
            document=sample.document,
            span=Span(turn.start, turn.start + 6),
            code=mistrust,
            coder=sample.ak.id,
        )
        project.apply("coded", changes, coder=sample.ak.id)
    assert shell("codings", "span", coded, "--turn", "3") == 5
    assert "Mistrust" in shell.err
    assert shell("verify") == 0
