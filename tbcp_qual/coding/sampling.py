"""Drawing a sample of cases: random or stratified, the same on every machine for the same seed.

Random numbers come from `random.Random(seed).random()`, the one method whose sequence Python promises to keep from
version to version (documentation of the module `random`, "Notes on Reproducibility"); all else is done here.
"""

import random
from collections.abc import Mapping, Sequence
from typing import Literal

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.values import natural
from tbcp_qual.errors import UsageError

Allocation = Literal["proportional", "equal"]
Key = tuple[str, ...]

NOT_KNOWN = "not known"
"""The stratum of the cases whose value is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """The cases that have the same values of the attributes a sample is divided by."""

    key: Key
    """One value for each attribute; empty for a random sample."""
    population: int
    share: float
    """How many the allocation would give it, before rounding."""
    chosen: tuple[str, ...]

    @property
    def short(self) -> bool:
        """Whether it has fewer cases than its share, so that others had to give more."""
        return self.population < self.share


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a draw gave."""

    chosen: tuple[str, ...]
    """In the order of the population."""
    strata: tuple[Stratum, ...]


def draw(strata: Mapping[str, Key], *, size: int, seed: int, allocation: Allocation = "proportional") -> Drawn:
    """Draw a sample.

    Each case of the population, in order, is given the next random number; of each stratum those with the smallest
    numbers are chosen. A random sample is a stratified one with a single stratum.

    Args:
        strata: for each case of the population, in a lasting order, the stratum it belongs to.
        size: how many to draw.
        seed: any whole number; the same seed draws the same cases.
        allocation: how the size is divided: in proportion to the strata, or the same for each.

    Raises:
        UsageError: the size is less than one, or more than there are cases.
    """
    if not 0 < size <= len(strata):
        there = f"{len(strata):,} cases to draw from" if len(strata) != 1 else "1 case to draw from"
        raise UsageError(f"A sample of {size:,} cannot be drawn: there are {there}.", "Give a --size within that.")
    generator = random.Random(seed)
    place = {case: (generator.random(), order) for order, case in enumerate(strata)}
    members: dict[Key, list[str]] = {}
    for case, key in strata.items():
        members.setdefault(key, []).append(case)
    keys = sorted(members, key=lambda key: tuple(natural(value) for value in key))
    numbers = [len(members[key]) for key in keys]
    shares, wanted = (_proportional if allocation == "proportional" else _equal)(numbers, size)
    chosen: set[str] = set()
    made = []
    for key, share, number in zip(keys, shares, wanted, strict=True):
        taken = set(sorted(members[key], key=place.__getitem__)[:number])
        chosen |= taken
        made.append(
            Stratum(
                key=key,
                population=len(members[key]),
                share=share,
                chosen=tuple(case for case in members[key] if case in taken),
            )
        )
    return Drawn(chosen=tuple(case for case in strata if case in chosen), strata=tuple(made))


def _proportional(numbers: Sequence[int], size: int) -> tuple[list[float], list[int]]:
    """Divide a size in proportion, by largest remainder (Hamilton); of equal remainders the larger stratum wins.

    >>> _proportional([30, 20, 10], 8)[1]
    [4, 3, 1]
    """
    total = sum(numbers)
    wanted = [size * number // total for number in numbers]
    # Whole numbers throughout: two machines must not round a tie differently.
    by_remainder = sorted(range(len(numbers)), key=lambda i: (-(size * numbers[i] % total), -numbers[i], i))
    for i in by_remainder[: size - sum(wanted)]:
        wanted[i] += 1
    return [size * number / total for number in numbers], wanted


def _equal(numbers: Sequence[int], size: int) -> tuple[list[float], list[int]]:
    """Give each stratum as many as the others; what a small one cannot give, the larger ones do.

    >>> _equal([30, 2, 10], 12)[1]
    [5, 2, 5]
    """
    wanted = [0] * len(numbers)
    largest_first = sorted(range(len(numbers)), key=lambda i: (-numbers[i], i))
    left = size
    while left:
        for i in largest_first:
            if left and wanted[i] < numbers[i]:
                wanted[i] += 1
                left -= 1
    return [size / len(numbers)] * len(numbers), wanted
