"""Words are replaced where they stand, and nothing else moves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbcp_qual.coding.changes import update
from tbcp_qual.coding.placing import Way
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import UsageError
from tbcp_qual.tasks.replacing import Replacement, _replaced, replace_words
from tests.conftest import revise_texts
from tests.revising.conftest import Study


def replacing(study: Study, *pairs: tuple[str, str]) -> list[Replacement]:
    return [
        (start, start + len(old), new)
        for old, new in pairs
        for start in range(len(study.text))
        if study.text.startswith(old, start)
    ]


def replace(study: Study, *pairs: tuple[str, str]) -> None:
    replaced = {study.document.id: replacing(study, *pairs)}
    revise_texts(study.sample.project, replaced, label="names replaced", coder=study.sample.ak.id)
    assert study.sample.project.verify() == []


def test_codings_stay_on_the_words_that_stand_for_theirs(study: Study) -> None:
    around, exact, part = study.code("and Tyler's nan took"), study.code("Tyler"), study.code("Ty")
    after, before = study.code("'s nan took the letter"), study.code("from the clinic, and ")
    turns = study.turns()
    replace(study, ("Tyler", "[Child A]"))
    assert [study.words(c) for c in (around, exact, part, after, before)] == [
        "and [Child A]'s nan took",
        "[Child A]",
        "[Child A]",
        "'s nan took the letter",
        "from the clinic, and ",
    ]
    assert study.turns() == [(who, said.replace("Tyler", "[Child A]")) for who, said in turns]


def test_an_undo_puts_all_back(study: Study) -> None:
    study.code("Ty")
    before = study.now()
    replace(study, ("Tyler", "[Child A]"), ("clinic", "[place]"))
    assert "Tyler" not in study.text
    study.sample.project.undo(study.sample.ak.id)
    assert study.now() == before


def test_a_speaker_or_section_named_in_replaced_words_is_named_anew(study: Study) -> None:
    study.sample.project.apply(
        "put right",
        [update(study.now().turns_by_document[study.document.id][3], section="the drawer")],
        coder=study.sample.ak.id,
    )
    first = study.now().turns_by_document[study.document.id][0].head
    assert first == 0
    replace(study, ("INT", "Asker"), ("P07", "[Parent A]"), ("the drawer", "the box"))
    turns = study.now().turns_by_document[study.document.id]
    assert {turn.speaker for turn in turns} == {"Asker", "[Parent A]"}
    assert turns[3].section == "the box"
    assert study.text[turns[0].head : turns[0].start] == "Asker: "
    assert study.text[turns[1].head : turns[1].start] == "[Parent A]: "


def test_several_documents_make_one_revision(study: Study) -> None:
    other = study.sample.document
    start = study.sample.TEXT.index("midwife")
    replacements = {
        study.document.id: replacing(study, ("midwife", "nurse")),
        other.id: [(start, start + 7, "nurse")],
    }
    revision = revise_texts(study.sample.project, replacements, label="replaced", coder=study.sample.ak.id)
    assert revision is not None
    assert "nurse" in study.text
    study.sample.project.undo(study.sample.ak.id)
    assert "midwife" in study.text
    assert study.sample.project.record("document", other.id) == other


def test_words_that_are_struck_out_leave_what_lay_on_them_unplaced(study: Study) -> None:
    struck, wider = study.code("Tyler's "), study.code("Tyler's nan")
    replace(study, ("Tyler's ", ""))
    assert study.words(struck) is None
    assert study.words(wider) == "nan"


def test_what_differs_in_nothing_changes_nothing(study: Study) -> None:
    assert replace_words(study.sample.project, study.document, [(0, 3, "INT")]).changes == ()


@pytest.mark.parametrize("bad", [[(0, 5, "a"), (4, 6, "b")], [(-1, 2, "a")], [(0, 10_000, "a")], [(5, 4, "a")]])
def test_replacements_that_do_not_fit_are_refused(study: Study, bad: list[Replacement]) -> None:
    with pytest.raises(UsageError, match="overlaps, or lies outside"):
        replace_words(study.sample.project, study.document, bad)


@settings(max_examples=200, deadline=None)
@given(st.text("ab ", min_size=1, max_size=40), st.data())
def test_every_span_beside_replaced_words_moves_exactly_as_far_as_they_do(before: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(before)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    replacements = [(start, end, data.draw(st.text("xyz", max_size=6))) for start, end in pairs]
    after, kept = _replaced(before, replacements)
    way = Way(kept)
    for start in range(len(before)):
        if any(s <= start < e for s, e in pairs):
            continue
        moved = sum(len(w) - (e - s) for s, e, w in replacements if e <= start)
        assert way.span(Span(start, start + 1)) == Span(start + moved, start + moved + 1)
        assert after[start + moved] == before[start]
