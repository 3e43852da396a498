"""Vehicle plates: today's form wherever it stands, older forms and Northern Ireland's only beside a word for a car."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known

_TODAY = re.compile(r"[A-HJ-PR-Y](?<!\w[A-Z])(?<!\w-[A-Z])[A-HJ-PR-Y](?:0[1-9]|[1-7]\d)[ \u00a0]?[A-HJ-PR-Z]{3}(?!\w)")
_OLDER = re.compile(
    r"[A-Za-z](?<!\w[A-Za-z])(?:[1-9]\d{0,2} ?[A-Za-z]{3}|[A-Za-z]{2} ?[1-9]\d{0,2}[A-Za-z]|[A-Za-z]{2} ?\d{4}"
    r"|[A-Za-z]\d{2} ?[A-Za-z]{3})(?!\w)"
)
_CAR = re.compile(
    r"\b(?:reg(?:istration|istered)?|number ?plate|plate|vrm|vehicle|car|van|taxi|motorbike|fiesta|corsa|astra|focus|golf|polo"
    r"|clio|micra|transit|ford|vauxhall|nissan|toyota|renault|peugeot|citroen|volkswagen|vw|audi|bmw|fiat|kia|hyundai"
    r"|mini|skoda|honda|mazda|seat)\b",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 60, 25


def _find(text: str, known: Known) -> Iterable[Found]:
    for match in _TODAY.finditer(text):
        age = int(match.group()[2:4])
        if age < 30 or 51 <= age < 80:
            yield Found(*match.span(), 0.95, "[vehicle plate]")
    for match in _OLDER.finditer(text):
        start, end = match.span()
        if not any(c.isdecimal() for c in match.group()):
            continue
        before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
        if _CAR.search(before.rpartition("\n")[2]) or _CAR.search(after.partition("\n")[0]):
            yield Found(start, end, 0.85 if match.group().isupper() else 0.6, "[vehicle plate]")


RECOGNISER = Recogniser(kind="vehicle plate", name="vehicle plates", structured=True, find=_find)
