"""National Insurance numbers: two letters, six digits and a letter A to D (HMRC, NIM39110)."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known

_SHAPE = re.compile(
    r"\d(?:(?<=[A-Za-z]\d)|(?<=[A-Za-z][ \u00a0-]\d))\d[ \u00a0./-]?\d{2}[ \u00a0./-]?\d{2}"
    r"(?:[ \u00a0-]?[A-Da-d](?!\w))?(?!\w)"
)
_PREFIX = re.compile(r"(?<!\w)[A-Za-z]{2}[ \u00a0-]?$")
_FIRST, _SECOND = frozenset("ABCEGHJKLMNOPRSTWXYZ"), frozenset("ABCEGHJKLMNPRSTWXYZ")
_NEVER_GIVEN = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
_LABEL = re.compile(r"(?:national insurance|\bn\.?i\b|nino)[^\d\n]{0,25}$", re.IGNORECASE)
_BEFORE = 45


def _find(text: str, known: Known) -> Iterable[Found]:
    for match in _SHAPE.finditer(text):
        letters = _PREFIX.search(text, max(0, match.start() - 4), match.start())
        if letters is None or (letters.start() and text[letters.start() - 1].isalnum()):
            continue
        start = letters.start()
        words = text[start : match.end()]
        prefix = words[:2].upper()
        valid = prefix[0] in _FIRST and prefix[1] in _SECOND and prefix not in _NEVER_GIVEN
        whole = words[-1].isalpha()
        if _LABEL.search(text, max(0, start - _BEFORE), start):
            yield Found(start, match.end(), 1.0 if valid and whole else 0.7, "[National Insurance number]")
        elif valid and whole:
            yield Found(start, match.end(), 0.95 if words[:2].isupper() else 0.8, "[National Insurance number]")


RECOGNISER = Recogniser(
    kind="national insurance number", name="National Insurance numbers", structured=True, find=_find
)
