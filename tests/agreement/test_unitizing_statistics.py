"""The statistics of spans: published values, arrays of positions beside them, and what must hold whatever the spans."""

import json
import math
import pkgutil
import random
from collections import Counter, defaultdict
from fractions import Fraction
from importlib import import_module
from itertools import combinations, pairwise, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbcp_qual.agreement import unitizing
from tbcp_qual.agreement.ratings import Coefficient, Figure, Undefined
from tbcp_qual.agreement.unitizing.alpha_u_1995 import (
    alpha_u_1995,
    expected_disagreement,
    observed_disagreement,
    squared_difference,
)
from tbcp_qual.agreement.unitizing.boundary_similarity import boundary_similarity, edits
from tbcp_qual.agreement.unitizing.continuum import CodedSpan, Continuum, SpanFigure
from tbcp_qual.agreement.unitizing.cu_alpha import cu_alpha
from tbcp_qual.agreement.unitizing.dice import dice
from tbcp_qual.agreement.unitizing.jaccard import jaccard
from tbcp_qual.agreement.unitizing.ku_alpha import ku_alpha
from tbcp_qual.agreement.unitizing.statistics import SPAN_STATISTICS, span_figures
from tbcp_qual.agreement.unitizing.u_alpha import u_alpha
from tbcp_qual.agreement.unitizing.u_alpha_binary import u_alpha_binary
from tbcp_qual.coding.spans import Span

EXAMPLE = Continuum.of(
    60,
    Alex=[(2, 9, "1"), (11, 17, "2"), (24, 30, "5"), (32, 36, "6"), (36, 44, "6"), (44, 60, "7")],
    Paul=[(2, 9, "1"), (11, 17, "3"), (19, 25, "5"), (32, 44, "6")],
    Suzan=[(2, 9, "1"), (11, 17, "4"), (21, 27, "5"), (32, 36, "6"), (36, 40, "6"), (40, 44, "6")],
)
"""Krippendorff and others 2016; Krippendorff 2019, p. 340."""
NOT_CORRECTED = {"boundary_similarity", "dice", "jaccard"}


def drawn(draw: st.DrawFn, coders: int, *, layered: bool, length: int = 24) -> Continuum:
    """Return a small continuum; layered ones may have codes over one another."""
    spans: dict[str, tuple[CodedSpan, ...]] = {}
    for coder in "ABCD"[:coders]:
        own: list[CodedSpan] = []
        for code in ("x", "y") if layered else ("",):
            places = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
            # Neighbouring places make spans that touch; a place left out in between makes a gap.
            for start, end in pairwise(places):
                if draw(st.booleans()):
                    own.append(CodedSpan(start, end, code or draw(st.sampled_from("xyz"))))
        spans[coder] = tuple(sorted(own))
    return Continuum(length=length, spans=spans)


@st.composite
def continua(draw: st.DrawFn, *, layered: bool = False, coders: int | None = None) -> Continuum:
    return drawn(draw, coders or draw(st.integers(2, 3)), layered=layered)


def close(one: Figure, other: Figure) -> bool:
    if isinstance(one, Coefficient) and isinstance(other, Coefficient):
        return math.isclose(one.value, other.value, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def value_of(figure: Figure) -> float:
    assert isinstance(figure, Coefficient), figure
    return figure.value


def codes_of(found: SpanFigure) -> dict[str, Figure]:
    assert found.by_code is not None
    return dict(found.by_code)


# Published values


def test_the_example_of_the_family_comes_out_as_printed() -> None:
    assert value_of(u_alpha(EXAMPLE).overall) == pytest.approx(0.510, abs=5e-4)
    assert value_of(u_alpha_binary(EXAMPLE).overall) == pytest.approx(0.413, abs=5e-4)
    assert value_of(cu_alpha(EXAMPLE).overall) == pytest.approx(0.724, abs=5e-4)
    by_code = codes_of(ku_alpha(EXAMPLE))
    assert [value_of(by_code[code]) for code in "123456"] == pytest.approx([1, 0, 0, 0, 1, 1])
    assert isinstance(by_code["7"], Undefined)


def published(shared_data: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads(
        (shared_data / "agreement" / "unitizing_alpha.json").read_text(encoding="utf-8")
    )
    return cases


def continuum_of(case: dict[str, Any]) -> Continuum:
    """Move a published continuum to 0 and leave out what has no length."""
    begin = case["continuum"]["begin"]
    raters = range(3 if "single_unit" in case["name"] else 2)
    spans: dict[str, list[CodedSpan]] = {str(rater): [] for rater in raters}
    for unit in case["data"]:
        if unit["length"]:
            start = unit["offset"] - begin
            spans[str(unit["rater"])].append(CodedSpan(start, start + unit["length"], unit["category"]))
    return Continuum(length=case["continuum"]["length"], spans={who: tuple(sorted(own)) for who, own in spans.items()})


def test_the_published_cases_of_alpha_u_1995_hold(shared_data: Path) -> None:
    cases = [case for case in published(shared_data) if case["kind"] == "units_offset_length"]
    checked = 0
    for case in cases:
        continuum = continuum_of(case)
        category = case["params"].get("category")
        if case["coefficient"] == "alpha_u_1995":
            found = alpha_u_1995(continuum)
            figure = codes_of(found)[category] if category else found.overall
            if case["name"] == "dkpro.degenerate.zero_length.alpha_u_1995":
                # DKPro makes 0 of nothing; we say that there is nothing.
                assert figure == Undefined("nobody coded anything")
            else:
                assert value_of(figure) == pytest.approx(case["expected"], abs=case["tolerance"]), case["name"]
        else:
            part = observed_disagreement if case["coefficient"].endswith(".Do") else expected_disagreement
            assert float(part(continuum.only(category))) == pytest.approx(case["expected"], abs=case["tolerance"])
        checked += 1
    assert checked == 20


def test_the_published_differences_of_alpha_u_1995_hold(shared_data: Path) -> None:
    cases = [case for case in published(shared_data) if case["kind"].startswith("delta_squared")]
    assert len(cases) == 12
    for case in cases:
        one_at, one_length, one_code, other_at, other_length, other_code = case["data"]
        one = Span(one_at, one_at + one_length), one_code is not None
        other = Span(other_at, other_at + other_length), other_code is not None
        assert squared_difference(one, other) == squared_difference(other, one) == case["expected"]


def test_u_alpha_lies_where_another_program_puts_it(shared_data: Path) -> None:
    (case,) = (case for case in published(shared_data) if case["coefficient"] == "u_alpha_2016")
    # Its ends are inclusive; its own program loses a position a segment, which the tolerance allows for.
    spans = {coder: [(start, end + 1, code) for code, start, end in own if code] for coder, own in case["data"].items()}
    figure = u_alpha(Continuum.of(case["continuum"]["length"], **spans)).overall
    assert value_of(figure) == pytest.approx(case["expected"], abs=case["tolerance"])
    assert value_of(figure) == pytest.approx(0.5645, abs=5e-5)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([2, 3, 6], [5, 6], 1 / 2),
        ([2, 3, 6], [2, 3, 3, 3], 2 / 3),
        ([2, 3, 6], [2, 2, 7], 3 / 4),
        ([2, 3, 6], [1, 1, 3, 1, 5], 1 / 2),
    ],
)
def test_boundary_similarity_of_segmentations_is_that_of_its_authors_program(
    one: list[int], other: list[int], expected: float
) -> None:
    def segments(masses: list[int]) -> list[tuple[int, int, str]]:
        starts = [sum(masses[:i]) for i in range(len(masses))]
        return [(start, start + mass, "x") for start, mass in zip(starts, masses, strict=True)]

    found = boundary_similarity(Continuum.of(11, one=segments(one), other=segments(other)))
    assert value_of(found.overall) == pytest.approx(expected)


def test_one_code_for_another_at_the_same_boundary_is_one_edit_and_not_two() -> None:
    found = edits({3: frozenset("x"), 9: frozenset("x")}, {3: frozenset("y"), 9: frozenset("x")})
    assert (found.matches, found.substitutions, found.additions, found.moves) == (1, 1, 0, ())
    assert found.similarity == Fraction(1, 2)


def test_dice_and_jaccard_are_those_of_the_design() -> None:
    continuum = Continuum.of(1000, AK=[(0, 125, "x")], RM=[(75, 200, "x")])
    assert value_of(dice(continuum).overall) == 0.4
    assert value_of(jaccard(continuum).overall) == 0.25


# Arrays of positions


def arrays(continuum: Continuum) -> dict[str, list[str | None]]:
    found: dict[str, list[str | None]] = {}
    for coder, own in continuum.spans.items():
        found[coder] = [None] * continuum.length
        for start, end, code in own:
            found[coder][start:end] = [code] * (end - start)
    return found


def alpha_of_arrays(continuum: Continuum, *, binary: bool = False, valued: bool = False) -> float | None:
    """Return the coefficient by counting every pair of positions of units; None where it has no value."""
    told = arrays(continuum)
    m = len(told)
    values = [None, "coded"] if binary else [None, *continuum.codes]

    def of(value: str | None) -> str | None:
        return "coded" if binary and value else value

    met: Counter[tuple[str | None, str | None]] = Counter()
    for one, other in permutations(told.values(), 2):
        for a, b in zip(one, other, strict=True):
            if not valued or (a and b):
                met[of(a), of(b)] += 1
    own: Counter[str | None] = Counter()
    for coder, spans in continuum.spans.items():
        for start, end, code in spans:
            if valued:
                for other, row in told.items():
                    if other != coder:
                        own[code] += sum(value is not None for value in row[start:end]) ** 2 * (m - 1)
            else:
                own[of(code)] += ((end - start) * (m - 1)) ** 2
        if not valued:
            own[None] += sum(value is None for value in told[coder]) * (m - 1) ** 2
    margins = {value: sum(met[value, other] for other in values) for value in values}
    total = sum(margins.values())
    apart = total**2 - own.total()
    chance = sum(margins[a] * margins[b] for a in values for b in values if a != b)
    if apart <= 0 or not chance or (binary and not margins[None]):
        return None
    disagreeing = sum(met[a, b] for a in values for b in values if a != b)
    return 1 - disagreeing / (total * chance / apart)


@settings(deadline=None)
@given(continua())
def test_the_family_equals_arrays_of_positions(continuum: Continuum) -> None:
    for expected, found in (
        (alpha_of_arrays(continuum), u_alpha(continuum).overall),
        (alpha_of_arrays(continuum, binary=True), u_alpha_binary(continuum).overall),
        (alpha_of_arrays(continuum, valued=True), cu_alpha(continuum).overall),
    ):
        if expected is None or not continuum.units:
            assert isinstance(found, Undefined)
        else:
            assert value_of(found) == pytest.approx(expected, abs=1e-9)


@settings(deadline=None)
@given(continua(layered=True))
def test_dice_and_jaccard_equal_sets_of_positions(continuum: Continuum) -> None:
    positions: dict[str, set[tuple[str, int]]] = {
        coder: {(code, place) for start, end, code in own for place in range(start, end)}
        for coder, own in continuum.spans.items()
    }
    pairs = [(a, b) for a, b in combinations(positions.values(), 2) if a or b]
    for measure, share in (
        (dice, [2 * len(a & b) / (len(a) + len(b)) for a, b in pairs]),
        (jaccard, [len(a & b) / len(a | b) for a, b in pairs]),
    ):
        found = measure(continuum).overall
        if share:
            assert value_of(found) == pytest.approx(sum(share) / len(share))
        else:
            assert isinstance(found, Undefined)


@settings(deadline=None)
@given(continua(layered=True))
def test_alpha_u_1995_equals_units_laid_everywhere(continuum: Continuum) -> None:
    for code in continuum.codes:
        layer = continuum.only(code)
        m, length = len(layer.spans), layer.length
        units = [(coder, span.start, span.end) for coder, own in layer.spans.items() for span in own]
        taken: dict[str, set[int]] = defaultdict(set)
        for coder, start, end in units:
            taken[coder] |= set(range(start, end))
        expected = 0
        for _, start, end in units:
            size = end - start
            # Laid over each other unit as if of its own length, at every shift at which they still meet.
            expected += (len(units) - 1) * sum(2 * shift**2 for shift in range(1 - size, size))
            for coder in layer.spans:
                for at in range(length - size + 1):
                    free = not taken[coder] & set(range(at, at + size))
                    expected += 2 * size**2 * free
        pairs = m * length * (m * length - 1) - sum((e - s) * (e - s - 1) for _, s, e in units)
        assert expected_disagreement(layer) == Fraction(expected, length * pairs)
        told = arrays(layer)
        observed = 0
        for one, other in permutations(layer.spans, 2):
            for span in layer.spans[one]:
                meeting = [
                    (start, end) for start, end, _ in layer.spans[other] if start < span.end and span.start < end
                ]
                if any(told[other][span.start : span.end]):
                    observed += sum((start - span.start) ** 2 + (end - span.end) ** 2 for start, end in meeting)
                else:
                    observed += 2 * span.length**2
        assert observed_disagreement(layer) == Fraction(observed, m * (m - 1) * length**2)


# What must hold whatever the spans


def test_every_statistic_has_a_file_of_its_name() -> None:
    files = {module.name for module in pkgutil.iter_modules(unitizing.__path__)}
    for name, statistic in SPAN_STATISTICS.items():
        assert name in files
        assert import_module(f"{unitizing.__name__}.{name}").STATISTIC is statistic
        assert statistic.label
        assert any(character.isdigit() for character in statistic.source)


every_statistic = pytest.mark.parametrize("name", SPAN_STATISTICS)
quick_statistic = pytest.mark.parametrize("name", [name for name in SPAN_STATISTICS if name != "gamma"])


@quick_statistic
@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_figure_is_finite_and_not_above_one_or_says_why(name: str, data: st.DataObject) -> None:
    continuum = data.draw(continua(layered=data.draw(st.booleans())))
    found = SPAN_STATISTICS[name].compute(continuum)
    for figure in (found.overall, *(found.by_code or {}).values()):
        if isinstance(figure, Undefined):
            assert figure.reason
        else:
            assert math.isfinite(figure.value)
            assert figure.value <= 1 or name == "gamma_disorder"
            assert figure.n > 0


@every_statistic
@settings(deadline=None, max_examples=15)
@given(st.data())
def test_neither_order_of_coders_nor_names_of_codes_matter(name: str, data: st.DataObject) -> None:
    continuum = data.draw(continua(layered=data.draw(st.booleans())))
    order = data.draw(st.permutations(continuum.coders))
    new = dict(zip("xyz", data.draw(st.permutations("pqr")), strict=True))
    turned = Continuum(
        length=continuum.length,
        spans={
            f"coder {coder}": tuple(sorted(CodedSpan(s.start, s.end, new[s.code]) for s in continuum.spans[coder]))
            for coder in order
        },
    )
    one, other = (SPAN_STATISTICS[name].compute(these) for these in (continuum, turned))
    if not continuum.doubled:
        assert close(one.overall, other.overall)
        for code, figure in (one.by_code or {}).items():
            assert close(figure, codes_of(other)[new[code]])


@every_statistic
@settings(deadline=None, max_examples=15)
@given(st.data())
def test_identical_spans_agree_perfectly_or_there_is_a_reason(name: str, data: st.DataObject) -> None:
    one = data.draw(continua(coders=1))
    own = one.spans["A"]
    continuum = Continuum(length=one.length, spans={"A": own, "B": own, "C": own})
    found = SPAN_STATISTICS[name].compute(continuum)
    perfect = 0 if name == "gamma_disorder" else 1
    for figure in (found.overall, *(found.by_code or {}).values()):
        assert isinstance(figure, Undefined) or figure.value == perfect
    if own and name in {"dice", "jaccard", "gamma_disorder"}:
        assert found.overall == Coefficient(value=perfect, n=continuum.units)


def at_random(seed: int, coders: int) -> Continuum:
    dice_ = random.Random(seed)
    spans: dict[str, tuple[CodedSpan, ...]] = {}
    for coder in "ABC"[:coders]:
        own, place = [], dice_.randrange(20)
        while place < 8_000 - 20:
            end = place + 1 + dice_.randrange(20)
            own.append(CodedSpan(place, end, dice_.choice("xyz")))
            place = end + dice_.randrange(20)
        spans[coder] = tuple(own)
    return Continuum(length=8_000, spans=spans)


@pytest.mark.parametrize("coders", [2, 3])
def test_pure_chance_gives_nothing_beyond_chance(coders: int) -> None:
    figures = span_figures(at_random(1, coders))
    for name, found in figures.items():
        if name in NOT_CORRECTED | {"gamma_disorder", "ku_alpha"}:
            continue
        assert abs(value_of(found.overall)) < 0.06, name
    assert all(abs(value_of(figure)) < 0.15 for figure in codes_of(figures["ku_alpha"]).values())
    # What is not corrected for chance looks like agreement here.
    assert all(value_of(figures[name].overall) > 0.08 for name in ("dice", "jaccard"))


@every_statistic
def test_one_coder_and_no_spans_are_undefined(name: str) -> None:
    alone = SPAN_STATISTICS[name].compute(Continuum.of(9, A=[(0, 3, "x")]))
    assert alone.overall == Undefined("agreement needs at least two coders")
    assert SPAN_STATISTICS[name].compute(Continuum.of(9, A=[], B=[])).overall == Undefined("nobody coded anything")


def test_a_coder_who_coded_nothing_counts() -> None:
    with_silent = Continuum.of(100, A=[(0, 30, "x")], B=[(0, 30, "x")], C=[])
    without = Continuum.of(100, A=[(0, 30, "x")], B=[(0, 30, "x")])
    assert value_of(u_alpha(without).overall) == 1
    assert value_of(u_alpha(with_silent).overall) < 0.5
    assert value_of(dice(with_silent).overall) == pytest.approx(1 / 3)


def test_codes_over_one_another_leave_the_family_by_code() -> None:
    continuum = Continuum.of(50, A=[(0, 20, "x"), (10, 30, "y")], B=[(0, 20, "x"), (10, 28, "y")])
    for name in ("u_alpha", "u_alpha_binary", "cu_alpha", "ku_alpha"):
        overall = SPAN_STATISTICS[name].compute(continuum).overall
        assert isinstance(overall, Undefined)
        assert overall.reason.startswith("A coded 10 to 20 with two codes")
    by_code = codes_of(u_alpha(continuum))
    assert value_of(by_code["x"]) == 1
    assert 0.8 < value_of(by_code["y"]) < 1
    assert isinstance(alpha_u_1995(continuum).overall, Coefficient)


def test_the_cost_follows_the_spans_and_not_the_length() -> None:
    few = Continuum.of(10**12, A=[(10, 10**11, "x")], B=[(20, 10**11, "x")])
    figures = span_figures(few)
    assert value_of(figures["u_alpha"].overall) == pytest.approx(1, abs=1e-6)
    assert value_of(figures["alpha_u_1995"].overall) == pytest.approx(1, abs=1e-6)


def test_a_span_outside_or_over_its_like_is_refused() -> None:
    for wrong in ([(5, 5, "x")], [(0, 11, "x")], [(0, 4, "x"), (3, 6, "x")]):
        with pytest.raises(ValueError, match="span"):
            Continuum.of(10, A=wrong)
