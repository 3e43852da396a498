"""Wards of a hospital by number or name: ward 12B, Nightingale Ward; Ward as a surname is left to the names."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.people import FIRST_NAMES, TITLES
from tbcp_qual.privacy.places import named_places
from tbcp_qual.privacy.wording import ORDINARY, matches_at, without_possessive, word_list, word_set

_NUMBERED = re.compile(
    r"(?:Wards?|wards?|WARD) (?:[nN](?:o|umber)\.? )?(?:\d{1,3}[A-Za-z]?|[A-Z]\d{1,2}|[A-Z](?=[\s,.;)]|$))"
    r"(?!\w|[./]\d| (?:times|weeks|days|people|visits))(?:(?: and |, | & |/)\d{1,3}[A-Za-z]?(?!\w))?"
)
_FIRST_WORDS = word_list("Ward Suite ward suite Bay")
_KIND = re.compile(r"(?:Ward|Suite|ward|suite|Bay)(?!\w| (?:[Mm]anager|[Ss]ister|[Rr]ound|[Cc]lerk|[Ss]taff) \w+['’])")
_ON = re.compile(r"\b(?:on|onto|to|the|from|in|at|up|of|via) (?:the )?$", re.IGNORECASE)
_DESCRIBING = ORDINARY | word_set(
    "labour delivery maternity postnatal antenatal ante-natal post-natal gynae gynaecology neonatal paediatric"
    " children's isolation psychiatric birthing bathroom three-piece office bridal observation geriatric surgical"
    " medical recovery general transitional day adult burns cancer orthopaedic electoral mrs mr ms miss dr nurse"
    " sister pc dc bereavement family en executive honeymoon fetal foetal assessment induction another nhs high"
    " dependency intensive hdu itu"
)


def _find(text: str, known: Known) -> Iterable[Found]:
    for match in matches_at(text, _NUMBERED, ("Ward", "ward", "WARD")):
        yield Found(*match.span(), 0.9, "[Ward]")
    for place in named_places(text, matches_at(text, _KIND, _FIRST_WORDS), _DESCRIBING):
        named_ward = text[: place.end].endswith("Ward")
        first = without_possessive(place.words[0])
        after_place = _ON.search(text, max(0, place.start - 12), place.start) is not None
        if named_ward and first in TITLES:
            continue
        if named_ward and first in FIRST_NAMES and not after_place:
            # Sarah Ward is somebody; on Victoria Ward is a place.
            continue
        if (
            named_ward
            and first in FIRST_NAMES
            and text[max(0, place.start - 9) : place.start]
            .lower()
            .endswith(("spoke to ", "talk to ", "told to ", " from ", "said to "))
        ):
            continue
        yield Found(place.start, place.end, 0.9 if after_place else 0.7, "[Ward]")


RECOGNISER = Recogniser(kind="ward", name="wards", structured=False, find=_find)
