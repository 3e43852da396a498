"""`agreement data FILE`: a table of anybody's, as a person hands it in."""

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tbcp_qual.cli import cli
from tbcp_qual.cli.running import run

NAMES = [
    *("percent_agreement", "holsti", "cohen_kappa", "cohen_kappa_max", "weighted_kappa", "scott_pi"),
    *("fleiss_kappa", "conger_kappa", "brennan_prediger", "gwet_ac1", "gwet_ac2", "krippendorff_alpha"),
]
GWET_2014 = """unit,A,B,C,D
1,1,1,,1
2,2,2,3,2
3,3,3,3,3
4,3,3,3,3
5,2,2,2,2
6,1,2,3,4
7,4,4,4,4
8,1,1,2,1
9,2,2,2,2
10,,5,5,5
11,,,1,1
12,,,3,
"""
COHEN_1960 = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Runs `agreement data` on a table, in a folder without a project."""
    monkeypatch.chdir(tmp_path)

    def call(table: str, *words: str) -> tuple[int, str, str]:
        (tmp_path / "table.csv").write_text(table, encoding="utf-8")
        monkeypatch.setattr("sys.argv", ["tbcp-qual", "agreement", "data", "table.csv", *words])
        code = run(cli)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def found(command: Command, table: str, *words: str) -> dict[str, Any]:
    code, out, err = command(table, *words, "--json")
    assert (code, err) == (0, "")
    answer: dict[str, Any] = json.loads(out)
    return answer


def of_cells(cells: Sequence[Sequence[int]]) -> str:
    rows = [(i, j) for i, row in enumerate(cells, start=1) for j, n in enumerate(row, start=1) for _ in range(n)]
    return "unit,AK,RM\n" + "".join(f"u{n},{i},{j}\n" for n, (i, j) in enumerate(rows))


def test_all_twelve_names_are_always_there_each_with_a_value_or_a_reason(command: Command) -> None:
    answer = found(command, GWET_2014)
    assert list(answer) == ["units", "coders", "statistics"]
    assert (answer["units"], answer["coders"]) == (12, 4)
    assert list(answer["statistics"]) == NAMES
    for name, figure in answer["statistics"].items():
        assert list(figure) == ["value", "undefined", "ci95", "se"]
        assert (figure["value"] is None) == (figure["undefined"] is not None)
        assert (figure["undefined"] == "it is for two coders") == (
            name in ("cohen_kappa", "cohen_kappa_max", "weighted_kappa", "scott_pi")
        )


@pytest.mark.parametrize(
    ("level", "alpha", "ac2"),
    [("nominal", 0.743, 0.775), ("ordinal", 0.815, 0.899), ("interval", 0.849, 0.914), ("ratio", 0.797, 0.857)],
)
def test_the_level_decides_alpha_and_the_weights_of_ac2(command: Command, level: str, alpha: float, ac2: float) -> None:
    statistics = found(command, GWET_2014, "--level", level)["statistics"]
    assert statistics["krippendorff_alpha"]["value"] == pytest.approx(alpha, abs=0.0005)
    assert statistics["gwet_ac2"]["value"] == pytest.approx(ac2, abs=0.0005)
    assert statistics["fleiss_kappa"]["value"] == pytest.approx(0.761, abs=0.0005)


def test_weights_are_taken_where_they_are_asked_for(command: Command) -> None:
    plain = found(command, GWET_2014)["statistics"]
    weighed = found(command, GWET_2014, "--weights", "linear")["statistics"]
    for name, value in {"fleiss_kappa": 0.818, "conger_kappa": 0.814, "brennan_prediger": 0.848}.items():
        assert weighed[name]["value"] == pytest.approx(value, abs=0.0005)
    assert weighed["gwet_ac2"]["value"] == pytest.approx(0.859, abs=0.0005)
    for name in ("percent_agreement", "holsti", "gwet_ac1", "krippendorff_alpha"):
        assert weighed[name] == plain[name]
    two = found(command, of_cells(COHEN_1960), "--weights", "quadratic")["statistics"]
    assert two["cohen_kappa"]["value"] == pytest.approx(0.492, abs=0.0005)
    # 14 + 10 + 10 + 6 units are one step apart, 18 + 2 are two, which is four of the squares.
    agreed = 1 - (40 + 4 * 20) / (4 * 200)
    first, second = (0.6, 0.3, 0.1), (0.5, 0.3, 0.2)
    chance = 1 - sum(p * r * (i - j) ** 2 for i, p in enumerate(first) for j, r in enumerate(second)) / 4
    assert two["weighted_kappa"]["value"] == pytest.approx((agreed - chance) / (1 - chance), rel=1e-13)


def test_nothing_is_rounded_and_the_error_is_that_of_large_samples(command: Command) -> None:
    kappa = found(command, of_cells(COHEN_1960))["statistics"]["cohen_kappa"]
    assert kappa["value"] == pytest.approx((0.7 - 0.41) / (1 - 0.41), rel=1e-15)
    # Fleiss, Cohen & Everitt 1969, written out for the cells of the table.
    first, second, k = (0.6, 0.3, 0.1), (0.5, 0.3, 0.2), (0.7 - 0.41) / (1 - 0.41)
    squares = sum(
        n / 200 * ((i == j) - (1 - k) * (second[i] + first[j])) ** 2
        for i, row in enumerate(COHEN_1960)
        for j, n in enumerate(row)
    )
    variance = (squares - (k - 0.41 * (1 - k)) ** 2) / (200 * 0.59**2)
    assert kappa["se"] == pytest.approx(variance**0.5, rel=1e-12)
    low, high = kappa["ci95"]
    assert (high - low) / 2 == pytest.approx(1.971957 * kappa["se"], rel=1e-6)  # t of 199 degrees of freedom


def test_categories_in_words_are_ordered_as_it_is_said(command: Command) -> None:
    table = "unit,AK,RM\na,low,low\nb,high,middle\nc,middle,middle\nd,low,high\ne,high,high\nf,middle,low\n"
    numbers = table.replace("low", "1").replace("middle", "2").replace("high", "3")
    in_words = found(command, table, "--level", "ordinal", "--order", "low,middle,high")
    assert in_words == found(command, numbers, "--level", "ordinal")
    code, _, err = command(table, "--level", "ordinal")
    assert code == 2
    assert err.splitlines()[0] == "tbcp-qual: The ordinal level needs an order, and the values are not all numbers."
    assert command(table, "--weights", "linear")[0] == 2
    assert command(table, "--weights", "identity")[0] == 0
    code, _, err = command(table, "--level", "ordinal", "--order", "low,high")
    assert code == 3
    assert "table.csv, line 3: the value of “RM” is none of the 2 categories" in err


@pytest.mark.parametrize("order", ["low", "low,,high", "low,low", ""])
def test_an_order_that_is_none_is_refused(command: Command, order: str) -> None:
    assert command("unit,AK,RM\na,low,low\n", "--level", "ordinal", "--order", order)[0] == 2


def test_categories_that_were_offered_count_as_chances(command: Command) -> None:
    table = "unit,AK,RM\na,yes,yes\nb,no,no\nc,yes,no\nd,no,no\n"
    assert found(command, table)["statistics"]["brennan_prediger"]["value"] == pytest.approx(0.5)
    offered = found(command, table, "--order", "yes,no,unclear")["statistics"]
    assert offered["brennan_prediger"]["value"] == pytest.approx((0.75 - 1 / 3) / (2 / 3))


def test_codes_that_look_like_numbers_are_told_apart_as_they_are_written(command: Command) -> None:
    table = "unit,AK,RM\na,1,01\nb,2,2\n"
    assert found(command, table)["statistics"]["percent_agreement"]["value"] == 0.5
    assert found(command, table, "--level", "ordinal")["statistics"]["percent_agreement"]["value"] == 1


@pytest.mark.parametrize(
    ("table", "level", "said"),
    [
        ("unit,AK,RM\na,1,2\nb,1,NA\n", "interval", "table.csv, line 3: the value of “RM” is no number."),
        ("unit,AK,RM\na,1,inf\n", "ratio", "table.csv, line 2: the value of “RM” is no number."),
        ("unit,AK,RM\na,1,1_0\n", "interval", "table.csv, line 2: the value of “RM” is no number."),
        ("unit,AK,RM\na,1,2\na,1,2\n", "nominal", "table.csv, line 3: unit “a” is on line 2 already."),
        ("AK,RM\n1,2\n", "nominal", "table.csv, line 1: a column “unit”"),
        ("unit,AK\na,1\n", "nominal", "table.csv, line 1: a column “unit”"),
        ("unit,AK,AK\na,1,1\n", "nominal", "table.csv, line 1: the column “AK” is there twice."),
        ("unit,AK,RM\na,1\n", "nominal", "table.csv, line 2: 2 cells, but the header has 3."),
        ("", "nominal", "table.csv is empty."),
    ],
)
def test_a_table_that_is_unfit_is_refused_with_its_line(command: Command, table: str, level: str, said: str) -> None:
    code, out, err = command(table, "--level", level, "--json")
    assert (code, out) == (3, "")
    assert said in err
    assert len(err.splitlines()) <= 2


def test_a_table_without_units_has_reasons_and_no_figures(command: Command) -> None:
    for table, units in (("unit,AK,RM\n", 0), ("unit,AK,RM\na,1,\nb,,2\nc,,\n", 3)):
        answer = found(command, table)
        assert answer["units"] == units
        assert {f["undefined"] for f in answer["statistics"].values()} == {"no unit was rated by two coders"}


def test_negative_numbers_have_no_ratio(command: Command) -> None:
    statistics = found(command, "unit,AK,RM\na,-1,2\nb,1,1\n", "--level", "ratio")["statistics"]
    assert statistics["krippendorff_alpha"]["undefined"] == "the ratio level needs numbers of 0 and above"
    assert statistics["gwet_ac2"]["undefined"] == "ratio weights need numbers of 0 and above"
    assert statistics["cohen_kappa"]["value"] is not None


def test_the_table_on_screen_says_what_was_compared_and_who_alone(command: Command) -> None:
    code, out, _ = command("unit;AK;RM\na;yes;yes\nb;no;yes\nc;no;no\nd;no;\ne;yes;yes\n")
    assert code == 0
    lines = out.splitlines()
    assert lines[1].split() == ["percent", "agreement", "75.0%", "0.0%", "to", "100.0%", "30.6%"]
    assert "5 units, 4 of them rated by two or more of 2 coders: AK, RM." in lines
    assert "Agreement on each value, where one of two says it: no 0.667, yes 0.800." in lines
    assert "yes: both 2, AK only 0, RM only 1." in lines


def test_reasons_stand_below_the_table_once(command: Command) -> None:
    _, out, _ = command(GWET_2014)
    assert [line for line in out.splitlines() if line.startswith("–")] == [
        "– undefined: it is for two coders (Cohen's kappa, maximum of Cohen's kappa, weighted kappa, Scott's pi)"
    ]


def test_options_of_the_project_are_not_passed_over_in_silence(
    command: Command, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    command(GWET_2014)
    monkeypatch.setattr("sys.argv", ["tbcp-qual", "agreement", "--unit", "turn", "data", "table.csv"])
    assert run(cli) == 2
    assert "mean nothing to `agreement data`" in capsys.readouterr().err


def test_the_command_gives_what_irrcac_printed_for_tables_of_units(
    command: Command, shared_data: Path, tmp_path: Path
) -> None:
    cases = json.loads((shared_data / "agreement" / "irrcac_python.json").read_text(encoding="utf-8"))
    checked = 0
    for case in cases:
        weights, name = case["params"]["weights"], case["coefficient"]
        if case["kind"] != "raw_subjects_by_raters" or not isinstance(weights, str) or name == "krippendorff_alpha":
            continue
        with (tmp_path / "written.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["unit", *(f"rater {i}" for i in range(len(case["data"][0])))])
            writer.writerows([n, *row] for n, row in enumerate(case["data"]))
        statistics = found(command, (tmp_path / "written.csv").read_text(encoding="utf-8"), "--weights", weights)[
            "statistics"
        ]
        figure = statistics["gwet_ac2" if name == "gwet_ac" else name]
        assert figure["value"] == pytest.approx(case["expected"], abs=case["tolerance"] + 1e-12), case["name"]
        checked += 1
    assert checked == 48
