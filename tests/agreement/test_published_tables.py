"""Published tables with the coefficients their authors printed; other conventions are checked as what they are."""

import json
from itertools import combinations
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from tbcp_qual.agreement.arrays import lay_out
from tbcp_qual.agreement.chance import agreement_by_pattern, observed, shares, weight_matrix, weighted
from tbcp_qual.agreement.distances import Distance, jaccard_distance, masi_distance
from tbcp_qual.agreement.ratings import Coefficient, Figure, Ratings, Undefined, Value, Weights
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.statistics.krippendorff_alpha import krippendorff_alpha

OURS = {
    "bennett_s": "brennan_prediger",
    "randolph_kappa": "brennan_prediger",
    "hubert_kappa": "conger_kappa",
    "gwet_ac": "gwet_ac2",
}
"""Statistics that go by another name here."""


def cases_of(shared_data: Path, name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((shared_data / "agreement" / name).read_text(encoding="utf-8"))
    return cases


def ratings_of(case: dict[str, Any]) -> Ratings:
    params = case["params"]
    weights: Weights | None = params["weights"] if "categories" in params else None
    if isinstance(weights, list):
        weights = tuple(tuple(row) for row in weights)
    if case["kind"] == "contingency_2raters":
        cells: dict[tuple[Value | None, ...], int] = {
            (i, j): n for i, row in enumerate(case["data"], start=1) for j, n in enumerate(row, start=1)
        }
        return Ratings(coders=2, patterns=cells, categories=tuple(range(1, len(case["data"]) + 1)), weights=weights)
    rows = [[frozenset(value) if isinstance(value, list) else value for value in row] for row in case["data"]]
    if weights is not None:
        occurring: set[Any] = {value for row in rows for value in row if value is not None}
        return Ratings.from_rows(rows, coders=len(rows[0]), categories=tuple(sorted(occurring)), weights=weights)
    level = params.get("metric")
    return Ratings.from_rows(
        rows, coders=len(rows[0]), level=level if level in ("ordinal", "interval", "ratio") else "nominal"
    )


def off(case: dict[str, Any], figure: Figure | float) -> str | None:
    """Say what differs from what was published; None where nothing does."""
    value = figure.value if isinstance(figure, Coefficient) else figure
    if isinstance(value, float) and abs(value - case["expected"]) <= case["tolerance"] + 1e-12:
        return None
    return f"{case['name']}: {case['expected']} expected, {figure}"


def wrong(found: list[str | None]) -> list[str]:
    return [words for words in found if words]


def test_all_tables_of_fast_krippendorff_hold(shared_data: Path) -> None:
    cases = cases_of(shared_data, "fast_krippendorff.json")
    assert len(cases) == 6
    assert wrong([off(case, STATISTICS["krippendorff_alpha"].of(ratings_of(case))) for case in cases]) == []


OTHERS = {
    "percent_agreement_pairable": 1,
    "light_kappa": 1,
    "max_percentage_agreement": 1,
    "dice": 1,
    "multiple": 2,
    "given distance": 2,
    "sets": 2,
}
"""DKPro's cases under another convention than ours, and how many; each has a test of its own below."""


def kind_of(case: dict[str, Any]) -> str:
    params = case["params"]
    if "distance" in params:
        return "given distance"
    if params.get("metric", "").startswith(("set", "masi")):
        return "sets"
    return str(case["coefficient"])


def dkpro(shared_data: Path, kind: str) -> list[dict[str, Any]]:
    cases = [case for case in cases_of(shared_data, "dkpro_coding.json") if kind_of(case) == kind]
    assert len(cases) == OTHERS[kind]
    return cases


def test_all_tables_of_dkpro_hold_that_share_our_conventions(shared_data: Path) -> None:
    found: list[str | None] = []
    for case in cases_of(shared_data, "dkpro_coding.json"):
        if kind_of(case) in OTHERS:
            continue
        name = OURS.get(case["coefficient"], case["coefficient"])
        ratings = ratings_of(case)
        if case["params"].get("weights", "").startswith("interval"):
            ratings = Ratings(coders=2, patterns=ratings.patterns, level="interval")
        found.append(off(case, STATISTICS[name].of(ratings)))
    assert len(found) == 94 - sum(OTHERS.values())
    assert wrong(found) == []


def test_percent_counts_a_unit_once_where_krippendorff_counts_it_as_often_as_it_was_rated(shared_data: Path) -> None:
    (case,) = dkpro(shared_data, "percent_agreement_pairable")
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
    assert off(case, agreeing / rated) is None


def test_the_kappa_of_light_is_the_mean_of_the_kappas_of_all_pairs(shared_data: Path) -> None:
    (case,) = dkpro(shared_data, "light_kappa")
    kappas = []
    for one, other in combinations(range(len(case["data"][0])), 2):
        figure = STATISTICS["cohen_kappa"].of(Ratings.from_rows([(r[one], r[other]) for r in case["data"]], coders=2))
        assert isinstance(figure, Coefficient)
        kappas.append(figure.value)
    assert off(case, fmean(kappas)) is None


def listed(distances: dict[frozenset[str], float]) -> Distance:
    return lambda one, other: distances[frozenset((one, other))]


def test_a_distance_can_be_given_where_two_categories_are_nearer_than_others(shared_data: Path) -> None:
    found = []
    for case in dkpro(shared_data, "given distance"):
        distances = {frozenset(pair.split("|")): apart for pair, apart in case["params"]["distance"].items()}
        if case["coefficient"] == "krippendorff_alpha":
            found.append(off(case, krippendorff_alpha(ratings_of(case), listed(distances))))
        else:
            names = tuple(sorted({value for row in case["data"] for value in row}))
            weights = tuple(tuple(1.0 if a == b else 1 - distances[frozenset((a, b))] for b in names) for a in names)
            ratings = Ratings.from_rows(case["data"], coders=2, categories=names, weights=weights)
            found.append(off(case, STATISTICS["weighted_kappa"].of(ratings)))
    assert wrong(found) == []


def dkpro_set_distance(one: frozenset[str], other: frozenset[str]) -> float:
    """1/3 where one holds the other, if it is empty too, 2/3 for overlap, else 1."""
    if one == other:
        return 0
    return 1 / 3 if one <= other or other <= one else 2 / 3 if one & other else 1


def dkpro_masi(one: frozenset[str], other: frozenset[str]) -> float:
    """The product of the two distances; Passonneau (2006), and we, take 1 - the product of the likenesses."""
    return jaccard_distance(one, other) * dkpro_set_distance(one, other)


def test_sets_of_codes_are_compared_by_the_distance_that_is_given(shared_data: Path) -> None:
    of: dict[str, Distance] = {"set (Krippendorff & Craggs)": dkpro_set_distance, "masi": dkpro_masi}
    cases = dkpro(shared_data, "sets")
    assert (
        wrong([off(case, krippendorff_alpha(ratings_of(case), of[case["params"]["metric"]])) for case in cases]) == []
    )
    ratings = ratings_of(cases[0])
    values = [krippendorff_alpha(ratings, distance) for distance in (None, masi_distance, jaccard_distance)]
    assert all(isinstance(value, Coefficient) for value in values)
    # The more a near miss counts as agreement, the larger alpha is here.
    assert [v.value for v in values if isinstance(v, Coefficient)] == sorted(v.value for v in values)  # type: ignore[union-attr]


def test_shares_of_sets_follow_from_what_both_and_one_alone_chose(shared_data: Path) -> None:
    (largest,) = dkpro(shared_data, "max_percentage_agreement")
    (mean_dice,) = dkpro(shared_data, "dice")
    pairs = [(set(one), set(other)) for one, other in largest["data"]]
    assert off(largest, fmean(float(bool(one & other)) for one, other in pairs)) is None
    # DKPro counts two empty sets as no overlap; for us they are the same.
    alike = [1 - jaccard_distance(one, other) if one | other else 0.0 for one, other in pairs]
    assert off(mean_dice, fmean(2 * share / (1 + share) for share in alike)) is None


def test_a_hundred_thousand_units_lose_no_digits_and_one_category_is_undefined(shared_data: Path) -> None:
    cases = {case["name"]: case for case in dkpro(shared_data, "multiple")}
    (single,) = (case for name, case in cases.items() if name.endswith("single_category"))
    for name in single["expected"]:
        figure = STATISTICS[OURS.get(name, name).split()[0]].of(ratings_of(single))
        assert isinstance(figure, Undefined)
    (large,) = (case for name, case in cases.items() if "NumericalStability" in name)
    assert large["kind"] == "counts_of_rating_tuples"
    patterns: dict[tuple[Value | None, ...], int] = {tuple(values): n for n, values in large["data"]}
    for name, expected in large["expected"].items():
        figure = STATISTICS[OURS.get(name, name)].of(Ratings(coders=2, patterns=patterns))
        assert isinstance(figure, Coefficient)
        assert figure.value == pytest.approx(expected, abs=large["tolerance"])


def irrcac(case: dict[str, Any]) -> Figure | float:
    ratings, name = ratings_of(case), case["coefficient"]
    if name in STATISTICS and name not in ("cohen_kappa", "percent_agreement", "krippendorff_alpha"):
        return STATISTICS[name].of(ratings)
    if name == "gwet_ac":
        return STATISTICS["gwet_ac2"].of(ratings)
    if name == "cohen_kappa":
        return STATISTICS["weighted_kappa"].of(ratings)
    table = lay_out(ratings)
    by_pair = weight_matrix(table, ratings.weights or "identity")
    if name == "percent_agreement":
        # Ours has no weights: who reads "percent agreement" takes it for units on which coders say the same.
        return float(observed(table, agreement_by_pattern(table, by_pair)))
    assert name == "krippendorff_alpha"
    if by_pair is not None and (by_pair != by_pair.T).any():
        # Weights that differ with who said which are no distance: only the formula for a table of two takes them.
        share = shares(table)
        apart = 1 - float(observed(table, agreement_by_pattern(table, by_pair)))
        return 1 - (1 - 1 / (2 * table.n)) * apart / (1 - float(share @ weighted(by_pair, share)))
    place = {value: i for i, value in enumerate(table.categories)}
    return krippendorff_alpha(ratings, None if by_pair is None else lambda a, b: 1 - float(by_pair[place[a], place[b]]))


def test_all_tables_of_irrcac_hold_with_their_errors_and_intervals(shared_data: Path) -> None:
    cases = cases_of(shared_data, "irrcac_python.json")
    found: list[str | None] = []
    errors = 0
    for case in cases:
        figure, also = irrcac(case), case["expected_extra"]
        found.append(off(case, figure))
        if isinstance(figure, Coefficient) and isinstance(case["params"]["weights"], str):
            assert figure.se is not None
            assert figure.ci95 is not None
            # A table of n units has n where we have n - 1, or rounding: at most one more in the third place.
            assert figure.se == pytest.approx(also.get("se", figure.se), abs=0.001)
            assert figure.ci95[0] == pytest.approx(also["confidence_interval_low"], abs=0.0015)
            assert figure.ci95[1] == pytest.approx(also["confidence_interval_high"], abs=0.0015)
            errors += 1
    assert len(found) == 159
    assert errors == 132
    assert wrong(found) == []
