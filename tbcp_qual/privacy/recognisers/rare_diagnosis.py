"""Rare diagnoses: those of our list, and what is named like one (trisomy 13, a microdeletion, somebody's syndrome)."""

import re
from collections.abc import Iterable
from functools import cache

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.wording import NAME_WORD, ORDINARY, folded, vocabulary, word_set, words_of

_PUNCTUATION = ".,;:!?()[]\"“”‘’'"
_SHAPE = re.compile(
    r"\b(?:(?:mosaic |partial )?trisomy[ -]?\d{1,2}\b|(?:\w+ )?chromosome \d{1,2}\w{0,4}(?: \w+)?(?: (?:deletion|duplication|disorder|abnormality))"
    r"|\w+[pq]\d[\d.]*(?: \w+)? (?:deletion|duplication|micro\w+)|(?:\w+ )?micro(?:deletion|duplication)\b(?: syndrome)?"
    r"|(?:oesophageal|duodenal|biliary|choanal|anal|ileal|jejunal|pulmonary|tricuspid|bowel|intestinal) atresia"
    r"|\w{4,}(?:blastoma|encephaly|dystrophy|aplasia|agenesis)\b(?<!euplasia)|x-linked [\w-]+(?: [\w-]+)?"
    r"|mitochondrial (?:disorder|disease|condition)|congenital (?:muscular|myotonic|nephrotic|hyper\w+|adrenal|central|heart block|dia\w+)\b(?: \w+)?)",
    re.IGNORECASE,
)
_SHAPE_WORDS = re.compile(
    r"trisomy|chromosom|deletion|duplication|atresia|blastoma|encephaly|dystrophy|aplasia|agenesis|-linked|mitochondrial|ongenital",
    re.IGNORECASE,
)
_EPONYM = re.compile(r"(?:syndrome|disease|Syndrome|Disease)(?!\w)")
_BEFORE_EPONYM = re.compile(rf"{NAME_WORD}(?:[- ]{NAME_WORD}){{0,2}} $")
_COMMON = word_set(
    "asperger crohn parkinson alzheimer tourette stockholm imposter impostor graves' graves hodgkin"
    " coeliac celiac raynaud raynaud's sjögren meniere lyme covid metabolic irritable polycystic carpal"
    " premenstrual heart liver kidney lung gum mouth chronic foot hand fatigue restless sudden infectious"
    " sexually thyroid shaken"
)


@cache
def _by_first_word() -> dict[str, re.Pattern[str]]:
    lines: dict[str, list[str]] = {}
    for line in words_of("rare_diagnoses.txt"):
        lines.setdefault(line.split()[0].split("-")[0].rstrip("'"), []).append(line.replace("'", "['’]"))
    return {
        first: re.compile(
            r"(?<!\w)(?:"
            + "|".join(sorted(some, key=len, reverse=True))
            + r")(?:['’]s)?(?!\w)(?:[- ](?:syndrome|disease|sequence|association|anomaly|anaemia|disorder)(?!\w))?",
            re.IGNORECASE,
        )
        for first, some in lines.items()
    }


def _find(text: str, known: Known) -> Iterable[Found]:
    listed = _by_first_word()
    present = set()
    for stretch in vocabulary(text):
        for part in re.split(r"[-/–—]|['’]", stretch.strip(_PUNCTUATION).casefold()) if stretch else ():
            word = part.strip(_PUNCTUATION)
            if word in listed:
                present.add(word)
    for first in sorted(present):
        for match in listed[first].finditer(text):
            score = 0.7 if first in ("down", "downs", "sickle", "pku", "vater", "22q") else 0.9
            if first not in ("pku", "vater", "hellp", "charge") or match.group().split()[0].isupper():
                yield Found(*match.span(), score, "[rare condition]")
    for anchor in _SHAPE_WORDS.finditer(text):
        from_place = max(0, anchor.start() - 25)
        shaped = _SHAPE.search(text, from_place, anchor.end() + 40)
        cut = shaped is not None and shaped.start() == from_place and from_place and text[from_place - 1].isalnum()
        if shaped is not None and not cut:
            yield Found(*shaped.span(), 0.8, "[rare condition]")
    for anchor in _EPONYM.finditer(text):
        before = _BEFORE_EPONYM.search(text, max(0, anchor.start() - 60), anchor.start())
        if before is None:
            continue
        words = before.group().split()
        while words and folded(words[0]) in ORDINARY:
            words.pop(0)
        if words and folded(words[0]) not in _COMMON and len(words[0]) > 2:
            start = anchor.start() - len(" ".join(words)) - 1
            yield Found(start, anchor.end(), 0.6, "[rare condition]")


RECOGNISER = Recogniser(kind="rare diagnosis", name="rare diagnoses", structured=False, find=_find)
