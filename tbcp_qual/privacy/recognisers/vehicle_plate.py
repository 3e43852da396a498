"""Vehicle plates: today's form wherever it stands, older forms and Northern Ireland's only beside a word for a car."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known

_TODAY = re.compile(r"[A-HJ-PR-Y](?<!\w[A-Z])(?<!\w-[A-Z])[A-HJ-PR-Y](?:0[1-9]|[1-7]\d)[ \u00a0]?[A-HJ-PR-Z]{3}(?!\w)")
_DIGITS = re.compile(r"\d{1,4}(?!\d)")
_LETTERS_BEFORE = re.compile(r"(?<![\w-])(?P<letters>[A-Za-z]{1,3})(?P<gap> ?)$")
_LETTERS_AFTER = re.compile(r"(?P<gap> ?)(?P<letters>[A-Za-z]{1,3})(?!\w)")
_CAR = re.compile(
    r"\b(?:reg(?:istration|istered)?|number ?plate|plate|vrm|vehicle|car|van|taxi|motorbike|fiesta"
    r"|corsa|astra|focus|golf|polo"
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
    for match in _DIGITS.finditer(text):
        place = match.start()
        if not place or not (text[place - 1].isalpha() or (text[place - 1] == " " and text[place - 2].isalpha())):
            continue
        before = _LETTERS_BEFORE.search(text, max(0, place - 5), place)
        if before is None:
            continue
        end = _end(text, match, before)
        start = before.start()
        if end is None or (start and (text[start - 1].isalnum() or text[start - 1] == "-")):
            continue
        near = text[max(0, start - _BEFORE) : start].rpartition("\n")[2]
        if _CAR.search(near) or _CAR.search(text[end : end + _AFTER].partition("\n")[0]):
            yield Found(start, end, 0.85 if text[start:end].isupper() else 0.6, "[vehicle plate]")


def _end(text: str, digits: re.Match[str], before: re.Match[str]) -> int | None:
    """Return where a plate of an older form ends whose digits are given; None where it has no such form."""
    after = _LETTERS_AFTER.match(text, digits.end())
    letters, count = before["letters"], len(digits.group())
    if after is not None and len(letters) == 1 and not before["gap"] and len(after["letters"]) == 3 and count < 4:
        return after.end()
    if after is not None and len(letters) == 3 and not after["gap"] and len(after["letters"]) == 1 and count < 4:
        return after.end()
    # Lower case is told from words only by the form of today, AB12 CDE.
    if after is not None and len(letters) == 2 and not before["gap"] and len(after["letters"]) == 3 and count == 2:
        return after.end()
    if (
        count == 4
        and len(letters) == 3
        and re.search("[IZiz]", letters)
        and not text[digits.end() : digits.end() + 1].isalnum()
    ):
        return digits.end()
    return None


RECOGNISER = Recogniser(kind="vehicle plate", name="vehicle plates", structured=True, find=_find)
