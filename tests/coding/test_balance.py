"""A sample beside its cohort: differences worked out by hand, and what is undefined says why."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tbcp_qual.coding.balance import Difference, compare, of_levels, of_numbers, of_shares
from tbcp_qual.coding.values import Typed


def test_means_lie_apart_by_so_many_standard_deviations() -> None:
    # Means 6 and 5, variances 4 and 10: 1 / sqrt(7).
    assert of_numbers([4, 6, 8], [1, 5, 9, 3, 7]).value == pytest.approx(1 / math.sqrt(7))


def test_shares_lie_apart_by_so_many_standard_deviations() -> None:
    # Shares 0.5 and 0.25: 0.25 / sqrt((0.25 + 0.1875) / 2).
    assert of_shares((4, 8), (15, 60)).value == pytest.approx(0.534522, abs=1e-6)
    assert of_shares((1, 8), (30, 60)).value == pytest.approx(-0.375 / math.sqrt((0.109375 + 0.25) / 2))


def test_distributions_over_three_levels_lie_apart() -> None:
    # T = (.5, .25, .25), C = (.25, .25, .5). Without the last level the difference is (.25, 0) and
    # S = [[.21875, -.09375], [-.09375, .1875]], whose inverse has .1875 / .0322265625 = 5.81818 in the corner.
    assert of_levels([2, 1, 1], [5, 5, 10]).value == pytest.approx(math.sqrt(0.0625 * 0.1875 / 0.0322265625))


@pytest.mark.parametrize(
    ("difference", "reason"),
    [
        (of_numbers([3], [1, 2, 3]), "fewer than two values"),
        (of_numbers([3, 3], [2, 2]), "no variation within either"),
        (of_shares((0, 0), (3, 6)), "no values"),
        (of_shares((2, 2), (0, 4)), "no variation within either"),
        (of_levels([0, 0], [1, 2]), "no values"),
        (of_levels([3, 0, 0], [0, 4, 0]), "no variation within either"),
    ],
)
def test_what_has_no_difference_says_why(difference: Difference, reason: str) -> None:
    assert difference == Difference(value=None, reason=reason)


@pytest.mark.parametrize("difference", [of_numbers([2, 2], [2, 2]), of_shares((0, 3), (0, 9)), of_levels([3], [9])])
def test_what_is_the_same_throughout_does_not_differ(difference: Difference) -> None:
    assert difference.value == 0.0


levels = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6)


@given(levels, st.randoms(use_true_random=False))
def test_the_order_of_levels_does_not_matter(counts: list[tuple[int, int]], random: object) -> None:
    first = of_levels([s for s, _ in counts], [c for _, c in counts])
    shuffled = list(counts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    second = of_levels([s for s, _ in shuffled], [c for _, c in shuffled])
    assert first.reason == second.reason
    assert first.value == pytest.approx(second.value, abs=1e-6)


@given(st.integers(0, 9), st.integers(1, 9), st.integers(0, 9), st.integers(1, 9))
def test_two_levels_are_a_share(a: int, b: int, c: int, d: int) -> None:
    share, distribution = of_shares((a, a + b), (c, c + d)), of_levels([a, b], [c, d])
    assert (share.value is None) == (distribution.value is None)
    if share.value is not None:
        assert distribution.value == pytest.approx(abs(share.value), abs=1e-9)


def test_missing_values_are_counted_beside_and_take_no_part() -> None:
    compared = compare("first baby", Typed(scale="yes/no"), ["yes", "", "no"], ["yes", "", "no", "no", "no", ""])
    assert [(level.value, level.sample, level.cohort) for level in compared.levels] == [("yes", 1, 1), ("no", 1, 3)]
    assert (compared.sample.n, compared.sample.missing, compared.cohort.n, compared.cohort.missing) == (2, 1, 4, 2)
    assert compared.difference.value == of_shares((1, 2), (1, 4)).value


def test_numbers_have_a_mean_and_a_spread() -> None:
    compared = compare("age", Typed(scale="number"), ["20", ""], ["20", "30", "40", ""])
    assert (compared.cohort.mean, compared.cohort.sd) == (30, statistics.stdev([20, 30, 40]))
    assert (compared.sample.n, compared.sample.mean, compared.sample.sd, compared.sample.missing) == (1, 20, None, 1)
    assert compared.difference.reason == "fewer than two values"


def test_levels_stand_in_the_order_of_the_type_and_unforeseen_ones_last() -> None:
    typed = Typed(scale="ordered category", levels=("low", "high"))
    compared = compare("need", typed, ["high"], ["high", "odd", "low"])
    assert [level.value for level in compared.levels] == ["low", "high", "odd"]
