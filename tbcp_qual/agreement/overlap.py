"""How far two coders' spans, or sets of codes, cover the same: shares that leave out what neither chose.

What is counted may be code points, units or codes; without chance, so they cannot stand alone.
"""

from tbcp_qual.agreement.ratings import Coefficient, Figure, Undefined

NOTHING_CHOSEN = "neither chose anything"


def dice(both: float, first_only: float, second_only: float) -> Figure:
    """Return 2 b / (2 b + f + s), positive agreement of two coders (Dice 1945, Ecology 26(3), p. 298).

    >>> dice(50, 75, 75).value
    0.4
    """
    chosen = both + first_only + second_only
    if not chosen:
        return Undefined(NOTHING_CHOSEN)
    return Coefficient(value=2 * both / (both + chosen), n=round(chosen))


def jaccard(both: float, first_only: float, second_only: float) -> Figure:
    """Return b / (b + f + s) (Jaccard 1912, New Phytologist 11(2), pp. 37 to 50).

    >>> jaccard(50, 75, 75).value
    0.25
    """
    chosen = both + first_only + second_only
    if not chosen:
        return Undefined(NOTHING_CHOSEN)
    return Coefficient(value=both / chosen, n=round(chosen))
