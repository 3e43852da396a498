"""The statistics of spans, by name; each is a module of this folder and offers one `STATISTIC`."""

from collections.abc import Mapping
from functools import partial

from tbcp_qual.agreement.unitizing import (
    alpha_u_1995,
    boundary_similarity,
    cu_alpha,
    dice,
    gamma,
    gamma_disorder,
    jaccard,
    ku_alpha,
    u_alpha,
    u_alpha_binary,
)
from tbcp_qual.agreement.unitizing.continuum import Continuum, SpanFigure, SpanStatistic

SPAN_STATISTICS: Mapping[str, SpanStatistic] = {
    module.STATISTIC.name: module.STATISTIC
    for module in (
        u_alpha,
        u_alpha_binary,
        cu_alpha,
        ku_alpha,
        alpha_u_1995,
        gamma,
        gamma_disorder,
        boundary_similarity,
        dice,
        jaccard,
    )
}
"""In the order in which they are shown."""


def span_figures(continuum: Continuum, *, seed: int = gamma.SEED) -> dict[str, SpanFigure]:
    """Return all figures by name; the seed is that of the chance continua of gamma."""
    with_chance = {gamma.STATISTIC.name: partial(gamma.gamma, seed=seed)}
    return {name: with_chance.get(name, statistic.compute)(continuum) for name, statistic in SPAN_STATISTICS.items()}
