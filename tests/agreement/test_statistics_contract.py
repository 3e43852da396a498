"""What every statistic keeps, whichever it is."""

import math
import pkgutil
import random
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbcp_qual.agreement import statistics
from tbcp_qual.agreement.arrays import lay_out
from tbcp_qual.agreement.ratings import Coefficient, Figure, Level, Ratings, Scheme, Statistic, Undefined, Value
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.weights import SCHEMES

every_statistic = pytest.mark.parametrize("statistic", STATISTICS.values(), ids=STATISTICS)
FOR_TWO = ("cohen_kappa", "cohen_kappa_max", "weighted_kappa", "scott_pi")
BY_WHAT_CODERS_USE = ("cohen_kappa", "weighted_kappa", "scott_pi", "fleiss_kappa", "conger_kappa", "krippendorff_alpha")
"""Chance as it follows from how often coders use each category."""
CORRECTED_FOR_CHANCE = (*BY_WHAT_CODERS_USE, "brennan_prediger", "gwet_ac1", "gwet_ac2")


@st.composite
def tables(draw: st.DrawFn, values: st.SearchStrategy[Value], level: Level = "nominal") -> Ratings:
    coders = draw(st.integers(2, 4))
    pattern = st.tuples(*[st.none() | values] * coders)
    return Ratings(coders=coders, patterns=draw(st.dictionaries(pattern, st.integers(1, 50), max_size=8)), level=level)


categories = st.sampled_from(["a", "b", "c"])


def same(one: Figure, other: Figure) -> bool:
    if isinstance(one, Coefficient) and isinstance(other, Coefficient):
        return one.n == other.n and close(one.value, other.value) and close(one.se or 0, other.se or 0)
    return one == other


def close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def test_every_file_of_the_folder_is_a_statistic_of_the_same_name() -> None:
    names = [module.name for module in pkgutil.iter_modules(statistics.__path__)]
    assert sorted(names) == sorted(STATISTICS)
    for name in names:
        assert import_module(f"{statistics.__name__}.{name}").STATISTIC is STATISTICS[name]


@every_statistic
def test_it_names_itself_and_its_source(statistic: Statistic) -> None:
    assert statistic.label
    assert any(character.isdigit() for character in statistic.source)


@every_statistic
@settings(deadline=None, max_examples=40)
@given(st.data())
def test_it_gives_a_finite_figure_or_a_reason_whatever_the_values(statistic: Statistic, data: st.DataObject) -> None:
    level: Level = data.draw(st.sampled_from(get_args(Level)))
    anything = st.booleans() | st.integers() | st.floats() | st.text(max_size=2) | st.just(10**400)
    figure = statistic.of(data.draw(tables(anything, level)))
    if isinstance(figure, Undefined):
        assert figure.reason
    else:
        assert math.isfinite(figure.value)
        assert figure.value <= 1
        assert figure.n > 0


@pytest.mark.parametrize("level", ["ordinal", "interval", "ratio"])
@settings(deadline=None, max_examples=40)
@given(st.data())
def test_alpha_of_any_numbers_is_finite_or_says_why(level: Level, data: st.DataObject) -> None:
    numbers = st.floats(min_value=0, max_value=1e100) | st.integers(0, 10**90)
    figure = STATISTICS["krippendorff_alpha"].of(data.draw(tables(numbers, level)))
    assert isinstance(figure, Undefined) or (math.isfinite(figure.value) and figure.value <= 1)


@every_statistic
@settings(deadline=None, max_examples=40)
@given(st.data())
def test_the_order_of_the_coders_does_not_matter(statistic: Statistic, data: st.DataObject) -> None:
    ratings = data.draw(tables(categories))
    order = data.draw(st.permutations(range(ratings.coders)))
    turned = {tuple(pattern[i] for i in order): n for pattern, n in ratings.patterns.items()}
    assert same(statistic.of(ratings), statistic.of(Ratings(coders=ratings.coders, patterns=turned)))


@every_statistic
@settings(deadline=None, max_examples=40)
@given(tables(categories), st.permutations(["x", "y", "z"]))
def test_the_names_of_the_values_do_not_matter(statistic: Statistic, ratings: Ratings, names: list[str]) -> None:
    new: Mapping[Value, Value] = {None: None, **dict(zip("abc", names, strict=True))}
    renamed = {tuple(new[value] for value in pattern): n for pattern, n in ratings.patterns.items()}
    assert same(statistic.of(ratings), statistic.of(Ratings(coders=ratings.coders, patterns=renamed)))


@every_statistic
@settings(deadline=None, max_examples=40)
@given(st.integers(2, 4), st.dictionaries(categories, st.integers(1, 50)))
def test_identical_codings_give_one_or_a_reason(
    statistic: Statistic, coders: int, units_by_value: dict[str, int]
) -> None:
    figure = statistic.of(
        Ratings(coders=coders, patterns={(value,) * coders: n for value, n in units_by_value.items()})
    )
    assert isinstance(figure, Undefined) or figure.value == 1
    if len(units_by_value) > 1 and (coders == 2 or statistic.name not in FOR_TWO):
        assert figure == Coefficient(value=1, n=sum(units_by_value.values()))


@pytest.mark.parametrize(
    ("name", "share"),
    [(name, 0.5) for name in CORRECTED_FOR_CHANCE]
    + [(name, share) for name in BY_WHAT_CODERS_USE for share in (0.02, 0.3, 0.9)],
)
def test_pure_chance_gives_nothing_beyond_chance(name: str, share: float) -> None:
    dice = random.Random(20110125)
    rows = [[dice.random() < share, dice.random() < share] for _ in range(20_000)]
    figure = STATISTICS[name].of(Ratings.from_rows(rows, coders=2))
    assert isinstance(figure, Coefficient)
    assert abs(figure.value) < 0.03


def test_pure_chance_gives_kappa_nothing_even_where_habits_differ() -> None:
    dice = random.Random(19600401)
    rows = [[dice.random() < 0.9, dice.random() < 0.2] for _ in range(20_000)]
    ratings = Ratings.from_rows(rows, coders=2)
    kappa, alpha = STATISTICS["cohen_kappa"].of(ratings), STATISTICS["krippendorff_alpha"].of(ratings)
    assert isinstance(kappa, Coefficient)
    assert isinstance(alpha, Coefficient)
    assert abs(kappa.value) < 0.03
    assert alpha.value < -0.3  # alpha counts different habits as disagreement: about 1 - .74 / .495


@every_statistic
def test_units_that_one_coder_alone_rated_are_no_units(statistic: Statistic) -> None:
    ratings = Ratings(coders=2, patterns={(True, None): 3, (None, False): 2, (None, None): 9})
    assert statistic.of(ratings) == Undefined("no unit was rated by two coders")


@every_statistic
def test_one_coder_gets_a_reason(statistic: Statistic) -> None:
    assert isinstance(statistic.of(Ratings(coders=1, patterns={("a",): 3, ("b",): 2})), Undefined)


@every_statistic
def test_no_units_give_a_reason(statistic: Statistic) -> None:
    assert isinstance(statistic.of(Ratings(coders=2, patterns={})), Undefined)


@pytest.mark.parametrize("name", FOR_TWO)
def test_what_is_for_two_coders_says_so(name: str) -> None:
    three = Ratings(coders=3, patterns={(True, False, True): 4, (False, False, True): 4})
    assert STATISTICS[name].of(three) == Undefined("it is for two coders")


@every_statistic
@settings(deadline=None, max_examples=40)
@given(tables(categories))
def test_an_interval_stands_around_its_value(statistic: Statistic, ratings: Ratings) -> None:
    figure = statistic.of(ratings)
    if isinstance(figure, Coefficient):
        assert (figure.se is None) == (figure.ci95 is None)
        if figure.se is not None and figure.ci95 is not None:
            assert figure.se > 0
            assert figure.ci95[0] <= figure.value <= figure.ci95[1] <= 1


@every_statistic
def test_only_what_has_a_published_error_has_an_interval(statistic: Statistic) -> None:
    ratings = Ratings(coders=2, patterns={("a", "a"): 20, ("a", "b"): 5, ("b", "b"): 15, ("b", "a"): 3})
    figure = statistic.of(ratings)
    assert isinstance(figure, Coefficient)
    assert (figure.ci95 is not None) == (statistic.error is not None)


@every_statistic
@settings(deadline=None, max_examples=40)
@given(tables(st.sampled_from([1, 2, 4])), st.sampled_from(get_args(Level)), st.data())
def test_many_sets_of_units_at_once_give_what_each_gives_alone(
    statistic: Statistic, ratings: Ratings, level: Level, data: st.DataObject
) -> None:
    ratings = replace(ratings, level=level, categories=(1, 2, 4))
    if statistic.accepts(ratings):
        return
    table = lay_out(ratings)
    counts = st.lists(st.integers(1, 9), min_size=len(table.given), max_size=len(table.given))
    sets = data.draw(st.lists(counts, min_size=2, max_size=2))
    together = statistic.values(replace(table, units=np.array(sets, dtype=float)))
    assert together.shape == (2,)
    for value, units in zip(together, sets, strict=True):
        patterns = dict(zip((p for p, n in ratings.patterns.items() if any(p)), units, strict=True))
        alone = statistic.of(replace(ratings, patterns=patterns))
        assert math.isnan(value) if isinstance(alone, Undefined) else close(value, alone.value)


@pytest.mark.parametrize("name", ["weighted_kappa", "gwet_ac2", "fleiss_kappa", "conger_kappa", "brennan_prediger"])
@settings(deadline=None, max_examples=60)
@given(tables(st.sampled_from([1, 2, 5, 6])), st.sampled_from(SCHEMES), st.data())
def test_the_order_of_the_coders_does_not_matter_to_weights(
    name: str, ratings: Ratings, scheme: Scheme, data: st.DataObject
) -> None:
    ratings = replace(ratings, weights=scheme)
    order = data.draw(st.permutations(range(ratings.coders)))
    turned = {tuple(pattern[i] for i in order): n for pattern, n in ratings.patterns.items()}
    assert same(STATISTICS[name].of(ratings), STATISTICS[name].of(replace(ratings, patterns=turned)))


@pytest.mark.parametrize(
    ("level", "values", "reason"),
    [
        ("ordinal", ("low", "high"), "the ordinal level needs numbers"),
        ("interval", (1, math.nan), "the interval level needs numbers"),
        ("interval", (1, math.inf), "the interval level needs numbers"),
        ("ratio", (1, -1), "the ratio level needs numbers of 0 and above"),
        ("ratio", (10**90, 10**90 + 1), "the values differ by less than can be computed with"),
    ],
)
def test_alpha_says_what_its_levels_need(level: Level, values: tuple[Value, Value], reason: str) -> None:
    ratings = Ratings(coders=2, patterns={values: 3, (values[0], values[0]): 2}, level=level)
    figure = STATISTICS["krippendorff_alpha"].of(ratings)
    assert isinstance(figure, Undefined)
    assert figure.reason.startswith(reason)


def test_a_combination_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="one value"):
        Ratings(coders=2, patterns={(True, False, True): 1})
