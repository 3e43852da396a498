"""What a cell of a table holds: several names in one, and text that a spreadsheet must not take for a formula."""

import csv
import io
import re
from collections.abc import Iterable

_FORMULA = re.compile(r"[=@\t\r]|[+-](?![0-9]+([.,][0-9]+)?$)")
"""How text begins that a spreadsheet would work out; a number with a sign is harmless."""


def joined(names: Iterable[str]) -> str:
    """Return names as one cell, a semicolon between them; a name that holds one is quoted as it is in CSV.

    >>> joined(["2", "2b"]), joined(["a;b", "c"])
    ('2; 2b', '"a;b"; c')
    """
    return "; ".join(_quoted(name) for name in names)


def _quoted(name: str) -> str:
    needs = any(sign in name for sign in ';"\n') or name != name.strip() or not name
    return '"' + name.replace('"', '""') + '"' if needs else name


def divided(cell: str) -> list[str]:
    """Return the names of a cell.

    >>> divided('"a;b"; c;'), divided("")
    (['a;b', 'c'], [])
    """
    rows = list(csv.reader(io.StringIO(cell, newline=""), delimiter=";", skipinitialspace=True))
    return [name.strip() for name in rows[0] if name.strip()] if rows else []


def guarded(text: str) -> str:
    """Return text as it may stand in a CSV cell: an apostrophe keeps a spreadsheet from taking it for a formula.

    >>> guarded("=1+1"), guarded("'=1"), guarded("it's"), guarded("-3")
    ("'=1+1", "''=1", "it's", '-3')
    """
    return f"'{text}" if _FORMULA.match(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    """Return what was guarded.

    >>> unguarded("'=1+1"), unguarded("''=1"), unguarded("it's"), unguarded("'quoted'")
    ('=1+1', "'=1", "it's", "'quoted'")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text.lstrip("'")) else text
