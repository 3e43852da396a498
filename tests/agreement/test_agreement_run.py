"""The whole run on a project file: who is compared over what, with figures worked out by hand."""

from collections.abc import Mapping

import pytest

from tbcp_qual.agreement.ratings import Coefficient, Undefined
from tbcp_qual.agreement.report import Comparison, Line, codebook_fingerprint, statement, undefined
from tbcp_qual.agreement.units import Unit
from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.edits import apply_code, mark_done, move_code, retire_code
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Coder, Document
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import QualError, UsageError
from tbcp_qual.tasks.agreement import agreement
from tests.conftest import Sample


def code(sample: Sample, coder: Coder, code: Code, words: str) -> None:
    """Code words of the sample; each occurs once in it."""
    start = sample.TEXT.index(words)
    snapshot = sample.project.snapshot(coder.id)
    changes = apply_code(
        [c for c in snapshot.codings if c.coder == coder.id],
        snapshot.codebook,
        document=sample.document,
        span=Span(start, start + len(words)),
        code=code,
        coder=coder.id,
    )
    sample.project.apply("coded", changes, coder=coder.id)


def done(sample: Sample, *coders: Coder, document: Document | None = None) -> None:
    for coder in coders:
        changes = mark_done(None, document=(document or sample.document).id, coder=coder.id)
        sample.project.apply("marked done", changes, coder=coder.id)


@pytest.fixture
def coded(sample: Sample) -> Sample:
    """AK and RM have coded the interview and marked it done."""
    code(sample, sample.ak, sample.listened, "She just sat with me.")
    code(sample, sample.rm, sample.listened, "My midwife said. She just sat with me.")
    code(sample, sample.rm, sample.mistrust, "It was not for the form.")
    code(sample, sample.ak, sample.key_worker, "How did you first hear of it?")
    done(sample, sample.ak, sample.rm)
    return sample


def line(comparison: Comparison, path: str) -> Line:
    (found,) = (line for line in comparison.lines if line.path == path)
    return found


SHOWN = ("percent_agreement", "cohen_kappa", "krippendorff_alpha")


def values(line: Line) -> Mapping[str, float | None]:
    figures = {name: line.figures[name] for name in SHOWN}
    return {name: figure.value if isinstance(figure, Coefficient) else None for name, figure in figures.items()}


# Cells are (both, AK only, RM only, neither); figures are percent, kappa, alpha.
@pytest.mark.parametrize(
    ("unit", "path", "cells", "figures"),
    [
        ("turn", "Being listened to", (1, 0, 0, 1), (1, 1, 1)),
        ("turn", "Mistrust", (0, 0, 1, 1), (1 / 2, 0, 0)),
        ("sentence", "Being listened to", (1, 0, 1, 1), (2 / 3, 2 / 5, 4 / 9)),
        ("sentence", "Mistrust", (0, 0, 1, 2), (2 / 3, 0, 0)),
        ("character", "Being listened to", (21, 0, 17, 24), (45 / 62, 504 / 1031, 1744 / 3835)),
    ],
)
def test_figures_per_code_are_those_worked_out_by_hand(
    coded: Sample, unit: Unit, path: str, cells: tuple[int, ...], figures: tuple[float, ...]
) -> None:
    report = agreement(coded.project, viewer=coded.ak.id, coders=["AK", "RM"], unit=unit)
    found = line(report.pairs[0], path)
    assert found.cells is not None
    assert (found.cells.both, found.cells.first_only, found.cells.second_only, found.cells.neither) == cells
    assert found.n == sum(cells)
    assert found.prevalence == pytest.approx((2 * cells[0] + cells[1] + cells[2]) / (2 * sum(cells)))
    assert list(values(found).values()) == pytest.approx(figures)


def test_the_overall_figure_pools_decisions_on_units_and_codes(coded: Sample) -> None:
    report = agreement(coded.project, viewer=coded.ak.id, coders=None, unit="turn")
    (pair,) = report.pairs
    assert pair.coders == ("AK", "RM")
    assert pair.pooled is not None
    assert (pair.pooled.n, pair.pooled_codes) == (4, 2)
    assert list(values(pair.pooled).values()) == pytest.approx((3 / 4, 1 / 2, 8 / 15))
    assert report.together is None


def test_turns_of_the_interviewer_count_only_where_asked_for(coded: Sample) -> None:
    without = agreement(coded.project, viewer=coded.ak.id, coders=None, unit="turn").pairs[0]
    assert "Key worker" not in [line.path for line in without.lines]
    assert without.unused == 1
    assert without.rule == "documents both have marked done; interviewer turns left out"
    taken_in = agreement(coded.project, viewer=coded.ak.id, coders=None, unit="turn", interviewer=True).pairs[0]
    assert [line.path for line in taken_in.lines] == ["Key worker", "Being listened to", "Mistrust"]
    assert taken_in.rule == "documents both have marked done; interviewer turns taken in"
    assert taken_in.lines[0].n == 3


def test_a_code_that_is_asked_for_is_shown_though_nobody_used_it(coded: Sample) -> None:
    (pair,) = agreement(
        coded.project, viewer=coded.ak.id, coders=None, unit="turn", codes=["key worker", "mistrust"]
    ).pairs
    assert [line.path for line in pair.lines] == ["Key worker", "Mistrust"]
    reason = "no variation: both coders gave every unit the same value"
    assert pair.lines[0].figures["cohen_kappa"] == Undefined(reason)
    assert undefined(pair.lines, ["percent_agreement", "cohen_kappa"]) == [f"{reason} (Cohen's kappa)"]


def test_a_code_stands_for_itself_alone_unless_branches_are_asked_for(coded: Sample) -> None:
    codebook = coded.project.snapshot("").codebook
    coded.project.apply("moved", move_code(codebook, coded.mistrust, coded.listened), coder=coded.ak.id)
    plain = agreement(coded.project, viewer=coded.ak.id, coders=None, unit="turn").pairs[0]
    assert line(plain, "Being listened to").prevalence == 2 / 4
    branch = agreement(coded.project, viewer=coded.ak.id, coders=None, unit="turn", branch=True).pairs[0]
    assert line(branch, "Being listened to").prevalence == 3 / 4
    assert branch.pooled is not None
    assert (branch.pooled_codes, branch.pooled.n) == (1, 2)


def test_a_retired_code_is_left_out_and_counted(coded: Sample) -> None:
    codebook = coded.project.snapshot("").codebook
    coded.project.apply("retired", retire_code(codebook, coded.mistrust), coder=coded.ak.id)
    report = agreement(coded.project, viewer=coded.ak.id, coders=None, unit="turn")
    assert [line.path for line in report.pairs[0].lines] == ["Being listened to"]
    assert report.pairs[0].retired == 1
    assert any(said.endswith("1 code retired.") for said in statement(report, report.pairs[0]))


def test_a_retired_code_does_not_count_for_its_branch_either(coded: Sample) -> None:
    codebook = coded.project.snapshot("").codebook
    coded.project.apply("moved", move_code(codebook, coded.mistrust, coded.listened), coder=coded.ak.id)
    codebook = coded.project.snapshot("").codebook
    coded.project.apply("retired", retire_code(codebook, codebook.by_id[coded.mistrust.id]), coder=coded.ak.id)
    report = agreement(coded.project, viewer=coded.ak.id, coders=None, unit="turn", branch=True)
    assert line(report.pairs[0], "Being listened to").prevalence == 2 / 4


def test_with_three_coders_each_pair_has_its_table_and_all_have_one(coded: Sample) -> None:
    third = Coder(id=new_id(), name="ZH")
    late = Document(id=new_id(), name="P08", source_type="parent", text=coded.document.text)
    coded.project.apply("third coder", [create(third), create(late)], coder="")
    code(coded, third, coded.mistrust, "It was not for the form.")
    done(coded, third)
    done(coded, third, document=late)
    report = agreement(coded.project, viewer=coded.ak.id, coders=None, unit="turn")
    assert [pair.coders for pair in report.pairs] == [("AK", "RM"), ("AK", "ZH"), ("RM", "ZH")]
    assert report.pairs[0].left_out == ()
    assert report.pairs[1].left_out == ("P08",)
    together = report.together
    assert together is not None
    mistrust = line(together, "Mistrust")
    assert mistrust.cells is None
    # Two units, values -,-,- and -,1,1: two of three ordered pairs of the second disagree.
    assert values(mistrust)["percent_agreement"] == pytest.approx((1 + 1 / 3) / 2)
    assert values(mistrust)["krippendorff_alpha"] == pytest.approx(1 - 5 * (2 / 2) / (4 * 2))
    assert mistrust.figures["cohen_kappa"] == Undefined("it is for two coders")


def test_whoever_is_not_done_is_missing_among_three_and_apart_as_a_pair(coded: Sample) -> None:
    third = Coder(id=new_id(), name="ZH")
    coded.project.apply("third coder", [create(third)], coder="")
    report = agreement(coded.project, viewer=coded.ak.id, coders=["AK", "RM", "ZH"], unit="turn")
    assert report.apart == (("AK", "ZH"), ("RM", "ZH"))
    assert len(report.pairs) == 1
    assert report.together is not None
    two, all_three = line(report.pairs[0], "Mistrust"), line(report.together, "Mistrust")
    assert values(all_three)["krippendorff_alpha"] == values(two)["krippendorff_alpha"]
    assert all_three.n == two.n


def test_the_statement_says_what_was_compared(coded: Sample) -> None:
    report = agreement(coded.project, viewer=coded.ak.id, coders=None, unit="character")
    said = "\n".join(statement(report, report.pairs[0]))
    for part in ("Unit: character", "AK, RM", "both have marked done", "interviewer turns left out", "P07", "pooled"):
        assert part in said
    assert report.codebook in said
    assert "sentence splitter 1" in said


def test_the_fingerprint_of_the_codebook_differs_when_a_definition_does(sample: Sample) -> None:
    before = codebook_fingerprint(sample.project.snapshot("").codebook)
    assert codebook_fingerprint(sample.project.snapshot("").codebook) == before
    sample.project.apply("defined", [update(sample.mistrust, not_when="fear of forms")], coder=sample.ak.id)
    assert codebook_fingerprint(sample.project.snapshot("").codebook) != before


def test_nobody_done_is_said_with_how_to_mend_it(sample: Sample) -> None:
    with pytest.raises(QualError, match="Nobody has marked a document done") as problem:
        agreement(sample.project, viewer=sample.ak.id, coders=None, unit="turn")
    assert "tbcp-qual documents done NAME --coder" in problem.value.hint


def test_one_done_is_said_with_the_document_and_who_is_missing(sample: Sample) -> None:
    done(sample, sample.ak)
    with pytest.raises(QualError, match="Nobody but AK has marked a document done"):
        agreement(sample.project, viewer=sample.ak.id, coders=None, unit="turn")
    with pytest.raises(QualError, match=r"no document that two of the coders \(AK and RM\)") as problem:
        agreement(sample.project, viewer=sample.ak.id, coders=["ak", "rm"], unit="turn")
    assert 'tbcp-qual documents done "P07" --coder "RM"' in problem.value.hint


def test_a_mark_that_was_taken_back_is_no_mark(coded: Sample) -> None:
    (mark,) = (mark for mark in coded.project.records("done") if mark.coder == coded.rm.id)
    changes = mark_done(mark, document=coded.document.id, coder=coded.rm.id, done=False)
    coded.project.apply("not done", changes, coder=coded.rm.id)
    with pytest.raises(QualError, match="Nobody but AK"):
        agreement(coded.project, viewer=coded.ak.id, coders=None, unit="turn")


def test_a_document_that_is_named_but_not_done_is_refused(coded: Sample) -> None:
    late = Document(id=new_id(), name="P08", source_type="parent", text=coded.document.text)
    coded.project.apply("document", [create(late)], coder="")
    with pytest.raises(QualError, match="“P08” is not marked done by two of the coders"):
        agreement(coded.project, viewer=coded.ak.id, coders=["AK", "RM"], unit="turn", documents=["P07", "P08"])
    report = agreement(coded.project, viewer=coded.ak.id, coders=["AK", "RM"], unit="turn", documents=["p07"])
    assert report.pairs[0].documents == ("P07",)


@pytest.mark.parametrize(
    ("coders", "documents", "codes", "message"),
    [
        (["AK", "Nobody"], None, None, "no coder “Nobody”"),
        (["AK", "ak"], None, None, "at least two coders"),
        (None, ["P99"], None, "No document is called “P99”"),
        (None, None, ["Absent"], "No code is called “Absent”"),
    ],
)
def test_names_that_are_not_there_are_said(
    coded: Sample, coders: list[str] | None, documents: list[str] | None, codes: list[str] | None, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        agreement(coded.project, viewer="", coders=coders, unit="turn", documents=documents, codes=codes)


def test_a_reflexive_project_gets_no_coefficients(coded: Sample) -> None:
    coded.project.apply("approach", [update(coded.project.info, approach="reflexive")], coder="")
    with pytest.raises(UsageError, match="reflexive"):
        agreement(coded.project, viewer=coded.ak.id, coders=None, unit="turn")
