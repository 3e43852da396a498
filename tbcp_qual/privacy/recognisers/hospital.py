"""Hospitals, surgeries and hospices by name: Airedale General, Queen Elizabeth Hospital, Beechwood Surgery."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.places import named_places
from tbcp_qual.privacy.wording import ORDINARY, word_set

_KIND = re.compile(
    r"(?:(?:University|General|District|Royal|Community|Maternity|Children['’]?s?['’]?|Women['’]?s?['’]?|Memorial|Cottage|Teaching|Private|Mental Health|and) ){0,4}"
    r"(?:Hospitals?|Infirmary|General(?! (?:Practi|Data|Election))|Hospice|Maternity(?: Unit| Hospital| Wing)?|(?:Birth|Birthing) (?:Centre|Unit)|(?:Medical|Health) (?:Centre|Practice)|(?:Group )?Surgery|Medical Group"
    r"|(?:Hospitals? )?NHS (?:Foundation )?Trust|Foundation Trust|Mother and Baby Unit|Neonatal Unit|Wing|Clinic)(?!\w)"
    r"|(?:general |royal |maternity |community |university |children['’]s )?(?:hospitals?|infirmary|hospice|surgery|health centre|medical centre|birth centre|maternity unit|mother and baby unit|neonatal unit)(?!\w)"
)
_ROYAL = re.compile(r"the (?:[A-Z][a-z]+ )?Royal(?! \w| (?:College|Family|Mail|Navy|Society|Assent))(?!\w)")
_FAMED = re.compile(
    r"Great Ormond(?: Street)?(?: Hospital)?|GOSH(?!\w)|Jimmy['’]s(?!\w)|Addenbrooke['’]?s|(?:St|Saint)\.? (?:James['’]?s?|Thomas['’]?s?|Mary['’]s|George['’]s|Luke['’]s|Bartholomew['’]s)(?= (?:in \w+ )?(?:neonatal|maternity|labour|A&E|NICU|ward|scan))"
)
_DESCRIBING = ORDINARY | word_set(
    "royal general day cottage acute private maternity cannot psychiatric teaching district memorial"
    " nearest both field veterinary vet vet's any holby dental antenatal postnatal fracture walk-in walk"
    " sexual wound baby fertility sleep breastfeeding hospital teddy dolls east west outpatient eye weigh"
    " weighing immunisation vaccination smear asthma diabetic doctor doctors doctor's gp's plastic heart"
    " knee brain cosmetic major minor keyhole emergency hand gender pain feeding perinatal neonatal"
    " special another hospitals integrated"
)


def _find(text: str, known: Known) -> Iterable[Found]:
    for place in named_places(text, _KIND, _DESCRIBING):
        kind = text[place.start : place.end].rpartition(" ")[2]
        weak = kind in ("Clinic", "Wing", "General", "surgery", "Maternity") or kind.islower()
        yield Found(place.start, place.end, 0.7 if weak else 0.9, "[Hospital]")
    for pattern in (_ROYAL, _FAMED):
        for match in pattern.finditer(text):
            start = match.start() + (4 if match.group().startswith("the ") else 0)
            yield Found(start, match.end(), 0.75, "[Hospital]")


RECOGNISER = Recogniser(kind="hospital", name="hospitals and surgeries", structured=False, find=_find)
