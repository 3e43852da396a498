"""A codebook as JSON and back, and what differs between two."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tbcp_qual.coding import edits
from tbcp_qual.coding.records import Code, Question, Theme
from tbcp_qual.coding.versions import Difference, Framework, differences, framework_body, read_framework
from tbcp_qual.errors import ProjectUnusable
from tests.coding.test_code_edits import after

ASKED = (Question(id="q2", key="2", text="How far?"), Question(id="q2b", key="2b", text="How?", parent="q2"))
CODES = (
    Code(id="door", name="Getting in", brief="Coming in", questions=("q2",)),
    Code(id="worker", name="Key worker", parent="door", status="agreed"),
    Code(id="doubt", name="Doubt", position=1, colour="teal"),
)
THEMES = (Theme(id="stays", name="A worker who stays", definition="What holds.", codes=("worker",), questions=("q2",)),)
BEFORE = Framework(questions=ASKED, codes=CODES, themes=THEMES)

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


def with_codes(*codes: Code) -> Framework:
    changed = {code.id: code for code in codes}
    kept = [changed.pop(code.id, code) for code in CODES]
    return replace(BEFORE, codes=(*kept, *changed.values()))


def became(now: Framework, record: str) -> Difference:
    (difference,) = [difference for difference in differences(BEFORE, now) if difference.id == record]
    return difference


def fields(difference: Difference) -> dict[str, tuple[str, str]]:
    return {told.field: (told.before, told.after) for told in difference.fields}


def test_a_codebook_comes_back_from_its_json_whatever_the_order() -> None:
    turned = Framework(questions=ASKED[::-1], codes=CODES[::-1], themes=THEMES)
    assert framework_body(turned) == framework_body(BEFORE)
    again = read_framework(framework_body(BEFORE))
    assert {code.id: code for code in again.codes} == {code.id: code for code in CODES}
    assert again.themes == THEMES
    assert set(again.questions) == set(ASKED)


@given(words, words, words)
def test_any_words_come_back_and_stand_in_the_json_as_they_are(name: str, full: str, key: str) -> None:
    book = Framework(questions=(Question(id="q", key=key),), codes=(Code(id="c", name=name, full=full),))
    assert read_framework(framework_body(book)) == book


def test_a_purge_finds_the_words_of_a_definition() -> None:
    assert "Zoë’s midwife" in framework_body(with_codes(replace(CODES[0], example="Zoë’s midwife")))


@pytest.mark.parametrize("body", ["", "{}", "[]", "null", '{"form":99}', '{"form":1,"questions":[{}]}'])
def test_a_version_that_is_not_whole_is_said_to_be_so(body: str) -> None:
    with pytest.raises(ProjectUnusable):
        read_framework(body)


def test_nothing_differs_from_itself_or_by_order_alone() -> None:
    assert differences(BEFORE, BEFORE) == ()
    assert differences(BEFORE, with_codes(replace(CODES[2], position=9))) == ()


def test_a_code_is_told_to_be_added_renamed_moved_and_redefined_field_by_field() -> None:
    new = Code(id="new", name="New", parent="door", brief="Fresh", origin="in vivo")
    now = with_codes(
        replace(CODES[1], name="Worker", parent=None, use_when="Always.", status="provisional"),
        replace(CODES[0], questions=("q2", "q2b")),
        new,
    )
    assert became(now, "new").what == ("added",)
    assert fields(became(now, "new"))["below"] == ("", "Getting in")
    worker = became(now, "worker")
    assert worker.name == "Worker"
    assert worker.what == ("moved", "renamed", "redefined", "changed")
    assert fields(worker) == {
        "below": ("Getting in", "the top"),
        "name": ("Key worker", "Worker"),
        "when to use": ("", "Always."),
        "status": ("agreed", "provisional"),
    }
    assert fields(became(now, "door")) == {"questions": ("2", "2, 2b")}


def test_a_code_is_told_to_be_retired_merged_brought_back_and_deleted() -> None:
    retired = with_codes(replace(CODES[2], retired=True))
    assert became(retired, "doubt").what == ("retired",)
    assert [difference.what for difference in differences(retired, BEFORE)] == [("brought back",)]
    book = BEFORE.codebook
    merged = after(book, [c for c in edits.merge_codes(book, THEMES, CODES[0], CODES[2]) if c.kind == "code"])
    now = replace(BEFORE, codes=tuple(merged.by_id.values()))
    assert became(now, "door").what == ("merged",)
    assert fields(became(now, "door")) == {"merged into": ("", "Doubt")}
    assert became(now, "worker").what == ("moved",)
    assert became(replace(BEFORE, codes=CODES[:2]), "doubt").what == ("deleted",)


def test_a_theme_is_compared_by_its_codes_and_not_by_what_they_are_called() -> None:
    renamed = with_codes(replace(CODES[1], name="Worker"))
    assert [difference.kind for difference in differences(BEFORE, renamed)] == ["code"]
    now = replace(BEFORE, themes=(replace(THEMES[0], codes=("worker", "doubt"), definition="What else holds."),))
    assert became(now, "stays").what == ("redefined", "changed")
    assert fields(became(now, "stays"))["codes"] == ("Getting in > Key worker", "Getting in > Key worker; Doubt")
    assert became(replace(BEFORE, themes=()), "stays").what == ("deleted",)


def test_a_question_is_compared_too() -> None:
    now = replace(BEFORE, questions=(ASKED[0], replace(ASKED[1], key="2c", text="How so?", aspect="how")))
    assert became(now, "q2b").what == ("renamed", "redefined", "changed")
    assert became(now, "q2b").name == "2c"
