"""The sample as it is built: every code used, every question answered both ways, and coders who differ as people do."""

from collections import Counter

import pytest

from tbcp_qual.agreement.ratings import Coefficient
from tbcp_qual.agreement.report import Comparison, Line
from tbcp_qual.tasks.agreement import agreement
from tbcp_qual.tasks.export import thematic_matrix
from tests.sample.conftest import TRANSCRIPTS, Demo, table

pytestmark = pytest.mark.xdist_group("sample")
CODERS = ("AK", "RM", "TS")


def alpha(line: Line) -> float:
    figure = line.figures["krippendorff_alpha"]
    assert isinstance(figure, Coefficient), line.path
    return figure.value


def coded(line: Line) -> int:
    """Return in how many turns one of the two used the code."""
    assert line.cells is not None
    return line.cells.both + line.cells.first_only + line.cells.second_only


@pytest.fixture(scope="module")
def compared(demo: Demo) -> Comparison:
    """The two coders of the double-coded documents, by turn."""
    report = agreement(demo.project, viewer=demo.viewer, coders=["AK", "RM"], unit="turn")
    return report.pairs[0]


def test_the_demo_takes_every_file_and_nothing_else(demo: Demo, details: dict[str, dict[str, str]]) -> None:
    assert {document.file for document in demo.snapshot.documents} == set(details)
    assert {case.label for case in demo.snapshot.cases} == {f"F{n:02}" for n in range(1, 61)}
    assert [sentence for sentence in demo.said if "refused" in sentence or "did not fit" in sentence] == []
    for document in demo.snapshot.documents:
        said = details[document.file]
        labels = [case.label for case in demo.snapshot.cases if case.id in document.cases]
        assert (document.name, document.source_type, document.time_point) == (
            said["name"],
            said["source type"],
            said["time point"],
        )
        assert labels == [label for label in said["cases"].split(";") if label]


@pytest.mark.parametrize("coder", CODERS)
def test_every_row_of_a_coder_becomes_a_coding(demo: Demo, coder: str) -> None:
    rows = table(TRANSCRIPTS / "codings" / f"{coder}.csv")
    assert Counter((row["document"], row["code"].split(">")[-1].strip()) for row in rows) == Counter(
        demo.codings_of(coder)
    )
    assert sum(bool(row["memo"]) for row in rows) >= 5
    assert sum(row["negative"] == "yes" for row in rows) >= 20


def test_two_coders_share_ten_documents_and_a_third_reads_four_of_them(demo: Demo) -> None:
    by_coder = {coder: demo.codings_of(coder) for coder in CODERS}
    documents = {coder: {document for document, _ in theirs} for coder, theirs in by_coder.items()}
    both = documents["AK"] & documents["RM"]
    assert len(both) >= 10
    for coder in ("AK", "RM"):
        assert sum(document in both for document, _ in by_coder[coder]) >= 200
    assert len(documents["TS"]) == 4
    assert documents["TS"] <= both
    assert documents["AK"] == {document.name for document in demo.snapshot.documents}


def test_every_code_is_used_by_somebody(demo: Demo) -> None:
    used = {coding.code for coding in demo.snapshot.codings}
    assert [demo.snapshot.codebook.path(code.id) for code in demo.snapshot.codes if code.id not in used] == []


@pytest.mark.parametrize("rows", ["case", "source type"])
def test_every_theme_of_every_question_has_passages_for_and_against(demo: Demo, rows: str) -> None:
    matrix = thematic_matrix(demo.project, viewer=demo.viewer, rows=rows)  # type: ignore[arg-type]
    assert [section.key for section in matrix.sections] == ["1", "2", "3"]
    for section in matrix.sections:
        assert len(section.columns) >= 3
        for column in section.columns:
            negative = {passage.negative for passage in matrix.passages[column.id]}
            assert negative == {True, False}, column.name
    assert matrix.coverage.not_begun == ()
    assert matrix.coverage.codes_left_out == ()


def test_agreement_is_middling_when_pooled(compared: Comparison) -> None:
    assert len(compared.documents) >= 10
    assert compared.pooled is not None
    assert compared.pooled_codes >= 55
    assert 0.4 < alpha(compared.pooled) < 0.8


def test_agreement_differs_from_code_to_code(compared: Comparison) -> None:
    often = {line.path: alpha(line) for line in compared.lines if coded(line) >= 5}
    assert len(often) >= 25
    assert min(often.values()) < 0.4
    assert max(often.values()) > 0.8
    middling = [path for path, value in often.items() if 0.4 <= value <= 0.8]
    assert len(middling) > len(often) / 2


def test_one_coder_lumps_and_the_other_splits(demo: Demo) -> None:
    lengths = {
        coder: sorted(len(row["quotation"].split()) for row in table(TRANSCRIPTS / "codings" / f"{coder}.csv"))
        for coder in ("AK", "RM")
    }
    middle = {coder: theirs[len(theirs) // 2] for coder, theirs in lengths.items()}
    assert middle["AK"] >= 2 * middle["RM"]


def test_the_readme_gives_the_figures_of_the_codings(demo: Demo, compared: Comparison) -> None:
    text = " ".join((TRANSCRIPTS / "README.md").read_text(encoding="utf-8").split())
    for coder in CODERS:
        theirs = demo.codings_of(coder)
        assert f"{len(theirs)} codings in {len({document for document, _ in theirs})} documents" in text
    assert compared.pooled is not None
    assert f"alpha {alpha(compared.pooled):.2f}" in text
    assert f"{len(compared.documents)} documents that both" in text
