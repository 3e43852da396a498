"""Gestation: how many weeks a baby came at or a pregnancy had gone; preterm, term or the trimester is offered instead.

The bands of preterm birth are those of the World Health Organization: below 28, 28 to 31 and 32 to 36 weeks.
"""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.wording import NUMBER_WORD, number

_WEEKS = re.compile(r"[wW](?<![A-Za-z_][wW])(?:eek(?:s['’]?|er)?|k?s?|eekers?)(?![A-Za-z])")
_COUNT_BEFORE = re.compile(
    rf"(?<![\w./+-])(?P<n>\d{{1,2}}|{NUMBER_WORD})(?: ?\+ ?\d| and a half)?(?P<gap>[ -]?)$", re.IGNORECASE
)
_DAYS_AFTER = re.compile(r" ?(?:(?:\+|plus|and) ?(?:\d|one|two|three|four|five|six)(?: days?)?)(?!\w)", re.IGNORECASE)
_PLUS = re.compile(r"[1-4]\d(?<![\w.,/+-]\d\d) ?\+ ?[0-6](?![\w/%]|[.+]\d)(?: ?(?:weeks?|wks?|w)\b)?")
_OF_FORTY = re.compile(r"[1-4]\d(?<![\w.,/+-]\d\d)(?:\+[0-6])?/40(?![\w/]|[.]\d)")
_BORN = re.compile(
    r"\b(?:born|bab(?:y|ies) at|came|arrived|delivered|prem(?:ature|mie)?|preterm|early|birth"
    r"|had (?:him|her|them|the baby|my|our|\[\w+\]|[A-Z]\w+)|have (?:him|her|them)"
    r"|induced|c-section|section|caesarean|gestation(?:al age)?(?: of| was| at|:)?|waters (?:broke"
    r"|went)|labour|gave birth|b\.|due|booked(?: late)?|lost (?:him|her|the baby|one|my|our)"
    r"|miscarri\w+|stillb\w+)"
    r"[^.;\n]{0,25}?\b(?:at|@|was|just|only|on|of|:)?(?: (?:just|only|exactly|approx\.?|about|around|nearly))?[ :]?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[ -]?,?(?:['’] ?)? ?\(?(?:gest(?:ation(?:al)?)?\b|pregnant\b|preg\b|early\b"
    r"|prem(?:ature(?:ly)?|mie)?\b|preterm\b|gone\b|along\b|overdue\b|PPROM|SROM|IUGR"
    r"|(?:when )?(?:she|I|he|they)['’]d (?:had|come|arrived)|when (?:she|he|they|my waters"
    r"|I) (?:was|were|came|had (?:him|her|them))(?: born)?\b)",
    re.IGNORECASE,
)
_PREGNANCY = re.compile(
    r"preg|gest|week|wks|born|birth|scan|antenatal|\banc\b|midwi|booked|\bdue\b|\bedd\b|unborn"
    r"|deliver|labour|neonat|nicu|scbu|\bprem|induc|section|\bb\.|\bat $|trimester",
    re.IGNORECASE,
)
_SCORE = re.compile(
    r"\b(?:scor\w*|ladder|scale|rating|epds|phq|gad|points?|total|out of|marks?|questionnaire"
    r"|measure|baseline|confidence|inventory|attended|families|responses?|sessions?|visits?"
    r"|returned)\b",
    re.IGNORECASE,
)
_NOT_BIRTH = re.compile(
    r"^\W{0,3}(?:old\b|later|ago|of age|into the|scan|check|review|of (?:the|support|visits"
    r"|sessions)|programme|course|wait)",
    re.IGNORECASE,
)
_NOT_EXACT = re.compile(
    r"\b(?:under|over|before|after|beyond|below|above|than|from|between|until|by|or|to|about|around) $", re.IGNORECASE
)
_EARLY_BABY = re.compile(
    r"born|baby|babies|came|arriv|twin|boy|girl|labour|\bhe\b|\bshe\b|\bhim\b|\bher\b", re.IGNORECASE
)
_BEFORE = 60


def _find(text: str, known: Known) -> Iterable[Found]:
    for match in _WEEKS.finditer(text):
        found = _weeks(text, match)
        if found is not None:
            yield found
    for pattern in (_PLUS, _OF_FORTY):
        for match in pattern.finditer(text):
            start, end = match.span()
            weeks = int(match.group()[:2])
            near = _line_around(text, start, end)
            if not 10 <= weeks <= 43 or _SCORE.search(near):
                continue
            if pattern is _OF_FORTY and not _PREGNANCY.search(near):
                continue
            if pattern is _PLUS and weeks < 20 and not _PREGNANCY.search(near):
                continue
            yield Found(start, end, 0.9 if _PREGNANCY.search(near) else 0.7, _band(weeks, born=weeks >= 24))


def _line_around(text: str, start: int, end: int) -> str:
    before = text[max(0, start - _BEFORE) : start].rpartition("\n")[2]
    return before + " " + text[end : end + 40].partition("\n")[0]


def _weeks(text: str, match: re.Match[str]) -> Found | None:
    place, end = match.span()
    count = _COUNT_BEFORE.search(text, max(0, place - 22), place)
    if count is None:
        return None
    start, weeks = count.start(), number(count["n"])
    if match.group().lower().endswith(("er", "ers")):
        return Found(start, end, 0.95, _band(weeks, born=True)) if 20 <= weeks <= 43 else None
    more = _DAYS_AFTER.match(text, end)
    if more is not None:
        end = more.end()
    before = text[max(0, start - _BEFORE) : start].rpartition("\n")[2]
    after = _AFTER.match(text, end)
    if after is not None:
        said = after.group().strip(" -,('’").lower()
        if said.startswith(("early", "overdue")):
            near = before + text[end : end + 30]
            if (
                weeks <= 18
                and _EARLY_BABY.search(near)
                and not re.search("appointment|meeting|visit|left|finish", near, re.IGNORECASE)
            ):
                return Found(start, after.end(), 0.8, _band(40 - weeks, born=True))
            return None
        if said.startswith(("along", "gone")) and weeks > 42:
            return None
        if 3 <= weeks <= 43:
            return Found(
                start,
                after.end(),
                0.95,
                _band(weeks, born=not said.startswith(("preg", "gone", "along")) and weeks > 22),
            )
    if _NOT_EXACT.search(before):
        return None
    if (
        more is not None
        and 20 <= weeks <= 43
        and re.search("preterm|gest|pregnan|born|deliver", text[max(0, start - 150) : end + 40])
    ):
        return Found(start, end, 0.8, _band(weeks, born=True))
    if 20 <= weeks <= 43 and _BORN.search(before) and not _NOT_BIRTH.match(text[end : end + 20]):
        return Found(start, end, 0.9, _band(weeks, born=True))
    return None


def _band(weeks: int, *, born: bool) -> str:
    if not born:
        return "[first trimester]" if weeks < 13 else "[second trimester]" if weeks < 28 else "[third trimester]"
    if weeks < 28:
        return "[born extremely preterm]"
    if weeks < 32:
        return "[born very preterm]"
    return "[born preterm]" if weeks < 37 else "[born at term]"


RECOGNISER = Recogniser(kind="gestation", name="weeks of gestation", structured=False, find=_find)
