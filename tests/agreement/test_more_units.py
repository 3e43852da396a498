"""Words, answers, paragraphs, documents, cases and segments as units; parts and warnings of a table. Worked by hand."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbcp_qual.agreement.ratings import Coefficient, Undefined
from tbcp_qual.agreement.report import Report, compare, statement
from tbcp_qual.agreement.segments import NO_NEITHER, matched
from tbcp_qual.agreement.sweep import Laid
from tbcp_qual.agreement.units import UNITS, Unit, by_case, count_units
from tbcp_qual.coding.aboutness import mark_about
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.edits import mark_done
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Case, Code, Coder, Coding, Document, Turn
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span, union
from tbcp_qual.coding.text import text_hash
from tests.conftest import Sample

TEXT = "Where?\nHere, I said.\nOr there.\nNot now.\nAnd then?\nThen no.\n"
ROLES = ("interviewer", "participant", "participant", "interviewer", "participant")
STARTS = (0, 7, 31, 40, 50)
ENDS = (6, 30, 39, 49, 58)
"""The second turn has two lines: "Here, I said." and "Or there."."""


class Two:
    """Two interviews of the same words about two families, coded by AK and RM."""

    def __init__(self, sample: Sample) -> None:
        self.sample, self.project = sample, sample.project
        self.first, self.second = Case(id=new_id(), label="F1"), Case(id=new_id(), label="F2")
        text = text_hash(TEXT)
        self.documents = [
            Document(id=new_id(), name=name, text=text, source_type=kind, cases=(case.id,))
            for name, kind, case in (("A", "parent", self.first), ("B", "partner", self.second))
        ]
        turns = [
            Turn(id=new_id(), document=document.id, text=text, head=start, start=start, end=end, role=role)  # type: ignore[arg-type]
            for document in self.documents
            for start, end, role in zip(STARTS, ENDS, ROLES, strict=True)
        ]
        records = [self.first, self.second, *self.documents, *turns]
        self.project.apply("made", [create(record) for record in records], coder="", texts=[TEXT])
        for document in self.documents:
            for coder in (sample.ak, sample.rm):
                self.project.apply("done", mark_done(None, document=document.id, coder=coder.id), coder=coder.id)

    def code(self, coder: Coder, document: int, words: str, code: Code | None = None) -> None:
        start = TEXT.index(words)
        coding = Coding(
            id=new_id(),
            document=self.documents[document].id,
            text=text_hash(TEXT),
            start=start,
            end=start + len(words),
            code=(code or self.sample.mistrust).id,
            coder=coder.id,
        )
        self.project.apply("coded", [create(coding)], coder=coder.id)

    def now(self) -> Snapshot:
        return self.project.snapshot(self.sample.ak.id)

    def report(self, unit: Unit, **more: object) -> Report:
        coders = more.pop("coders", [self.sample.ak.id, self.sample.rm.id])
        return compare(self.now(), coders=coders, documents=self.documents, unit=unit, **more)  # type: ignore[arg-type]


@pytest.fixture
def two(sample: Sample) -> Two:
    made = Two(sample)
    made.code(sample.ak, 0, "I said.")
    made.code(sample.rm, 0, "Or there.")
    made.code(sample.ak, 1, "Not now.")
    return made


@pytest.mark.parametrize(
    ("unit", "n", "with_interviewer"),
    [
        ("character", 2 * 39, 2 * 54),
        ("word", 2 * 9, 2 * 12),
        ("sentence", 2 * 4, 2 * 6),
        ("paragraph", 2 * 4, 2 * 6),
        ("turn", 2 * 3, 2 * 5),
        ("answer", 2 * 2, 2 * 4),
        ("document", 2, 2),
        ("case", 2, 2),
    ],
)
def test_units_are_counted_as_they_are_compared(two: Two, unit: Unit, n: int, with_interviewer: int) -> None:
    for interviewer, expected in ((False, n), (True, with_interviewer)):
        assert count_units(two.now(), two.documents, unit, interviewer=interviewer) == expected
        (pair,) = two.report(unit, interviewer=interviewer).pairs
        assert pair.lines[0].n == expected


# Cells are (both, AK only, RM only) of Mistrust.
@pytest.mark.parametrize(
    ("unit", "cells"),
    [
        ("word", (0, 4, 2)),
        ("paragraph", (0, 2, 1)),
        ("turn", (1, 1, 0)),
        ("answer", (1, 1, 0)),
        ("document", (1, 1, 0)),
        ("case", (1, 1, 0)),
        ("overlap", (0, 2, 1)),
    ],
)
def test_a_unit_is_coded_where_any_part_of_it_is(two: Two, unit: Unit, cells: tuple[int, ...]) -> None:
    (line,) = two.report(unit).pairs[0].lines
    assert line.cells is not None
    assert (line.cells.both, line.cells.first_only, line.cells.second_only) == cells


def test_what_a_coder_put_on_the_interviewer_alone_makes_no_document_coded(two: Two) -> None:
    two.code(two.sample.rm, 1, "And then?")
    assert two.report("document").pairs[0].lines[0].cells.second_only == 0  # type: ignore[union-attr]
    assert two.report("document", interviewer=True).pairs[0].lines[0].cells.both == 2  # type: ignore[union-attr]


def test_a_case_is_one_unit_over_all_documents_and_parts_about_it(two: Two) -> None:
    project, document = two.project, two.documents[1]
    project.apply("about", mark_about([], document, [Span(31, 39)], two.first.id), coder="")
    (pair,) = two.report("case").pairs
    (line,) = pair.lines
    # F1 is what A says, and B's “Not now.”: both coders coded something of it. Of F2 nobody coded the rest.
    assert (line.cells.both, line.cells.first_only, line.cells.neither) == (1, 0, 1)  # type: ignore[union-attr]
    assert pair.no_case == ()
    bare = update(document, cases=())
    project.apply("about nobody", [bare], coder="")
    third = Document(id=new_id(), name="C", text=document.text)
    turn = Turn(id=new_id(), document=third.id, text=third.text, start=0, end=6)
    marks = [c for coder in (two.sample.ak, two.sample.rm) for c in mark_done(None, document=third.id, coder=coder.id)]
    project.apply("third", [create(third), create(turn), *marks], coder="")
    two.documents.append(third)
    report = two.report("case")
    assert report.pairs[0].no_case == ("C",)
    assert "About no case, and left out: C." in statement(report, report.pairs[0])


def test_whoever_has_done_a_part_of_a_case_is_missing_there(two: Two) -> None:
    project, document = two.project, two.documents[1]
    project.apply("both about F1", [update(document, cases=(two.first.id,))], coder="")
    (mark,) = [m for m in two.now().done if (m.document, m.coder) == (document.id, two.sample.rm.id)]
    project.apply("not done", mark_done(mark, document=document.id, coder=mark.coder, done=False), coder="")
    (case,) = by_case(two.now(), two.documents, coders=[two.sample.ak.id, two.sample.rm.id], interviewer=False)
    assert case[1].done == {two.sample.ak.id}


def test_segments_have_percent_and_positive_agreement_and_nothing_corrected_for_chance(two: Two) -> None:
    two.code(two.sample.rm, 1, "now.")
    (line,) = two.report("overlap", share=0.5).pairs[0].lines
    assert (line.n, line.prevalence, line.negative) == (3, None, None)
    percent = line.figures["percent_agreement"]
    assert isinstance(percent, Coefficient)
    assert percent.value == 1 / 3
    assert line.positive == 2 / 4
    assert line.figures["krippendorff_alpha"] == Undefined(NO_NEITHER)
    (line,) = two.report("overlap", share=0.51).pairs[0].lines
    assert line.n == 4
    report = two.report("overlap", coders=[two.sample.ak.id, two.sample.rm.id])
    assert report.together is None
    assert any("at least 50% of what they cover" in said for said in statement(report, report.pairs[0]))


spans = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda at: Span(at[0], at[0] + at[1])), max_size=6
).map(union)


@settings(deadline=None)
@given(spans, spans, st.sampled_from((0.01, 0.5, 0.9, 1.0)))
def test_matching_segments_does_not_depend_on_who_comes_first(
    first: Sequence[Span], second: Sequence[Span], share: float
) -> None:
    def count(one: Sequence[Span], other: Sequence[Span]) -> Counter[tuple[object, ...]]:
        laid = Laid(units=[Span(0, 50)], spans={("c", "a"): one, ("c", "b"): other}, done={"a", "b"})
        return Counter(dict(matched(laid, ["c"], ["a", "b"], share).patterns))

    there, back = count(first, second), count(second, first)
    assert there[(True, True)] == back[(True, True)]
    assert there[(True, False)] == back[(False, True)]
    assert there[(True, True)] + there[(True, False)] == len(first)
    if share == 1.0:
        assert there[(True, True)] == len(set(first) & set(second))


def test_the_overall_figure_is_there_per_document_and_source_type_and_adds_up(two: Two) -> None:
    (pair,) = two.report("turn", per=("document", "source type")).pairs
    assert [(part.per, part.name, part.documents) for part in pair.parts] == [
        ("document", "A", 1),
        ("document", "B", 1),
        ("source type", "parent", 1),
        ("source type", "partner", 1),
    ]
    assert pair.pooled is not None
    assert sum(part.pooled.n for part in pair.parts) == 2 * pair.pooled.n
    assert [part.pooled.cells.both for part in pair.parts] == [1, 0, 1, 0]  # type: ignore[union-attr]
    assert two.report("case", per=("document",)).pairs[0].parts == ()


def test_a_coder_who_never_used_a_code_and_few_units_are_warned_of(two: Two) -> None:
    two.code(two.sample.ak, 0, "Or there.", two.sample.listened)
    (pair,) = two.report("turn").pairs
    assert [(warned.kind, warned.codes) for warned in pair.warnings] == [
        ("few units", ("Being listened to", "Mistrust")),
        ("never used", ("Being listened to",)),
    ]
    assert pair.warnings[1].message == "RM never used: Being listened to."
    assert pair.warnings[0].message.endswith("all codes (n = 6).")
    assert [line.never for line in pair.lines] == [("RM",), ()]


def test_a_rare_code_whose_kappa_falls_is_warned_of_with_its_prevalence(two: Two) -> None:
    two.code(two.sample.rm, 1, "Then no.", two.sample.listened)
    (pair,) = two.report("character").pairs
    fallen = [warned for warned in pair.warnings if warned.kind == "prevalence"]
    assert fallen == []
    document = two.documents[1]
    long = "x" * 4_000 + "."
    other = Document(id=new_id(), name="C", text=text_hash(long))
    turn = Turn(id=new_id(), document=other.id, text=other.text, start=0, end=4_001)
    marks = [c for coder in (two.sample.ak, two.sample.rm) for c in mark_done(None, document=other.id, coder=coder.id)]
    two.project.apply("long", [create(other), create(turn), *marks], coder="", texts=[long])
    two.documents.append(other)
    (pair,) = two.report("character").pairs
    (fallen,) = [[w for w in pair.warnings if w.kind == "prevalence"]]
    assert fallen[0].codes == ("Being listened to", "Mistrust")
    assert "Being listened to (0.1%)" in fallen[0].message
    assert document.name == "B"


def test_every_unit_can_be_asked_for(two: Two) -> None:
    for unit in UNITS:
        report = two.report(unit)
        assert statement(report, report.pairs[0])
