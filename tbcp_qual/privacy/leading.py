"""What stands before a word: an article, kin, "called", a greeting, another name; and what somebody is called after it."""

import re
from typing import NamedTuple

from tbcp_qual.privacy import people
from tbcp_qual.privacy.wording import NAME_WORD, word_set

_PUNCTUATION = ".,;:!?()[]\"“”‘’'-–—/*_"
_ENDS_THERE = re.compile(rf"{NAME_WORD}(?:['’]s)?[,.]")
_MINE = word_set("my her his our their the")
_CHILD = word_set(
    "son daughter baby babies twin twins toddler eldest oldest youngest kids children boy girl Baby Child"
    " Son Daughter Twin"
)
_PARTNER = word_set("partner husband wife boyfriend girlfriend ex fiancé fiance Partner Husband Wife")
_AT_WORK = people.WORK | word_set(
    "Dr Doctor Prof Professor Nurse Sister Matron PC DC DS DI WPC PCSO Sgt Midwife Worker Visitor Practitioner"
)


def role_of(word: str) -> str:
    """Return in brackets what somebody is called after this word: a child, a partner, a worker."""
    if word in _CHILD:
        return "[Child]"
    if word in _PARTNER:
        return "[Partner]"
    if word in _AT_WORK:
        return "[Worker]"
    return "[Relative]" if word in people.KIN else "[Person]"


class Before(NamedTuple):
    """What stands before a word."""

    starts: bool
    """Whether a sentence starts here."""
    line_head: bool
    named: bool
    """Whether a name is to be expected: kin, somebody at work, "called"."""
    sure: bool
    """Whether it is to be expected of an unknown word too."""
    greeted: bool
    listed: bool
    """Whether a name stands just before, in a row."""
    kin_is: bool
    """Whether somebody's kin is being told by name or else: my wife is."""
    the: bool
    """Whether an article stands before."""
    placed: bool
    """Whether a word for being somewhere stands before."""
    comma: bool
    cited: bool
    tokens: list[str]
    """The words before it on its line, in lower case."""
    role: str


def before_word(text: str, start: int, last_end: int = -1) -> Before:
    """Return what stands before a place of a text.

    Args:
        text: any text.
        start: the place.
        last_end: where the name found last ends; -1 for none.
    """
    line = text[max(0, start - 60) : start].rpartition("\n")[2]
    stripped = line.rstrip(" \u00a0\"“‘'([*-–")
    tokens = stripped.lower().replace("’", "'").split()
    starts = not stripped or stripped[-1] in ".!?:…"
    last = tokens[-1] if tokens else ""
    plain = last.strip(_PUNCTUATION)
    lower = " ".join(tokens)
    listed = 0 < start - last_end <= 6 and text[last_end:start] in (
        ", ",
        " and ",
        " & ",
        ", and ",
        " or ",
        " then ",
        ", then ",
        ", me, ",
        ", me and ",
        "/",
    )
    comma = last.endswith(",")
    kin = plain in people.KIN or plain in people.WORK
    named, sure = False, True
    if kin and not starts:
        named, sure = True, not comma or _ENDS_THERE.match(text, start) is not None
    elif kin and last.endswith(":"):
        named, sure = True, False
    elif plain in people.SUBJECTS_OF_NAMING and not starts:
        thing = any(token.strip(_PUNCTUATION) in people.CALLED_THINGS for token in tokens[-5:-1])
        someone = len(tokens) > 1 and tokens[-2] in ("i", "we", "she", "he", "they", "you", "to", "just")
        named, sure = not thing, not (someone and plain == "called")
    elif (
        plain in ("him", "her", "them", "me")
        and len(tokens) > 1
        and tokens[-2] in ("call", "called", "calls", "named", "calling", "name")
    ):
        named = True
    elif lower.endswith(people.FULL_NAMING):
        thing = any(token.strip(_PUNCTUATION) in people.CALLED_THINGS for token in tokens[-5:-1])
        named = not thing
    kin_is = plain in ("is", "was") and len(tokens) > 2 and tokens[-2] in people.KIN and tokens[-3] in _MINE
    greeted = lower.rstrip(",").endswith(people.GREETINGS)
    return Before(
        starts=starts,
        line_head=not line.strip(),
        named=named,
        sure=sure,
        greeted=greeted,
        listed=listed,
        kin_is=kin_is,
        the=plain in people.NOT_SOMEBODY_BEFORE,
        placed=plain in people.PLACE_BEFORE or plain in ("on", "down", "along", "up"),
        comma=comma,
        cited=plain in ("cf", "see") and last.endswith("."),
        tokens=tokens,
        role=role_of(plain if kin else ""),
    )
