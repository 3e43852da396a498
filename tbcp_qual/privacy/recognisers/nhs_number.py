"""NHS numbers: ten digits, three, three and four, of which the last is a check digit (modulus 11)."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known

_TEN_DIGITS = re.compile(r"\d(?<![\w+]\d)(?<!\d[.,/-]\d)\d{2}[ \u00a0.-]?\d{3}[ \u00a0.-]?\d{4}(?![\w]|[./,-]\d)")
_LABEL = re.compile(r"nhs\W{0,3}(?:number|num|no|id)?\b[^\d\n]{0,20}$", re.IGNORECASE)
_BEFORE = 40


def checks(digits: str) -> bool:
    """Return whether ten digits end in their check digit.

    The first nine are weighted 10 to 2; 11 less the remainder by 11 is the tenth, 11 counting as 0.

    >>> checks("9434765919"), checks("9434765918")
    (True, False)
    """
    rest = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return (11 - rest) % 11 == int(digits[9])


def _find(text: str, known: Known) -> Iterable[Found]:
    for match in _TEN_DIGITS.finditer(text):
        digits = "".join(filter(str.isdecimal, match.group()))
        start, end = match.span()
        labelled = _LABEL.search(text, max(0, start - _BEFORE), start) is not None
        if len(set(digits)) > 1 and checks(digits):
            yield Found(start, end, 1.0 if labelled or len(match.group()) > 10 else 0.9, "[NHS number]")
        elif labelled:
            # Mistyped, it still leads to one person.
            yield Found(start, end, 0.6, "[NHS number]")


RECOGNISER = Recogniser(kind="nhs number", name="NHS numbers", structured=True, find=_find)
