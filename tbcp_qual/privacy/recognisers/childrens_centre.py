"""Children's centres, family hubs and the like by name: Bramley Children's Centre, the Willow Family Hub."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.places import named_places
from tbcp_qual.privacy.wording import ORDINARY, matches_at, word_list, word_set

_FIRST_WORDS = word_list(
    "Child Family Families Sure Community Early Wellbeing Parent Contact Neighbourhood Women Youth Hub child family"
    " sure community contact early wellbeing hub"
)
_KIND = re.compile(
    r"(?:Child(?:ren)?['’]?s?['’]? Centre|Children (?:and|&) Famil(?:y|ies) (?:Centre|Hub)|Family (?:Hub|Centre)"
    r"|Families (?:Hub|Centre)|Sure ?Start(?: [Cc]entre)?|Community (?:Centre|Hub)|Early (?:Years|Help) (?:Centre|Hub)"
    r"|Wellbeing (?:Centre|Hub)|Parent(?:s|ing)? (?:Centre|Hub)|Contact Centre|Neighbourhood Centre|Women['’]s Centre"
    r"|Youth Centre|Hub"
    r"|children['’]?s?['’]? centre|family (?:hub|centre)|community (?:centre|hub)"
    r"|sure ?start(?: centre)?|contact centre"
    r"|early years centre|wellbeing (?:centre|hub)|hub)s?(?!\w)"
)
_DESCRIBING = ORDINARY | word_set(
    "nearest another any integrated locality virtual digital contact community neighbourhood multi-agency usb hub"
    " youth women's skills warm civic central mash advice employment job"
)


def _find(text: str, known: Known) -> Iterable[Found]:
    for place in named_places(text, matches_at(text, _KIND, _FIRST_WORDS), _DESCRIBING):
        weak = text[place.start : place.end].rpartition(" ")[2] in ("Hub", "hub", "centre")
        yield Found(place.start, place.end, 0.75 if weak else 0.9, "[Children's centre]")


RECOGNISER = Recogniser(kind="children's centre", name="children's centres and hubs", structured=False, find=_find)
