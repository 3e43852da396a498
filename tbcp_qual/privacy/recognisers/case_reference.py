"""Case reference numbers: what follows a word for a reference, and the shapes of court, pupil and record numbers."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known

_DIGITS = re.compile(r"\d\d")
_HEAD = re.compile(r"(?<![\w.])#?(?P<it>(?:[A-Za-z0-9]|[-/_.](?=[\w])){0,20})$")
_TAIL = re.compile(r"(?:[A-Za-z0-9]|[-/_.:](?=[A-Za-z0-9])){1,40}(?: \d{3,8}(?![\w/.-]))?")
_NUMBER = r"(?:numbers?|num|no|nos|refs?|references?|ids?|identifier|#)"
_LABEL = re.compile(
    rf"(?:\b(?:case|client|crime|claim|court|care ?first|care ?plan|file|family|record|referral|rio|system ?one|systm ?one"
    rf"|swift|social care|hospital|housing|unit|incident|tenan(?:cy|t)|rent account|account|marac|police|patient|pupil|person"
    rf"|medical|occurrence|log|parent|child|worker|system|customer|service user|application|complaint|mosaic|lcs"
    rf"|liquid ?logic|ehm|framework-?i|eclipse|universal credit|uc|passport|licen[cs]e|council tax|policy|cad|prison|our|your)"
    rf"(?: file| record| case| system)?[ /-]{_NUMBER}\b|\bref(?:erence)?s?\b|\breference {_NUMBER}|\b(?:urn|upn|ucrn|mrn|uprn|cis|lcs|ehm|mosaic|liquid ?logic)\b"
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
    r"\b(?:payroll|invoice|order|purchase|booking|parking|delivery|tracking|catalogue|receipt|batch|lot|grant|flight|ticket|model"
    r"|product|serial)\W{1,2}(?:ref\w*|number|no|code)?\W{0,3}(?:is |was )?$",
    re.IGNORECASE,
)
_COURT = re.compile(r"[A-Z](?<!\w[A-Z])[A-Z]\d{2}[A-Z]\d{5}(?!\w)")
_PUPIL = re.compile(r"[A-HJ-NP-RT-Z](?<!\w[A-Z])\d{11}[0-9A-Z](?!\w)")
_LETTERED = re.compile(
    r"[A-Z](?<![\w/-][A-Z])[A-Z]{1,5}(?:[-/](?:[A-Z]{1,4}[-/])?(?:\d{2,4}[-/])?\d{4,10}|\d{6,10})(?:[-/][A-Z0-9]{1,4})?(?!\w)"
)
_YEAR_THEN_NUMBER = re.compile(r"[12]\d{3}(?<!\w\d{4})(?<![./-]\d{4})/\d{4,8}(?!\w|[./-]\d)")
_HASH = re.compile(r"#(?<!\w#)\d{4,10}(?!\w)")
_NOT_A_CASE = frozenset({"ISO", "COVID", "DSM", "ICD", "EN", "BS", "ISBN", "ISSN", "DOI", "PMID", "RFC", "GBP", "RAL"})
_LETTERS = re.compile("[A-Z]*")


def _find(text: str, known: Known) -> Iterable[Found]:
    done = 0
    for match in _DIGITS.finditer(text):
        if match.start() < done:
            continue
        head = _HEAD.search(text, max(0, match.start() - 21), match.start())
        start = head.start("it") if head else match.start()
        tail = _TAIL.match(text, match.start())
        done = end = tail.end() if tail else match.end()
        if head is None or sum(map(str.isdecimal, text[start:end])) < 3:
            continue
        label = text[max(0, start - 20) : start].split()
        if not label or not _LAST_OF_LABEL.search(label[-1]) or not _LABEL.search(text, max(0, start - _BEFORE), start):
            continue
        if _OTHER_BUSINESS.search(text, max(0, start - 25), start):
            continue
        words = text[start:end]
        year = words.isdecimal() and len(words) == 4 and words[:2] in ("19", "20")
        if not year and ":" not in words:
            yield Found(start, end, 0.9, "[case reference]")
    for pattern, score in ((_COURT, 0.9), (_PUPIL, 0.9), (_LETTERED, 0.75), (_YEAR_THEN_NUMBER, 0.75), (_HASH, 0.6)):
        for match in pattern.finditer(text):
            letters = _LETTERS.match(match.group())
            if letters is None or letters.group() not in _NOT_A_CASE:
                yield Found(*match.span(), score, "[case reference]")


RECOGNISER = Recogniser(kind="case reference", name="case reference numbers", structured=True, find=_find)
