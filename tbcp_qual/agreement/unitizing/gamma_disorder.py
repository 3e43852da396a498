"""The disorder of the best alignment: how far the units of the coders are from being the same, chance not considered."""

from tbcp_qual.agreement.ratings import Coefficient, Undefined
from tbcp_qual.agreement.unitizing.continuum import Continuum, SpanFigure, SpanStatistic, missing
from tbcp_qual.agreement.unitizing.dissimilarity import Dissimilarity

CROWDED = "too many units lie over one another for their alignments to be listed; compare fewer coders or codes"


def gamma_disorder(continuum: Continuum, dissimilarity: Dissimilarity | None = None) -> SpanFigure:
    """Return the observed disorder (Mathet, Widlöcher and Métivier 2015, section 4.4); 0 is perfect, there is no top.

    Where a best alignment is not proven, `stated` has a bound that no alignment goes below, as `least`. The example of
    `u_alpha`, which is theirs too:

    >>> example = Continuum.of(
    ...     60,
    ...     Alex=[(2, 9, "1"), (11, 17, "2"), (24, 30, "5"), (32, 36, "6"), (36, 44, "6"), (44, 60, "7")],
    ...     Paul=[(2, 9, "1"), (11, 17, "3"), (19, 25, "5"), (32, 44, "6")],
    ...     Suzan=[(2, 9, "1"), (11, 17, "4"), (21, 27, "5"), (32, 36, "6"), (36, 40, "6"), (40, 44, "6")],
    ... )
    >>> round(gamma_disorder(example, Dissimilarity(place=3)).overall.value, 2)
    0.96
    """
    from tbcp_qual.agreement.unitizing.alignment import disorders
    from tbcp_qual.agreement.unitizing.candidates import TooMany

    unfitting = missing(continuum)
    if unfitting:
        return SpanFigure(overall=unfitting)
    try:
        (found,) = disorders([continuum], dissimilarity or Dissimilarity())
    except TooMany:
        return SpanFigure(overall=Undefined(CROWDED))
    return SpanFigure(
        overall=Coefficient(value=found.value, n=continuum.units),
        stated={"exact": found.exact} | ({} if found.exact else {"least": found.least}),
    )


STATISTIC = SpanStatistic(
    name="gamma_disorder",
    label="Disorder of the best alignment",
    source="Mathet, Widlöcher and Métivier 2015, Computational Linguistics 41(3), section 4.4",
    compute=gamma_disorder,
)
