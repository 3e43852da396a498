"""Typed values of cases: what a column seems to hold, a value in its one spelling, and the order of values.

Values are kept as text in one spelling each: numbers without separators, days as ISO 8601, `yes` and `no`. A missing
value is kept as nothing at all, so that it can never be taken for a no.
"""

import datetime
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import Scale

MISSING = frozenset(
    {"", ".", "-", "–", "—", "?", "na", "n/a", "n.a.", "#n/a", "nan", "null", "nk", "n/k", "not known", "unknown"}
    | {"not recorded", "missing"}
)
"""What stands for a value that is not known, in any case of letters; besides, what a person names."""

MISSING_NUMBERS = frozenset({"-9", "-99", "-999", "-9999"})
"""Stand for a missing number where a column holds no other number below zero."""

_SCALES: dict[str, Scale] = {
    "category": "category", "ordered category": "ordered category", "ordered": "ordered category",
    "number": "number", "date": "date", "yes/no": "yes/no", "yes no": "yes/no",
}  # fmt: skip
_YES_NO = {"yes": "yes", "y": "yes", "true": "yes", "no": "no", "n": "no", "false": "no"}
_NUMBER = re.compile(r"[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]00:00(?::00)?)?$")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$")
_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[ -])?([a-z]{3,9})\.?[ -](\d{4}|\d{2})$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_BAND = re.compile(
    r"(?P<under>under|below|less than|<=?|up to)?[ ]*(?P<low>\d+(?:\.\d+)?)"
    r"(?:[ ]*(?:-|–|to)[ ]*\d+(?:\.\d+)?|[ ]*(?:\+|and over|or more|or over))?(?:[ ][a-z]+)?$"
)
_ORDERS: tuple[tuple[str, ...], ...] = (
    ("none", "very low", "low", "moderate", "medium", "high", "very high"),
    ("none", "minimal", "mild", "moderate", "moderately severe", "severe"),
    ("never", "rarely", "sometimes", "often", "usually", "always"),
    ("very poor", "poor", "fair", "good", "very good", "excellent"),
    ("not at all", "a little", "somewhat", "a lot", "completely"),
    ("strongly disagree", "disagree", "neither", "neither agree nor disagree", "agree", "strongly agree"),
    ("very dissatisfied", "dissatisfied", "neither", "satisfied", "very satisfied"),
    ("universal", "universal plus", "targeted", "specialist"),
    ("first", "second", "third", "fourth", "fifth"),
)
"""Words whose order is common knowledge; those of a column must all be of one row, and three at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What kind of values a column takes."""

    scale: Scale
    levels: tuple[str, ...] = ()
    """Of an ordered category the values, lowest first; of a category those foreseen; empty where any will do."""

    def __str__(self) -> str:
        return f"{self.scale}: {', '.join(self.levels)}" if self.levels else self.scale


def scale_named(word: str) -> Scale | None:
    """Return the scale that a word means; None where it means none."""
    return _SCALES.get(" ".join(word.casefold().split()))


def parse_typed(text: str) -> Typed | None:
    """Read a type as a person writes it, its levels after a colon; None where it is none.

    >>> str(parse_typed("ordered: low, high")), str(parse_typed("yes/no")), parse_typed("colour")
    ('ordered category: low, high', 'yes/no', None)
    """
    word, _, rest = text.partition(":")
    scale = scale_named(word)
    if scale is None:
        return None
    divided = rest.split(";") if ";" in rest else rest.split(",")
    levels = tuple(dict.fromkeys(" ".join(level.split()) for level in divided if level.strip()))
    needs_levels = scale == "ordered category"
    if (needs_levels and len(levels) < 2) or (levels and scale not in ("category", "ordered category")):
        return None
    return Typed(scale=scale, levels=levels)


def is_missing(value: str, also: Iterable[str] = ()) -> bool:
    """Whether a cell says that something is not known.

    >>> is_missing(" N/A "), is_missing("no"), is_missing("refused", also=["Refused"])
    (True, False, True)
    """
    folded = value.strip().casefold()
    return folded in MISSING or folded in {word.strip().casefold() for word in also}


def missing_numbers(values: Iterable[str]) -> frozenset[str]:
    """Return which of `MISSING_NUMBERS` stand for nothing in a column: none where it holds other numbers below zero."""
    below = {value.strip() for value in values if value.strip().startswith("-") and number(value) is not None}
    return frozenset(below) if below <= MISSING_NUMBERS else frozenset()


def number(value: str) -> float | None:
    """Return the number that a text is; None where it is none.

    >>> number("1,234.50"), number("-3"), number("12 (est)"), number("1e5")
    (1234.5, -3.0, None, None)
    """
    text = value.strip()
    if not _NUMBER.fullmatch(text) or not any(c.isdecimal() for c in text):
        return None
    found = float(text.replace(",", "").replace("−", "-"))
    return found if math.isfinite(found) else None


def plain_number(value: float) -> str:
    """Write a number in its one spelling.

    >>> plain_number(12.0), plain_number(0.5), plain_number(1e-05)
    ('12', '0.5', '0.00001')
    """
    return format(Decimal(int(value) if value == int(value) else repr(value)), "f")


def day(value: str) -> str | None:
    """Return a day, or a month, in ISO 8601; None where it is none. Of 3/4/2021 the day comes first.

    >>> day("3/4/2021"), day("4 March 21"), day("Mar 2021"), day("12/31/2021")
    ('2021-04-03', '2021-03-04', '2021-03', None)
    """
    text = " ".join(value.casefold().split())
    if found := _ISO.match(text):
        year, month, which = found[1], int(found[2]), found[3]
    elif found := _DAY_FIRST.match(text):
        year, month, which = found[3], int(found[2]), found[1]
    elif (found := _WORDS.match(text)) and (place := _month(found[2])):
        year, month, which = found[3], place, found[1]
    else:
        return None
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 69 else 1900)
    try:
        if which is None:
            return datetime.date(full, month, 1).isoformat()[:7]
        return datetime.date(full, month, int(which)).isoformat()
    except ValueError:
        return None


def _month(word: str) -> int:
    """Return 1 to 12; 0 where the word is no month."""
    if word == "sept":
        return 9
    if word in _MONTHS:
        return _MONTHS.index(word) + 1
    return _FULL_MONTHS.index(word) + 1 if word in _FULL_MONTHS else 0


def days(value: str) -> int | None:
    """Return a stored day as a number of days, a month as its first; None where it is no date."""
    found = day(value)
    if found is None:
        return None
    return datetime.date.fromisoformat(found if len(found) > 7 else f"{found}-01").toordinal()


def spelt(value: str, typed: Typed) -> str | None:
    """Return a value in the one spelling in which it is kept; None where it does not fit the type.

    >>> spelt("Y", Typed(scale="yes/no")), spelt("1", Typed(scale="yes/no")), spelt("maybe", Typed(scale="yes/no"))
    ('yes', 'yes', None)
    >>> spelt("HIGH", Typed(scale="ordered category", levels=("low", "high")))
    'high'
    """
    text = value.strip()
    if typed.scale == "number":
        found = number(text)
        return None if found is None else plain_number(found)
    if typed.scale == "date":
        return day(text)
    if typed.scale == "yes/no":
        return _YES_NO.get(text.casefold()) or {"1": "yes", "0": "no"}.get(text)
    if typed.levels:
        return {level.casefold(): level for level in typed.levels}.get(text.casefold())
    return text


def guess(values: Sequence[str]) -> Typed:
    """Guess the type of a column from its values, those that are missing left out.

    A column of nothing but 0 and 1 is taken for numbers, as it may count; numbers with a leading zero are labels.

    >>> str(guess(["yes", "No"])), str(guess(["3", "4.5"])), str(guess(["07", "12"])), str(guess(["1/2/2021"]))
    ('yes/no', 'number', 'category', 'date')
    >>> str(guess(["High", "low", "medium"]))
    'ordered category: low, medium, High'
    """
    if not values:
        return Typed(scale="category")
    if all(value.strip().casefold() in _YES_NO for value in values):
        return Typed(scale="yes/no")
    if all(number(value) is not None and not re.match(r"[-+]?0\d", value.strip()) for value in values):
        return Typed(scale="number")
    if all(day(value) for value in values):
        return Typed(scale="date")
    levels = _in_common_order(values) or _bands(values)
    return Typed(scale="ordered category", levels=levels) if levels else Typed(scale="category")


def _in_common_order(values: Sequence[str]) -> tuple[str, ...]:
    spelling = {value.strip().casefold(): value.strip() for value in reversed(values)}
    for order in _ORDERS:
        if len(spelling) > 2 and spelling.keys() <= set(order):
            return tuple(spelling[word] for word in order if word in spelling)
    return ()


def _bands(values: Sequence[str]) -> tuple[str, ...]:
    """Return bands such as `under 18`, `18 to 24`, `25+` by where they begin; empty where any value is no band."""
    found: dict[str, tuple[float, int]] = {}
    for value in values:
        match = _BAND.match(value.strip().casefold())
        if match is None or number(value) is not None:
            return ()
        found[value.strip()] = (float(match["low"]), 0 if match["under"] else 1)
    return tuple(sorted(found, key=lambda band: (*found[band], band))) if len(found) > 1 else ()


def misfits(values: Sequence[str]) -> tuple[Typed, list[int]] | None:
    """Return the type that nearly all values of a column fit, and the places of those few that do not.

    Nearly all: nine of ten, and five at least. None where no stricter type than category fits so many.
    """
    for scale, fits in (("number", number), ("date", day), ("yes/no", lambda value: _YES_NO.get(value.casefold()))):
        bad = [place for place, value in enumerate(values) if fits(value.strip()) is None]
        if bad and len(values) - len(bad) >= max(5, 0.9 * len(values)):
            return Typed(scale=scale), bad  # type: ignore[arg-type]
    return None


def spelling_variants(values: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the values that differ in the case of letters or in spaces alone, the commonest spelling first."""
    groups: dict[str, Counter[str]] = {}
    for value in values:
        groups.setdefault(" ".join(value.casefold().split()), Counter())[value] += 1
    return [tuple(word for word, _ in group.most_common()) for group in groups.values() if len(group) > 1]


def natural(label: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts F2 before F10.

    >>> sorted(["F10", "f2", "F1"], key=natural)
    ['F1', 'f2', 'F10']
    """
    parts = re.split(r"([0-9]{1,18})", label)
    return tuple((int(part), "") if place % 2 else (-1, part.casefold()) for place, part in enumerate(parts))


def value_order(value: str, typed: Typed) -> tuple[float, tuple[tuple[int, str], ...]]:
    """Return a key that sorts values as their type orders them; what does not fit comes last.

    >>> sorted(["10", "9", ""], key=lambda v: value_order(v, Typed(scale="number")))
    ['9', '10', '']
    """
    place: float | None
    if typed.scale == "number":
        place = number(value)
    elif typed.scale == "date":
        place = days(value)
    elif typed.scale == "yes/no":
        place = {"no": 0, "yes": 1}.get(value)
    elif typed.levels:
        place = typed.levels.index(value) if value in typed.levels else None
    else:
        place = 0 if value else None
    return (math.inf if place is None else place, natural(value))


_EARLY = ("t0", "baseline", "before", "pre", "start", "entry", "intake", "initial", "first")
_LATE = ("after", "post", "end", "exit", "final", "follow-up", "follow up", "followup")


def time_order(time_point: str) -> tuple[int, tuple[tuple[int, str], ...]]:
    """Return a key that sorts time points as they follow each other, as far as their names tell.

    >>> sorted(["after", "6 months", "before", "12 months"], key=time_order)
    ['before', '6 months', '12 months', 'after']
    """
    word = time_point.strip().casefold()
    if word in _EARLY:
        return (_EARLY.index(word) - len(_EARLY), ())
    return (1 + _LATE.index(word), ()) if word in _LATE else (0, natural(word))
