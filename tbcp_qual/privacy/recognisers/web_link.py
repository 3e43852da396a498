"""Web links and account names: addresses with http or www, host names with a known ending, and @names.

The bare host of a national site (gov.uk, nhs.uk) points at nobody and is left.
"""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known

_LINK = re.compile(r"[hHwW](?<!\w[hHwW])(?:ttps?://|ww\.)[^\s<>\"“”\[\]{}|\\^`]{3,2000}", re.IGNORECASE)
_ENDING = re.compile(
    r"\.(?:co\.uk|org\.uk|gov\.uk|nhs\.uk|ac\.uk|sch\.uk|me\.uk|com|org|net|uk|info|wales|scot|ie"
    r"|eu|io)(?![\w@-])(?!\.\w)",
    re.IGNORECASE,
)
_HOST = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9-]{0,62}(?:\.[a-zA-Z0-9][a-zA-Z0-9-]{0,62}){0,4}$")
_PATH = re.compile(r"/[^\s<>\"“”\[\]{}|\\^`]{0,2000}")
_NATIONAL = frozenset({"gov.uk", "nhs.uk"})
_ACCOUNT = re.compile(r"@(?<![\w.@]@)(?P<name>[A-Za-z][\w.]{2,29})(?!\w|@)")
_SITES = re.compile(
    r"insta|twitter|tiktok|tik tok|facebook|snapchat|youtube|handle|account|username|follow|\btag", re.IGNORECASE
)
_TRAILING = ".,;:!?'’)"
_LONGEST_HOST = 100


def _find(text: str, known: Known) -> Iterable[Found]:
    for match in _LINK.finditer(text):
        yield Found(match.start(), _end(text, *match.span()), 0.99, "[web link]")
    for match in _ENDING.finditer(text):
        host = _HOST.search(text, max(0, match.start() - _LONGEST_HOST), match.start())
        if host is None:
            continue
        start, end = host.start(), match.end()
        if start and (text[start - 1] in "@/.-_'’" or text[start - 1].isalnum()):
            continue
        path = _PATH.match(text, end)
        if path is None and text[start:end].lower() in _NATIONAL:
            continue
        yield Found(start, _end(text, start, path.end()) if path else end, 0.9, "[web link]")
    for match in _ACCOUNT.finditer(text):
        name = match["name"].rstrip(".")
        near = text[max(0, match.start() - 60) : match.start()]
        if any(c.isdecimal() or c in "_." for c in name) or _SITES.search(near):
            yield Found(match.start(), match.start() + 1 + len(name), 0.8, "[account name]")


def _end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _TRAILING and not (text[end - 1] == ")" and "(" in text[start:end]):
        end -= 1
    return end


RECOGNISER = Recogniser(kind="web link", name="web links", structured=True, find=_find)
