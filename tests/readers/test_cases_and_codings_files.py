"""Cases and codings from CSV: what goes in, and rows that do not fit."""

from pathlib import Path

import pytest

from tbcp_qual.coding.records import Attribute
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import BadInput
from tbcp_qual.readers.codings import find_quotation
from tbcp_qual.tasks.cases import import_cases
from tbcp_qual.tasks.codings import import_codings, list_codings
from tests.conftest import Sample


def attributes(sample: Sample) -> dict[tuple[str, str], str]:
    labels = {case.id: case.label for case in sample.project.records("case")}
    found: list[Attribute] = sample.project.records("attribute")
    return {(labels[a.case], a.name): a.value for a in found}


def test_cases_arrive_with_their_attributes_and_an_empty_cell_is_no_record(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "cohort.csv"
    path.write_text("need,case,first baby\nacute,F01,yes\n,F02,no\n\n")
    brought = import_cases(sample.project, path, coder=sample.ak.id)
    assert (brought.new, brought.known, brought.values_added, brought.missing) == (2, 0, 3, 1)
    assert attributes(sample) == {("F01", "need"): "acute", ("F01", "first baby"): "yes", ("F02", "first baby"): "no"}


def test_known_cases_get_the_values_of_the_file(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "cohort.csv"
    path.write_text("case,need,ward\nF01,acute,Hill\nF02,complex,Quay\n")
    import_cases(sample.project, path, coder=sample.ak.id)
    path.write_text("Family;Need;exit\nf01;;planned\nF02;targeted;\nF03;acute;\n")
    brought = import_cases(sample.project, path, coder=sample.ak.id)
    assert (brought.new, brought.known) == (1, 2)
    assert (brought.values_added, brought.values_changed, brought.values_removed) == (2, 1, 1)
    assert attributes(sample) == {
        ("F01", "ward"): "Hill", ("F01", "exit"): "planned", ("F02", "need"): "targeted", ("F02", "ward"): "Quay",
        ("F03", "need"): "acute",
    }  # fmt: skip
    assert import_cases(sample.project, path, coder=sample.ak.id).revision is None
    sample.project.undo(sample.ak.id)
    assert attributes(sample)[("F01", "need")] == "acute"
    assert sample.project.verify() == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("case,need\nF01,acute,more\n", "line 2: 3 cells, but the header has 2"),
        ("case,need\nF01,a\nF02\n", "line 3: 1 cells"),
        ("case,need\nF01,a\nf01,b\n", "line 3: case f01 is on line 2 already"),
        ("case,need,Need\nF01,a,b\n", "line 1: the column “Need” is there twice"),
        ("case,,need\nF01,a,b\n", "line 1: column 2 has no name"),
        ("case,need\n,a\n", "line 2: the row names no case"),
        (",,\nF01,a,b\n", "has no header"),
        ('case,need\n"F01,a\n', "line 2: not CSV"),
        ('case,need\nF01,"two\nlines"\nF02\n', "line 4: 1 cells"),
        ("", "is empty"),
    ],
)
def test_faulty_tables_name_the_line(tmp_path: Path, sample: Sample, text: str, message: str) -> None:
    path = tmp_path / "cohort.csv"
    path.write_text(text)
    with pytest.raises(BadInput, match=message) as problem:
        import_cases(sample.project, path, coder=sample.ak.id)
    assert "cohort.csv" in problem.value.message
    assert sample.project.records("case") == []


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ("She said", ["She said"]),
        ('"It\'s  no\ngood"', ["“It’s no good”"]),
        ("said, … good", ["said, “It’s no good"]),
        ("said, ... good", ["said, “It’s no good"]),
        ("no", ["no", "no"]),
        ("no … end", ["no good” … no end", "no end"]),
        ("good” … no", ["good” … no"]),
        ("never", []),
        ("SHE SAID", []),
        ("", []),
    ],
)
def test_a_quotation_is_found_whatever_its_quotes_and_spaces(quotation: str, found: list[str]) -> None:
    text = "She said, “It’s no good” … no end"
    assert [text[span.start : span.end] for span in find_quotation(text, quotation, Span(0, len(text)))] == found


def test_a_quotation_is_sought_within_its_stretch_only() -> None:
    assert find_quotation("one two one", "one", Span(4, 11)) == [Span(8, 11)]
    assert find_quotation("one two one", "one two", Span(0, 6)) == []


HEADER = "document,turn,quotation,code,memo,negative\n"


def coded(sample: Sample) -> list[tuple[str, str, str, bool]]:
    return [(c.words, c.code, c.memo, c.negative) for c in list_codings(sample.project, viewer=sample.ak.id)]


def test_codings_arrive_as_they_are_also_where_they_overlap(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "codings.csv"
    path.write_text(
        HEADER + "P07,2,My midwife said.,Key worker,who told her,\n"
        "p07,2,midwife … with me,Key worker,,yes\n"
        "P07,,not for the form,mistrust,,\n"
    )
    brought = import_codings(sample.project, path, coder=sample.ak.id, done=True)
    assert (brought.added, brought.unfit, brought.done) == (3, (), ("P07",))
    assert coded(sample) == [
        ("My midwife said.", "Key worker", "who told her", False),
        ("midwife said. She just sat with me", "Key worker", "", True),
        ("not for the form", "Mistrust", "", False),
    ]
    assert sample.project.counts(sample.ak.id).done_by_document == {sample.document.id: {sample.ak.id}}
    again = import_codings(sample.project, path, coder=sample.ak.id, done=True)
    assert (again.revision, again.added, again.present, again.done) == (None, 0, 3, ())
    sample.project.undo(sample.ak.id)
    assert coded(sample) == []
    assert sample.project.counts(sample.ak.id).done_by_document == {}


BAD_ROWS = [
    ("P08,2,My midwife,Key worker,,", "No document is called “P08”"),
    ("P07,2,My midwife,Key wroker,,", "No code is called “Key wroker”"),
    ("P07,2,My midwife,,,", "No code is named"),
    ("P07,9,My midwife,Key worker,,", "turns 1 to 3"),
    ("P07,x,My midwife,Key worker,,", "turns 1 to 3"),
    ("P07,3,My midwife,Key worker,,", "not in turn 3 of “P07”. They are in turn 2"),
    ("P07,,P07,Key worker,,", "in “P07” 2 times"),
    ("P07,2,,Key worker,,", "No words are quoted"),
    ("P07,2,My midwife,Key worker,,perhaps", "`negative` is `yes` or empty"),
]


def test_nothing_goes_in_where_a_row_does_not_fit(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "codings.csv"
    path.write_text(HEADER + "P07,2,My midwife said.,Key worker,,\n" + "".join(f"{row}\n" for row, _ in BAD_ROWS))
    brought = import_codings(sample.project, path, coder=sample.ak.id, done=True)
    assert brought.refused
    assert [row.line for row in brought.unfit] == list(range(3, 3 + len(BAD_ROWS)))
    for row, (_, reason) in zip(brought.unfit, BAD_ROWS, strict=True):
        assert reason in row.reason
        assert "midwife" not in row.reason
    assert coded(sample) == []
    assert sample.project.counts(sample.ak.id).done_by_document == {}


def test_rows_that_do_not_fit_can_be_left_out(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "codings.csv"
    path.write_text(HEADER + "P07,2,My midwife said.,Key worker,,\n" + BAD_ROWS[0][0] + "\n")
    brought = import_codings(sample.project, path, coder=sample.ak.id, skip_bad=True)
    assert (brought.added, len(brought.unfit), brought.refused) == (1, 1, False)


def test_codings_are_listed_by_document_code_and_coder(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "codings.csv"
    path.write_text(HEADER + "P07,2,My midwife said.,Key worker,,\nP07,3,not for the form,Mistrust,,\n")
    import_codings(sample.project, path, coder=sample.ak.id)
    path.write_text(HEADER + "P07,2,She just sat with me.,Being listened to,,\n")
    import_codings(sample.project, path, coder=sample.rm.id)
    listed = list_codings(sample.project, viewer=sample.ak.id)
    assert [(c.label, c.turn, c.code, c.coder) for c in listed] == [
        ("P07, parent, turn 2", 2, "Key worker", "AK"),
        ("P07, parent, turn 2", 2, "Being listened to", "RM"),
        ("P07, parent, turn 3", 3, "Mistrust", "AK"),
    ]
    assert len(list_codings(sample.project, viewer=sample.ak.id, by="rm")) == 1
    assert len(list_codings(sample.project, viewer=sample.ak.id, code="mistrust", document="P07")) == 1
