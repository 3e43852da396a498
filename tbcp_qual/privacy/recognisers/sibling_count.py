"""Sibling counts: how many children, brothers and sisters there are, and which in the row a baby is.

Numbers of people in a group, on a caseload or in a sample are left.
"""

import re
from collections.abc import Iterable, Iterator

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.wording import matches_at, number, places_of, word_set

_N = "(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|1[0-2])"
_NTH = (
    "(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|3rd|4th|5th|6th|7th"
    "|8th|9th|10th|11th|12th)"
)
_CHILDREN = "(?:children|kids|kiddies|little ones|bairns|babies|boys|girls|sons|daughters|lads)"
_SIBLINGS = "(?:half[- ]|step[- ])?(?:siblings?|brothers?|sisters?)"
_ADJECTIVE = (
    "(?:other|older|elder|younger|little|big|grown[- ]up|adult|more|own|surviving|living|previous|existing|beautiful"
    "|lovely|half|step|teenage|school[- ]aged?|small|young|birth)"
)
_WORKING = re.compile(
    r"\b(?:group|session|class|caseload|attend\w*|families|nursery|room|centre|clinic|programme|playgroup|team|worker"
    r"|service|register|course|today|cohort|average|sample|study|pilot|places?|referr\w+|area|list"
    r"|staff|trained|ratio|per"
    r"|interview\w*|parents)\b",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 32, 45

_OF = re.compile(
    rf"[ -]of[ -](?:her |his |my |our |their )?(?P<n>{_N})(?!\w|[./%+-]\d"
    rf"| out of)(?P<noun>(?: {_ADJECTIVE})?(?: (?:{_CHILDREN}|{_SIBLINGS}))?)"
    r"(?!\w|['’])(?P<next> [a-z']+)?"
)
_PARENT = re.compile(r"\b(?:mum|mam|mom|mother|mummy|dad|daddy|father|parent)$", re.IGNORECASE)
_IN_ROW = re.compile(
    r"\b(?:youngest|oldest|eldest|middle|last|first)(?: (?:one|child|born|girl|boy|son|daughter))?$"
    rf"|\b(?:number|no\.?|child|baby) (?:{_N}|one)$",
    re.IGNORECASE,
)
_ONE = re.compile(r"(?P<who>\b(?:i was|i'm|i am|she was|she's|she is|he was|he's|he is) )?\bone$", re.IGNORECASE)
_GOES_ON = word_set("and so but who with in now then he she i at the") | {""}
"""What may follow "youngest of four" where it counts children; another noun would be what is counted."""
_SAYS_WHO = re.compile(r",? (?:she|he|i|they) (?:was|were|is|are)\b", re.IGNORECASE)


def _of(text: str) -> Iterator[Found]:
    for match in _OF.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()].replace("’", "'")
        following = (match["next"] or "").strip()
        end = match.end("noun")
        if parent := _PARENT.search(before):
            if following not in ("the", "them", "these", "those", "our", "my"):
                yield Found(match.start() - len(parent.group()), end, _sure(match["n"]), "[number of children]")
        elif row := _IN_ROW.search(before):
            if match["noun"] or following in _GOES_ON:
                yield Found(match.start() - len(row.group()), end, 0.85, "[number of children]")
        elif one := _ONE.search(before):
            after = text[end : end + _AFTER].partition("\n")[0]
            told = one["who"] is not None and following in _GOES_ON
            if (match["noun"] and not _WORKING.search(after)) or told or _SAYS_WHO.match(after):
                yield Found(match.start() - 3, end, 0.8, "[number of children]")


_SIBLING = re.compile(r"(?:sibling|brother|sister)s?(?!\w|['’]|-in-law)")
_COUNT_BEFORE = re.compile(rf"\b(?P<n>{_N})(?P<adj>(?: {_ADJECTIVE}){{0,2}}) (?:half[- ]|step[- ])?$", re.IGNORECASE)
_AND_SIBLINGS = re.compile(rf" and (?:a|one|{_N})(?: {_ADJECTIVE})? {_SIBLINGS}(?!\w)", re.IGNORECASE)


def _siblings(text: str) -> Iterator[Found]:
    for match in matches_at(
        text,
        _SIBLING,
        (
            "sibling",
            "brother",
            "sister",
        ),
    ):
        count = _COUNT_BEFORE.search(text, max(0, match.start() - 40), match.start())
        if count is not None:
            more = _AND_SIBLINGS.match(text, match.end())
            yield Found(count.start(), more.end() if more else match.end(), 0.85, "[siblings]")


_CHILD_WORDS = (
    "children",
    "kids",
    "kiddies",
    "bairns",
    "babies",
    "boys",
    "girls",
    "lads",
    "sons",
    "daughters",
    "little ones",
)
_CHILD_WORD = re.compile(
    r"(?:children|kids|kiddies|bairns|babies|boys|girls|lads|sons|daughters|little ones)(?!\w|['’]|-)"
)
_OWN = re.compile(
    r"(?:\b(?:has|have|had|having|got|i'd|she'd|he'd|we'd|raising|raised|bringing up|brought up"
    r"|looking after|with|and|are|were"
    r"|her|his|my|our|their|lost|removed|plus|about my|me and my)|'s got|'ve got)(?: got| all| now"
    r"| just| already| the)? $",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(?:her|his|my|our|their)(?: other)? $", re.IGNORECASE)
_TAIL = re.compile(
    r" (?:under|aged|already|at home|in care|at school|by|in foster|removed|living|and (?:a|one|another|two|three) \w+"
    r"|in (?:the )?(?:household|home|house|family)|myself|of (?:my|her|his|our) own)\b",
    re.IGNORECASE,
)


def _children(text: str) -> Iterator[Found]:
    for match in matches_at(text, _CHILD_WORD, _CHILD_WORDS):
        from_place = max(0, match.start() - 45)
        count = _COUNT_BEFORE.search(text, from_place, match.start())
        if count is None or (count.start() == from_place and from_place and text[from_place - 1].isalnum()):
            continue
        before = text[max(0, count.start() - _BEFORE) : count.start()].rpartition("\n")[2].replace("’", "'")
        after = text[match.end() : match.end() + _AFTER].partition("\n")[0].partition(".")[0].partition(",")[0]
        tail = _TAIL.match(after) is not None
        mine = _MINE.search(before) is not None
        if not mine and not tail and not _OWN.search(before):
            continue
        if not mine and (_WORKING.search(before) or _WORKING.search(after)):
            continue
        yield Found(count.start(), match.end(), _sure(count["n"]), "[number of children]")


_OTHERS = re.compile(r" (?:others|of us|other ones)(?!\w)")
_HOLDER = re.compile(
    rf"(?:\b(?:i'd|she'd|he'd|we'd|i've|have|has|had|got|there's|there were|there was|with)(?: got"
    rf"| already| the)?) (?P<n>{_N})$",
    re.IGNORECASE,
)
_AT_HOME = re.compile(
    r",? (?:at home|kids|children|growing up|in (?:the|that|one) (?:house|flat|room)|brothers?|sisters?|my brothers?)\b"
)
_OLDER = re.compile(rf"(?:older|oldest|other|younger|eldest) (?P<n>{_N})(?!\w|[./%]\d)(?P<next> [a-z]+)?")
_MINE_ONLY = re.compile(r"\b(?:my|her|his|their|our) $", re.IGNORECASE)
_TWINS = re.compile(
    rf"(?:twins|triplets) and (?:a|an|my|our|{_N}) (?:other |older |little )?(?:toddler|baby"
    rf"|\w+[- ]year[- ]olds?|{_CHILDREN}|boy|girl|newborn)(?!\w)"
)


def _others(text: str) -> Iterator[Found]:
    for match in matches_at(
        text,
        _OTHERS,
        (
            " others",
            " of us",
            " other ones",
        ),
    ):
        before = text[max(0, match.start() - 30) : match.start()].replace("’", "'")
        holder = _HOLDER.search(before)
        home = _AT_HOME.match(text, match.end())
        if (
            holder is not None
            and (home is not None or match.group() == " others")
            and (home or "there" not in holder.group().lower())
        ):
            yield Found(match.start() - len(holder["n"]), match.end(), 0.7, "[number of children]")
    for match in matches_at(
        text,
        _OLDER,
        (
            "older ",
            "oldest ",
            "other ",
            "younger ",
            "eldest ",
        ),
    ):
        if (match["next"] or "").strip() in _GOES_ON and _MINE_ONLY.search(
            text, max(0, match.start() - 8), match.start()
        ):
            yield Found(match.start("n"), match.end("n"), 0.6, "[number of children]")
    for match in matches_at(
        text,
        _TWINS,
        (
            "twins and ",
            "triplets and ",
        ),
    ):
        yield Found(*match.span(), 0.7, "[number of children]")


_NTH_CHILD = re.compile(
    r"[hd][ -](?:baby|child|pregnancy|kid|little one|one|time (?:mum|mother|mom|parent|dad)|born"
    r"|boy|girl|son|daughter)(?!\w)"
)
_NTH_BEFORE = re.compile(rf"\b{_NTH[:-1]})$", re.IGNORECASE)
_NTH_ALONE = re.compile(
    rf"(?:her|my|their|our|on|number) (?P<it>{_NTH})(?= ?(?:[.,;!?)]|$|on the way|now|and|but|in\b))", re.IGNORECASE
)
_PREGNANT = re.compile(r"pregnant|expecting|\bhaving\b|\bdue\b|\bhad\b|carrying", re.IGNORECASE)
_NUMBERED = re.compile(
    rf"(?:Baby|baby|Child|child|Kid|kid|Pregnancy|pregnancy) (?:number|no\.?|#) ?(?P<n>{_N})(?!\w|[./]\d)"
)
_GRAVIDA = re.compile(r"G(?<!\w[A-Z])(?P<g>\d{1,2}) ?P ?(?P<p>\d{1,2})(?:\+\d)?(?!\w)")


def _ordinals(text: str) -> Iterator[Found]:
    for match in _NTH_CHILD.finditer(text):
        nth = _NTH_BEFORE.search(text, max(0, match.start() - 9), match.start() + 1)
        if nth is None or (nth.start() and text[nth.start() - 1].isalnum()):
            continue
        before = text[max(0, nth.start() - _BEFORE) : nth.start()]
        if not match.group().endswith(" one") or _PREGNANT.search(before):
            yield Found(nth.start(), match.end(), 0.85, "[later child]")
    done = 0
    for place in sorted(places_of(text, "pregnant", "expecting", "having", "carrying", "due", "had ")):
        alone = _NTH_ALONE.search(text, max(place, done), place + 45)
        if alone is not None:
            done = alone.end()
            yield Found(alone.start("it"), alone.end("it"), 0.7, "[later child]")
    for match in matches_at(
        text,
        _NUMBERED,
        (
            "Baby ",
            "baby ",
            "Child ",
            "child ",
            "Kid ",
            "kid ",
            "Pregnancy ",
            "pregnancy ",
        ),
    ):
        yield Found(*match.span(), 0.8, "[later child]")
    for match in _GRAVIDA.finditer(text):
        if int(match["p"]) <= int(match["g"]) <= 20:
            yield Found(*match.span(), 0.85, "[number of pregnancies]")


def _sure(words: str) -> float:
    return 0.6 if number(words) == 2 else 0.85


def _find(text: str, known: Known) -> Iterable[Found]:
    for look in (_of, _siblings, _children, _others, _ordinals):
        yield from look(text)


RECOGNISER = Recogniser(kind="sibling count", name="numbers of children", structured=False, find=_find)
