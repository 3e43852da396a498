"""Published tables with the coefficients their authors printed."""

import json
from pathlib import Path
from typing import Any

import pytest

from tbcp_qual.agreement.ratings import Coefficient, Figure, Level, Ratings, Undefined, Value
from tbcp_qual.agreement.statistics import STATISTICS

LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")


def cases_of(shared_data: Path, name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((shared_data / "agreement" / name).read_text(encoding="utf-8"))
    return cases


def ratings_of(case: dict[str, Any], level: Level = "nominal") -> Ratings:
    if case["kind"] == "contingency_2raters":
        cells: dict[tuple[Value | None, ...], int] = {
            (i, j): n for i, row in enumerate(case["data"]) for j, n in enumerate(row)
        }
        return Ratings(coders=2, patterns=cells)
    rows = [[tuple(value) if isinstance(value, list) else value for value in row] for row in case["data"]]
    return Ratings.from_rows(rows, coders=len(rows[0]), level=level)


def off(case: dict[str, Any], figure: Figure) -> str | None:
    """Say what differs from what was published; None where nothing does."""
    if isinstance(figure, Coefficient) and abs(figure.value - case["expected"]) <= case["tolerance"]:
        return None
    return f"{case['name']}: {case['expected']} expected, {figure}"


def test_all_tables_of_fast_krippendorff_hold(shared_data: Path) -> None:
    cases = cases_of(shared_data, "fast_krippendorff.json")
    alpha = STATISTICS["krippendorff_alpha"]
    found = [off(case, alpha.of(ratings_of(case, case["params"]["metric"]))) for case in cases]
    assert len(found) == 6
    assert [wrong for wrong in found if wrong] == []


@pytest.mark.parametrize(
    ("name", "how_many"), [("cohen_kappa", 15), ("krippendorff_alpha", 12), ("percent_agreement", 14)]
)
def test_the_tables_of_dkpro_hold(shared_data: Path, name: str, how_many: int) -> None:
    cases = [
        case
        for case in cases_of(shared_data, "dkpro_coding.json")
        if case["coefficient"] == name and case["params"].get("metric", "nominal") in LEVELS
    ]
    found = [
        off(case, STATISTICS[name].of(ratings_of(case, case["params"].get("metric", "nominal")))) for case in cases
    ]
    assert len(found) == how_many
    assert [wrong for wrong in found if wrong] == []


@pytest.mark.parametrize(
    ("prefix", "name", "how_many"),
    [("irrCAC.raw.krippendorff.", "krippendorff_alpha", 5), ("irrCAC.table.cohen.", "cohen_kappa", 2)],
)
def test_the_unweighted_tables_of_irrcac_hold(shared_data: Path, prefix: str, name: str, how_many: int) -> None:
    cases = [
        case
        for case in cases_of(shared_data, "irrcac_python.json")
        if case["name"].startswith(prefix) and case["params"]["weights"] == "identity"
    ]
    found = [off(case, STATISTICS[name].of(ratings_of(case))) for case in cases]
    assert len(found) == how_many
    assert [wrong for wrong in found if wrong] == []


def test_percent_counts_a_unit_once_where_krippendorff_counts_it_as_often_as_it_was_rated(shared_data: Path) -> None:
    (case,) = (
        case
        for case in cases_of(shared_data, "dkpro_coding.json")
        if case["coefficient"] == "percent_agreement_pairable"
    )
    ratings = ratings_of(case)
    ours = STATISTICS["percent_agreement"].of(ratings)
    assert isinstance(ours, Coefficient)
    # Of 11 pairable units eight are unanimous, in two half the pairs agree, in one none does.
    assert ours.value == pytest.approx((8 + 0.5 + 0.5) / 11)
    assert ours.n == 11
    agreeing = rated = 0.0
    for values, weight in ratings.pairable().items():
        pairs = sum(values.count(value) - 1 for value in values) / (len(values) - 1)
        agreeing += weight * pairs
        rated += weight * len(values)
    assert agreeing / rated == pytest.approx(case["expected"], abs=case["tolerance"])


@pytest.mark.parametrize("name", ["cohen_kappa", "krippendorff_alpha"])
def test_no_variation_is_undefined_where_others_print_one_or_fail(name: str) -> None:
    figure = STATISTICS[name].of(Ratings(coders=2, patterns={(True, True): 40}))
    assert isinstance(figure, Undefined)
    assert figure.reason.startswith("no variation")


def test_one_coding_of_a_thousand_characters_gives_the_answers_of_the_design() -> None:
    ratings = Ratings(
        coders=2,
        patterns={(True, True): 50, (True, False): 75, (False, True): 75, (False, False): 800},
    )
    figures = {name: statistic.of(ratings) for name, statistic in STATISTICS.items()}
    rounded = {name: round(figure.value, 3) for name, figure in figures.items() if isinstance(figure, Coefficient)}
    assert rounded == {"percent_agreement": 0.850, "cohen_kappa": 0.314, "krippendorff_alpha": 0.315}


def test_agreement_can_be_worse_than_chance() -> None:
    ratings = Ratings(coders=2, patterns={(True, False): 5, (False, True): 5})
    kappa, alpha = STATISTICS["cohen_kappa"].of(ratings), STATISTICS["krippendorff_alpha"].of(ratings)
    assert isinstance(kappa, Coefficient)
    assert isinstance(alpha, Coefficient)
    assert kappa.value == -1
    assert alpha.value == pytest.approx(1 - 19 * 10 / 100)
