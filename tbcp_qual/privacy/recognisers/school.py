"""Schools and nurseries by name: St Mary's Primary, Oakfield Academy, Little Acorns Nursery."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.places import named_places
from tbcp_qual.privacy.wording import ORDINARY, word_set

_PHASE = r"(?:Primary|Infants?['’]?|Juniors?|Nursery|High|Secondary|Community|Comprehensive|Grammar|Catholic|C of E|CE|CofE|RC|VA|VC|Special|Free|First|Middle|Upper|Lower|Prep(?:aratory)?|Girls['’]?|Boys['’]?|Voluntary Aided|Church of England|Roman Catholic|Day|Foundation)"
_KIND = re.compile(
    rf"(?:{_PHASE} (?:(?:and|&) )?){{0,4}}(?:School(?! (?:[Nn]urse|[Rr]eadiness|[Hh]olidays?))(?: (?:and|&) (?:Nursery|Sixth Form|College))?|Academy|College|Primary(?! [Cc]are)|Infants|Juniors|Nursery(?! [Rr]hyme| [Nn]urse)|Pre-?[Ss]chool|Playgroup|Kindergarten|Montessori|Grammar|Comprehensive|Sixth Form)(?!\w)"
    r"|(?:primary(?! care)|infant|junior|nursery|high|secondary|special|grammar)(?: and \w+)? school(?!\w)|(?:school|academy|playgroup|pre-?school|nursery(?! rhyme| nurse| school))(?!\w)"
)
_DESCRIBING = ORDINARY | word_set(
    "sunday summer old national forest big small another private independent royal nearest brownies"
    " academy college day special high upper middle lower secondary primary nursery catholic drama dance"
    " swimming driving medical art business law technical sixth training both open language saturday"
    " boarding night ballet stage playgroup rhyme virtual free preparatory any their mainstream"
    " comprehensive grammar"
)


def _find(text: str, known: Known) -> Iterable[Found]:
    for place in named_places(text, _KIND, _DESCRIBING):
        lower = text[place.start + len(" ".join(place.words)) + 1 : place.end].islower()
        if place.words[-1] != "The":
            yield Found(place.start, place.end, 0.7 if lower else 0.9, "[School]")


RECOGNISER = Recogniser(kind="school", name="schools and nurseries", structured=False, find=_find)
