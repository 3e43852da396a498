"""What each unit is worth in a best alignment: prices that no unitary alignment undercuts.

Their sum is a bound below every alignment, and what a unitary alignment costs above its units' prices tells at once
that nearly all of them cannot be in a best one. Found by annealed scaling, then made sound; exact answers do not
depend on how good they are, only the time does.
"""

from dataclasses import dataclass

import numpy as np

from tbcp_qual.agreement.unitizing.candidates import Candidates, Real, Whole

HOT = 0.3
"""Where the annealing begins; costs are of the order of 1."""
RAISED = 6
"""How often prices are raised at the end by what is left above them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """A sound set of prices."""

    of_unit: Real
    """For each unit, its price."""
    above: Real
    """For each unitary alignment: what it costs above the prices of its units; never below 0 but by rounding."""


def prices(candidates: Candidates, *, rounds: int, cold: float) -> Prices:
    """Price the units; more rounds and a colder end bring their sum nearer to the cost of a best alignment."""
    begins = candidates.begins
    group_of_member = np.repeat(np.arange(len(candidates.cost)), candidates.size)
    by_unit: Whole = group_of_member[np.argsort(candidates.members, kind="stable")]
    first = np.cumsum(np.bincount(candidates.members, minlength=candidates.units))
    of_each: Whole = np.concatenate([[0], first[:-1]]).astype(np.intp)

    def above(price: Real) -> Real:
        return candidates.cost - np.add.reduceat(price[candidates.members], begins)

    price: Real = np.minimum.reduceat((candidates.cost / candidates.size)[by_unit], of_each)
    for i in range(rounds):
        heat = HOT * (cold / HOT) ** (i / max(1, rounds - 1))
        wanted = np.exp(np.clip(-above(price) / heat, -50, 50))
        price = price - heat / 2 * np.log(np.add.reduceat(wanted[by_unit], of_each))
    for _ in range(RAISED):
        # Sharing out what is missing or left never puts a sum of prices above a cost.
        price = price + np.minimum.reduceat((above(price) / candidates.size)[by_unit], of_each)
    return Prices(of_unit=price, above=above(price))
