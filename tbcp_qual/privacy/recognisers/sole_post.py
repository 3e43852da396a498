"""Sole posts: work that only one person does (the only infant mental health nurse in the county, the service manager)."""

import re
from collections.abc import Iterable

from tbcp_qual.privacy.finding import Found, Recogniser
from tbcp_qual.privacy.known import Known
from tbcp_qual.privacy.wording import word_set

_ROLE = (
    r"(?:workers?|nurse|midwife|visitor|psychologist|psychiatrist|psychotherapist|therapist|physiotherapist|manager|lead|leader|co-?ordinator|officer"
    r"|practitioner|doctor|gp|consultant|paediatrician|interpreter|translator|teacher|advocate|specialist|counsellor|chaplain|sister|matron|obstetrician|commissioner|champion|doula|imam|solicitor"
    r"|commissioner|dietitian|pharmacist|adviser|advisor|administrator|mentor|facilitator|link worker|post|analyst|dentist|optician|audiologist|geneticist|neonatologist|surgeon|trainer|facilitator|senco|dad worker|fathers['’] worker)"
)
_ONLY = re.compile(r"(?:[oO]nly|[sS]ole|ONLY)(?<!\w(?:Only|only|Sole|sole|ONLY))(?: one)? ")
_DETERMINER = re.compile(r"(?:\b(?:the|our|their|your|my|its|this|a)|['’]s|s['’]) (?:one and )?$", re.IGNORECASE)
_POST = re.compile(
    rf"(?P<what>(?:[A-Za-z][\w'’-]* ){{0,5}}?){_ROLE}\b(?P<place> (?:in|for|at|across|covering|on|within|working with|left in|we have|they have|there is) (?:the |our |this |that |all of |whole )*[\w'’-]+(?: [A-Z][\w'’-]+)*(?: (?:county|council|service|team|city|area|town|borough|region|district|trust|hospital|patch))?)?",
    re.IGNORECASE,
)
_PLAIN = word_set(
    "other real good decent nice young kind proper new first person people one time thing who that"
    " friendly regular same best helpful supportive consistent single actual a the to and of for had was"
    " is when if by can i we you she he they it have has do did know want really with think been see saw"
    " get got need needed said because trusted different named my her his our their nearest"
)
_POSTS = re.compile(
    r"(?:[Cc]hief (?:[Ee]xecutive|[Nn]urse|[Cc]onstable|[Ss]ocial [Ww]orker|[Oo]perating [Oo]fficer)|(?:[Aa]ssistant |[Dd]eputy |[Ee]xecutive )?[Dd]irector (?:of|for) (?:[A-Z][\w'’]+|children(?:['’]s)?|public|early|family|adult|education|nursing|midwifery|social)(?: (?:[A-Z][\w'’]+|and [A-Z][\w'’]+|services|health|help|care))*"
    r"|[Hh]ead of (?:the )?(?:[A-Z][\w'’]*(?: (?:and )?[A-Z][\w'’]*)*|midwifery|safeguarding|service|early (?:help|years)|children(?:['’]s)? (?:services|social care)|nursing|commissioning|public health|centre|school)"
    r"|[Dd]esignated (?:[Nn]urse|[Dd]octor|[Ss]afeguarding [Ll]ead|[Mm]idwife)(?: for (?:[\w-]+ ?){1,3})?|[Nn]amed (?:[Nn]urse|[Dd]octor|[Mm]idwife|GP)(?: for (?:[\w-]+ ?){1,2})?|[Ll]ead [Mm]ember(?: for (?:[\w'’]+ ?){1,2})?|[Pp]rincipal [Ss]ocial [Ww]orker"
    r"|[Ll]eader of the [Cc]ouncil|[Pp]ortfolio [Hh]older(?: for (?:[\w'’]+ ?){1,2})?|[Pp]olice and [Cc]rime [Cc]ommissioner|[Hh]ead ?teacher (?:of|at) (?:[A-Z][\w'’.]*|the)(?: [A-Z][\w'’]*)*|[Cc]onsultant (?:midwife|nurse|in public health|Midwife|Nurse)(?: for (?:[\w-]+ ?){1,2})?"
    r"|(?:[Cc]linical|[Ss]trategic|[Ss]pecialist|[Pp]rofessional) [Ll]ead (?:for|in) (?:[\w'’-]+ ?){1,3}|[Dd]irector of (?:the )?(?:programme|service|charity)"
    r"|(?<=[Tt]he )(?:programme|pilot|project|service|centre|TBCP) (?:manager|director|lead|co-?ordinator|leader|administrator)|[Dd]esignated [Ff]amily [Jj]udge"
    r"|[Ll]ead (?:midwife|nurse|health visitor|commissioner|psychologist|paediatrician|consultant|obstetrician) (?:for|in|at) (?:[\w'’-]+ ?){1,3}|[Mm]ayor of [A-Z]\w+|MP for [A-Z]\w+(?: [A-Z]\w+)*)(?!\w)"
)
_POSTS_ANCHOR = re.compile(
    r"[A-Za-z](?<!\w[A-Za-z])(?=hief|irector|ssistant [Dd]|eputy|xecutive|ead |eader|esignated|amed |rincipal|ortfolio|olice and|eadteacher|onsultant|linical|trategic|pecialist|rofessional|rogramme|ilot|roject|ervice|entre |BCP |ayor|P for)"
)


def _find(text: str, known: Known) -> Iterable[Found]:
    for anchor in _ONLY.finditer(text):
        determiner = _DETERMINER.search(text, max(0, anchor.start() - 15), anchor.start())
        if determiner is None:
            continue
        post = _POST.match(text, anchor.end(), anchor.end() + 120)
        if post is None:
            continue
        what = post["what"].lower().split()
        said = [word for word in what if word not in ("full-time", "part-time")]
        if any(word in _PLAIN for word in said) or (not what and not post["place"]):
            continue
        if not what and post.group().split()[-1].lower() in ("my", "me", "life", "it", "years", "days"):
            continue
        yield Found(anchor.start(), post.end(), 0.8 if what else 0.65, "[specialist worker]")
    for anchor in _POSTS_ANCHOR.finditer(text):
        match = _POSTS.match(text, anchor.start())
        if match is None:
            continue
        before = text[max(0, anchor.start() - 3) : anchor.start()].lower()
        if before.endswith((" a ", "\na ", "an ")) or before == "a ":
            continue
        end = match.end() - (len(match.group()) - len(match.group().rstrip()))
        yield Found(match.start(), end, 0.7, "[senior post]")


RECOGNISER = Recogniser(kind="sole post", name="posts that one person holds", structured=False, find=_find)
