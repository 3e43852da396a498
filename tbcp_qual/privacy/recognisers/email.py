"""E-mail addresses, also those said or written in words: sam dot field at gmail dot com."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.wording import word_set

_AT = re.compile(r"@")
_LOCAL = re.compile(r"[\w.+%'’&-]{1,64}$")
_DOMAIN = re.compile(r"[^\W_][\w-]{0,62}(?:\.[\w-]{1,63}){1,6}")
_LONGEST_LOCAL = 64
_DOT = re.compile(r"dot", re.IGNORECASE)
_LOCAL_IN_WORDS = re.compile(r"(?:\b[\w+-]{1,30} (?:dot|underscore|dash|hyphen) ){0,4}\b[\w.+-]{1,40}$", re.IGNORECASE)
_HOST_IN_WORDS = re.compile(r"(?: at |\(at\) ?|\[at\] ?|@ ?)[\w-]{2,20}(?: [\w-]{2,15})? ?[(\[]?$", re.IGNORECASE)
_ENDING_IN_WORDS = re.compile(
    r"dot[)\]]? ?(?P<first>[a-z]{2,5})(?:(?: ?[(\[]?dot[)\]]? ?|\.)[a-z]{2,5}){0,3}(?!\w)", re.IGNORECASE
)
_ENDINGS = word_set("com net org uk co nhs gov ac info eu ie")


def _find(text: str, known: Known) -> Iterable[Found]:
    for match in _AT.finditer(text):
        place = match.start()
        local = _LOCAL.search(text, max(0, place - _LONGEST_LOCAL), place)
        domain = _DOMAIN.match(text, place + 1)
        if local is None or domain is None:
            continue
        start = local.start() + len(local.group()) - len(local.group().lstrip(".'’-&"))
        end = domain.end() - len(domain.group()) + len(domain.group().rstrip(".-_"))
        if start < place and "." in text[place:end]:
            yield Found(start, end, 0.99, "[e-mail]")
    # Said in words: from the dot of the ending look back for "at".
    for match in _DOT.finditer(text):
        found = _spoken(text, match.start())
        if found is not None:
            yield found


def _spoken(text: str, dot: int) -> Found | None:
    ending = _ENDING_IN_WORDS.match(text, dot, dot + 40)
    if ending is None or ending["first"].lower() not in _ENDINGS:
        return None
    host = _HOST_IN_WORDS.search(text, max(0, dot - 45), dot)
    local = _LOCAL_IN_WORDS.search(text, max(0, host.start() - 120), host.start()) if host else None
    return Found(local.start(), ending.end(), 0.9, "[e-mail]") if local else None


RECOGNISER = Recogniser(kind="e-mail", name="e-mail addresses", structured=True, find=_find)
