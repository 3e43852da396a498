"""Sibling counts: how many children, brothers and sisters there are, and which in the row a baby is."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.wording import number, word_set

_N = "(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|1[0-2])"
_NTH = "(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|3rd|4th|5th|6th|7th|8th|9th|10th)"
_CHILDREN = "(?:children|kids|kiddies|little ones|bairns|babies|boys|girls|sons|daughters|bab(?:ie)?s)"
_SIBLINGS = "(?:siblings?|brothers?|sisters?|half[- ]?(?:siblings?|brothers?|sisters?)|step[- ]?(?:siblings?|brothers?|sisters?))"
_ADJECTIVE = "(?:other|older|elder|younger|little|big|grown[- ]up|adult|more|own|surviving|living|previous|existing|beautiful|lovely|half|step|teenage|school[- ]aged?|small|under[- ]fives?|birth)"
_FAMILY = re.compile(
    r"[mMdDfFpP](?<!\w[A-Za-z])(?:(?<=[mM])(?:um|other|ummy|am|om)|(?<=[dD])ad(?:dy)?|(?<=[fF])ather|(?<=[pP])arent)(?:-| )of(?:-| )"
    rf"(?P<n>{_N})(?!\w|[./]\d)(?! (?:the|them|these|those|our|my))(?: {_ADJECTIVE})?(?: {_CHILDREN})?"
)
_PLACE_IN_ROW = re.compile(
    r"[yYoOeEmMlLfF](?<!\w[A-Za-z])(?:(?<=[yY])oungest|(?<=[oO])ldest|(?<=[eE])ldest|(?<=[mM])iddle(?: (?:one|child))?|(?<=[lL])ast|(?<=[fF])irst|(?<=[oO])ne)"
    rf"(?: (?:one|child|born|girl|boy|son|daughter))? of (?:her |his |my |our |their )?(?P<n>{_N})(?!\w|[./%]\d)(?P<noun>(?: {_ADJECTIVE})?(?: (?:{_CHILDREN}|{_SIBLINGS}))?)(?P<next> [a-z]+)?"
)
_SIBLING = re.compile(
    rf"[A-Za-z0-9](?<!\w[A-Za-z0-9])(?<![./]\w)(?:(?<=[tT])(?:wo|hree|en|welve)|(?<=[fF])(?:our|ive)|(?<=[sS])(?:ix|even)|(?<=[eE])(?:ight|leven)|(?<=[nN])ine|(?<=[2-9]))"
    rf"(?: {_ADJECTIVE}){{0,2}} (?:{_SIBLINGS})(?!\w)(?: and (?:a|one|{_N}) {_SIBLINGS})?"
)
_OWN = re.compile(
    r"(?:\b(?:has|have|had|having|have got|has got|got|['’]s got|['’]ve got|raising|bringing up|looking after|with|and|are|were|her|his|my|our|their|lost|removed|plus|of my|of her|about my|me and my)"
    r"(?: got| all| now| just| already| the)?) $",
    re.IGNORECASE,
)
_MY = re.compile(r"\b(?:her|his|my|our|their|of my|of her)(?: other)? $", re.IGNORECASE)
_COUNTED = re.compile(
    rf"(?P<n>\b{_N})(?P<adj>(?: {_ADJECTIVE}){{0,2}}) (?P<noun>{_CHILDREN})(?!\w|['’])(?P<tail> (?:under|aged|already|at home|in care|at school|by|in foster|removed|living|and (?:a|one|another|two|three) \w+)\b)?",
    re.IGNORECASE,
)
_CHILD_WORD = re.compile(
    r"[ckbsdgl](?<![\w'’][a-z])(?:hildren|ids|iddies|airns|abies|abs|oys|irls|ons|aughters|ittle ones)(?![\w'’])"
)
_WORKING = re.compile(
    r"\b(?:group|session|class|caseload|attend\w*|families|nursery|room|centre|clinic|programme|playgroup|team|worker|service|register|course|today|cohort|average|sample|study|pilot|places?|referr\w+|area|list|staff|trained|ratio|per)\b",
    re.IGNORECASE,
)
_NTH_CHILD = re.compile(
    rf"{_NTH}[ -](?:baby|child|pregnancy|kid|little one|one|time (?:mum|mother|mom|parent|dad)|born|boy|girl|son|daughter)(?!\w)",
    re.IGNORECASE,
)
_NTH_ANCHOR = re.compile(r"(?:h|rd) (?:bab|chi|pre|kid|lit|one|tim|bor|boy|gir|son|dau)|(?:h|rd)-(?:bab|chi|tim|bor)")
_NTH_ALONE = re.compile(
    rf"\b(?:her|my|their|our|on|number) (?P<it>{_NTH})(?= ?(?:[.,;!?)]|$|on the way|now|and|but|in\b))", re.IGNORECASE
)
_PREGNANT = re.compile(r"pregnant|expecting|\bhaving\b|\bdue\b|\bhad\b|carrying", re.IGNORECASE)
_NUMBERED = re.compile(
    rf"(?:[bB]aby|[cC]hild|[kK]id|[pP]regnancy)(?<!\w[a-z]{{4}})(?<!\w[a-z]{{3}}) (?:number|no\.?|#) ?(?P<n>{_N})(?!\w|[./]\d)"
)
_GRAVIDA = re.compile(r"G(?<!\w[A-Z])(?P<g>\d{1,2}) ?P ?(?P<p>\d{1,2})(?:\+\d)?(?!\w)")
_OTHER_N = re.compile(
    rf"\b(?:my|her|his|their|our) (?:other|older|oldest|younger|eldest) (?P<n>{_N})(?! ?(?:\w*weeks?|months?|years?|days?|visits|sessions|workers|hours|of|appointments|families|friends|clients|parents|mums))(?!\w|[./%]\d)",
    re.IGNORECASE,
)
_OTHER_ANCHOR = re.compile(r"(?:other|lder|nger|dest) [2-9tfsen1]")
_GOES_ON = word_set("and so but who with in now then he she i at the") | {""}
"""What may follow "youngest of four" where it counts children; another noun would be what is counted."""
_BEFORE, _AFTER = 30, 45


def _find(text: str, known: Known) -> Iterable[Found]:
    for match in _FAMILY.finditer(text):
        yield Found(*match.span(), _sure(match["n"]), "[number of children]")
    for match in _PLACE_IN_ROW.finditer(text):
        one = match.group().lower().startswith(("one", "first", "last"))
        end = match.start("next") if match["next"] else match.end()
        if match["noun"]:
            after = text[match.end() : match.end() + _AFTER].partition("\n")[0]
            if not (one and _WORKING.search(after)):
                yield Found(match.start(), end, 0.85, "[number of children]")
        elif not one and (match["next"] or "").strip() in _GOES_ON:
            yield Found(match.start(), end, 0.85, "[number of children]")
    for match in _SIBLING.finditer(text):
        after = text[match.end() : match.end() + 25].lower()
        if "brother" in match.group().lower() or not after.startswith((" group", " in law", "-in-law")):
            yield Found(*match.span(), 0.85, "[siblings]")
    yield from _children(text)
    yield from _ordinals(text)


def _children(text: str) -> Iterable[Found]:
    for anchor in _CHILD_WORD.finditer(text):
        from_place = max(0, anchor.start() - 40)
        match = None
        for match in _COUNTED.finditer(text, from_place, min(len(text), anchor.end() + 25)):
            if match.start("noun") == anchor.start():
                break
        else:
            continue
        if match is None or (match.start() == from_place and from_place):
            continue
        before = text[max(0, match.start() - _BEFORE) : match.start()].rpartition("\n")[2]
        after = text[match.end() : match.end() + _AFTER].partition("\n")[0].partition(".")[0]
        mine = _MY.search(before) is not None
        if not mine and not _OWN.search(before) and not (match["adj"].strip() and match["tail"]):
            continue
        if not mine and (_WORKING.search(before) or _WORKING.search(after)):
            continue
        if match["noun"].lower() in ("boys", "girls") and not mine and before.rstrip().lower().endswith("with"):
            continue
        yield Found(match.start(), match.end("noun"), _sure(match["n"]), "[number of children]")
    for anchor in _OTHER_ANCHOR.finditer(text):
        match = _OTHER_N.search(text, max(0, anchor.start() - 12), anchor.end() + 40)
        if match is not None:
            yield Found(match.start("n"), match.end("n"), 0.6, "[number of children]")


def _ordinals(text: str) -> Iterable[Found]:
    for anchor in _NTH_ANCHOR.finditer(text):
        match = _NTH_CHILD.search(text, max(0, anchor.start() - 8), anchor.end() + 20)
        if match is None or (match.start() and text[match.start() - 1].isalnum()):
            continue
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if match.group().lower().endswith(" one") and not _PREGNANT.search(before):
            continue
        yield Found(*match.span(), 0.85, "[later child]")
    if "pregnant" in text or "expecting" in text or "having" in text or "had " in text:
        for match in _NTH_ALONE.finditer(text):
            if _PREGNANT.search(text, max(0, match.start() - 35), match.start("it")):
                yield Found(match.start("it"), match.end("it"), 0.7, "[later child]")
    for match in _NUMBERED.finditer(text):
        yield Found(*match.span(), 0.8, "[later child]")
    for match in _GRAVIDA.finditer(text):
        if int(match["p"]) <= int(match["g"]) <= 20:
            yield Found(*match.span(), 0.85, "[number of pregnancies]")


def _sure(words: str) -> float:
    return 0.6 if number(words) == 2 else 0.85


RECOGNISER = Recogniser(kind="sibling count", name="numbers of children", structured=False, find=_find)
