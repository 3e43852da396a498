"""The cheapest set of unitary alignments that holds every unit of three or more coders once.

Prices leave few unitary alignments that can matter. These fall into small parts, each solved exactly; a unitary
alignment that was left aside is taken up again only where the parts it joins could gain by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tbcp_qual.agreement.unitizing.candidates import Candidates, Real, Whole
from tbcp_qual.agreement.unitizing.prices import prices

CLOSE = 0.02
"""How much a unitary alignment may cost above its prices to be looked at from the start."""
CEILINGS = (0.02, 0.2, float("inf"))
"""What a part is first thought to cost above its prices; the higher, the more ways to go on are kept."""
SLACK = 1e-12
"""Differences below it are rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How hard to try before a part counts as too large."""

    rounds: int
    cold: float
    ways: int
    """The most ways to have dealt with the units so far that are kept at one unit."""


EFFORTS = (
    Effort(rounds=40, cold=0.02, ways=500),
    Effort(rounds=300, cold=0.005, ways=10_000),
    Effort(rounds=1500, cold=0.001, ways=50_000),
)
"""Tried in turn; what is too large for the last is solved as well as its most promising ways allow."""


def partition(candidates: Candidates, continua: int) -> tuple[Real, Real]:
    """Return for each continuum the least cost, and a bound below it; the two are the same where it is exact."""
    cost, bound = np.zeros(continua), np.zeros(continua)
    left = np.ones(continua, bool)
    for effort in EFFORTS:
        last = effort is EFFORTS[-1]
        rest = candidates.of(left)
        priced = prices(rest, rounds=effort.rounds, cold=effort.cold)
        parts = _Parts(rest, priced.above, effort.ways, give_up=not last)
        parts.solve()
        sums = np.bincount(rest.continuum, priced.of_unit, minlength=continua)
        added = np.bincount(rest.continuum, parts.above_by_unit(), minlength=continua)
        large = np.zeros(continua, bool)
        large[rest.continuum[parts.too_large]] = True
        done = left & ~large if not last else left
        cost[done] = (sums + added)[done]
        bound[done] = np.where(large, sums, sums + added)[done]
        left = left & ~done
        if not left.any():
            break
    return cost, bound


class _Parts:
    """Units held together by the unitary alignments looked at, with what each part costs above its prices."""

    def __init__(self, candidates: Candidates, above: Real, ways: int, *, give_up: bool) -> None:
        self._begins: list[int] = candidates.begins.tolist()
        self._ends: list[int] = (candidates.begins + candidates.size).tolist()
        self._members: list[int] = candidates.members.tolist()
        self._above: list[float] = above.tolist()
        self._candidates, self._above_all = candidates, above
        self._ways, self._give_up = ways, give_up
        units = candidates.units
        self._home = list(range(units))
        self._units = {unit: [unit] for unit in range(units)}
        self._options: list[list[tuple[tuple[int, ...], float]]] = [[] for _ in range(units)]
        self._cost = dict.fromkeys(range(units), 0.0)
        self.too_large: list[int] = []
        """A unit of each part that was too large."""

    def solve(self) -> None:
        """Solve all parts, and again those that a unitary alignment left aside could make cheaper."""
        looked_at = self._above_all <= CLOSE
        looked_at[: self._candidates.units] = True
        new = np.flatnonzero(looked_at)
        while len(new):
            for home in self._join(new.tolist()):
                self._cost[home] = self._solve_part(self._units[home])
            new = self._worth_a_look(looked_at)
            looked_at[new] = True

    def above_by_unit(self) -> Real:
        """Return what each part costs above its prices, set down at one of its units."""
        found = np.zeros(self._candidates.units)
        for home, cost in self._cost.items():
            found[home] = cost
        return found

    def _join(self, groups: Sequence[int]) -> set[int]:
        """Take up unitary alignments; return the parts that they are of."""
        touched = set()
        for group in groups:
            members = tuple(self._members[self._begins[group] : self._ends[group]])
            self._options[members[0]].append((members, self._above[group]))
            home = self._home[members[0]]
            for unit in members[1:]:
                other = self._home[unit]
                if other == home:
                    continue
                if len(self._units[other]) > len(self._units[home]):
                    home, other = other, home
                for moved in self._units[other]:
                    self._home[moved] = home
                self._units[home] += self._units.pop(other)
                del self._cost[other]
            touched.add(members[0])
        return {self._home[unit] for unit in touched}

    def _worth_a_look(self, looked_at: NDArray[np.bool_]) -> Whole:
        """Return what was left aside although it costs less than all that the parts it joins stand above their prices.

        No set of the others can pay: each of them costs at least what the parts that it touches could save.
        """
        home = np.array(self._home)
        cost = self.above_by_unit()[home]
        most = np.add.reduceat(cost[self._candidates.members], self._candidates.begins)
        found = []
        for group in np.flatnonzero(~looked_at & (self._above_all < most - SLACK)).tolist():
            homes = {self._home[unit] for unit in self._members[self._begins[group] : self._ends[group]]}
            if self._above[group] < sum(self._cost[home] for home in homes) - SLACK:
                found.append(group)
        return np.array(found, dtype=np.intp)

    def _solve_part(self, units: list[int]) -> float:
        if len(units) == 1:
            return self._options[units[0]][0][1]
        units.sort()
        place = {unit: i for i, unit in enumerate(units)}
        options = [
            [(sum(1 << (place[unit] - i) for unit in members), above) for members, above in self._options[first]]
            for i, first in enumerate(units)
        ]
        for ceiling in CEILINGS:
            cost, whole = cheapest_cover(options, ways=self._ways, ceiling=ceiling)
            if not whole:
                self.too_large.append(units[0])
                if self._give_up:
                    return 0.0
                cost = cost if cost is not None else cheapest_cover(options, ways=self._ways)[0]
            if cost is not None:
                return cost
        raise AssertionError("a unit can always stand by itself")


def cheapest_cover(
    options: Sequence[Sequence[tuple[int, float]]], *, ways: int, ceiling: float = float("inf")
) -> tuple[float | None, bool]:
    """Return the least cost of dealing with each unit once, from left to right, and whether nothing was cut short.

    Args:
        options: for each unit, the unitary alignments of which it is the first: their units as bits, itself the
            lowest, and their cost.
        ways: the most that are kept at one unit; the cheapest of more.
        ceiling: ways that cost more are given up. The least is None where all do.

    >>> cheapest_cover([[(0b1, 1.0), (0b11, 0.5)], [(0b1, 1.0), (0b11, 0.1)], [(0b1, 1.0)]], ways=10)
    (1.1, True)
    """
    # By the units ahead that are dealt with already, as bits: the least cost so far.
    reached = {0: 0.0}
    whole = True
    for own in options:
        following: dict[int, float] = {}
        for ahead, cost in reached.items():
            if ahead & 1:
                if cost < following.get(ahead >> 1, ceiling + SLACK):
                    following[ahead >> 1] = cost
                continue
            for units, above in own:
                if not ahead & units:
                    then, sum_ = (ahead | units) >> 1, cost + above
                    if sum_ < following.get(then, ceiling + SLACK):
                        following[then] = sum_
        if len(following) > ways:
            whole = False
            following = dict(sorted(following.items(), key=lambda way: way[1])[:ways])
        reached = following
    return reached.get(0), whole
