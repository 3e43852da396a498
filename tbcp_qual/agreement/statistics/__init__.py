"""The statistics, by name. One file is one of them and offers one `STATISTIC`."""

from collections.abc import Mapping

from tbcp_qual.agreement.ratings import Statistic
from tbcp_qual.agreement.statistics import (
    brennan_prediger,
    cohen_kappa,
    cohen_kappa_max,
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    holsti,
    krippendorff_alpha,
    percent_agreement,
    scott_pi,
    weighted_kappa,
)

STATISTICS: Mapping[str, Statistic] = {
    module.STATISTIC.name: module.STATISTIC
    for module in (
        percent_agreement,
        holsti,
        cohen_kappa,
        cohen_kappa_max,
        weighted_kappa,
        scott_pi,
        fleiss_kappa,
        conger_kappa,
        brennan_prediger,
        gwet_ac1,
        gwet_ac2,
        krippendorff_alpha,
    )
}
"""In the order in which they are shown."""
