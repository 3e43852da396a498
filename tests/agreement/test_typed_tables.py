"""Tables typed from print, so that a clone without anything beside it checks the figures too."""

import pytest

from tbcp_qual.agreement.arrays import lay_out
from tbcp_qual.agreement.distances import jaccard_distance, masi_distance, tree_distance
from tbcp_qual.agreement.intervals import between_minus_and_plus, t_of_95_percent
from tbcp_qual.agreement.ratings import Coefficient, Figure, Level, Ratings, Scheme, Undefined, Value
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.statistics.krippendorff_alpha import krippendorff_alpha
from tbcp_qual.agreement.statistics.percent_agreement import specific_agreement
from tbcp_qual.agreement.weights import SCHEMES, matrix


def of_cells(cells: list[list[int]]) -> Ratings:
    """Read a table of two coders: rows are the first."""
    patterns: dict[tuple[Value | None, ...], int] = {
        (i, j): n for i, row in enumerate(cells, start=1) for j, n in enumerate(row, start=1)
    }
    return Ratings(coders=2, patterns=patterns)


def value_of(figure: Figure) -> float:
    assert isinstance(figure, Coefficient), figure
    return figure.value


COHEN_1960 = of_cells([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
"""Cohen 1960, Educational and Psychological Measurement 20(1), p. 45."""

BRENNAN_PREDIGER_1981 = of_cells([[10, 20, 10], [10, 20, 0], [0, 0, 30]])
"""Three categories that one coder uses 20, 40, 40 times and the other 40, 30, 30 times; worked out by hand below."""

LANDIS_KOCH_1977 = of_cells([[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]])
"""Agresti 1992, Statistical Methods in Medical Research 1(2), p. 202, from Landis & Koch 1977: two pathologists."""

GWET_2014 = [
    *((1, 1, None, 1), (2, 2, 3, 2), (3, 3, 3, 3), (3, 3, 3, 3), (2, 2, 2, 2), (1, 2, 3, 4)),
    *((4, 4, 4, 4), (1, 1, 2, 1), (2, 2, 2, 2), (None, 5, 5, 5), (None, None, 1, 1), (None, None, 3, None)),
]
"""Gwet 2014, Handbook of Inter-Rater Reliability, 4th ed.: 12 units, 4 raters, with missing values."""

WARRENS_2012 = [(1, 1, 1, 1)] * 6 + [(1, 0, 0, 0)] * 5 + [(0, 0, 0, 0)] * 4
"""Warrens 2012, p. 9: 15 units, 4 raters."""


@pytest.mark.parametrize(
    ("ratings", "name", "printed"),
    [
        (COHEN_1960, "percent_agreement", 0.700),
        (COHEN_1960, "cohen_kappa", 0.492),
        (COHEN_1960, "cohen_kappa_max", 0.831),
        (COHEN_1960, "gwet_ac1", 0.576),
        (LANDIS_KOCH_1977, "cohen_kappa", 0.493),
        (BRENNAN_PREDIGER_1981, "percent_agreement", 0.6),
        (BRENNAN_PREDIGER_1981, "brennan_prediger", (0.6 - 1 / 3) / (1 - 1 / 3)),
        (BRENNAN_PREDIGER_1981, "cohen_kappa", (0.6 - 0.32) / (1 - 0.32)),
        (BRENNAN_PREDIGER_1981, "scott_pi", (0.6 - 0.335) / (1 - 0.335)),
        (BRENNAN_PREDIGER_1981, "gwet_ac1", (0.6 - 0.665 / 2) / (1 - 0.665 / 2)),
        (Ratings.from_rows(WARRENS_2012, coders=4), "conger_kappa", 0.675),
        (Ratings.from_rows(GWET_2014, coders=4), "percent_agreement", 0.818),
        (Ratings.from_rows(GWET_2014, coders=4), "fleiss_kappa", 0.761),
        (Ratings.from_rows(GWET_2014, coders=4), "conger_kappa", 0.763),
        (Ratings.from_rows(GWET_2014, coders=4), "brennan_prediger", 0.773),
        (Ratings.from_rows(GWET_2014, coders=4), "gwet_ac1", 0.775),
        (Ratings.from_rows(GWET_2014, coders=4), "krippendorff_alpha", 0.743),
    ],
)
def test_a_printed_coefficient_comes_out(ratings: Ratings, name: str, printed: float) -> None:
    assert value_of(STATISTICS[name].of(ratings)) == pytest.approx(printed, abs=0.00051)


GWET_WEIGHTED: dict[Scheme, tuple[float, float, float, float]] = {
    "identity": (0.761, 0.763, 0.773, 0.775),
    "linear": (0.818, 0.814, 0.848, 0.859),
    "quadratic": (0.865, 0.858, 0.902, 0.914),
    "ordinal": (0.850, 0.844, 0.886, 0.899),
    "radical": (0.790, 0.788, 0.813, 0.820),
    "ratio": (0.821, 0.812, 0.840, 0.857),
    "circular": (0.807, 0.805, 0.824, 0.830),
    "bipolar": (0.853, 0.845, 0.888, 0.900),
}
"""Fleiss, Conger, Brennan-Prediger and AC2 of the table of Gwet (2014), as irrCAC prints them."""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_table_of_gwet_comes_out_under_all_eight_weights(scheme: Scheme) -> None:
    ratings = Ratings.from_rows(GWET_2014, coders=4, weights=scheme)
    names = ("fleiss_kappa", "conger_kappa", "brennan_prediger", "gwet_ac2")
    assert [value_of(STATISTICS[name].of(ratings)) for name in names] == pytest.approx(
        GWET_WEIGHTED[scheme], abs=0.00051
    )


@pytest.mark.parametrize(("level", "scheme"), [("ordinal", "ordinal"), ("interval", "quadratic"), ("ratio", "ratio")])
def test_a_level_brings_its_weights_where_nobody_chose(level: Level, scheme: Scheme) -> None:
    by_level = STATISTICS["gwet_ac2"].of(Ratings.from_rows(GWET_2014, coders=4, level=level))
    assert value_of(by_level) == pytest.approx(GWET_WEIGHTED[scheme][3], abs=0.00051)
    fleiss = STATISTICS["fleiss_kappa"].of(Ratings.from_rows(GWET_2014, coders=4, level=level))
    assert value_of(fleiss) == pytest.approx(GWET_WEIGHTED["identity"][0], abs=0.00051)


def test_named_categories_weigh_by_their_place_in_the_stated_order() -> None:
    names = ("never", "rarely", "sometimes", "often", "always")
    rows = [[None if value is None else names[value - 1] for value in row] for row in GWET_2014]
    for scheme in SCHEMES:
        named = Ratings.from_rows(rows, coders=4, categories=names, weights=scheme)
        assert value_of(STATISTICS["gwet_ac2"].of(named)) == pytest.approx(GWET_WEIGHTED[scheme][3], abs=0.00051)
    unordered = STATISTICS["gwet_ac2"].of(Ratings.from_rows(rows, coders=4, weights="linear"))
    assert unordered == Undefined("linear weights need numbers, or categories in a stated order")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_weights_are_one_for_the_same_and_between_nought_and_one_else(scheme: Scheme) -> None:
    found = matrix((1, 2, 5, 9.5), scheme)
    if found is None:
        assert scheme == "identity"
        return
    assert found.diagonal().tolist() == [1] * 4
    assert (found == found.T).all()
    assert found.min() == pytest.approx(0)
    assert found.max() == 1


def test_too_many_numbers_are_not_weighed_but_compared_by_alpha() -> None:
    rows = [(float(i), float(i + i % 2)) for i in range(3_000)]
    ratings = Ratings.from_rows(rows, coders=2, level="interval")
    weighted = STATISTICS["weighted_kappa"].of(ratings)
    assert isinstance(weighted, Undefined)
    assert weighted.reason == "there are 3,001 different values; weights are worked out for at most 2,000"
    assert value_of(STATISTICS["krippendorff_alpha"].of(ratings)) > 0.999


def test_offered_categories_count_though_nobody_chose_them() -> None:
    patterns = BRENNAN_PREDIGER_1981.patterns
    offered = Ratings(coders=2, patterns=patterns, categories=(1, 2, 3, 4, 5))
    assert value_of(STATISTICS["brennan_prediger"].of(offered)) == pytest.approx((0.6 - 0.2) / 0.8)
    assert value_of(STATISTICS["gwet_ac1"].of(offered)) == pytest.approx((0.6 - 0.665 / 4) / (1 - 0.665 / 4))
    for name in ("cohen_kappa", "scott_pi", "fleiss_kappa", "krippendorff_alpha"):
        assert STATISTICS[name].of(offered) == STATISTICS[name].of(BRENNAN_PREDIGER_1981)
    with pytest.raises(ValueError, match="none of the categories"):
        lay_out(Ratings(coders=2, patterns=patterns, categories=(1, 2)))


def test_one_category_is_undefined_unless_it_is_said_what_else_was_offered() -> None:
    alone = Ratings(coders=2, patterns={(False, False): 40})
    for name in ("brennan_prediger", "gwet_ac1", "gwet_ac2"):
        figure = STATISTICS[name].of(alone)
        assert isinstance(figure, Undefined)
        assert figure.reason.startswith("only one category occurs")
        offered = Ratings(coders=2, patterns=alone.patterns, categories=(False, True))
        assert value_of(STATISTICS[name].of(offered)) == 1


@pytest.mark.parametrize(
    "name", ["cohen_kappa", "cohen_kappa_max", "weighted_kappa", "scott_pi", "fleiss_kappa", "conger_kappa"]
)
def test_no_variation_is_undefined_where_others_print_one_or_fail(name: str) -> None:
    figure = STATISTICS[name].of(Ratings(coders=2, patterns={(True, True): 40}))
    assert isinstance(figure, Undefined)
    assert figure.reason.startswith("no variation")


def test_one_coding_of_a_thousand_characters_gives_the_answers_of_the_design() -> None:
    patterns: dict[tuple[Value | None, ...], int] = {
        **{(True, True): 50, (True, False): 75, (False, True): 75},
        (False, False): 800,
    }
    ratings = Ratings(coders=2, patterns=patterns)
    figures = {name: statistic.of(ratings) for name, statistic in STATISTICS.items()}
    rounded = {name: round(value_of(figure), 3) for name, figure in figures.items()}
    assert rounded == {
        **{"percent_agreement": 0.850, "holsti": 0.850, "cohen_kappa": 0.314, "cohen_kappa_max": 1},
        **{"weighted_kappa": 0.314, "scott_pi": 0.314, "fleiss_kappa": 0.314, "conger_kappa": 0.314},
        **{"brennan_prediger": 0.700, "gwet_ac1": 0.808, "gwet_ac2": 0.808, "krippendorff_alpha": 0.315},
    }
    # Positive agreement is Dice's coefficient of the coded units.
    assert specific_agreement(ratings)[True] == 0.4


def test_agreement_can_be_worse_than_chance() -> None:
    ratings = Ratings(coders=2, patterns={(True, False): 5, (False, True): 5})
    assert value_of(STATISTICS["cohen_kappa"].of(ratings)) == -1
    assert value_of(STATISTICS["krippendorff_alpha"].of(ratings)) == pytest.approx(1 - 19 * 10 / 100)


def test_what_one_coder_left_out_lowers_holsti_and_not_percent() -> None:
    ratings = Ratings(coders=2, patterns={("a", "a"): 6, ("a", "b"): 2, ("a", None): 4})
    assert value_of(STATISTICS["percent_agreement"].of(ratings)) == 6 / 8
    assert value_of(STATISTICS["holsti"].of(ratings)) == 2 * 6 / (12 + 8)


def test_a_unit_with_one_rating_stays_in_the_margins_of_fleiss_and_leaves_those_of_scott() -> None:
    ratings = Ratings(coders=2, patterns={("a", "a"): 4, ("b", "b"): 4, ("a", "b"): 2, ("b", None): 10})
    assert value_of(STATISTICS["scott_pi"].of(ratings)) == pytest.approx((0.8 - 0.5) / 0.5)
    # Shares of a and b over the 20 units that anybody rated: 5 and 15.
    assert value_of(STATISTICS["fleiss_kappa"].of(ratings)) == pytest.approx((0.8 - 0.625) / 0.375)


def test_a_coder_who_rated_nothing_changes_nothing() -> None:
    four = Ratings.from_rows(GWET_2014, coders=4)
    five = Ratings.from_rows([(*row, None) for row in GWET_2014], coders=5)
    for name, statistic in STATISTICS.items():
        if not isinstance(statistic.of(four), Undefined):
            assert statistic.of(five) == statistic.of(four), name


def test_agreement_on_each_category_is_said_apart() -> None:
    of_two = specific_agreement(COHEN_1960)
    assert of_two == pytest.approx({1: 2 * 88 / (120 + 100), 2: 2 * 40 / (60 + 60), 3: 2 * 12 / (20 + 40)})
    of_three = specific_agreement(Ratings(coders=3, patterns={(1, 1, 0): 1, (0, 0, 0): 1, (1, None, None): 5}))
    assert of_three == pytest.approx({1: 2 / 4, 0: 6 / 8})


def test_students_t_is_that_of_the_tables() -> None:
    # Abramowitz & Stegun 1964, table 26.10.
    printed = {1: 12.706, 2: 4.303, 3: 3.182, 5: 2.571, 10: 2.228, 20: 2.086, 60: 2.000, 120: 1.980}
    assert {freedom: round(t_of_95_percent(freedom), 3) for freedom in printed} == printed
    for freedom in (998, 999, 1_000, 1_001):
        # The exact sum and the expansion meet.
        assert between_minus_and_plus(t_of_95_percent(freedom), freedom) == pytest.approx(0.95, abs=1e-13)


def test_a_sibling_counts_less_than_a_stranger() -> None:
    tree = {"support": None, "practical": "support", "emotional": "support", "barriers": None, "cost": "barriers"}
    distance = tree_distance(tree)
    near = Ratings(coders=2, patterns={("practical", "emotional"): 3, ("cost", "cost"): 5, ("practical",) * 2: 5})
    far = Ratings(coders=2, patterns={("practical", "cost"): 3, ("emotional", "emotional"): 5, ("practical",) * 2: 5})
    assert value_of(krippendorff_alpha(near, distance)) > value_of(krippendorff_alpha(near))
    # Where only siblings are told apart all distances are equal, and it is nominal alpha again.
    siblings = Ratings(coders=2, patterns={("practical", "emotional"): 3, ("emotional",) * 2: 5, ("practical",) * 2: 5})
    assert value_of(krippendorff_alpha(siblings, distance)) == pytest.approx(value_of(krippendorff_alpha(siblings)))
    assert value_of(krippendorff_alpha(far, distance)) < value_of(krippendorff_alpha(far))
    assert distance("practical", "uncoded") == distance("practical", "cost") == 1


def test_alpha_of_sets_counts_what_they_share() -> None:
    trust, both, travel = frozenset({"trust"}), frozenset({"trust", "listened to"}), frozenset({"travel"})
    ratings = Ratings(coders=2, patterns={(trust, trust): 2, (trust, both): 2, (travel, travel): 2})
    nominal = value_of(krippendorff_alpha(ratings))
    by_jaccard = value_of(krippendorff_alpha(ratings, jaccard_distance))
    # Totals 6 trust, 2 both, 4 travel: observed 2 × 2 × 1/2, expected 2 (6 × 2 × 1/2 + 6 × 4 + 2 × 4).
    assert by_jaccard == pytest.approx(1 - 11 * 2 / 76)
    assert value_of(krippendorff_alpha(ratings, masi_distance)) == pytest.approx(1 - 11 * (4 * 2 / 3) / (2 * (8 + 32)))
    assert nominal < value_of(krippendorff_alpha(ratings, masi_distance)) < by_jaccard
