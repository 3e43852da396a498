"""The command that compares coders over spans of anybody's: its figures, its JSON, and what it will not take."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import Shell, process

FOUR = {"value", "undefined", "ci95", "se"}
NAMES = [
    "u_alpha",
    "u_alpha_binary",
    "cu_alpha",
    "ku_alpha",
    "alpha_u_1995",
    "gamma",
    "gamma_disorder",
    "boundary_similarity",
    "dice",
    "jaccard",
]
EXAMPLE = """coder,start,end,code
Alex,2,9,1
Alex,11,17,2
Alex,24,30,5
Alex,32,36,6
Alex,36,44,6
Alex,44,60,7
Paul,2,9,1
Paul,11,17,3
Paul,19,25,5
Paul,32,44,6
Suzan,2,9,1
Suzan,11,17,4
Suzan,21,27,5
Suzan,32,36,6
Suzan,36,40,6
Suzan,40,44,6
"""


def csv(folder: Path, text: str) -> Path:
    path = folder / "spans.csv"
    path.write_text(text, encoding="utf-8")
    return path


def rows(*spans: str) -> str:
    return "\n".join(["coder,start,end,code", *spans, ""])


def test_the_published_example_comes_out_in_full_precision(shell: Shell, tmp_path: Path) -> None:
    found = shell.json("agreement", "spans", csv(tmp_path, EXAMPLE), "--length", "60")
    assert (found["units"], found["coders"], found["length"]) == (16, 3, 60)
    figures = found["statistics"]
    assert list(figures) == NAMES
    assert all(set(figure) >= FOUR for figure in figures.values())
    assert figures["u_alpha"]["value"] == pytest.approx(0.5096699731736228, abs=1e-15)
    assert figures["u_alpha_binary"]["value"] == pytest.approx(0.4132259407617982, abs=1e-15)
    assert figures["cu_alpha"]["value"] == pytest.approx(0.7240818696472637, abs=1e-15)
    assert figures["gamma_disorder"]["value"] == pytest.approx(0.6535417, abs=1e-6)
    assert figures["gamma"]["stated"]["seed"] == 2015
    assert figures["gamma"]["stated"]["exact"] is True


def test_what_goes_by_code_stands_by_code(shell: Shell, tmp_path: Path) -> None:
    figures = shell.json("agreement", "spans", csv(tmp_path, EXAMPLE), "--length", "60")["statistics"]
    for name in ("ku_alpha", "alpha_u_1995"):
        assert list(figures[name]["by_code"]) == list("1234567")
        assert all(set(figure) == FOUR for figure in figures[name]["by_code"].values())
    assert figures["ku_alpha"]["value"] is None
    assert figures["ku_alpha"]["undefined"] == "by code: see by_code"
    assert figures["ku_alpha"]["by_code"]["5"]["value"] == 1
    assert figures["ku_alpha"]["by_code"]["7"]["undefined"].startswith("where it was used nobody else")
    assert isinstance(figures["alpha_u_1995"]["value"], float)


def test_the_table_can_be_read_and_says_how_gamma_came_about(shell: Shell, tmp_path: Path) -> None:
    assert shell("agreement", "spans", csv(tmp_path, EXAMPLE), "--length", "60") == 0
    lines = shell.out.splitlines()
    assert lines[0].split() == ["statistic", "value"]
    assert lines[1].split()[-1] == "0.510"
    assert any(line.startswith("16 spans on 60 positions; by coder: Alex 6, Paul 4, Suzan 6.") for line in lines)
    assert any("chance continua (seed 2015), within 2% at 95% confidence" in line for line in lines)
    assert any(
        line.startswith("– undefined: where it was used nobody else coded anything (7: (k)u-alpha") for line in lines
    )


def test_a_seed_changes_gamma_and_nothing_else(shell: Shell, tmp_path: Path) -> None:
    path = csv(tmp_path, EXAMPLE)
    one, again, other = (
        shell.json("agreement", "spans", path, "--length", "60", "--seed", seed)["statistics"]
        for seed in ("1", "1", "2")
    )
    assert one == again
    assert one.pop("gamma")["value"] != other.pop("gamma")["value"]
    assert one == other


def test_a_coder_without_a_row_is_named(shell: Shell, tmp_path: Path) -> None:
    path = csv(tmp_path, rows("AK,0,9,x", "RM,0,9,x"))
    found = shell.json("agreement", "spans", path, "--length", "40", "--coders", "AK, JT")
    assert found["coders"] == 3
    assert found["statistics"]["dice"]["value"] == pytest.approx(1 / 3)
    alone = shell.json("agreement", "spans", csv(tmp_path, rows("AK,0,9,x")), "--length", "40")
    assert alone["statistics"]["u_alpha"]["undefined"] == "agreement needs at least two coders"


def test_codes_over_one_another_say_who_and_where(shell: Shell, tmp_path: Path) -> None:
    path = csv(tmp_path, rows("AK,0,9,x", "AK,5,12,y", "RM,0,9,x", "RM,5,12,y"))
    figures = shell.json("agreement", "spans", path, "--length", "40")["statistics"]
    assert figures["u_alpha"]["undefined"].startswith("AK coded 5 to 9 with two codes")
    assert {code: figure["value"] for code, figure in figures["u_alpha"]["by_code"].items()} == {"x": 1, "y": 1}
    assert figures["gamma"]["value"] == 1


def test_an_empty_span_is_left_out_with_a_remark(shell: Shell, tmp_path: Path) -> None:
    path = csv(tmp_path, rows("AK,0,0,x", "AK,2,7,x", "RM,2,7,x"))
    found = shell.json("agreement", "spans", path, "--length", "15")
    assert shell.err == "1 empty span left out: line 2.\n"
    assert found["units"] == 2
    assert found["statistics"]["alpha_u_1995"]["value"] == 1


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("AK,9,5,x", "line 4: the span ends at 5, before it begins at 9"),
        ("AK,9,41,x", "line 4: the span ends at 41, but the continuum at 40"),
        ("AK,-1,4,x", "line 4: the span begins at -1, before the continuum"),
        ("AK,nine,12,x", "line 4: the start is no whole number"),
        ("AK,9,12.5,x", "line 4: the end is no whole number"),
        ("AK,9,,x", "line 4: the column “end” is empty"),
        (",9,12,x", "line 4: the column “coder” is empty"),
        ("AK,9,12,", "line 4: the column “code” is empty"),
        ("AK,4,8,x", "line 4: the span overlaps the one on line 2, of the same coder and code"),
        ("AK,9,12", "line 4: 3 cells, but the header has 4"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(shell: Shell, tmp_path: Path, row: str, sentence: str) -> None:
    path = csv(tmp_path, rows("AK,0,5,x", "RM,0,5,x", row))
    assert shell("agreement", "spans", path, "--length", "40", "--json") == 3
    assert shell.out == ""
    assert f"{path}, {sentence}" in shell.err
    assert len(shell.err.splitlines()) <= 2


def test_spans_that_touch_do_not_overlap(shell: Shell, tmp_path: Path) -> None:
    path = csv(tmp_path, rows("AK,0,5,x", "AK,5,9,x", "RM,0,5,x", "RM,5,9,x"))
    assert shell.json("agreement", "spans", path, "--length", "40")["statistics"]["u_alpha"]["value"] == 1


def test_another_header_is_refused(shell: Shell, tmp_path: Path) -> None:
    path = csv(tmp_path, "who,start,end,code\nAK,0,5,x\n")
    assert shell("agreement", "spans", path, "--length", "40") == 3
    assert "“coder”" in shell.err


@pytest.mark.parametrize("options", [[], ["--length", "0"], ["--length", "long"], ["--length", "9", "--seed", "x"]])
def test_a_length_is_needed_and_numbers_are_numbers(shell: Shell, tmp_path: Path, options: list[str]) -> None:
    assert shell("agreement", "spans", csv(tmp_path, EXAMPLE), *options) == 2


def test_names_that_a_terminal_would_obey_are_only_shown(tmp_path: Path) -> None:
    path = csv(tmp_path, rows("A\x1b[2JK,0,5,x\x1b]0;t\x07", "RM,0,5,x"))
    done = process("agreement", "spans", path, "--length", "9", folder=tmp_path)
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout + done.stderr


def published(shared_data: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads(
        (shared_data / "agreement" / "unitizing_alpha.json").read_text(encoding="utf-8")
    )
    return [case for case in cases if case["coefficient"] == "alpha_u_1995"]


def test_the_published_cases_go_through_the_command(shell: Shell, tmp_path: Path, shared_data: Path) -> None:
    compared = 0
    for data, same in itertools.groupby(published(shared_data), key=lambda case: json.dumps(case["data"])):
        cases = list(same)
        begin, length = cases[0]["continuum"]["begin"], str(cases[0]["continuum"]["length"])
        spans = [
            f"{unit['rater']},{unit['offset'] - begin},{unit['offset'] - begin + unit['length']},{unit['category']}"
            for unit in json.loads(data)
        ]
        coders = "0,1,2" if "single_unit" in cases[0]["name"] else "0,1"
        found = shell.json("agreement", "spans", csv(tmp_path, rows(*spans)), "--length", length, "--coders", coders)[
            "statistics"
        ]["alpha_u_1995"]
        for case in cases:
            category = case["params"].get("category")
            value = (found["by_code"][category] if category else found)["value"]
            if case["name"] != "dkpro.degenerate.zero_length.alpha_u_1995":
                assert value == pytest.approx(case["expected"], abs=case["tolerance"]), case["name"]
                compared += 1
            else:
                assert value is None
    assert compared == 10
