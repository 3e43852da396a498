"""Phone numbers, written in digits or read out in words; whether digits can be one is asked of libphonenumber.

Numbers reserved for drama are possible but not valid there; they are found like any other. Freephone lines reach
nobody in particular and are left.
"""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.wording import matches_at

_GAP = r"[ \u00a0.\-\u2010-\u2013/]{0,2}"
_DIGITS = re.compile(
    r"[+(0](?<![\w.,/-][+(0])(?<!\d [+(0])(?:(?<=0)|(?<=\+)\d|(?<=\()(?:\+\d|0))"
    rf"(?:[)(]?{_GAP}[)(]?\d){{8,14}}(?![\w]|[./]\d)"
)
_WITHOUT_ITS_ZERO = re.compile(rf"7(?<!\w7)\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}(?![\w]|[./]\d)")
_LOCAL = re.compile(r"[2-9](?<![\w.,/+-][2-9])\d{2}[ -]?\d{3,4}(?: ?\d{1,2})?(?!\w| ?\d|[./,-]\d)")
_LABEL = re.compile(
    r"(?:\btel\b|telephone|\bphones?\b|\bmob(?:ile)?\b|\bring\b|\brang\b|\bdial|\btexted\b"
    r"|\btext (?:me|him|her|them|us) on\b"
    r"|(?:her|his|my|contact|landline|home) number|\bcall (?:me|her|him|us|them)? ?on\b|landline)[^\d\n]{0,25}$",
    re.IGNORECASE,
)
_BEFORE = 50
_FREEPHONE = ("0800", "0808", "44800", "44808")
_SPOKEN = "(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|triple|treble|hundred|thousand)"
_SPOKEN_NUMBER = re.compile(rf"(?:[oO]h?|[zZ]ero|[nN]ought|[dD]ouble)(?:[ ,-]{{1,3}}{_SPOKEN}(?!\w)){{6,14}}")


def _find(text: str, known: Known) -> Iterable[Found]:
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        words = match.group()
        if words.startswith("(") and ")" not in words:
            start, words = start + 1, words[1:]
        score = _score(words)
        if score:
            yield Found(start, end, score, "[phone number]")
    for pattern, score in ((_WITHOUT_ITS_ZERO, 0.7), (_LOCAL, 0.6)):
        for match in pattern.finditer(text):
            if _LABEL.search(text, max(0, match.start() - _BEFORE), match.start()):
                yield Found(*match.span(), score, "[phone number]")
    for match in matches_at(
        text, _SPOKEN_NUMBER, ("oh", "Oh", "o ", "O ", "zero", "Zero", "nought", "Nought", "double", "Double")
    ):
        said = re.findall(r"[a-z]+", match.group().lower())
        if sum({"triple": 2, "treble": 2, "hundred": 2, "thousand": 3}.get(word, 1) for word in said) >= 10:
            yield Found(*match.span(), 0.9, "[phone number]")


def _score(words: str) -> float:
    import phonenumbers

    digits = "".join(filter(str.isdecimal, words))
    if digits.startswith(_FREEPHONE):
        return 0.0
    international = words.startswith(("+", "(+", "00"))
    if not international and (len(digits) not in (10, 11) or digits[1] not in "12357"):
        return 0.0
    try:
        parsed = phonenumbers.parse(f"+{digits[2:]}" if words.startswith("00") else words, "GB")
    except phonenumbers.NumberParseException:
        return 0.0
    if phonenumbers.is_valid_number(parsed):
        return 0.6 if digits.startswith("03") else 0.98
    return 0.9 if phonenumbers.is_possible_number(parsed) else 0.0


RECOGNISER = Recogniser(kind="phone number", name="phone numbers", structured=True, find=_find)
