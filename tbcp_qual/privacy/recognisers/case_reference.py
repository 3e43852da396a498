"""Case reference numbers: what follows a word for a reference, and the shapes of court, pupil and record numbers."""

import re
from collections.abc import Iterable
from itertools import takewhile

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known

_DIGITS = re.compile(r"\d\d")
_HEAD = re.compile(r"(?<![\w.])#?(?P<it>(?:[A-Za-z0-9][A-Za-z0-9/_.-]{0,19})?)$")
_TAIL = re.compile(r"(?:[A-Za-z0-9]|[-/_.:](?=[A-Za-z0-9])){1,40}(?: \d{3,8}(?![\w/.-]))?")
_NUMBER = r"(?:numbers?|num|no|nos|refs?|references?|ids?|identifier|#)"
_LABEL = re.compile(
    rf"(?:\b(?:case|client|crime|claim|court|care ?first|care ?plan|file|family|record|referral|rio"
    rf"|system ?one|systm ?one"
    rf"|swift|social care|hospital|housing|unit|incident|tenan(?:cy|t)|rent account|account|marac"
    rf"|police|patient|pupil|person"
    rf"|medical|occurrence|log|parent|child|worker|system|customer|service user|application|complaint|mosaic|lcs"
    rf"|liquid ?logic|ehm|framework-?i|eclipse|universal credit|uc|passport|licen[cs]e|council tax"
    rf"|policy|cad|prison|our|your)"
    rf"(?: file| record| case| system)?[ /-]{_NUMBER}\b|\bref(?:erence)?s?\b|\breference {_NUMBER}"
    rf"|\b(?:urn|upn|ucrn|mrn|uprn|cis|lcs|ehm|mosaic|liquid ?logic)\b"
    rf")\.?(?: {_NUMBER}\b\.?)?(?: ?(?:is|was|[:=#–]|-(?= ))){{0,2}} ?[(]?#?$",
    re.IGNORECASE,
)
_BEFORE = 60
_LAST_OF_LABEL = re.compile(
    rf"(?:^|[(/-])(?:{_NUMBER}|is|was|urn|upn|ucrn|mrn|uprn|cis|lcs|ehm|mosaic|logic|liquidlogic)?[.:=#(–-]*$",
    re.IGNORECASE,
)
"""The word just before, which most numbers do not have; asked first because it is quick."""
_OTHER_BUSINESS = re.compile(
    r"\b(?:payroll|invoice|order|purchase|booking|parking|delivery|tracking|catalogue|receipt"
    r"|batch|lot|grant|flight|ticket|model"
    r"|product|serial)\W{1,2}(?:ref\w*|number|no|code)?\W{0,3}(?:is |was )?$",
    re.IGNORECASE,
)
_COURT = re.compile(r"[A-Z]{2}\d{2}[A-Z]\d{5}(?!\w)")
_PUPIL = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[0-9A-Z](?!\w)")
_LETTERED = re.compile(
    r"[A-Z]{2,6}(?:[-/](?:[A-Z]{1,4}[-/])?(?:\d{2,4}[-/])?\d{4,10}|\d{6,10})(?:[-/][A-Z0-9]{1,4})?(?!\w)"
)
_YEAR_THEN_NUMBER = re.compile(r"(?:19|20)\d{2}/\d{4,8}(?!\w|[./-]\d)")
_SHAPES = ((_COURT, 0.9), (_PUPIL, 0.9), (_LETTERED, 0.75), (_YEAR_THEN_NUMBER, 0.75))
_HASH = re.compile(r"#(?<!\w#)\d{4,10}(?!\w)")
_NOT_A_CASE = frozenset({"ISO", "COVID", "DSM", "ICD", "EN", "BS", "ISBN", "ISSN", "DOI", "PMID", "RFC", "GBP", "RAL"})


def _find(text: str, known: Known) -> Iterable[Found]:
    done = 0
    for match in _DIGITS.finditer(text):
        if match.start() < done:
            continue
        head = _HEAD.search(text, max(0, match.start() - 21), match.start())
        start = head.start("it") if head else match.start()
        tail = _TAIL.match(text, match.start())
        done = end = tail.end() if tail else match.end()
        words = text[start:end]
        if head is None or sum(map(str.isdecimal, words)) < 3:
            continue
        if _labelled(text, start) and not _is_year(words) and ":" not in words:
            yield Found(start, end, 0.9, "[case reference]")
            continue
        for pattern, score in _SHAPES:
            shaped = pattern.match(text, start)
            if shaped is not None and _letters(shaped.group()) not in _NOT_A_CASE:
                yield Found(*shaped.span(), score, "[case reference]")
    for match in _HASH.finditer(text):
        yield Found(*match.span(), 0.6, "[case reference]")


def _letters(words: str) -> str:
    """Return the letters that words begin with."""
    return "".join(takewhile(str.isalpha, words))


def _labelled(text: str, start: int) -> bool:
    last = text[max(0, start - 20) : start].split()
    return (
        bool(last)
        and _LAST_OF_LABEL.search(last[-1]) is not None
        and _LABEL.search(text, max(0, start - _BEFORE), start) is not None
        and _OTHER_BUSINESS.search(text, max(0, start - 25), start) is None
    )


def _is_year(words: str) -> bool:
    return words.isdecimal() and len(words) == 4 and words[:2] in ("19", "20")


RECOGNISER = Recogniser(kind="case reference", name="case reference numbers", structured=True, find=_find)
