"""Tables of cases from CSV and Excel: types guessed or given, scores of measures, and what does not fit."""

import datetime
import random
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tbcp_qual.coding.values import Typed
from tbcp_qual.errors import BadInput, QualError, UsageError
from tbcp_qual.readers.cases import read_cases, read_people
from tbcp_qual.tasks.attributes import parse_measures, parse_types
from tbcp_qual.tasks.cases import import_cases, plan_cases, set_type, set_values
from tests.conftest import Sample

COHORT = """case,age,first baby,need,born,phq9_before,phq9_after,children
F01,21,yes,low,3/4/2021,12,7,0
F02,n/a,No,high,1 Feb 2021,15,,2
F10,34.5,,medium,not known,-9,3,1
"""


def workbook(path: Path, sheets: dict[str, list[list[Any]]], hidden: str = "") -> Path:
    """Make a workbook; a cell that is a date is one in Excel too."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name == hidden:
            sheet.hide()
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(i, j, cell, day)
                else:
                    sheet.write(i, j, cell)
    book.close()
    return path


def known(sample: Sample) -> dict[str, dict[str, str]]:
    """Return the values of each case, by label and name."""
    labels = {case.id: case.label for case in sample.project.records("case")}
    found: dict[str, dict[str, str]] = {label: {} for label in labels.values()}
    for attribute in sample.project.records("attribute"):
        found[labels[attribute.case]][attribute.name] = attribute.value
    return found


def scores(sample: Sample) -> dict[tuple[str, str, str], float]:
    labels = {case.id: case.label for case in sample.project.records("case")}
    return {(labels[m.case], m.scale, m.time_point): m.value for m in sample.project.records("measure")}


def test_types_are_guessed_and_values_kept_in_one_spelling(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "cohort.csv"
    path.write_text(COHORT)
    brought = import_cases(sample.project, path, coder=sample.ak.id)
    types = {v.name: (v.scale, v.levels) for v in sample.project.snapshot(sample.ak.id, []).variables}
    assert types == {
        "age": ("number", ()),
        "first baby": ("yes/no", ()),
        "need": ("ordered category", ("low", "medium", "high")),
        "born": ("date", ()),
        "children": ("number", ()),
    }
    assert known(sample) == {
        "F01": {"age": "21", "first baby": "yes", "need": "low", "born": "2021-04-03", "children": "0"},
        "F02": {"first baby": "no", "need": "high", "born": "2021-02-01", "children": "2"},
        "F10": {"age": "34.5", "need": "medium", "children": "1"},
    }
    assert scores(sample) == {
        ("F01", "phq9", "before"): 12, ("F01", "phq9", "after"): 7, ("F02", "phq9", "before"): 15,
        ("F10", "phq9", "after"): 3,
    }  # fmt: skip
    assert (brought.missing, brought.values_added, brought.scores_added) == (5, 12, 4)
    assert sample.project.verify() == []
    sample.project.undo(sample.ak.id)
    assert (known(sample), sample.project.records("variable"), scores(sample)) == ({}, [], {})


def test_the_same_table_again_changes_nothing(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "cohort.csv"
    path.write_text(COHORT)
    import_cases(sample.project, path, coder=sample.ak.id)
    again = import_cases(sample.project, path, coder=sample.ak.id)
    assert again.revision is None
    path.write_text(COHORT.replace("12,7", ",9"))
    changed = import_cases(sample.project, path, coder=sample.ak.id)
    assert (changed.scores_added, changed.scores_changed, changed.scores_removed) == (0, 1, 1)


def test_a_workbook_reads_as_the_csv_does(tmp_path: Path, sample: Sample) -> None:
    rows: list[list[Any]] = [
        ["Cohort of the pilot"],
        [],
        ["case", "age", "first baby", "born", "need"],
        ["F01", 21, True, datetime.date(2021, 4, 3), "low"],
        ["F02", "n/a", "No", "1 Feb 2021", ""],
        [],
    ]
    key = [["case", "name"], ["F01", "Maya"]]
    path = workbook(tmp_path / "cohort.xlsx", {"Notes": [["Some notes"]], "Key": key, "Data": rows}, hidden="Key")
    plan = plan_cases(sample.project, path)
    assert (plan.sheet.sheet, plan.sheet.other_sheets) == ("Data", ("Notes",))
    assert [row.line for row in plan.sheet.cases] == [4, 5]
    import_cases(sample.project, path, coder=sample.ak.id)
    assert known(sample) == {
        "F01": {"age": "21", "first baby": "yes", "born": "2021-04-03", "need": "low"},
        "F02": {"first baby": "no", "born": "2021-02-01"},
    }
    with pytest.raises(UsageError, match="no sheet called “Key”"):
        plan_cases(sample.project, path, sheet="Key")
    with pytest.raises(UsageError, match="has no sheets"):
        read_cases(tmp_path / "cohort.csv", sheet="Data")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["case", "need"], ["F01", "a"], ["f01", "b"]], "line 3: case f01 is on line 2 already"),
        ([["case", "need"], ["", "a"]], "line 2: the row names no case"),
        ([["case", "need", "Need"], ["F01", "a", "b"]], "row 1: the column “Need” is there twice"),
        ([["case", "", "need"], ["F01", "", "a"]], "row 1: column 2 has no name"),
        ([["case", "need"], ["F01", "a", "beside"]], "row 2: a cell stands beside the named columns"),
        ([[], []], "is empty"),
    ],
)
def test_faulty_sheets_name_the_row(tmp_path: Path, rows: list[list[Any]], message: str) -> None:
    path = workbook(tmp_path / "cohort.xlsx", {"Data": rows})
    with pytest.raises(BadInput, match=message):
        read_cases(path)


def test_a_sheet_that_spans_too_much_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "wide.xlsx"))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "case")
    sheet.write(1_000_000, 16_000, "x")
    book.close()
    with pytest.raises(BadInput, match="spans"):
        read_cases(tmp_path / "wide.xlsx")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, 10**9))
def test_a_damaged_workbook_is_read_or_refused_in_a_sentence(tmp_path: Path, seed: int) -> None:
    path = workbook(tmp_path / "whole.xlsx", {"Data": [["case", "need"], ["F01", "low"]]})
    content = bytearray(path.read_bytes())
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 20)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(content[: chance.randint(1, len(content))] if seed % 2 else content)
    try:
        said = "" if read_cases(damaged).attributes else "nothing"
    except BadInput as problem:
        said = problem.message
    assert said == "" or "damaged.xlsx" in said


@pytest.mark.parametrize(
    ("types", "line", "message"),
    [
        ({"age": Typed(scale="number")}, 3, "line 3: column “age” does not hold a number"),
        ({"age": Typed(scale="yes/no")}, 2, "line 2, 3: column “age” does not hold yes or no"),
        ({"age": Typed(scale="date")}, 2, "line 2, 3: column “age” does not hold a date"),
        ({"age": Typed(scale="category", levels=("21",))}, 3, "line 3: column “age” does not hold one of 21"),
    ],
)
def test_values_that_do_not_fit_their_type_are_refused_with_the_line_and_without_the_words(
    tmp_path: Path, sample: Sample, types: dict[str, Typed], line: int, message: str
) -> None:
    path = tmp_path / "cohort.csv"
    path.write_text("case,age\nF01,21\nF02,about thirty\n")
    with pytest.raises(BadInput, match=message) as problem:
        import_cases(sample.project, path, coder=sample.ak.id, types=types)
    assert "thirty" not in problem.value.message + problem.value.hint
    assert sample.project.records("case") == []


def test_a_later_table_must_fit_the_types_that_the_project_has(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "cohort.csv"
    path.write_text("case,age\nF01,21\nF02,30\n")
    import_cases(sample.project, path, coder=sample.ak.id)
    path.write_text("case,Age\nF02,thirty\n")
    with pytest.raises(BadInput, match="line 2: column “Age” does not hold a number"):
        import_cases(sample.project, path, coder=sample.ak.id)
    import_cases(sample.project, path, coder=sample.ak.id, types={"age": Typed(scale="category")})
    assert known(sample) == {"F01": {"age": "21"}, "F02": {"age": "thirty"}}
    with pytest.raises(UsageError, match="1 of its values in the project is not a number"):
        set_type(sample.project, "age", Typed(scale="number"), coder=sample.ak.id)
    path.write_text("case,age\nF01,22\n")
    with pytest.raises(UsageError, match="not a number"):
        import_cases(sample.project, path, coder=sample.ak.id, types={"age": Typed(scale="number")})


def test_a_word_that_a_person_names_is_missing_too(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "cohort.csv"
    path.write_text("case,age\nF01,21\nF02,Refused\n")
    plan = plan_cases(sample.project, path, missing=["refused"])
    (age,) = plan.attributes
    assert (age.typed.scale, age.values, age.markers) == ("number", ("21", ""), ("Refused",))


def test_a_guess_says_what_speaks_against_it(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "cohort.csv"
    rows = "".join(f"F{n:02},{n},{n % 2},{'Hill' if n % 2 else 'hill'}\n" for n in range(1, 20))
    path.write_text(f"case,age,carer,ward\n{rows}F20,12 (est),1,Quay\n")
    age, carer, ward = plan_cases(sample.project, path).attributes
    assert (age.typed.scale, age.remarks) == (
        "category",
        ("nearly all values are of the type number, but not those on line 21",),
    )
    assert (carer.typed.scale, len(carer.remarks)) == ("number", 1)
    assert ward.remarks == ("“Hill” and “hill” differ in their spelling alone",)


def test_measures_are_named_by_a_person_or_by_two_time_points(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "cohort.csv"
    path.write_text("case,pre_gad,post_gad,start_date,score_t1,sleep_after,a,b\nF01,1,2,2021-01-01,3,4,5,6\n")
    plan = plan_cases(sample.project, path, measures=parse_measures(["Bond: a=before, b=6 months"]))
    assert [(s.column, s.scale, s.time_point, s.origin) for s in plan.scores] == [
        ("pre_gad", "gad", "pre", "guessed"),
        ("post_gad", "gad", "post", "guessed"),
        ("a", "Bond", "before", "given"),
        ("b", "Bond", "6 months", "given"),
    ]
    assert [column.name for column in plan.attributes] == ["start_date", "score_t1", "sleep_after"]


def test_what_a_table_now_calls_a_measure_is_no_attribute_any_more(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "cohort.csv"
    path.write_text("case,bond\nF01,41\nF02,50\n")
    import_cases(sample.project, path, coder=sample.ak.id)
    import_cases(sample.project, path, coder=sample.ak.id, measures=parse_measures(["Bond: bond=before"]))
    assert (sample.project.records("attribute"), sample.project.records("variable")) == ([], [])
    assert scores(sample) == {("F01", "Bond", "before"): 41, ("F02", "Bond", "before"): 50}
    sample.project.undo(sample.ak.id)
    assert known(sample)["F01"] == {"bond": "41"}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["age=number,need=ordered category:low,high"], {"age": "number", "need": "ordered category: low, high"}),
        (["need=ordered:a=1,b=2,age=number"], {"need": "ordered category: a=1, b=2", "age": "number"}),
        (["a b = yes/no", "c=category"], {"a b": "yes/no", "c": "category"}),
    ],
)
def test_types_are_read_as_a_person_writes_them(given: list[str], found: dict[str, str]) -> None:
    assert {name: str(typed) for name, typed in parse_types(given).items()} == found


@pytest.mark.parametrize("given", ["age", "age=colour", "=number", "need=ordered:one"])
def test_what_is_no_type_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match="is not COLUMN=TYPE"):
        parse_types([given])


@pytest.mark.parametrize("given", ["PHQ-9", "PHQ-9: a", "PHQ-9: a=", ": a=before"])
def test_what_is_no_measure_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match="is no measure"):
        parse_measures([given])


@pytest.mark.parametrize(
    ("types", "measures", "message"),
    [
        ({"aeg": Typed(scale="number")}, {}, "no column “aeg”"),
        ({"age": Typed(scale="number")}, {"age": ("A", "before")}, "cannot be an attribute and a measure"),
        ({}, {"age": ("A", "before"), "bond": ("a", "Before")}, "same measure at the same time"),
    ],
)
def test_columns_that_are_named_wrongly_are_refused(
    tmp_path: Path, sample: Sample, types: dict[str, Typed], measures: dict[str, tuple[str, str]], message: str
) -> None:
    path = tmp_path / "cohort.csv"
    path.write_text("case,age,bond\nF01,21,3\n")
    with pytest.raises(UsageError, match=message):
        plan_cases(sample.project, path, types=types, measures=measures)


def test_values_and_scores_of_one_case_are_corrected_together(tmp_path: Path, sample: Sample) -> None:
    path = tmp_path / "cohort.csv"
    path.write_text(COHORT)
    import_cases(sample.project, path, coder=sample.ak.id)
    set_values(
        sample.project,
        "f02",
        {"AGE": "1,030", "need": "", "first baby": "Y"},
        [("PHQ9", "After", "4"), ("phq9", "before", "n/a")],
        coder=sample.ak.id,
        new_label="F2",
    )
    assert known(sample)["F2"] == {"age": "1030", "first baby": "yes", "born": "2021-02-01", "children": "2"}
    assert {key[2]: value for key, value in scores(sample).items() if key[0] == "F2"} == {"after": 4}
    sample.project.undo(sample.ak.id)
    assert known(sample)["F02"]["need"] == "high"
    for values, message in (({"age": "old"}, "must be a number"), ({"aage": "3"}, "There is no attribute “aage”")):
        with pytest.raises(QualError, match=message):
            set_values(sample.project, "F02", values, coder=sample.ak.id)
    with pytest.raises(UsageError, match="twice"):
        set_values(sample.project, "F02", {"age": "3", "Age": "4"}, coder=sample.ak.id)


def test_people_are_read_from_a_table(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Participant,role,permission\nP07,mother,quote\n")
    (row,) = read_people(tmp_path / "people.csv")
    assert (row.label, row.given) == ("P07", {"role": "mother", "permission": "quote"})
    path = workbook(tmp_path / "people.xlsx", {"A": [["Participant", "Case"], ["P07", "F07"]]})
    assert read_people(path)[0].given == {"case": "F07"}
    path = workbook(tmp_path / "people.xlsx", {"A": [["participant", "colour"], ["P07", "red"]]})
    with pytest.raises(BadInput, match="no column “colour”"):
        read_people(path)
