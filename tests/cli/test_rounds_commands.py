"""Rounds on the command line: opened, checked, watched, locked; and agreement from what was locked."""

from pathlib import Path

import pytest

from tbcp_qual.store import Project
from tests.cli.shell import Shell

NAMES = ("P01", "P02", "K01", "K02", "K03")


@pytest.fixture
def study(shell: Shell, tmp_path: Path) -> Shell:
    """Six interviews of two source types, none of them coded."""
    for name in NAMES:
        path = tmp_path / f"{name}.txt"
        turns = [f"INT: What of {n}?\n{name}: It was {n}. And so on {n}.\n" for n in range(1, 6)]
        path.write_text("".join(turns))
        kind = "parent" if name.startswith("P") else "practitioner"
        assert shell("documents", "import", path, "--source-type", kind) == 0
    return shell


def code(shell: Shell, folder: Path, coder: str, *rows: str, done: bool = True) -> None:
    path = folder / f"{coder}.csv"
    path.write_text("document,turn,quotation,code,memo\n" + "".join(f"{row}\n" for row in rows))
    assert shell("codings", "import", path, *(["--done"] if done else []), coder=coder) == 0, shell.err


def open_(shell: Shell, *more: str, name: str = "1", documents: str = "P01,P02", code: int = 0) -> None:
    arguments = ["rounds", "open", name, "--coders", "AK,RM", "--documents", documents, *more]
    assert shell(*arguments, coder="TS") == code, shell.err


def test_a_round_says_what_it_fixed_and_that_blindness_is_a_courtesy(study: Shell) -> None:
    open_(study, "--due", "31 March 2031")
    assert "Round “1” is open for AK, RM: 2 documents of 6 chosen." in study.out
    assert "Fixed: krippendorff_alpha, by turn, interviewer turns left out; 10 units." in study.out
    assert "courtesy" in study.err
    assert "rounds pack" in study.err
    assert study("rounds", "show") == 0
    assert "Due: 2031-03-31." in study.out
    open_(study, code=2)
    assert "already" in study.err
    open_(study, "--open", name="2")
    assert "courtesy" not in study.err
    assert study("undo", coder="TS") == 0
    assert [made["round"] for made in study.json("rounds", "list")] == ["1"]


def test_the_same_seed_draws_the_same_share_by_source_type(study: Shell) -> None:
    arguments = ["--coders", "AK,RM", "--share", "50%", "--by", "source-type", "--seed", "4"]
    drawn = study.json("rounds", "open", "a", *arguments)
    assert len(drawn["documents"]) == 3
    assert {name[0] for name in drawn["documents"]} == {"P", "K"}
    assert "3 documents of 6 drawn by stratified random sampling" in drawn["drawn"]
    assert "seed 4" in drawn["drawn"]
    assert study.json("rounds", "open", "b", *arguments)["documents"] == drawn["documents"]
    assert study("rounds", "open", "c", "--coders", "AK,RM", "--share", "0%") == 2
    assert study("rounds", "open", "c", "--coders", "AK,RM", "--share", "20%", "--documents", "P01") == 2
    assert study("rounds", "open", "c", "--coders", "AK,RM") == 2


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--statistic", "kappa"], "no statistic “kappa”"),
        (["--threshold", ".8"], "belong to training"),
        (["--purpose", "training"], "held against"),
        (["--purpose", "stability"], "one coder, twice"),
        (["--codes", "Absent"], "No code is called “Absent”"),
        (["--due", "soon"], "no day"),
        (["--seed", "3"], "nothing to draw"),
    ],
)
def test_what_does_not_go_together_is_refused_and_nothing_opened(study: Shell, more: list[str], said: str) -> None:
    open_(study, *more, code=2)
    assert said in study.err
    assert study.json("rounds", "list") == []


def test_one_coder_alone_is_no_round(study: Shell) -> None:
    assert study("rounds", "open", "1", "--coders", "AK", "--documents", "P01") == 5
    assert "It takes two coders" in study.err
    assert study.json("rounds", "list") == []


def test_a_reflexive_project_measures_nothing_and_has_rounds_all_the_same(study: Shell, tmp_path: Path) -> None:
    assert study("project", "--approach", "reflexive") == 0
    for more in (["--unit", "turn"], ["--statistic", "cohen_kappa"], ["--threshold", ".8", "--gold", "AK"]):
        open_(study, *more, code=2)
        assert "no unit, statistic or threshold" in study.err
        assert "differences to discuss" in study.err
    open_(study)
    assert "differences to discuss" in study.out


def test_the_check_finds_what_has_changed_since_opening(study: Shell) -> None:
    open_(study)
    found = study.json("rounds", "check")
    assert found["units"] == 10
    assert {finding["level"] for finding in found["findings"]} == {"warning"}
    assert study("codes", "rename", "Mistrust", "Distrust") == 0
    assert study("rounds", "check") == 1
    assert "The codebook has been changed" in study.err
    assert study("undo") == 0
    assert study("rounds", "check") == 0


def test_the_board_tells_of_others_in_a_blind_round_only_whether_they_are_done(study: Shell, tmp_path: Path) -> None:
    open_(study, "--due", "2020-01-01")
    code(study, tmp_path, "RM", "P01,2,It was 1.,Mistrust,", "P01,4,It was 2.,Mistrust,", done=False)
    places = {(p["document"], p["coder"]): p for p in study.json("rounds", "board", coder="AK")[0]["places"]}
    assert (places["P01", "RM"]["state"], places["P01", "RM"]["reviewed"]) == ("not done", None)
    assert (places["P01", "AK"]["state"], places["P01", "AK"]["reviewed"]) == ("not begun", 0)
    assert study("rounds", "board", coder="RM") == 0
    assert "2 of 5 turns" in study.out
    assert "(passed)" in study.out
    assert study("documents", "done", "P01", coder="RM") == 0
    (board,) = study.json("rounds", "board", coder="AK")
    assert board["overdue"] is True
    assert [p["state"] for p in board["places"]] == ["not begun", "done", "not begun", "not done"]


def finish(study: Shell, folder: Path) -> None:
    """AK and RM code both documents, and mark them done."""
    code(study, folder, "AK", "P01,2,It was 1.,Mistrust,", "P01,4,It was 2.,Key worker,", "P02,2,It was 1.,Mistrust,")
    code(study, folder, "RM", "P01,2,It was 1.,Mistrust,", "P01,4,It was 2.,Mistrust,", "P02,4,It was 2.,Key worker,")


def test_a_round_is_locked_when_all_have_finished_and_not_before(study: Shell, tmp_path: Path) -> None:
    open_(study)
    code(study, tmp_path, "AK", "P01,2,It was 1.,Mistrust,", "P02,2,It was 1.,Mistrust,")
    assert study("rounds", "lock") == 5
    assert "Not marked done by RM: P01, P02" in study.err
    assert "--anyway" not in study.err
    assert study("rounds", "lock", "--anyway") == 5
    assert study("agreement", "--round", "1") == 5
    assert "not locked yet" in study.err
    code(study, tmp_path, "RM", "P01,2,It was 1.,Mistrust,", "P02,2,It was 1.,Mistrust,")
    kept = study.json("rounds", "lock", coder="AK")
    assert (kept["documents"], kept["codings"], kept["waiting"]) == (2, 4, [])
    assert study("rounds", "lock") == 5
    assert study("undo") != 0 or "lock" not in study.err.casefold()
    assert study.json("rounds", "show")["places"][0]["state"] == "locked"


def test_an_open_round_can_be_locked_before_all_have_finished(study: Shell, tmp_path: Path) -> None:
    open_(study, "--open")
    code(study, tmp_path, "AK", "P01,2,It was 1.,Mistrust,", "P02,2,It was 1.,Mistrust,")
    code(study, tmp_path, "RM", "P01,2,It was 1.,Mistrust,")
    assert study("rounds", "lock") == 5
    assert "--anyway" in study.err
    assert study.json("rounds", "lock", "--anyway")["waiting"] == [{"document": "P02", "coder": "RM"}]
    (pair,) = study.json("agreement", "--round", "1")["pairs"]
    assert (pair["documents"], pair["left_out"]) == (["P01"], ["P02"])


def test_the_figures_of_a_round_stay_whatever_is_edited_later(study: Shell, tmp_path: Path) -> None:
    open_(study, "--statistic", "cohen_kappa", "--unit", "sentence")
    finish(study, tmp_path)
    assert study("rounds", "lock") == 0
    before = study.json("agreement", "--round", "1", "--per", "document")
    assert (before["unit"], before["round"]["statistic"], before["round"]["round"]) == ("sentence", "cohen_kappa", "1")
    corrected = tmp_path / "corrected.txt"
    corrected.write_text((tmp_path / "P01.txt").read_text().replace("It was 1.", "It was one. Or so."))
    assert study("codings", "import", _more(tmp_path), coder="RM") == 0
    assert study("codes", "merge", "Mistrust", "Key worker") == 0
    assert study("codes", "retire", "Being listened to") == 0
    assert study("documents", "revise", "P01", corrected) in (0, 1), study.err
    assert study("documents", "role", "P02", "interviewer") == 0
    assert study("documents", "done", "P02", "--undo", coder="RM") == 0
    assert study.json("agreement", "--round", "1", "--per", "document") == before
    assert study.json("agreement", "--document", "P01") != before
    assert study("verify") == 0


def _more(folder: Path) -> Path:
    path = folder / "more.csv"
    path.write_text("document,turn,quotation,code\nP01,6,It was 3.,Mistrust\n")
    return path


def test_what_the_round_fixed_comes_first_and_all_else_is_exploratory(study: Shell, tmp_path: Path) -> None:
    open_(study, "--statistic", "gwet_ac1")
    finish(study, tmp_path)
    study("rounds", "lock")
    assert study("agreement", "--round", "1") == 0
    headings = study.out.splitlines()[1]
    assert headings.split("prevalence")[1].split("  ")[1:] != []
    assert headings.index("AC1") < headings.index("percent (x)") < headings.index("kappa (x)")
    assert "AC1 (x)" not in headings
    assert "Fixed when it was opened: Gwet's AC1, unit turn" in study.out
    overall = study.json("agreement", "--round", "1")["pairs"][0]["overall"]["statistics"]
    assert {name for name, figure in overall.items() if not figure["exploratory"]} == {"gwet_ac1"}
    other = study.json("agreement", "--round", "1", "--unit", "character")["pairs"][0]["overall"]["statistics"]
    assert all(figure["exploratory"] for figure in other.values())
    plain = study.json("agreement")
    assert plain["round"] is None
    assert plain["pairs"][0]["overall"]["statistics"]["gwet_ac1"]["exploratory"] is None


def test_trainees_are_told_code_by_code_whether_they_passed(study: Shell, tmp_path: Path) -> None:
    finish(study, tmp_path)
    assert (
        study("rounds", "open", "tr", "--coders", "ZH", "--gold", "AK", "--threshold", ".8", "--documents", "P01,P02")
        == 0
    )
    assert study("rounds", "result", "tr") == 5
    rows = ["P01,2,It was 1.,Mistrust,", "P01,4,It was 2.,Key worker,", "P02,4,It was 2.,Mistrust,"]
    code(study, tmp_path, "ZH", *rows)
    assert study("rounds", "lock", "tr") == 0
    found = study.json("rounds", "result", "tr", code=1)
    codes = {line["path"]: line for line in found["results"][0]["codes"]}
    assert codes["Key worker"]["passed"] is True
    assert (codes["Mistrust"]["passed"], codes["Mistrust"]["n"]) == (False, 10)
    assert study("rounds", "result", "tr") == 1
    assert "Passed: 1 of 2 codes." in study.out
    assert "ZH with AK" in study.out
    assert study("project", "--approach", "reflexive") == 0
    assert study("rounds", "result", "tr") == 2
    assert study("rounds", "compare", "tr", "tr") == 2
    assert "no coefficients" in study.err


def test_a_coder_codes_again_without_seeing_the_first_time(study: Shell, tmp_path: Path) -> None:
    finish(study, tmp_path)
    open_(study, name="first")
    study("rounds", "lock", "first")
    assert study("rounds", "open", "again", "--coders", "AK", "--purpose", "stability", "--documents", "P01,P02") == 0
    assert study.json("codings", "list", "--document", "P01", coder="AK again") == []
    code(study, tmp_path, "AK again", "P01,2,It was 1.,Mistrust,", "P02,2,It was 1.,Mistrust,")
    assert study("rounds", "lock", "again") == 0
    result = study.json("rounds", "result", "again")["results"][0]
    assert result["title"] == "AK again with AK"
    assert result["passed"] is None
    assert {c["path"]: c["value"] for c in result["codes"]}["Mistrust"] == 1
    compared = study.json("rounds", "compare", "first", "again", coder="AK")["results"][0]
    assert compared["coders"] == ["AK in first", "AK in again"]
    assert compared["codes"] == result["codes"]
    assert study.json("rounds", "compare", "first", "again", "--of", "AK", coder="TS")["results"][0] == compared
    assert study("rounds", "compare", "first", "again", coder="RM") == 2
    assert study("rounds", "compare", "first", "first", coder="AK") == 2
    assert study("rounds", "result", "first") == 2


def test_a_document_taken_out_since_is_left_out_and_said(study: Shell, tmp_path: Path) -> None:
    open_(study)
    finish(study, tmp_path)
    study("rounds", "lock")
    code_ = study("participants", "withdraw", "P02", "--yes")
    assert code_ in (0, 1), study.err
    found = study.json("agreement", "--round", "1")
    assert (found["round"]["gone"], found["pairs"][0]["documents"]) == (1, ["P01"])
    assert study("verify") == 0, study.out


def test_names_that_are_purged_go_from_what_was_locked_too(study: Shell, tmp_path: Path) -> None:
    assert study("codes", "add", "Zebedee left") == 0
    open_(study)
    code(study, tmp_path, "AK", "P01,2,It was 1.,Zebedee left,", "P02,2,It was 1.,Mistrust,")
    code(study, tmp_path, "RM", "P01,2,It was 1.,Zebedee left,", "P02,2,It was 1.,Mistrust,")
    study("rounds", "lock")
    with Project.open(study.path) as project:
        project.purge("names", coder="", words={"Zebedee": "[Child A]"})
        assert project.verify() == []
    assert b"Zebedee" not in study.path.read_bytes()
    (pair,) = study.json("agreement", "--round", "1")["pairs"]
    assert "[Child A] left" in [line["path"] for line in pair["codes"]]
