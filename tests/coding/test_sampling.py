"""Drawing a sample: the same for the same seed, fair, and divided among the strata as it should be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tbcp_qual.coding.sampling import Allocation, draw
from tbcp_qual.errors import UsageError

SIXTY = [f"F{n:02}" for n in range(1, 61)]
NEED = {case: ("acute",) if n < 6 else ("complex",) if n < 30 else ("targeted",) for n, case in enumerate(SIXTY)}


def test_a_seed_draws_the_same_cases_on_every_machine() -> None:
    one = dict.fromkeys(SIXTY, ())
    # Worked out apart from the program: the eight smallest of the first sixty numbers of random.Random(2024).
    assert draw(one, size=8, seed=2024).chosen == ("F24", "F27", "F30", "F35", "F41", "F43", "F50", "F59")
    assert draw(one, size=8, seed=2025).chosen != draw(one, size=8, seed=2024).chosen


def test_a_larger_sample_of_the_same_seed_holds_the_smaller_one() -> None:
    one = dict.fromkeys(SIXTY, ())
    assert set(draw(one, size=8, seed=3).chosen) < set(draw(one, size=20, seed=3).chosen)


@pytest.mark.parametrize(
    ("allocation", "size", "numbers"),
    [
        ("proportional", 16, {"acute": 2, "complex": 6, "targeted": 8}),
        ("proportional", 5, {"acute": 0, "complex": 2, "targeted": 3}),
        ("equal", 16, {"acute": 5, "complex": 5, "targeted": 6}),
        ("equal", 30, {"acute": 6, "complex": 12, "targeted": 12}),
        ("proportional", 60, {"acute": 6, "complex": 24, "targeted": 30}),
    ],
)
def test_the_size_is_divided_among_the_strata(allocation: Allocation, size: int, numbers: dict[str, int]) -> None:
    # Shares of 16 in proportion: 1.6, 6.4 and 8; of 5: 0.5, 2 and 2.5, where the larger stratum wins the tie.
    drawn = draw(NEED, size=size, seed=1, allocation=allocation)
    assert {stratum.key[0]: len(stratum.chosen) for stratum in drawn.strata} == numbers
    assert len(drawn.chosen) == size
    for stratum in drawn.strata:
        assert {NEED[case] for case in stratum.chosen} <= {stratum.key}


def test_a_stratum_that_is_smaller_than_its_share_says_so() -> None:
    drawn = draw(NEED, size=30, seed=1, allocation="equal")
    assert [(stratum.key[0], stratum.short) for stratum in drawn.strata] == [
        ("acute", True), ("complex", False), ("targeted", False),
    ]  # fmt: skip


@pytest.mark.parametrize("size", [0, -1, 61])
def test_a_size_that_cannot_be_drawn_is_refused(size: int) -> None:
    with pytest.raises(UsageError, match="60 cases to draw from"):
        draw(NEED, size=size, seed=1)


def test_every_case_has_the_same_chance() -> None:
    one = dict.fromkeys(SIXTY[:10], ())
    times = dict.fromkeys(one, 0)
    for seed in range(2000):
        for case in draw(one, size=3, seed=seed).chosen:
            times[case] += 1
    # 600 expected of each, with a standard deviation of 20.5: five of them are allowed.
    assert all(abs(count - 600) < 103 for count in times.values()), times


@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=60),
    st.integers(1, 60),
    st.sampled_from(["proportional", "equal"]),
    st.integers(),
)
def test_no_stratum_gives_more_than_it_has_and_the_size_is_met(
    groups: list[int], size: int, allocation: Allocation, seed: int
) -> None:
    strata = {f"F{n}": (str(group),) for n, group in enumerate(groups)}
    size = min(size, len(strata))
    drawn = draw(strata, size=size, seed=seed, allocation=allocation)
    assert len(drawn.chosen) == len(set(drawn.chosen)) == size
    for stratum in drawn.strata:
        assert len(stratum.chosen) <= stratum.population
        if allocation == "proportional":
            assert abs(len(stratum.chosen) - stratum.share) < 1
