"""Hospitals, surgeries and hospices by name: Airedale General, Queen Elizabeth Hospital, Beechwood Surgery."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.places import named_places
from tbcp_qual.privacy.wording import ORDINARY, matches_at, word_list, word_set

_FIRST_WORDS = word_list(
    "Hospital Infirmary General Hospice Maternity Birth Medical Health Surgery NHS Foundation Mother Neonatal Wing"
    " Clinic hospital infirmary hospice surgery clinic health medical birth maternity mother neonatal"
)
_KIND = re.compile(
    r"(?:Hospital(?: NHS(?: Foundation)? Trust)?|Infirmary|General(?! Practi| Data| Election)"
    r"|Hospice|Maternity(?: Unit| Wing)?"
    r"|Birth(?:ing)? (?:Centre|Unit)|Medical (?:Centre|Practice|Group)|Health (?:Centre|Practice)"
    r"|Surgery|NHS (?:Foundation )?Trust"
    r"|Foundation Trust|Mother and Baby Unit|Neonatal Unit|Wing|Clinic"
    r"|hospital|infirmary|hospice|surgery|clinic|health centre|medical centre|birth centre"
    r"|maternity unit|mother and baby unit"
    r"|neonatal unit)s?(?!\w)"
)
_ROYAL = re.compile(r"[tT]he (?P<it>(?:[A-Z][a-z]+ Royal|Royal [A-Z][a-z]+)(?: (?:Infirmary|Hospital|General))?)(?!\w)")
_NO_HOSPITAL = re.compile(
    r"Royal (?:College|Family|Mail|Navy|Society|Assent|Wedding|Air|Marines|Highness|Mint"
    r"|Commission|Charter|Academy|Borough|Oak)"
)
_FAMED = re.compile(r"Great Ormond(?: Street)?(?: Hospital)?|GOSH(?!\w)|Jimmy['’]s(?!\w)|Addenbrooke['’]?s")
_DESCRIBING = ORDINARY | word_set(
    "royal general day cottage acute private maternity cannot psychiatric teaching district memorial nearest both"
    " field veterinary vet vet's any holby dental antenatal postnatal fracture walk-in walk sexual wound baby"
    " fertility sleep breastfeeding hospital teddy dolls east west outpatient eye weigh weighing immunisation"
    " vaccination smear asthma diabetic doctor doctors doctor's gp's plastic heart knee brain cosmetic major minor"
    " keyhole emergency hand gender pain feeding perinatal neonatal special another hospitals integrated"
)


def _find(text: str, known: Known) -> Iterable[Found]:
    for place in named_places(text, matches_at(text, _KIND, _FIRST_WORDS), _DESCRIBING):
        kind = text[place.start : place.end].rpartition(" ")[2]
        if kind.startswith("clinic") and not place.words[0].startswith(("St", "Saint")):
            continue
        weak = kind in ("Clinic", "Wing", "General", "surgery", "Maternity") or kind.islower()
        yield Found(place.start, place.end, 0.7 if weak else 0.9, "[Hospital]")
    for match in _ROYAL.finditer(text):
        if not _NO_HOSPITAL.match(match["it"]):
            yield Found(match.start("it"), match.end(), 0.75, "[Hospital]")
    for match in _FAMED.finditer(text):
        yield Found(*match.span(), 0.75, "[Hospital]")


RECOGNISER = Recogniser(kind="hospital", name="hospitals and surgeries", structured=False, find=_find)
