"""Dates of birth: an exact date beside a word for being born; the year is offered instead."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.dates import days
from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.wording import word_list

_BORN_BEFORE = re.compile(
    r"(?:\bd\.?o\.?b\b\.?|\bdate of (?:\w+ )?birth\b|\bborn\b|\bbirth ?day\b|\bbirth ?date\b|\bb\."
    r"|\bgave birth\b|\bdelivered\b"
    r"|\bhad (?:him|her|them|the baby|my \w+|our \w+)\b|\b(?:arrived|was due|came along)\b|\bEDD\b|\bdue date\b)"
    r"(?!\W+(?:visit|review|contact))(?! (?:on or )?(?:after|before|since|between|from)\b)[^.;\n\d]{0,30}$",
    re.IGNORECASE,
)
_BORN_AFTER = re.compile(
    r"[,) ]{0,3}(?:\(?d\.?o\.?b\b|is (?:\w+ ){0,2}birthday|was (?:\w+ ){0,2}birthday|b\. )", re.IGNORECASE
)
_WORDS = word_list("born birth dob d.o.b delivered had arrived came due edd b.")
"""One of these stands near every date of birth."""
_SIX_DIGITS = re.compile(r"\d(?<!\w\d)(?:\d{5}|\d{7})(?!\w|[./-]\d)")
_SPACED = re.compile(r"\d(?<!\w\d)\d? \d\d? (?:\d\d|(?:19|20)\d\d)(?! ?\w|[./-]\d)")
_LABEL = re.compile(r"(?:\bd\.?o\.?b\b\.?|\bdate of birth\b)\W{0,3}(?:is |was )?$", re.IGNORECASE)
_BEFORE = 60


def _find(text: str, known: Known) -> Iterable[Found]:
    for day in days(text):
        near = text[max(0, day.start - _BEFORE) : day.end + 30].lower()
        if not any(word in near for word in _WORDS):
            continue
        if _BORN_BEFORE.search(text, max(0, day.start - _BEFORE), day.start) or _BORN_AFTER.match(text, day.end):
            suggestion = f"[born {day.year}]" if day.year else "[birthday]"
            yield Found(day.start, day.end, min(1.0, day.score + 0.02), suggestion)
    for pattern in (_SIX_DIGITS, _SPACED):
        for match in pattern.finditer(text):
            if _LABEL.search(text, max(0, match.start() - 25), match.start()):
                yield Found(*match.span(), 0.9, "[date of birth]")


RECOGNISER = Recogniser(kind="date of birth", name="dates of birth", structured=True, find=_find)
