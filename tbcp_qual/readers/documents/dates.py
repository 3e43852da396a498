"""Dates as chronologies write them, read day first, as in Britain."""

import re
from datetime import date

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_FIGURES = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[ -]+(?:of[ ]+)?([A-Za-z]{3,9})\.?,?(?:[ -]+(\d{4}|\d{2})(?!\d|:\d))?"
)
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.?[ ]+(\d{1,2})(?:st|nd|rd|th)?,?[ ]+(\d{4})(?!\d)")
_MONTH = re.compile(r"([A-Za-z]{3,9})\.?[ ]+(\d{4})(?!\d)")
_WEEKDAY = re.compile(r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?[ ]+", re.IGNORECASE)


def iso_date(words: str) -> str:
    """Return the date at the start of words in ISO 8601, as far as it is given; empty where none is or can be.

    >>> iso_date("12/03/2024 Home visit"), iso_date("3rd March 24"), iso_date("March 2024 –"), iso_date("31/02/2024")
    ('2024-03-12', '2024-03-03', '2024-03', '')
    """
    words = words[:60].strip("[(*_ \t")
    if weekday := _WEEKDAY.match(words):
        words = words[weekday.end() :]
    if found := _ISO.match(words):
        return _whole(found[1], found[2], found[3])
    if found := _FIGURES.match(words):
        return _whole(found[3], found[2], found[1])
    if (found := _MONTH_DAY.match(words)) and (month := _month(found[1])):
        return _whole(found[3], month, found[2])
    if (found := _DAY_MONTH.match(words)) and (month := _month(found[2])):
        return _whole(found[3], month, found[1]) if found[3] else ""
    if (found := _MONTH.match(words)) and (month := _month(found[1])):
        return f"{int(found[2]):04}-{month:02}"
    return ""


def _month(name: str) -> int:
    """Return the number of a month by its name; 0 where it is none."""
    name = name.lower()
    short = name[:3] if name == "sept" else name
    return next((n for n, month in enumerate(_MONTHS, 1) if short in (month, month[:3])), 0)


def _whole(year: str, month: str | int, day: str) -> str:
    """Return a date, where there is such a day; years of two figures lie in 1950 to 2049."""
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 50 else 1900
    try:
        return date(number, int(month), int(day)).isoformat()
    except ValueError:
        return ""
