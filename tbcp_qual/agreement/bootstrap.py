"""Intervals by drawing documents again and again: what would have come out had other documents been coded.

The document is the honest unit: what stands in one transcript hangs together, its sentences and characters are not
drawn at random.
"""

from dataclasses import dataclass, replace

import numpy as np

from tbcp_qual.agreement.arrays import Array, Table
from tbcp_qual.agreement.ratings import Statistic, Undefined

RESAMPLES = 1_000
FEWEST = 10
"""Documents below which there is no interval."""
STEADY = 30
"""Documents below which an interval is unstable."""
DEFINED = 0.95
"""Share of the resamples in which there must be a figure."""

RARELY_DEFINED = f"in more than {1 - DEFINED:.0%} of the resamples there is no figure: too few documents hold the code"
ALL_THE_SAME = "every resample gives the same figure, which does not tell how far it carries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Between the 2.5th and the 97.5th percentile of a statistic over resampled documents."""

    low: float
    high: float
    documents: int
    """How many were drawn, out of as many, with replacement."""
    undefined: int
    """Resamples without a figure; they are left out."""

    @property
    def unstable(self) -> bool:
        """Whether it rests on so few documents that another one could move it far."""
        return self.documents < STEADY


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawn:
    """A table with its documents drawn again and again."""

    table: Table
    """With units of shape `(rows, resamples, patterns)`."""
    documents: int
    """How many were drawn each time, out of as many."""


def draw(table: Table, *, seed: int, resamples: int = RESAMPLES) -> Drawn | Undefined:
    """Draw the documents of a table with replacement, as many as there are; all rows together.

    Documents in which no unit was rated by two coders are left out.

    Args:
        table: with units of shape `(rows, documents, patterns)`.
        seed: 0 to 4,294,967,295. The generator is the one whose numbers stay the same with every release of numpy.
        resamples: how often the documents are drawn.
    """
    there = (table.units @ table.pairable > 0).any(axis=0)
    units = table.units[:, there]
    documents = units.shape[1]
    if documents < FEWEST:
        were = "document was" if documents == 1 else "documents were"
        return Undefined(f"{documents} {were} compared; below {FEWEST} drawing them again says nothing")
    drawn = np.random.RandomState(seed).randint(documents, size=(resamples, documents), dtype=np.int64)
    drawn += documents * np.arange(resamples)[:, None]
    times = np.bincount(drawn.ravel(), minlength=resamples * documents).reshape(resamples, documents)
    # One product of two matrices: (resamples, documents) by (documents, rows × patterns).
    flat = np.moveaxis(units, 1, 0).reshape(documents, -1)
    together = (times.astype(float) @ flat).reshape(resamples, len(units), -1)
    return Drawn(table=replace(table, units=np.moveaxis(together, 1, 0)), documents=documents)


def intervals(drawn: Drawn, statistic: Statistic) -> list[Interval | Undefined]:
    """Return the 95 % interval of a statistic for each row of a table, by percentiles of what each resample gives.

    Source: Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 13.
    """
    rows, resamples = drawn.table.units.shape[:2]
    refused = statistic.accepts(drawn.table.ratings)
    if refused:
        return [Undefined(refused)] * rows
    found: list[Interval | Undefined] = []
    for values in np.sort(statistic.values(drawn.table), axis=-1):
        # Those without a figure are sorted to the end.
        missing = int(np.isnan(values).sum())
        defined = values[: resamples - missing]
        if len(defined) < DEFINED * resamples:
            found.append(Undefined(RARELY_DEFINED))
        else:
            low, high = (_percentile(defined, share) for share in (0.025, 0.975))
            if low == high:
                found.append(Undefined(ALL_THE_SAME))
                continue
            found.append(Interval(low=low, high=high, documents=drawn.documents, undefined=missing))
    return found


def _percentile(values: Array, share: float) -> float:
    """Return the value below which a share of sorted values lies, between two of them in proportion."""
    whole, part = divmod(share * (len(values) - 1), 1)
    low, high = values[int(whole)], values[min(int(whole) + 1, len(values) - 1)]
    return float(low + (high - low) * part)
