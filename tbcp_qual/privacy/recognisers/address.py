"""Addresses: a number and a street, a street by name, a flat in a house, an estate."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.places import named_places
from tbcp_qual.privacy.wording import NAME_WORD, ORDINARY, matches_at, word_list, word_set

_STREET = "Road|Street|Avenue|Lane|Crescent|Terrace|Gardens|Grove|Close|Drive|Mews|Rd|Ave|Cres|Boulevard|Gdns"
_WEAK = (
    "Place|Way|Hill|View|Park|Walk|Green|Row|Rise|Square|Parade|Mount|Bank|Croft|Fold|Garth|House"
    "|Path|Meadows?|End|Yard|Villas|Buildings?|Cottages?|Court|Towers?|Heights|Gate|Approach|Vale"
    "|Dale|Wood|Side|Bridge|Lodge|Point|Wharf|Quay|Ridge|Bungalows?|Farm|St|Dr|Ct"
)
_NUMBERED = re.compile(
    r"\d(?<![\w.,/:£+-]\d)\d{0,3}[A-Za-z]?(?:[-/]\d{1,4}[A-Za-z]?)?,? (?:the )?"
    rf"(?:(?:{NAME_WORD}|St\.|of|the) ){{1,4}}(?:{_STREET}|{_WEAK})(?!\w|['’])(?:,? {NAME_WORD} (?:{_STREET})(?!\w))?"
)
_SMALL_LETTERS = re.compile(
    r"\d(?<![\w.,/:£+-]\d)\d{0,3}[a-z]?,? (?P<words>(?:[a-z][a-z'’]+ ){1,2})(?:road|street|avenue"
    r"|lane|crescent|terrace|grove|close|drive|gardens|mews|st|rd|ave|cres)(?!\w)"
)
_LIVING = re.compile(
    r"\b(?:at|liv\w*|address|moved? (?:in)?to|number|no\.?|house|flat|from|mums?|mum['’]s|dads?"
    r"|dad['’]s|nans?|stay\w*|is|was|to|of)\W{0,3}$",
    re.IGNORECASE,
)
_WELSH = re.compile(
    rf"\d(?<![\w.,/:£+-]\d)\d{{0,3}}[A-Za-z]?,? (?:Ffordd|Heol|Stryd|Lôn|Maes|Clos|Rhodfa|Llys|Cwrt"
    rf"|Rhes|Bryn|Parc|Tan|Pen)(?: (?:y|yr|Y|Yr))?"
    rf"(?: {NAME_WORD}){{1,2}}"
)
_NAMED_HOUSE = re.compile(
    rf"The (?:{NAME_WORD} ){{0,2}}{NAME_WORD}, (?:{NAME_WORD} ){{1,3}}(?:{_STREET}|Farm|Hill|Green|Way)(?!\w)"
)
_NOT_STREETS = word_set(
    "the our a an down up this that main side busy long minutes minute miles mile doors houses years weeks times"
    " people of in on from his her my their same next other different"
)
_FLAT = re.compile(
    rf"(?:Flat|flat|Apartment|apartment|Apt\.?|apt\.?|Room|room|Unit|unit) (?:\d{{1,4}}[A-Za-z]?"
    rf"|[A-Z])(?!\w),? (?:of |in |at )?(?:\d{{1,4}}[A-Za-z]?,? )?(?:{NAME_WORD} ){{1,3}}"
    rf"(?:{_STREET}|{_WEAK})(?!\w)"
    rf"(?:, \d{{1,4}}[A-Za-z]? (?:{NAME_WORD} ){{1,3}}(?:{_STREET}|{_WEAK})(?!\w))?"
)
_FLATS = word_list("Flat flat Apartment apartment Apt apt Room room Unit unit")
_STREET_WORDS = word_list(
    "Road Street Avenue Lane Crescent Terrace Gardens Grove Close Drive Mews Rd Ave Cres Boulevard Gdns Estate estate"
)
_STREETS = re.compile(rf"(?:{_STREET}|[Ee]state)(?!\w|['’]| (?:[Aa]gents?|[Cc]hildren|[Tt]o\b|Ahead))")
_FAMED = word_set(
    "high main coronation downing sesame wall oxford fleet bond abbey penny drury park memory back one two fast"
    " harley carnaby sure council real wide quality any whole same hyde ring"
)
_DESCRIBING = (
    ORDINARY
    | _FAMED
    | word_set(
        "big busy another next nearest great test hard hyper disk usb flash google food blood charity fund close drive"
        " way very"
    )
)
_HOUSE_WORDS = word_list("Cottage Tower Heights Farm")
_HOUSES = re.compile(r"(?:Cottage|Tower|Towers|Heights|Farm)(?!\w)")
_LIVES = re.compile(r"\b(?:liv\w+|lives|address|home|moved?|stay\w*|house|flat)\b[^.\n]{0,25}$", re.IGNORECASE)


def _find(text: str, known: Known) -> Iterable[Found]:
    for match in matches_at(text, _FLAT, _FLATS):
        yield Found(*match.span(), 0.95, "[address]")
    for match in _NUMBERED.finditer(text):
        words = match.group().split()
        # "In 2021 Children's Services Park" counts years, "12 Monday Close" nothing at all.
        year = len(words[0]) == 4 and words[0][:2] in ("19", "20")
        named = [word for word in words[1:-1] if word.casefold() not in ORDINARY] or words[1:2]
        if not year and named and words[1].casefold() not in _COUNTED:
            yield Found(*match.span(), 0.95, "[address]")
    for pattern, score in ((_WELSH, 0.85), (_NAMED_HOUSE, 0.75)):
        for match in pattern.finditer(text):
            yield Found(*match.span(), score, "[address]")
    for match in _SMALL_LETTERS.finditer(text):
        if not _NOT_STREETS & set(match["words"].split()) and _LIVING.search(
            text, max(0, match.start() - 20), match.start()
        ):
            yield Found(*match.span(), 0.7, "[address]")
    for place in named_places(text, matches_at(text, _STREETS, _STREET_WORDS), _DESCRIBING):
        if place.words[-1].casefold() not in ORDINARY or len(place.words) > 1:
            yield Found(place.start, place.end, 0.75, "[street]")
    for place in named_places(text, matches_at(text, _HOUSES, _HOUSE_WORDS), _DESCRIBING):
        if _LIVES.search(text, max(0, place.start - 45), place.start):
            yield Found(place.start, place.end, 0.6, "[address]")


_COUNTED = word_set("families parents children mothers fathers babies workers weeks months days visits sessions")

RECOGNISER = Recogniser(kind="address", name="addresses", structured=False, find=_find)
