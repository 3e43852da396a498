"""The case-file audit on the command line: the tool in, files rated by two, differences settled, results and agreement."""

from pathlib import Path

import pytest

from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.records import Document
from tbcp_qual.store import Project
from tests.cli.shell import Shell
from tests.conftest import Sample

TOOL = """key,section,item,levels,guidance,questions
A1,Family,The parent is heard,absent;reported;own words,Quoted is own words.,
A2,Family,The baby is described,no;yes,,
"""


@pytest.fixture
def audited(sample: Sample, shell: Shell, tmp_path: Path) -> Shell:
    """Three files and an interview, and a tool of two items."""
    files = [
        Document(
            id=f"{n:032x}", name=f"F0{n} review", kind="case file", source_type="case file", text=sample.document.text
        )
        for n in (1, 2, 3)
    ]
    with Project.open(sample.path) as project:
        project.apply("files", [create(file) for file in files], coder=sample.ak.id)
    (tmp_path / "tool.csv").write_text(TOOL, encoding="utf-8")
    assert shell("audit", "import", tmp_path / "tool.csv") == 0, shell.err
    return shell


def test_files_are_rated_by_two_settled_and_counted(audited: Shell) -> None:
    for coder, levels in (("AK", ("3", "reported", "not recorded")), ("RM", ("own words", "absent", "1"))):
        for n, level in enumerate(levels, start=1):
            assert audited("audit", "rate", f"F0{n} review", "a1", level, coder=coder) == 0, audited.err
    results = audited.json("audit", "results")
    assert results["files"] == 3
    heard = results["items"][0]
    assert (heard["counts"]["own words"], heard["raters differ"], heard["not rated"]) == (1, 2, 0)
    assert results["items"][1]["not rated"] == 3
    assert [(d["document"], d["item"]) for d in audited.json("audit", "differences")] == [
        ("F02 review", "A1"),
        ("F03 review", "A1"),
    ]
    assert audited("audit", "settle", "F02 review", "A1", "reported") == 2
    assert "reason" in audited.err
    assert audited("audit", "settle", "F02 review", "A1", "reported", "--words", "She is told of.") == 0
    (shown, _) = audited.json("audit", "show", "F02 review")
    assert (shown["result"], shown["settled"]["words"], len(shown["ratings"])) == ("reported", "She is told of.", 2)
    assert audited("undo") == 0
    assert len(audited.json("audit", "differences")) == 2
    assert audited("redo") == 0
    assert audited("audit", "rate", "F02 review", "A1", "--delete", coder="RM") == 0
    assert audited("audit", "settle", "F02 review", "A1", "--delete") == 0
    assert audited.json("audit", "show", "F02 review")[0]["settled"] is None
    assert audited("verify") == 0


def test_agreement_is_of_levels_and_says_who_gave_none(audited: Shell) -> None:
    for coder, levels in (("AK", ("1", "2", "not recorded")), ("RM", ("1", "3", "1"))):
        for n, level in enumerate(levels, start=1):
            audited("audit", "rate", f"F0{n} review", "A1", level, coder=coder)
    (item,) = audited.json("audit", "agreement")
    assert (item["files"], item["same"], item["differ whether a level can be given"]) == (3, 1, 1)
    assert item["statistics"]["percent_agreement"]["value"] == pytest.approx(0.5)
    # By hand, with ordinal weights of three levels 1, 2/3, 0: observed 5/6, by chance 7/12.
    assert item["statistics"]["weighted_kappa"]["value"] == pytest.approx((5 / 6 - 7 / 12) / (1 - 7 / 12))
    assert audited("audit", "agreement") == 0
    assert "level or none" in audited.out


def test_a_reflexive_project_gets_no_figures(audited: Shell, sample: Sample) -> None:
    with Project.open(sample.path) as project:
        project.apply("approach", [update(project.info, approach="reflexive")], coder="")
    assert audited("audit", "agreement") == 2


def test_ratings_come_from_a_table_as_one_act_or_not_at_all(audited: Shell, tmp_path: Path) -> None:
    table = tmp_path / "ratings.csv"
    table.write_text(
        "document,item,level,words\nF01 review,A1,absent,Nothing.\nF01 review,A2,maybe,\n", encoding="utf-8"
    )
    assert audited("audit", "import-ratings", table) == 3
    assert "ratings.csv, line 3" in audited.err
    assert audited.json("audit", "results")["items"][0]["counts"]["absent"] == 0
    table.write_text("document,item,level,words\nF01 review,A1,absent,Nothing.\nF01 review,A2,2,\n", encoding="utf-8")
    assert audited("audit", "import-ratings", table) == 0
    assert audited.json("audit", "show", "F01 review")[1]["result"] == "yes"
    assert audited("undo") == 0
    assert audited.json("audit", "show", "F01 review")[1]["result"] is None


def test_a_tool_that_comes_again_keeps_what_files_were_given(audited: Shell, tmp_path: Path) -> None:
    audited("audit", "rate", "F01 review", "A2", "yes")
    again = tmp_path / "again.csv"
    again.write_text("key,item,levels\nA2,The baby is described,no;in part\n", encoding="utf-8")
    assert audited("audit", "import", again) == 3
    assert "again.csv, line 2" in audited.err
    again.write_text("key,item,levels\nA2,The baby is described well,no;in part;yes\n", encoding="utf-8")
    assert audited("audit", "import", again) == 0
    assert "A1" in audited.err
    assert [item["key"] for item in audited.json("audit", "items")] == ["A1", "A2"]
    assert audited.json("audit", "show", "F01 review")[1]["result"] == "yes"


@pytest.mark.parametrize(
    ("tool", "said"),
    [
        ("key,item,levels\nA1,Heard,yes\n", "line 2: an item needs two levels"),
        ("key,item,levels\nA1,Heard,no;No\n", "line 2: an item needs two levels"),
        ("key,item,levels\nA1,Heard,no;not recorded\n", "is there for every item already"),
        ("key,item,levels\nA1,Heard,no;yes\na1,Seen,no;yes\n", "line 3: “a1” is there already, on line 2"),
        ("key,item,levels,questions\nA1,Heard,no;yes,9z\n", "line 2: the project has no question “9z”"),
        ("key,item,levels\n", "has no items"),
    ],
)
def test_a_tool_that_is_none_is_refused_with_its_line(shell: Shell, tmp_path: Path, tool: str, said: str) -> None:
    (tmp_path / "tool.csv").write_text(tool, encoding="utf-8")
    assert shell("audit", "import", tmp_path / "tool.csv") == 3
    assert said in shell.err


def test_what_is_not_there_is_a_sentence(audited: Shell) -> None:
    for arguments, said in (
        (("rate", "F01 review", "A9", "yes"), "There is no item “A9” in the audit."),
        (("rate", "F01 review", "A1", "4"), "A1 has no level “4”."),
        (("rate", "F09", "A1", "1"), "No document is called “F09”."),
        (("rate", "F01 review", "A1"), "Say a LEVEL, or --delete."),
        (("settle", "F01 review", "A1", "1", "--words", "x"), "Fewer than two have rated F01 review on A1"),
    ):
        assert audited("audit", *arguments) == 2
        assert said in audited.err


def test_a_level_that_went_elsewhere_is_counted_still_and_none_goes_while_a_round_is_blind(
    audited: Shell, sample: Sample, tmp_path: Path
) -> None:
    audited("audit", "rate", "F01 review", "A1", "reported")
    with Project.open(sample.path) as project:
        (item, _) = project.records("item")
        project.apply("in another copy", [update(item, levels=("absent", "own words"))], coder=sample.rm.id)
    assert audited.json("audit", "results")["items"][0]["counts"]["reported"] == 1
    assert audited("rounds", "open", "1", "--coders", "AK,RM", "--documents", "P07", coder="TS") == 0, audited.err
    (tmp_path / "less.csv").write_text("key,item,levels\nA2,Described,yes;in full\n", encoding="utf-8")
    assert audited("audit", "import", tmp_path / "less.csv") == 3
    assert "blind round" in audited.err
