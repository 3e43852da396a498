"""Signs that an unknown capitalised word is somebody: who is told something, who is spoken to, whose name is told after.

Each is a place where names stand and words of every day, firms and peoples seldom do; none is as strong as a title.
"""

import re

from tbcp_qual.privacy import people
from tbcp_qual.privacy.wording import LETTERS, word_set

_KIN = "|".join(sorted(people.KIN, key=lambda kin: (-len(kin), kin)))
_SOMEBODY = "|".join(sorted(people.KIN | people.WORK, key=lambda word: (-len(word), word)))
_OURS = "(?:my|our|her|his|their)"

_NAMED_AFTER = re.compile(rf", (?:(?:{_OURS}|the) name(?:['’]s| is| was)\b|(?:she|he|they)(?:['’]s|['’]re) called\b)")
_TOLD_AFTER = re.compile(
    rf", (?:that['’]s|who['’]s|who (?:is|was)|she['’]s|he['’]s) (?:{_OURS}|the) (?:\w+ ){{0,2}}?(?:{_SOMEBODY})\b(?!['’])"
)
_IS_AFTER = re.compile(rf"(?: is| was|['’]s|,) {_OURS} (?:\w+ ){{0,2}}?(?:{_SOMEBODY})\b(?!['’])")
_THE_AFTER = re.compile(rf", (?:the|a) (?:\w+ ){{0,2}}?(?:{_SOMEBODY})(?=[,.;)])")
_PARENT_AFTER = re.compile(
    r", (?:mother|father|mum|mam|dad|parent|son|daughter|sister|brother|grandmother) of (?=[A-Z])"
)
_HOUSE_AFTER = re.compile(r" (?:family|twins?|sisters|brothers|siblings|household)\b")
_POINTED = re.compile(r"[,.?!;:]|$|\n")
_DOES_AFTER = re.compile(rf"(?:['’]s)?(?: (?P<word>[{LETTERS}'’]+)|(?P<mark>[.,;:?!]))")

_TELLING = word_set("told tell telling asked ask asking emailed texted thanked thank hugged")
_TELLING_TO = word_set("said say says spoke speak speaking spoken talk talked talking listened")
_SIZES = word_set("little big wee lil poor lovely young")
_CALLING = word_set("right alright hiya hi hey hello thanks cheers bye listen sorry ta congratulations hush")
_CALLING_ON = (
    "go on",
    "come on",
    "thank you",
    "well done",
    "shut up",
    "morning",
    "good girl",
    "good boy",
    "night night",
)
_CALLERS = word_set("i'll we'll we you they everyone everybody people")
_PRESENTING = word_set("i'm how's where's she's he's")
_GOING_ON = word_set("but and when because cos who with too then if so")
_COMPANY = ("me and", "just me and", "him and me and")
_NAMES_IT = ("by the name of", "the name of")


def before_it(text: str, start: int, end: int, tokens: list[str]) -> float:
    """Return how sure an unknown word is a name by the words before it, 0 where none of them says so.

    Args:
        text: the text it stands in.
        start: where it begins.
        end: where it ends, without a possessive.
        tokens: the words before it on its line, in lower case, the last of them last.
    """
    if not tokens:
        return 0.0
    last = tokens[-1]
    before_last = tokens[-2] if len(tokens) > 1 else ""
    lower = " ".join(tokens[-4:])
    plain = last.rstrip(",")
    if lower.endswith(_NAMES_IT):
        return 0.8
    if last in _TELLING or (last in ("to", "with") and before_last in _TELLING_TO):
        return 0.65
    if lower.endswith(_COMPANY) and before_last == "me":
        return 0.65
    if last == "of" and before_last in ("mother", "father", "mum", "mam", "dad"):
        return 0.7
    if plain in _CALLING or lower.rstrip(",").endswith(_CALLING_ON):
        return 0.6 if _POINTED.match(text, end) and (last.endswith(",") or plain in _CALLING) else 0.0
    if last in _SIZES and before_last not in people.NOT_SOMEBODY_BEFORE:
        # Little Italy is no person; little Noor is.
        return 0.6 if text[start - 1 - len(last)].islower() else 0.0
    if last in ("call", "calls") and before_last in _CALLERS:
        return 0.6
    if last in _PRESENTING or (last in ("am", "is") and before_last in ("i", "she", "he")):
        return 0.6 if _POINTED.match(text, end) else 0.0
    if last == "our" or last == "my":
        return _of_ours(text, end, last)
    return 0.0


def _of_ours(text: str, end: int, whose: str) -> float:
    """Return how sure a word after our or my is a name: our Kaidyn, my Lando cried; our Netflix bill is a bill."""
    after = _DOES_AFTER.match(text, end)
    if after is None:
        return 0.0
    word = (after["word"] or "").lower().replace("’", "'")
    if word in people.DOING or word in people.HUMAN_DOING or word in people.BEING:
        return 0.6
    if word in _GOING_ON and whose == "our":
        return 0.55
    return 0.55 if after["mark"] and whose == "our" else 0.0


def after_it(text: str, end: int, *, starts: bool, the: bool) -> float:
    """Return how sure an unknown word is a name by the words after it, 0 where none of them says so.

    Args:
        text: the text it stands in.
        end: where it ends.
        starts: whether a sentence starts with it.
        the: whether an article stands before it.
    """
    following = text[end : end + 1]
    if the:
        return 0.6 if following == " " and _HOUSE_AFTER.match(text, end) else 0.0
    if following == ",":
        if _NAMED_AFTER.match(text, end):
            return 0.8
        if _TOLD_AFTER.match(text, end) or _PARENT_AFTER.match(text, end):
            return 0.7
        if not starts and _THE_AFTER.match(text, end):
            return 0.65
    if not starts and following in (" ", ",", "'", "’") and _IS_AFTER.match(text, end):
        return 0.65
    return 0.0
