"""Gamma: best alignments beside all alignments there are, chance continua, and what is said of a figure."""

import math
import random
from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbcp_qual.agreement.ratings import Coefficient, Undefined
from tbcp_qual.agreement.unitizing import candidates as candidates_module
from tbcp_qual.agreement.unitizing import partition as partition_module
from tbcp_qual.agreement.unitizing.alignment import disorders
from tbcp_qual.agreement.unitizing.assignment import ALONE, assignment
from tbcp_qual.agreement.unitizing.candidates import candidates
from tbcp_qual.agreement.unitizing.chance import by_chance
from tbcp_qual.agreement.unitizing.continuum import CodedSpan, Continuum
from tbcp_qual.agreement.unitizing.dissimilarity import Dissimilarity
from tbcp_qual.agreement.unitizing.gamma import gamma
from tbcp_qual.agreement.unitizing.gamma_disorder import gamma_disorder
from tbcp_qual.agreement.unitizing.partition import Effort, cheapest_cover
from tbcp_qual.agreement.unitizing.prices import prices

EXAMPLE = Continuum.of(
    60,
    Alex=[(2, 9, "1"), (11, 17, "2"), (24, 30, "5"), (32, 36, "6"), (36, 44, "6"), (44, 60, "7")],
    Paul=[(2, 9, "1"), (11, 17, "3"), (19, 25, "5"), (32, 44, "6")],
    Suzan=[(2, 9, "1"), (11, 17, "4"), (21, 27, "5"), (32, 36, "6"), (36, 40, "6"), (40, 44, "6")],
)

Unit = tuple[int, CodedSpan]
"""The number of its coder, and the span."""


def every_alignment(units: list[Unit]) -> Iterator[list[list[Unit]]]:
    """Give every way to part units into groups in which no coder is twice."""
    if not units:
        yield []
        return
    first, *rest = units
    for size in range(len(rest) + 1):
        for chosen in combinations(range(len(rest)), size):
            group = [first, *(rest[i] for i in chosen)]
            if len({coder for coder, _ in group}) == len(group):
                for others in every_alignment([unit for i, unit in enumerate(rest) if i not in chosen]):
                    yield [group, *others]


def least_of_all(continuum: Continuum, measure: Dissimilarity) -> float:
    n = len(continuum.spans)
    pairs = n * (n - 1) // 2

    def cost(group: list[Unit]) -> float:
        unlike = [measure.between(one, other) for (_, one), (_, other) in combinations(group, 2)]
        return (sum(unlike) + pairs - len(unlike)) / pairs

    units = [(coder, span) for coder, own in enumerate(continuum.spans.values()) for span in own]
    return min(sum(map(cost, groups)) for groups in every_alignment(units)) / (len(units) / n)


@st.composite
def small(draw: st.DrawFn, coders: int, most: int) -> Continuum:
    spans: dict[str, tuple[CodedSpan, ...]] = {}
    for coder in "ABCD"[:coders]:
        own: list[CodedSpan] = []
        for code in "xy":
            places = sorted(draw(st.sets(st.integers(0, 30), max_size=5)))
            own += [CodedSpan(start, end, code) for start, end in pairwise(places) if draw(st.booleans())]
        spans[coder] = tuple(sorted(own[:most]))
    return Continuum(length=30, spans=spans)


measures = st.sampled_from(
    [
        Dissimilarity(),
        Dissimilarity(place=3),
        Dissimilarity(place=0.25, code=2),
        Dissimilarity(apart=lambda one, other: 0.3),
    ]
)


@pytest.mark.parametrize(("coders", "most"), [(2, 4), (3, 3), (4, 2)])
@settings(deadline=None, max_examples=80)
@given(st.data())
def test_the_best_alignment_is_the_best_of_all_there_are(coders: int, most: int, data: st.DataObject) -> None:
    continuum = data.draw(small(coders, most))
    measure = data.draw(measures)
    if not continuum.units:
        return
    (found,) = disorders([continuum], measure)
    assert found.exact
    assert found.value == pytest.approx(least_of_all(continuum, measure), abs=1e-9)


@settings(deadline=None, max_examples=30)
@given(st.lists(small(3, 4).filter(lambda continuum: continuum.units > 0), min_size=2, max_size=6))
def test_many_continua_at_once_give_what_each_gives_alone(several: list[Continuum]) -> None:
    together = disorders(several, Dissimilarity())
    for continuum, found in zip(several, together, strict=True):
        (alone,) = disorders([continuum], Dissimilarity())
        assert found.value == pytest.approx(alone.value, abs=1e-9)


def crowd(seed: int, coders: int, units: int, length: int) -> Continuum:
    dice = random.Random(seed)
    spans: dict[str, tuple[CodedSpan, ...]] = {}
    for coder in "ABCDE"[:coders]:
        own, ends = [], dict.fromkeys("abcdefghijkl", 0)
        for start in sorted(dice.randrange(length - 60) for _ in range(units)):
            code = dice.choice([code for code, end in ends.items() if end <= start] or ["a"])
            if ends[code] <= start:
                ends[code] = start + 5 + dice.randrange(55)
                own.append(CodedSpan(start, ends[code], code))
        spans[coder] = tuple(own)
    return Continuum(length=length, spans=spans)


def test_units_that_lie_over_one_another_are_solved_with_more_effort() -> None:
    continuum = crowd(3, 3, 40, 500)
    first, *_ = partition_module.EFFORTS
    listed = candidates([continuum], Dissimilarity())
    rough = prices(listed, rounds=first.rounds, cold=first.cold).of_unit.sum()
    (found,) = disorders([continuum], Dissimilarity())
    assert found.exact
    assert rough / (continuum.units / 3) < found.value


def test_what_is_not_proven_says_between_what_it_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    continuum = crowd(3, 3, 40, 500)
    (proven,) = disorders([continuum], Dissimilarity())
    monkeypatch.setattr(partition_module, "EFFORTS", (Effort(rounds=5, cold=0.1, ways=2),))
    (found,) = disorders([continuum], Dissimilarity())
    assert not found.exact
    assert found.least <= proven.value <= found.value
    figure = gamma_disorder(continuum)
    assert figure.stated == {"exact": False, "least": found.least}
    whole = gamma(continuum)
    assert isinstance(whole.overall, Coefficient)
    assert whole.stated["exact"] is False
    low, high = whole.stated["between"]  # type: ignore[misc]
    assert low < whole.overall.value < high


def test_too_many_alignments_are_a_reason_and_not_a_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates_module, "MOST", 50)
    for figure in (gamma(crowd(3, 3, 40, 500)), gamma_disorder(crowd(3, 3, 40, 500))):
        assert isinstance(figure.overall, Undefined)
        assert figure.overall.reason.startswith("too many units lie over one another")


def test_prices_are_never_undercut_and_bound_the_disorder_from_below() -> None:
    listed = candidates([EXAMPLE], Dissimilarity())
    for rounds in (0, 5, 100):
        priced = prices(listed, rounds=rounds, cold=0.01)
        assert priced.above.min() > -1e-9
        assert priced.of_unit.sum() <= least_disorder_of_the_example() + 1e-9


def least_disorder_of_the_example() -> float:
    (found,) = disorders([EXAMPLE], Dissimilarity())
    return found.value * EXAMPLE.units / 3


@settings(deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda columns: st.lists(
            st.dictionaries(st.integers(0, columns - 1), st.floats(-2, -0.01), max_size=columns), max_size=5
        )
    )
)
def test_an_assignment_is_the_cheapest_of_all(rows: list[dict[int, float]]) -> None:
    def cheapest(i: int, taken: frozenset[int]) -> float:
        if i == len(rows):
            return 0.0
        options = [cost + cheapest(i + 1, taken | {j}) for j, cost in rows[i].items() if j not in taken]
        return min([cheapest(i + 1, taken), *options])

    chosen = assignment([list(row.items()) for row in rows], 4)
    had = [column for column in chosen if column != ALONE]
    assert len(set(had)) == len(had)
    total = sum(rows[i][column] for i, column in enumerate(chosen) if column != ALONE)
    assert total == pytest.approx(cheapest(0, frozenset()), abs=1e-9)


def test_a_cover_that_is_cut_short_says_so() -> None:
    alone = [(0b1, 1.0)]
    options = [[*alone, (0b11, 1.2), (0b101, 1.1)], alone, alone]
    assert cheapest_cover(options, ways=9) == (pytest.approx(2.1), True)
    assert cheapest_cover(options, ways=1)[1] is False
    assert cheapest_cover(options, ways=9, ceiling=2.0) == (None, True)


# The published example, by the figures that pygamma-agreement 0.5.9 gives for it


@pytest.mark.parametrize(("place", "disorder"), [(1, 0.6535417), (3, 0.9606250)])
def test_the_disorder_of_the_example_is_that_of_another_program(place: int, disorder: float) -> None:
    found = gamma_disorder(EXAMPLE, Dissimilarity(place=place))
    assert isinstance(found.overall, Coefficient)
    assert found.overall.value == pytest.approx(disorder, abs=1e-6)
    assert found.stated == {"exact": True}


def test_gamma_of_the_example_is_that_of_another_program_within_the_precision() -> None:
    # Its shuffle sampler gives .5527 on positions 2 to 60; ours begin at 0.
    found = gamma(EXAMPLE, precision=0.005)
    assert isinstance(found.overall, Coefficient)
    assert found.overall.value == pytest.approx(0.5527, abs=0.015)
    assert isinstance(found.stated["samples"], int)
    assert found.stated["samples"] > 1000


# Chance


def test_a_seed_gives_the_same_figure_again_and_another_seed_nearly_so() -> None:
    one, again, other = gamma(EXAMPLE, seed=7), gamma(EXAMPLE, seed=7), gamma(EXAMPLE, seed=8)
    assert one == again
    assert isinstance(one.overall, Coefficient)
    assert isinstance(other.overall, Coefficient)
    assert one.overall.value != other.overall.value
    assert one.overall.value == pytest.approx(other.overall.value, abs=0.06)


def test_chance_keeps_what_a_coder_drew_and_only_turns_it() -> None:
    drawing = by_chance(EXAMPLE, random.Random(1))
    drew = {tuple(sorted((span.length, span.code) for span in own)) for own in EXAMPLE.spans.values()}
    for _ in range(50):
        sample = next(drawing)
        assert tuple(sample.spans) == EXAMPLE.coders
        for own in sample.spans.values():
            assert tuple(sorted((span.length, span.code) for span in own)) in drew
            assert all(span.start < 60 for span in own)


def test_more_precision_takes_more_samples() -> None:
    samples = [gamma(EXAMPLE, precision=precision).stated["samples"] for precision in (0.5, 0.02, 0.01)]
    assert samples[0] == 30
    assert samples[0] < samples[1] < samples[2]  # type: ignore[operator]


def test_a_coder_who_drew_nothing_lets_no_alignment_be_good() -> None:
    found = gamma_disorder(Continuum.of(90, A=[(0, 9, "x"), (40, 60, "y")], B=[]))
    assert isinstance(found.overall, Coefficient)
    assert found.overall.value == 2


def test_a_code_that_is_nearly_the_same_costs_less() -> None:
    continuum = Continuum.of(90, A=[(0, 9, "warm"), (40, 60, "cold")], B=[(0, 9, "mild"), (40, 60, "cold")])
    near = Dissimilarity(apart=lambda one, other: 0.1)
    values = [gamma_disorder(continuum, measure).overall for measure in (Dissimilarity(), near)]
    assert [value.value for value in values if isinstance(value, Coefficient)] == pytest.approx([0.5, 0.05])


def test_dissimilarity_is_that_of_the_paper() -> None:
    measure = Dissimilarity()
    one = CodedSpan(10, 20, "x")
    assert measure.between(one, one) == 0
    assert measure.between(one, CodedSpan(10, 20, "y")) == 1
    assert measure.between(one, CodedSpan(20, 30, "x")) == 1  # side by side: as unlike as a unit and none
    assert measure.between(one, CodedSpan(12, 18, "x")) == pytest.approx((4 / 16) ** 2)


@settings(deadline=None, max_examples=25)
@given(small(3, 4), st.integers(0, 5))
def test_gamma_is_finite_or_says_why(continuum: Continuum, seed: int) -> None:
    found = gamma(continuum, seed=seed, precision=0.2)
    if isinstance(found.overall, Undefined):
        assert found.overall.reason
    else:
        assert math.isfinite(found.overall.value)
        assert found.overall.value <= 1
