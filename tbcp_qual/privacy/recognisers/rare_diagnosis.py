"""Rare diagnoses: those of our list, and what is named like one (trisomy 13, a microdeletion, somebody's syndrome)."""

import re
from collections.abc import Iterable
from functools import cache

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.wording import NAME_WORD, ORDINARY, folded, places_of, word_list, word_set, words_in, words_of

_SHAPE = re.compile(
    r"\b(?:(?:mosaic |partial )?trisomy[ -]?\d{1,2}\b"
    r"|(?:\w+ )?chromosome \d{1,2}\w{0,4}(?: \w+)?(?: (?:deletion|duplication|disorder"
    r"|abnormality))"
    r"|\w+[pq]\d[\d.]*(?: \w+)? (?:deletion|duplication|micro\w+)|(?:\w+ )?micro(?:deletion"
    r"|duplication)\b(?: syndrome)?"
    r"|(?:oesophageal|duodenal|biliary|choanal|anal|ileal|jejunal|pulmonary|tricuspid|bowel|intestinal) atresia"
    r"|\w{4,}(?:blastoma|encephaly|dystrophy|aplasia|agenesis)\b(?<!euplasia)|x-linked [\w-]+(?: [\w-]+)?"
    r"|(?:twin[- ]to[- ]twin |feto-?maternal |fetofetal )?transfusion syndrome"
    r"|mitochondrial (?:disorder|disease|condition)|congenital (?:muscular|myotonic|nephrotic"
    r"|hyper\w+|adrenal|central|heart block|dia\w+)\b(?: \w+)?)",
    re.IGNORECASE,
)
_SHAPE_WORDS = word_list(
    "risomy hromosom deletion duplication atresia blastoma encephaly dystrophy aplasia agenesis -linked"
    " itochondrial ongenital transfusion"
)
_BEFORE_EPONYM = re.compile(rf"{NAME_WORD}(?:[- ]{NAME_WORD}){{0,2}} $")
_COMMON = word_set(
    "asperger crohn parkinson alzheimer tourette stockholm imposter impostor graves' graves hodgkin coeliac celiac"
    " raynaud raynaud's sjögren meniere lyme covid metabolic irritable polycystic carpal premenstrual heart liver"
    " kidney lung gum mouth chronic foot hand fatigue restless sudden infectious sexually thyroid shaken"
)


def _first(line: str) -> str:
    """Return the first word of a line as `words_in` cuts it."""
    return str(re.findall(r"[^\W_]+", line)[0])


@cache
def _by_first_word() -> dict[str, list[str]]:
    lines: dict[str, list[str]] = {}
    for line in words_of("rare_diagnoses.txt"):
        lines.setdefault(_first(line), []).append(line.replace("'", "['’]"))
    return lines


@cache
def _beginning(first: str) -> re.Pattern[str]:
    """Return what finds the lines that begin with a word; made when the word is met, as most never are."""
    return re.compile(
        r"(?<!\w)(?:"
        + "|".join(sorted(_by_first_word()[first], key=len, reverse=True))
        + r")(?:['’]s)?(?!\w)(?:[- ](?:syndrome|disease|sequence|association|anomaly|anaemia|disorder)(?!\w))?",
        re.IGNORECASE,
    )


@cache
def _first_words() -> frozenset[str]:
    """The first words of all lines, in the three ways in which they are written."""
    return frozenset(form for word in _by_first_word() for form in (word, word.capitalize(), word.upper()))


def _find(text: str, known: Known) -> Iterable[Found]:
    present = {word.casefold() for word in words_in(text) & _first_words()}
    for first in sorted(present):
        for match in _beginning(first).finditer(text):
            score = 0.7 if first in ("down", "downs", "sickle", "pku", "vater", "22q") else 0.9
            if first not in ("pku", "vater", "hellp", "charge") or match.group().split()[0].isupper():
                yield Found(*match.span(), score, "[rare condition]")
    for place in places_of(text, *_SHAPE_WORDS):
        from_place = max(0, place - 25)
        shaped = _SHAPE.search(text, from_place, place + 50)
        cut = shaped is not None and shaped.start() == from_place and from_place and text[from_place - 1].isalnum()
        if shaped is not None and not cut:
            yield Found(*shaped.span(), 0.8, "[rare condition]")
    for place in places_of(text, "yndrome", "isease"):
        start, end = place - 1, place + (7 if text.startswith("y", place) else 6)
        if text[end : end + 1].isalnum():
            continue
        before = _BEFORE_EPONYM.search(text, max(0, start - 60), max(0, start))
        if before is None:
            continue
        words = before.group().split()
        while words and folded(words[0]) in ORDINARY:
            words.pop(0)
        if words and folded(words[0]) not in _COMMON and len(words[0]) > 2:
            yield Found(start - len(" ".join(words)) - 1, end, 0.6, "[rare condition]")


RECOGNISER = Recogniser(kind="rare diagnosis", name="rare diagnoses", structured=False, find=_find)
