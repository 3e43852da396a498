"""Mathet's gamma: agreement on units and codes at once, by the best alignment of what the coders drew."""

from math import ceil
from random import Random
from statistics import fmean, pstdev

from tbcp_qual.agreement.ratings import Coefficient, Undefined
from tbcp_qual.agreement.unitizing.chance import by_chance
from tbcp_qual.agreement.unitizing.continuum import Continuum, SpanFigure, SpanStatistic, missing
from tbcp_qual.agreement.unitizing.dissimilarity import Dissimilarity
from tbcp_qual.agreement.unitizing.gamma_disorder import CROWDED

SEED = 2015
PRECISION = 0.02
"""The relative error of the expected disorder, at 95 %."""
AT_LEAST = 30
"""Samples from which it is told how many are needed."""
NORMAL_95 = 1.96


def gamma(
    continuum: Continuum,
    dissimilarity: Dissimilarity | None = None,
    *,
    seed: int = SEED,
    precision: float = PRECISION,
) -> SpanFigure:
    """Return 1 - observed / expected disorder (Mathet, Widlöcher and Métivier 2015, sections 4.5 and 5).

    Expected is the mean disorder of continua as chance would make them; as many are drawn as bring it within the
    precision. `stated` tells how it came about, whether all alignments are proven to be best, and between what gamma
    lies where they are not. The example of `u_alpha`:

    >>> example = Continuum.of(
    ...     60,
    ...     Alex=[(2, 9, "1"), (11, 17, "2"), (24, 30, "5"), (32, 36, "6"), (36, 44, "6"), (44, 60, "7")],
    ...     Paul=[(2, 9, "1"), (11, 17, "3"), (19, 25, "5"), (32, 44, "6")],
    ...     Suzan=[(2, 9, "1"), (11, 17, "4"), (21, 27, "5"), (32, 36, "6"), (36, 40, "6"), (40, 44, "6")],
    ... )
    >>> round(gamma(example, Dissimilarity(place=3)).overall.value, 1)
    0.5
    """
    from tbcp_qual.agreement.unitizing.alignment import disorders
    from tbcp_qual.agreement.unitizing.candidates import TooMany

    unfitting = missing(continuum)
    if unfitting:
        return SpanFigure(overall=unfitting)
    measure = dissimilarity or Dissimilarity()
    drawing = by_chance(continuum, Random(seed))
    try:
        (observed,) = disorders([continuum], measure)
        drawn = disorders([next(drawing) for _ in range(AT_LEAST)], measure)
        mean = fmean(sample.value for sample in drawn)
        if mean:
            needed = ceil((NORMAL_95 * pstdev(sample.value for sample in drawn) / mean / precision) ** 2)
            drawn += disorders([next(drawing) for _ in range(needed - AT_LEAST)], measure)
    except TooMany:
        return SpanFigure(overall=Undefined(CROWDED))
    expected, least = fmean(sample.value for sample in drawn), fmean(sample.least for sample in drawn)
    exact = observed.exact and all(sample.exact for sample in drawn)
    stated: dict[str, object] = {
        "observed_disorder": observed.value,
        "expected_disorder": expected,
        "samples": len(drawn),
        "precision": precision,
        "seed": seed,
        "exact": exact,
    }
    if not least:
        return SpanFigure(overall=Undefined("no variation: chance would align everything too"), stated=stated)
    if not exact:
        stated["between"] = [1 - observed.value / least, 1 - observed.least / expected]
    return SpanFigure(
        overall=Coefficient(value=1 - observed.value / expected, n=continuum.units),
        stated=stated,
    )


STATISTIC = SpanStatistic(
    name="gamma",
    label="Gamma",
    source="Mathet, Widlöcher and Métivier 2015, Computational Linguistics 41(3), pp. 437-479",
    compute=gamma,
)
