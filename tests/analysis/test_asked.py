"""What was asked: topics of a guide in each document, what themes and questions come to, and what silence then means."""

from dataclasses import replace

import pytest

from tbcp_qual.analysis.asked import Asked as Askings
from tbcp_qual.analysis.asked import guide_of
from tbcp_qual.analysis.matrix import build
from tbcp_qual.coding.records import Asked, Asking, Document, Topic, asked_id
from tests.analysis.study import QUESTIONS, Study, small_study

P1_FIRST, P1_SECOND, FILE, KEY_WORKER = "d-P1 first", "d-P1 second", "d-F10 review", "d-K1 key worker"
TOPICS = (
    Topic(id="visits", key="Visits", source_type="parent", themes=("t-worker", "t-none"), questions=("q1a",)),
    Topic(id="trust", key="Trust", source_type="parent", themes=("t-none",), questions=("q2",), position=1),
    Topic(id="role", key="Role", source_type="practitioner", themes=("t-model",), questions=("q1",)),
    Topic(id="health", key="Health", source_type="case file", themes=("t-trust",), questions=("q2",)),
    Topic(id="panel", key="Panel", source_type="case file", themes=("t-none", "t-model"), position=1),
)


def study(*confirmed: tuple[str, str, Asking]) -> Study:
    made = small_study()
    made.records.extend(TOPICS)
    made.records.extend(
        Asked(id=asked_id(document, topic), document=document, topic=topic, asked=asked, coder="ak")
        for document, topic, asked in confirmed
    )
    return made


def state(made: Study, row_label: str, theme: str, rows: str = "case") -> str:
    matrix = build(made.snapshot(), rows=rows)  # type: ignore[arg-type]
    row = next(row for row in matrix.rows if row.label == row_label)
    column = next(c for section in matrix.sections for c in section.columns if c.id == theme)
    return matrix.cell(row, column).state


def test_a_guide_holds_for_a_source_type_and_where_it_names_one_a_wave() -> None:
    topics = [*TOPICS, Topic(id="later", source_type="Parent", time_point="second")]
    first = Document(id="x", source_type="parent", time_point="first")
    assert [t.id for t in guide_of(first, topics)] == ["visits", "trust"]
    assert [t.id for t in guide_of(replace(first, time_point="Second"), topics)] == ["visits", "trust", "later"]
    assert guide_of(replace(first, source_type="partner"), topics) == []


def test_a_theme_is_asked_if_a_topic_of_it_was_and_not_asked_only_if_all_are_confirmed() -> None:
    made = study((P1_FIRST, "visits", "asked"), (P1_SECOND, "visits", "not asked"))
    askings = Askings(made.snapshot())
    assert askings.of_theme(P1_FIRST, "t-none") == "asked"
    assert askings.of_theme(P1_SECOND, "t-none") == "not yet confirmed"
    assert askings.of_theme(P1_SECOND, "t-worker") == "not asked"
    assert askings.of_theme(P1_SECOND, "t-model") == "outside the schedule"
    assert askings.of_theme("d-W1 midwife", "t-model") is None


def test_a_question_takes_in_the_topics_of_its_sub_questions() -> None:
    askings = Askings(study((P1_FIRST, "visits", "asked")).snapshot())
    assert [askings.of_question(P1_FIRST, question) for question in QUESTIONS] == [
        "asked",
        "asked",
        "not yet confirmed",
    ]
    assert askings.of_question(KEY_WORKER, QUESTIONS[2]) == "outside the schedule"


def test_a_case_file_records_a_topic_where_a_theme_of_it_is_coded() -> None:
    askings = Askings(study().snapshot())
    health, panel = TOPICS[3:]
    assert askings.standing(FILE, panel) == "recorded"
    assert askings.standing(FILE, health) == "not yet confirmed"
    assert askings.of_theme(FILE, "t-model") == "recorded"
    assert Askings(study().snapshot(), coder="rm").standing(FILE, panel) == "not yet confirmed"


def test_a_theme_is_not_recorded_though_another_theme_of_its_topic_is() -> None:
    topic = Topic(id="both", source_type="case file", themes=("t-trust", "t-model"))
    made = small_study()
    made.records.append(topic)
    askings = Askings(made.snapshot())
    assert askings.standing(FILE, topic) == "recorded"
    assert askings.of_theme(FILE, "t-trust") == "not recorded"


NONE = (P1_FIRST, "visits", "not asked"), (P1_FIRST, "trust", "not asked")
NEITHER = (P1_SECOND, "visits", "not asked"), (P1_SECOND, "trust", "not asked")


@pytest.mark.parametrize(
    ("confirmed", "expected"),
    [
        ((), "not yet confirmed"),
        (NONE, "not yet confirmed"),
        ((*NONE, *NEITHER), "not asked"),
        ((*NONE, NEITHER[0], (P1_SECOND, "trust", "asked")), "asked, not raised"),
        ((*NONE, NEITHER[0], (P1_SECOND, "trust", "outside the schedule")), "not asked"),
    ],
)
def test_silence_of_a_source_type_means_what_was_confirmed(
    confirmed: tuple[tuple[str, str, Asking], ...], expected: str
) -> None:
    made = study(*confirmed)
    assert state(made, "parent", "t-none", rows="source type") == expected


def test_silence_of_a_case_looks_at_all_its_documents() -> None:
    """F2 has two interviews with a parent and one with a worker, who has no topic on that theme."""
    assert state(study(*NONE, *NEITHER), "F2", "t-none") == "not asked"
    assert state(study(*NONE, *NEITHER[:1]), "F2", "t-none") == "not yet confirmed"
    assert state(study(*NONE, *NEITHER), "F2", "t-trust") == "coded"


def test_silence_of_a_file_is_no_matter_of_asking() -> None:
    made = study((FILE, "health", "not recorded"))
    assert state(made, "case file", "t-trust", rows="source type") == "not recorded"
    assert state(made, "F10", "t-trust") == "not recorded"
    mixed = study((FILE, "health", "not recorded"), (KEY_WORKER, "role", "not asked"))
    mixed.records = [replace(r, themes=("t-trust",)) if r == TOPICS[2] else r for r in mixed.records]
    assert state(mixed, "F10", "t-trust") == "not asked, not recorded"


def test_what_was_asked_says_nothing_of_documents_that_are_not_coded_yet() -> None:
    made = study((P1_SECOND, "trust", "asked"), *NONE)
    made.records = [r for r in made.records if getattr(r, "document", "") != P1_SECOND or isinstance(r, Asked)]
    assert state(made, "parent", "t-none", rows="source type") == "not yet coded"


def test_without_guides_an_empty_cell_says_what_it_said_before() -> None:
    assert state(small_study(), "F10", "t-trust") == "no coding"
    assert state(study(), "no case", "t-trust") == "not yet coded"
    assert state(study(), "F3", "t-trust") == "no document"
