"""Days in a text, in digits or words; what both dates of birth and exact dates are found by.

A month and a year by themselves are no day, and nor are scores (12/15), weeks of pregnancy (26/40) or times.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tbcp_qual.privacy.wording import word_list

MONTHS = word_list("January February March April May June July August September October November December")
_SHORT = {month[:3].lower(): number for number, month in enumerate(MONTHS, start=1)}
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CAPITAL_MONTH = (
    r"[JFMASOND](?<!\w[A-Z])(?:(?<=J)(?:an(?:uary)?|AN(?:UARY)?|une?|UNE?|uly?|ULY?)"
    r"|(?<=F)(?:eb(?:ruary)?|EB(?:RUARY)?)"
    r"|(?<=M)(?:ar(?:ch)?|AR(?:CH)?|ay|AY)|(?<=A)(?:pr(?:il)?|PR(?:IL)?|ug(?:ust)?|UG(?:UST)?)"
    r"|(?<=S)(?:ept?(?:ember)?|EPT?(?:EMBER)?)|(?<=O)(?:ct(?:ober)?|CT(?:OBER)?)|(?<=N)(?:ov(?:ember)?|OV(?:EMBER)?)"
    r"|(?<=D)(?:ec(?:ember)?|EC(?:EMBER)?))"
)
_ANY_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_UNITS = word_list("first second third fourth fifth sixth seventh eighth ninth")
_ORDINALS = {word: day for day, word in enumerate(_UNITS, start=1)}
_ORDINALS |= {
    word: day
    for day, word in enumerate(
        word_list(
            "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
            " twentieth"
        ),
        start=10,
    )
}
_ORDINALS |= {f"twenty-{word}": 20 + day for day, word in enumerate(_UNITS, start=1)}
_ORDINALS |= {"thirtieth": 30, "thirty-first": 31}
_ORDINAL = "(?:" + "|".join(w.replace("-", "[- ]") for w in sorted(_ORDINALS, key=len, reverse=True)) + ")"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_UNDER_HUNDRED = (
    f"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_ONES}))?|{_TEENS}|(?:oh[- ])?(?:{_ONES}))"
)
_SAID_YEAR = rf"(?:(?:twenty|nineteen)[- ]{_UNDER_HUNDRED}|two thousand(?: and)?(?: {_UNDER_HUNDRED})?)"
_YEAR = (
    rf"(?:[,.]? ?(?:of )?(?P<year>(?:19|20)\d\d(?!\w)|['’]\d\d(?!\w)|\d\d(?=[.,;:)\]]?(?:\s"
    rf"|$))(?! ?[a-z%:])|{_SAID_YEAR}(?!\w)))?"
)

_NUMERIC = re.compile(
    r"\d(?<![\w.,/:+-]\d)(?:\d{3}(?P<iso>[-/.])\d{1,2}(?P=iso)\d{1,2}"
    r"|\d?(?P<by>[-/.‐‑]|[ \u00a0]?/[ \u00a0]?)(?:\d{1,2}|[A-Za-z]{3})(?P=by)(?:(?:19|20)\d\d|\d\d)"
    r"|\d \d\d (?:19|20)\d\d)(?=T\d\d:|(?![\w%]|[./-]\d|,\d))"
)
_COMPACT = re.compile(r"[12](?<!\w[12])(?:9|(?<=2)0)\d{6}(?!\w|[./-]\d)")
_DAY_MONTH = re.compile(
    rf"\d(?<![\w.,/:+£$-]\d)\d?(?P<nth> ?(?:st|nd|rd|th)\b)?(?:,? (?:day )?(?P<of>of )?|(?<=\d)[-./]?|(?<=[tndh])[-.]?)"
    rf"(?P<month>{_ANY_MONTH})\b\.?(?!['’]s|-\w){_YEAR}",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"{_CAPITAL_MONTH}(?!\w)\.?")
_DAY_AFTER = re.compile(
    rf",? (?P<the>the )?(?:(?P<day>\d\d?)(?P<nth>st|nd|rd|th)?(?![\w/%]|[.:,]\d|-\d)|(?P<said>{_ORDINAL})\b){_YEAR}",
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(rf"\b(?P<said>{_ORDINAL})(?: day)? (?:of )?$", re.IGNORECASE)
_YEAR_AFTER = re.compile(_YEAR, re.IGNORECASE)
_SECTION = re.compile(r"(?:version|section|chapter|release|table|figure|appendix|step|\bv\.?|§) ?$", re.IGNORECASE)
_DAY_OF_MONTH = re.compile(r"\d(?<![\w.,/+-]\d)\d?/(?:0?[1-9]|1[0-2])(?![\w/%-]|[.,]\d)")
_BEFORE_DAY = re.compile(
    r"\b(?:on|dated|since|until|till|from|by|born|birthday|dob|mon|tues?|wed|thurs?|fri|sat|sun)(?: the)?:? $",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r" (?:of|out|times|occasions?|sessions?|visits?|weeks?|days?|families|parents|people|appointments?|on the|points?|"
    r"attended|with|cases|babies|contacts?|dna)\b",
    re.IGNORECASE,
)


class Day(NamedTuple):
    """One day as a text gives it."""

    start: int
    end: int
    month: int
    year: int
    """0 where the text gives none."""
    score: float


@lru_cache(maxsize=1)
def days(text: str) -> tuple[Day, ...]:
    """Return every day that is named, in no order; two may overlap.

    Those of the last text stay in memory, for the next recogniser.
    """
    return tuple(_days(text))


def _days(text: str) -> Iterator[Day]:
    for match in _NUMERIC.finditer(text):
        found = _numeric(match)
        if found is not None and not _SECTION.search(text, max(0, match.start() - 12), match.start()):
            yield found
    for match in _COMPACT.finditer(text):
        if _holds(int(match.group()[6:]), int(match.group()[4:6])):
            yield Day(*match.span(), int(match.group()[4:6]), int(match.group()[:4]), 0.7)
    for match in _DAY_MONTH.finditer(text):
        found = _day_month(match)
        if found is not None:
            yield found
    for match in _MONTH.finditer(text):
        found = _month_day(text, match)
        if found is not None:
            yield found
    for match in _DAY_OF_MONTH.finditer(text):
        start, end = match.span()
        day, month = (int(part) for part in match.group().split("/"))
        if not _BEFORE_DAY.search(text, max(0, start - 15), start):
            continue
        if _holds(day, month) and not _COUNTED.match(text, end):
            yield Day(start, end, month, 0, 0.6)


def _holds(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _LENGTHS[month - 1]


def _numeric(match: re.Match[str]) -> Day | None:
    parts = [part for part in re.split(r"[-/.‐‑\s]+", match.group()) if part]
    first, second, third = parts
    month = _SHORT.get(second.lower(), 0) if second.isalpha() else int(second)
    if len(first) == 4:
        year, day = int(first), int(third)
        if not 1900 <= year < 2100:
            return None
    else:
        year, day = _year(third), int(first)
        if month > 12 >= day:
            day, month = month, day
    # A version number or a section may look like 1.2.10.
    sure = 0.97 if len(first) == 4 or len(third) == 4 or "/" in match.group() else 0.85
    return Day(*match.span(), month, year, sure) if _holds(day, month) else None


def _day_month(match: re.Match[str]) -> Day | None:
    digits = "".join(filter(str.isdecimal, match.group()[:2]))
    month, year = match["month"], match["year"]
    number = _SHORT[month[:3].lower()]
    if not _holds(int(digits), number):
        return None
    start, end = match.span()
    if month.islower() and month in ("may", "mar", "dec", "march", "jan", "sep"):
        # "the 2 may be", "the first 12 march": in small letters these are words.
        if not (match["nth"] or match["of"] or year) or (month in ("may", "march") and not (match["of"] or year)):
            return None
        return Day(start, end, number, _year(year), 0.8)
    return Day(start, end - (match.group().endswith(".") and not year), number, _year(year), 0.97)


def _month_day(text: str, match: re.Match[str]) -> Day | None:
    start, end = match.span()
    number = _SHORT[match.group()[:3].lower()]
    before = _SAID_BEFORE.search(text, max(0, start - 25), start)
    if before is not None:
        day = _ORDINALS[before["said"].lower().replace(" ", "-")]
        after = _YEAR_AFTER.match(text, end)
        year = after["year"] if after else None
        ends = after.end() if after and year else end - match.group().endswith(".")
        return Day(before.start(), ends, number, _year(year), 0.95) if _holds(day, number) else None
    after = _DAY_AFTER.match(text, end)
    if after is None:
        return None
    said = after["said"]
    day = _ORDINALS[said.lower().replace(" ", "-")] if said else int(after["day"])
    if not _holds(day, number):
        return None
    if said or after["nth"] or (after["year"] and len(after["year"]) > 2):
        if said and not after["the"]:
            return None
        return Day(start, after.end(), number, _year(after["year"]), 0.95)
    # "In May 12 families came" names no day; "on May 12" does.
    if text[max(0, start - 3) : start].lower() == "on ":
        return Day(start, after.end(), number, 0, 0.8)
    return None


def _year(words: str | None) -> int:
    if not words:
        return 0
    digits = words.lstrip("'’")
    if digits.isdecimal():
        value = int(digits)
        return value if value > 99 else value + (2000 if value < 40 else 1900)
    return _said_year(words.lower())


def _said_year(words: str) -> int:
    values = {word: value for value, word in enumerate(f"{_ONES}|{_TEENS}".split("|"), start=1)}
    values |= {
        word: 10 * tens
        for tens, word in enumerate(word_list("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
    }
    parts = [part for part in re.split(r"[- ]", words) if part not in ("and", "oh")]
    if parts[:2] == ["two", "thousand"]:
        return 2000 + sum(values[part] for part in parts[2:])
    return values[parts[0]] * 100 + sum(values[part] for part in parts[1:])
