"""How large a document may be: far beyond any transcript, and within what a small machine can hold."""

from pathlib import Path

from tbcp_qual.errors import BadInput

LONGEST = 20_000_000
"""Characters of the longest document that is taken."""
MOST_LINES = 300_000
"""Lines, rows, captions or elements of a document."""
_HINT = "Divide it; or is it no transcript?"


def measure(text: str, path: Path) -> None:
    """Refuse a text that is too long.

    Raises:
        BadInput: it is.
    """
    if len(text) > LONGEST:
        raise BadInput(f"{path} has {len(text):,} characters; at most {LONGEST:,} are read.", _HINT)
    count(max(text.count(end) for end in ("\n", "\r", "\u2028", "\x0b", "\x0c")), "lines", path)


def count(number: int, what: str, path: Path) -> None:
    """Refuse what has too many parts.

    Raises:
        BadInput: it has.
    """
    if number > MOST_LINES:
        raise BadInput(f"{path} has more than {MOST_LINES:,} {what}.", _HINT)
