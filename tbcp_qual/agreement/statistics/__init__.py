"""The statistics, by name. One file is one of them and offers one `STATISTIC`."""

from collections.abc import Mapping

from tbcp_qual.agreement.ratings import Statistic
from tbcp_qual.agreement.statistics import cohen_kappa, krippendorff_alpha, percent_agreement

STATISTICS: Mapping[str, Statistic] = {
    module.STATISTIC.name: module.STATISTIC for module in (percent_agreement, cohen_kappa, krippendorff_alpha)
}
"""In the order in which they are shown."""
