"""Schools and nurseries by name: St Mary's Primary, Oakfield Academy, Little Acorns Nursery."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.places import named_places
from tbcp_qual.privacy.wording import ORDINARY, matches_at, word_list, word_set

_FIRST_WORDS = word_list(
    "School Academy College Primary High Infants Juniors Nursery Pre Playgroup Kindergarten Montessori Grammar"
    " Comprehensive Sixth school academy playgroup pre nursery"
)
_KIND = re.compile(
    r"(?:School(?! (?:[Nn]urse|[Rr]eadiness|[Hh]oliday))(?: (?:and|&) (?:Nursery|Sixth Form|College))?|Academy|College"
    r"|Primary(?! [Cc]are)|High(?! (?:[Ss]treet|[Rr]oad|[Cc]ourt|[Cc]hair|[Ss]chool|[Ss]treet))|Infants|Juniors"
    r"|Nursery(?! [Rr]hyme| [Nn]urse)|Pre-?[Ss]chool|Playgroup|Kindergarten|Montessori|Grammar|Comprehensive|Sixth Form"
    r"|school|academy|playgroup|pre-?school"
    r"|nursery(?! rhyme| nurse| school))(?!\w)"
)
_DESCRIBING = ORDINARY | word_set(
    "sunday summer junior infant infants' girls boys girls' boys' voluntary aided roman foundation c e ce rc va vc"
    " cofe prep old national forest big small another private independent royal nearest brownies academy college day"
    " special high upper middle lower secondary primary nursery catholic drama dance swimming driving medical art"
    " business law technical sixth training both open language saturday boarding night ballet stage playgroup rhyme"
    " virtual free preparatory any their mainstream comprehensive grammar"
)


def _find(text: str, known: Known) -> Iterable[Found]:
    for place in named_places(text, matches_at(text, _KIND, _FIRST_WORDS), _DESCRIBING):
        lower = text[place.start + len(" ".join(place.words)) + 1 : place.end].islower()
        if place.words[-1] != "The":
            yield Found(place.start, place.end, 0.7 if lower else 0.9, "[School]")


RECOGNISER = Recogniser(kind="school", name="schools and nurseries", structured=False, find=_find)
