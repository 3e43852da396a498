"""UK postcodes: an area that exists, a district, then a digit and two letters never C, I, K, M, O, V."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.wording import word_set

_INWARD = r"\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}(?!\w)"
# Found from the inward part: a digit and two letters are rarer in speech than a letter and a digit.
_SHAPE = re.compile(rf"\d(?<=[A-Za-z0-9][ \u00a0-]\d|\w[A-Za-z0-9]\d)(?={_INWARD[2:]})")
_OUTWARD = re.compile(r"(?<!\w)(?P<area>[A-Za-z]{1,2})(?P<district>\d{1,2}|\d[A-HJKPSTUWa-hjkpstuw])[ \u00a0-]{0,2}$")
_AREAS = word_set(
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN"
    " EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE"
    " NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR"
    " TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_ORDINALS = frozenset({"1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "0th"})
_LABELLED_OUTWARD = re.compile(
    r"[Pp](?<!\w[Pp])ost ?code(?: area| district)?(?: is| was|:)? (?P<outward>[A-Z]{1,2}\d{1,2}[A-Z]?)(?!\w| ?\d)"
)


def _find(text: str, known: Known) -> Iterable[Found]:
    for match in _SHAPE.finditer(text):
        inward = text[match.start() : match.start() + 3]
        if inward.lower() in _ORDINALS and not inward.isupper():
            continue
        outward = _OUTWARD.search(text, max(0, match.start() - 6), match.start())
        if outward is None or outward["area"].upper() not in _AREAS:
            continue
        # The slice may have cut a longer word: what stands before must not belong to it.
        start = outward.start()
        if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
            continue
        words = text[start : match.start() + 3]
        upper = words.isupper()
        if not upper and len(set(map(str.isupper, filter(str.isalpha, words)))) > 1 and words[0].islower():
            continue
        yield Found(start, match.start() + 3, 0.98 if upper else 0.8, "[postcode]")
    for match in _LABELLED_OUTWARD.finditer(text):
        if match["outward"].rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").rstrip("0123456789") in _AREAS:
            yield Found(match.start("outward"), match.end("outward"), 0.6, "[postcode]")


RECOGNISER = Recogniser(kind="postcode", name="postcodes", structured=True, find=_find)
