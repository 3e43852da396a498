"""Exact ages of a baby, in days, weeks or months; the age in about so many months is offered instead.

Ages of adults, ages that are already vague (about three months) and the age of a leaflet are left.
"""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.wording import NUMBER_WORD, number, places_of, word_list

_UNIT = re.compile(r"(?:day|week|wk|month|mth|mo)s?(?![A-Za-z])", re.IGNORECASE)
_UNITS = word_list("day Day week Week wk month Month mth mo")
_SHORT = re.compile(r"\d(?P<unit>[dwm])(?!\w)")
_COUNT_BEFORE = re.compile(
    rf"(?<![\w./+-])(?P<n>\d{{1,3}}(?:\.\d|½)?|{NUMBER_WORD}|a)(?:[ -]and[ -]a[ -]half)?[ -]?$", re.IGNORECASE
)
_MORE = re.compile(
    rf"[ -]?(?:,? ?(?:and|&|\+|plus)? ?(?:\d{{1,2}}|{NUMBER_WORD}|(?<=and )a) ?(?:days?|weeks?|wks?"
    rf"|months?|mths?|d\b|w\b)|,? and a half)(?!\w)",
    re.IGNORECASE,
)
_OLD = re.compile(r"[ -]olds?\b|[ -]of age\b|\b(?: \(?corrected\)?)\b", re.IGNORECASE)
_BABY = (
    r"(?:bab(?:y|ies)|boy|girl|son|daughter|infant|twins?|child|little (?:one|boy|girl|man|lad)"
    r"|newborn|grandson|granddaughter"
    r"|brother|sister|nephew|niece|toddler|lad|bairn|bab)"
)
_AGED = re.compile(
    rf"(?:\bage (?:at|on) \w+(?: \w+)?(?: is| was|:) |\bbaby |\bnow |\baged?(?: of)?(?: is| was"
    rf"|:)?(?: only| just| exactly)? |\bat (?:only|just|exactly) |\b(?:he|she|baby|\[baby\]"
    rf"|\[child(?: \w)?\])(?:['’]s|['’]ll be| is| was| were| will be| would be| had been)"
    rf"(?: only| just| now| still| nearly| almost| exactly| gone){{0,2}} |\b(?:they['’]re|they are"
    rf"|they were|twins (?:are|were)) (?:only |just |now ){{0,2}}"
    rf"|\b(?:he|she|they|baby)(?: has| have|['’]d)? (?:just )?turned |\bwhen (?:he|she|they"
    rf"|the {_BABY}|my {_BABY}|our {_BABY}|baby)(?: was| were|['’]s) (?:only |just |about )?"
    rf"|\b(?:my|her|his|our|their|the) (?:[a-z]+ )?{_BABY}(?:['’]s| is| was)(?: only| just| now| nearly| almost)? )$",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:about|around|roughly|approximately|approx\.?|some|several|few|couple of|maybe|say|circa"
    r"|under|over|up to|at least|less than|more than)"
    r"(?: a)? $",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r" ?(?:later|ago|early|late|before|after|pregnant|gestation|away|overdue|prem|into|since"
    r"|in (?:hospital|care|foster|refuge|prison|neonatal|nicu|scbu)|clean|sober|on\b|off\b|short"
    r"|behind|from now|to (?:go|wait)|['’]|notice|without|waiting|of (?!age)|with (?:us"
    r"|the programme)|for\b|down\b)",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:referral|letter|leaflet|report|plan|milk|formula|pupp(?:y|ies)|kittens?|dog|cat|car"
    r"|phone|programme|service|pilot|form|assessment"
    r"|bruise|news|data|message|record|file|bread|project|team|scheme|building|contract|invoice"
    r"|policy|version|pram|buggy|cot|sofa|washing|tenancy"
    r"|job|post|relationship|course|group|waiting list|list|recording|photo|injur(?:y|ies)|burn"
    r"|mark|scar|stain|wound|order|prescription|risk|minutes|email)\b",
    re.IGNORECASE,
)
_PERSON_AFTER = re.compile(rf" (?:\w+ )?{_BABY}\b", re.IGNORECASE)
_TWO_UNITS = re.compile(r"[a-z]")
_AT_INTERVIEW = re.compile(
    r" at (?:the )?(?:time of )?(?:interview|referral|contact|visit|assessment|review|placement|removal|death)\b"
)
_HOW_OLD = re.compile(r"how old [^.!\n]{0,50}\?\s+(?:\w{1,12}: ?)?(?:\w+,? ){0,3}$", re.IGNORECASE)
_PREGNANCY = re.compile(r"preterm|term\b|gest|pregnan|born|birth|scan|deliver|booking|EDD", re.IGNORECASE)
_SOMEBODY = re.compile(
    rf"\b(?:he|she|they|him|her|his|them|their|i|we|who|{_BABY}|\[\w[^\]\n]*\]|when|only|child\w*"
    rf"|kid|ch|at|nearly|aged?|is now|now)\b"
    r"|(?:he|she|they)['’]|(?-i:[A-Z][a-z]+ (?:is|was)\b)",
    re.IGNORECASE,
)
"""Somebody who may be so many weeks old; a ticket and a letter may be too."""
_DAYS = {"d": 1.0, "w": 7.0, "m": 30.4}
_BEFORE = 60


def _find(text: str, known: Known) -> Iterable[Found]:
    units = [match.span() for place in places_of(text, *_UNITS) if (match := _UNIT.match(text, place))]
    units += [match.span("unit") for match in _SHORT.finditer(text)]
    for place, end in units:
        unit = text[place].lower()
        count = _COUNT_BEFORE.search(text, max(0, place - 20), place)
        if count is None:
            continue
        start = count.start()
        more = _MORE.match(text, end)
        if more is not None:
            end = more.end()
        old = _OLD.match(text, end)
        # Weeks and days together are an age, unless a pregnancy is spoken of: that is for gestation.
        both = more is not None and _TWO_UNITS.search(more.group()) is not None
        before = text[max(0, start - _BEFORE) : start].rpartition("\n")[2]
        aged = _AGED.search(before)
        if _VAGUE.search(before) or (old is None and not _is_age(text, start, end, aged is not None, both)):
            continue
        if old is not None:
            end = old.end()
            if not _SOMEBODY.search(before) and not _PERSON_AFTER.match(text, end) and len(before.split()) > 2:
                continue
            said_of = before[-35:].rpartition(".")[2]
            if not _PERSON_AFTER.match(text, end) and (
                _THING.search(said_of) or _THING.match(text[end : end + 30].lstrip())
            ):
                continue
        value = number(count["n"]) or (float(count["n"].replace("½", ".5")) if count["n"][0].isdecimal() else 1)
        months = value * _DAYS[unit] / 30.4
        if months > 36:
            continue
        yield Found(start, end, 0.9 if old else 0.75, _about(months))


def _is_age(text: str, start: int, end: int, aged: bool, both: bool) -> bool:
    """Whether a stretch of time without "old" after it is how old a baby is."""
    if _GOES_ON.match(text, end):
        return False
    near = text[max(0, start - 70) : start] + text[end : end + 30]
    if aged or _AT_INTERVIEW.match(text, end):
        return True
    return (both and not _PREGNANCY.search(near)) or _HOW_OLD.search(text, max(0, start - 90), start) is not None


def _about(months: float) -> str:
    if months < 0.5:
        return "[baby, newborn]"
    rounded = max(1, round(months)) if months < 12 else round(months / 3) * 3
    return f"[baby, about {rounded} month{'s' if rounded > 1 else ''}]"


RECOGNISER = Recogniser(kind="exact age", name="exact ages of babies", structured=False, find=_find)
