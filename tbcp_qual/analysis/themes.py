"""Which codes a theme gathers, and which themes a coding therefore speaks to."""

from collections.abc import Iterable

from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import Theme


def codes_of(theme: Theme, codebook: Codebook) -> set[str]:
    """Return the ids of the codes of a theme, retired ones included, merged ones as what stands for them now.

    A code brings all below it; where the theme names some of those below as well, only what it names counts.
    """
    named = {codebook.current(code).id for code in theme.codes if code in codebook.by_id}
    gathered = set(named)
    for code in named:
        branch = codebook.branch(code)
        if len(branch & named) == 1:
            gathered |= branch
    return gathered


def themes_by_code(themes: Iterable[Theme], codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """Return the ids of the themes of every code, as it was coded: merged codes are followed."""
    by_current: dict[str, list[str]] = {}
    for theme in themes:
        for code in codes_of(theme, codebook):
            by_current.setdefault(code, []).append(theme.id)
    return {code: tuple(by_current.get(codebook.current(code).id, ())) for code in codebook.by_id}
