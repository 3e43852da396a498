"""Sole posts: work that only one person does (the only infant mental health nurse in the county, the headteacher).

One of many (a health visitor, my key worker) is nobody in particular.
"""

import re
from collections.abc import Iterable, Iterator

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.wording import places_of, word_set

_ROLE = (
    r"(?:workers?|nurse|midwife|visitor|psychologist|psychiatrist|psychotherapist|therapist"
    r"|physiotherapist|manager|lead"
    r"|leader|co-?ordinator|officer|practitioner|doctor|GP|consultant|paediatrician|interpreter"
    r"|translator|teacher|advocate"
    r"|specialist|counsellor|chaplain|matron|obstetrician|commissioner|champion|doula|imam|vicar"
    r"|priest|solicitor|dietitian"
    r"|pharmacist|adviser|advisor|administrator|mentor|facilitator|analyst|dentist|audiologist|geneticist|neonatologist"
    r"|surgeon|trainer|registrar|librarian|postmistress|postmaster|mayor|coroner|magistrate|caretaker|bobby|SENCO)"
)
_ONLY = re.compile(r"(?:only|Only|ONLY|sole|Sole|one) (?:one |single )?")
_DETERMINER = re.compile(r"(?:\b(?:the|our|their|your|my|its|this)|['’]s|s['’]) (?:one and )?$", re.IGNORECASE)
_POST = re.compile(
    rf"(?P<what>(?:[A-Za-z][\w'’-]* ){{0,5}}?){_ROLE}(?!\w)"
    r"(?P<place> (?:in|for|at|across|covering|within|working with) (?:the |our |this |all of |whole )?[\w'’-]+)?"
)
_PLAIN = word_set(
    "other real good decent nice young kind proper new first person people one time thing who that friendly regular"
    " same best helpful supportive consistent single actual a the to and of for had was is when if by can i we you"
    " she he they it have has do did know want really with think been see saw get got need needed said because"
    " trusted different named my her his our their nearest"
)
_HOLDER = re.compile(
    r"\b(?:the|our|this|that) (?P<place>town|village|county|council|trust|Trust|school|hospital"
    r"|borough|district|city|area"
    r"|region|service|Council|island|estate|parish|nursery|LA|local authority|centre|charity|mosque|church|team)$",
)
_POST_BEFORE = re.compile(rf"\b[tT]he (?P<what>(?:[A-Za-z][\w'’-]* ){{1,4}}?){_ROLE}$")
_CAPITAL_AFTER = re.compile(r" \w+ (?:the |all )?[A-Z]")
_ALONE_IN_A_PLACE = re.compile(
    r"(?:head ?teacher|headmaster|headmistress|deputy head(?: ?teacher)?|SENCO|senco|registrar"
    r"|vicar|imam|rabbi|chaplain"
    r"|mayor|coroner|lollipop (?:lady|man)|bursar"
    r"|(?:practice|nursery|ward|hub|centre|business|refuge|hostel|programme|pilot|project|service"
    r"|scheme|office|family support"
    r"|safeguarding|commissioning|locality) (?:manager|director|administrator|co-?ordinator"
    r"|leader))(?!\w| (?:of|for) (?:a|any)\b)"
)
_POSTS = re.compile(
    r"(?:[Cc]hief (?:[Ee]xecutive|[Nn]urse|[Cc]onstable|[Ss]ocial [Ww]orker|[Oo]perating [Oo]fficer)"
    r"|(?:[Aa]ssistant |[Dd]eputy |[Ee]xecutive )?[Dd]irector (?:of|for) (?:the )?(?:[A-Z][\w'’]+"
    r"|children(?:['’]s)?|public|early"
    r"|family|adult|education|nursing|midwifery|social|programme|service|charity)"
    r"(?: (?:[A-Z][\w'’]+|and [A-Z][\w'’]+|services|health|help|care)){0,4}"
    r"|[Hh]ead of (?:the )?(?:[A-Z][\w'’]*(?: (?:and )?[A-Z][\w'’]*){0,4}|midwifery|safeguarding"
    r"|service|early (?:help|years)"
    r"|children(?:['’]s)? (?:services|social care)|nursing|commissioning|public health|centre|school"
    r"|(?:\w+ ){1,2}(?:station|service|unit|department|school))"
    r"|[Dd]esignated (?:[Nn]urse|[Dd]octor|[Mm]idwife|[Ff]amily [Jj]udge)"
    r"|[Nn]amed (?:[Nn]urse|[Dd]octor|[Mm]idwife|GP) for [Ss]afeguarding|[Ll]ead [Mm]ember(?: for [\w'’]+)?"
    r"|[Pp]rincipal [Ss]ocial [Ww]orker|[Ll]eader of the [Cc]ouncil|[Pp]ortfolio [Hh]older"
    r"|[Pp]olice and [Cc]rime [Cc]ommissioner|[Cc]onsultant (?:midwife|nurse|in public health|Midwife|Nurse)"
    r"|(?:[Cc]linical|[Ss]trategic|[Ss]pecialist|[Pp]rofessional) [Ll]ead (?:for|in) (?:[\w'’-]+ ){0,2}[\w'’-]+"
    r"|[Ll]ead (?:midwife|nurse|health visitor|commissioner|psychologist|paediatrician|consultant"
    r"|obstetrician) (?:for|in|at) \w+"
    r"|[Mm]ayor of [A-Z]\w+|MP for [A-Z]\w+)(?!\w)"
)
_POSTS_WORDS = (
    "hief ",
    "ssistant ",
    "eputy ",
    "xecutive ",
    "irector ",
    "ead of ",
    "ead ",
    "esignated ",
    "amed ",
    "rincipal ",
    "eader of",
    "ortfolio ",
    "olice and",
    "onsultant ",
    "linical ",
    "trategic ",
    "pecialist ",
    "rofessional ",
    "ayor of",
    "P for ",
)


def _only(text: str) -> Iterator[Found]:
    for place in places_of(text, "only ", "Only ", "ONLY ", "sole ", "Sole ", "one "):
        anchor = None if place and text[place - 1].isalnum() else _ONLY.match(text, place)
        if anchor is None:
            continue
        determiner = _DETERMINER.search(text, max(0, anchor.start() - 15), anchor.start())
        post = _POST.match(text, anchor.end(), anchor.end() + 100) if determiner else None
        if post is None:
            continue
        what = post["what"].lower().split()
        one = anchor.group().startswith("one ")
        # "The one key worker who listened" praises; "our one health visitor for Sylheti families" counts.
        if any(word in _PLAIN for word in what) or ((one or not what) and not post["place"]):
            continue
        end = post.start("place") if post["place"] else post.end()
        yield Found(anchor.start(), end, 0.8 if what else 0.65, "[specialist worker]")


def _of_a_place(text: str) -> Iterator[Found]:
    for place in places_of(text, "'s ", "’s ", "s' ", "s’ "):
        holder = _HOLDER.search(text, max(0, place - 25), place + (text[place] == "s"))
        post = _POST.match(text, place + 3, place + 83) if holder else None
        if holder is not None and post is not None and not any(word in _PLAIN for word in post["what"].lower().split()):
            end = post.start("place") if post["place"] else post.end()
            yield Found(holder.start(), end, 0.65, "[senior post]")


def _alone(text: str) -> Iterator[Found]:
    for place in places_of(text, "the ", "The "):
        if place and text[place - 1].isalnum():
            continue
        start = place + 4
        alone = _ALONE_IN_A_PLACE.match(text, start)
        if alone is not None:
            yield Found(start, alone.end(), 0.7, "[senior post]")
    for place in places_of(text, " for ", " covering ", " across "):
        before = _POST_BEFORE.search(text, max(0, place - 70), place)
        goes_on = _CAPITAL_AFTER.match(text, place) if before else None
        if before is not None and goes_on is not None and not any(w in _PLAIN for w in before["what"].lower().split()):
            yield Found(before.start("what"), place, 0.7, "[specialist worker]")


def _posts(text: str) -> Iterator[Found]:
    for place in places_of(text, *_POSTS_WORDS):
        start = place - 1
        if start < 0 or (start and text[start - 1].isalnum()):
            continue
        match = _POSTS.match(text, start)
        before = text[max(0, start - 3) : start].lower()
        if match is not None and not before.endswith((" a ", "\na ", "an ")) and before != "a ":
            yield Found(start, match.end(), 0.7, "[senior post]")


def _find(text: str, known: Known) -> Iterable[Found]:
    for look in (_only, _of_a_place, _alone, _posts):
        yield from look(text)


RECOGNISER = Recogniser(kind="sole post", name="posts that one person holds", structured=False, find=_find)
