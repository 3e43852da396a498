"""Counts as values for JSON: each in its own unit."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tbcp_qual.analysis.heard import Tally


def tally_values(tally: "Tally") -> dict[str, Any]:
    """Return how many of one source type speak to something."""
    return {
        "source type": tally.source_type,
        "unit": tally.unit,
        "speak": tally.spoke,
        "asked or read": tally.asked,
        "speak unasked": tally.unasked,
        "all": tally.of,
        "passages": tally.passages,
        "negative": tally.negative,
        "families": tally.families,
    }
