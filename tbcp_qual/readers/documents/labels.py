"""Who speaks: labels at the start of lines, in the usual shapes, and the evidence on which they are believed.

A label is believed where it is of a known family (`Interviewer`, `I`, `P07`) or a name that comes again, and where
the lines that have one make up a dialogue; `Note: …` or a field of a form are not somebody speaking.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from tbcp_qual.coding.records import Role
from tbcp_qual.readers.documents.lines import (
    BARE_TIME,
    BRACKETED_TIME,
    TIME,
    Line,
    bullet,
    is_dated,
    is_time,
    seconds,
    word_list,
)
from tbcp_qual.readers.documents.sections import find_headings

Shape = Literal["colon", "dash", "tab", "row", "bracket", "alone"]

_NAME = r"[^\W_](?:[^\n\t:|\[\]{}<>*!?;\"“”]{0,38}?[\w.)])??"
_LEAD = re.compile(rf"(?P<time>{TIME})[ \t]*(?:[-–—][ \t]+)?")
_LABELLED = re.compile(
    rf"(?:\*\*|__)?(?P<name>{_NAME})(?:[ \t]*(?P<after>{BRACKETED_TIME})|(?P<gap>[ \t]+)(?P<bare>{BARE_TIME}))?"
    rf"[ ]*[|*_]{{0,2}}(?P<sep>[ ]*[:：](?!//|\d)|[ ]*\t|[ ]+[-–—][ ]|(?<=[\])}}>#])[ ]*(?=[^\W_])|$)(?:\*\*|__)?"
    rf"[ \t]*(?:(?P<inner>{BRACKETED_TIME})[ \t]*)?"
)
_NUMBER = re.compile(r"\d{1,4}[.)]?[ \t]+(?=[A-Za-z])")
_ZOOM = re.compile(rf"\[(?P<name>[^\W_][\w .'’&()-]{{0,38}})\][ \t]+(?P<time>{BARE_TIME})$")
_BRACKET = re.compile(r"[\[(<](?P<name>[^\W_][\w .-]{0,18})[\])>][ \t]*:?[ \t]*")

_INTERVIEWER = re.compile(
    r"(?i:interviewer|int|researcher|moderator|facilitator|mod|fac)(?:\.|[ ]?\d{1,2}|[ ][A-Z][\w'’-]{0,20})?"
    r"(?:[ ]?\([\w .]+\))?$"
    r"|[IQ]\d{0,2}$|(?i:question)(?:[ ]?\d{1,3})?$"
)
_PARTICIPANT = re.compile(
    r"(?i:participant|respondent|interviewee|resp|speaker|unknown speaker|voice|all|both|everyone|group|multiple speakers|several"
    r"|(?:unidentified|unknown|unclear)(?: (?:speaker|voice))?)\.?(?:[ ]?[\w-]{1,4})?(?:[ ]?\([\w .]+\))?$"
    r"|(?i:female|male|woman|man|parent|mother|father|mum|dad|carer|worker|practitioner|member|person|attendee|guest)"
    r"[ ]?\d{1,2}[a-z]?(?:[ ]?\([\w .]+\))?$"
    r"|(?:[A-Z]{1,3}-?|id ?|ID ?|p|k|w)\d{1,3}[a-z]?(?:[ ]?\([\w .]+\))?$|[PRA]$"
    r"|[A-Z]{1,3}\d{1,3}(?:(?:,[ ]|[ ]?(?:/|&|\+|and)[ ]?)[A-Z]{1,3}\d{1,3}){1,5}$"
)
_MANNER = re.compile(
    r"[ ]?\((?:to|aside|laugh|cry|cries|sigh|whisper|shout|interrupt|quiet|nod|pause|overlap|off|continu|cont)"
    r"[\w.'’ ]*\)$",
    re.IGNORECASE,
)
"""How somebody speaks, or to whom, beside a label: `P07 (crying)`."""
_QUESTION = re.compile(r"(?:question|answer)(?:[ ]?\d{1,3})?$", re.IGNORECASE)
_DAYTIME = 5 * 3600.0
"""Seconds; where nothing was said before, they count from midnight and not from the start of a recording."""
_NAME_LIKE = re.compile(r"[^\W\d_][\w.'’&/-]*(?:[ ][\w.'’&/()-]+){0,3}$")


_NOT_SPEAKERS = word_list(
    """
    address age agreed aim aims analysis apologies assessment attendees attended audio author background baby's born
    case category child comment comments concern concerns conclusion contact context date dates decision decisions
    diagnosis dob duration email ethnicity evidence example family file filename follow-up gender goal goals health
    history home housing id impact important interview issue issues key language length location name names nb need
    needs next nit note notes objective outcome outcomes participants period phone plan place post present progress
    project ps question questions rating re reason recommendation recommendations recording ref reference referral
    referred result review risk risks safety score section setting source status strength strengths study subject
    summary support task tasks telephone theme themes time title todo topic topics transcriber transcript transcription
    update venue view views visit warning wave week what when where who why how by worries action actions answer yes no yeah ok okay right sure thanks
    hmm mm well exactly so
    """
)
_ROLES = word_list(
    "worker visitor officer manager mother father nurse practitioner co-ordinator coordinator carer adviser"
)
_SMALL_WORDS = word_list("de da del der den di la le of the van von y al el bin and")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A line that may open with a speaker."""

    shape: Shape
    speaker: str
    time: float | None
    timed: bool
    """Whether a time stands beside the name."""
    words: int
    """Offset where the words begin; the end of the line where they are on the lines below."""

    @property
    def known(self) -> bool:
        """Whether it is one of the usual labels, whatever the rest of the document says."""
        return bool(_INTERVIEWER.match(self.speaker) or _PARTICIPANT.match(self.speaker))

    @property
    def family(self) -> str:
        """The label without its number."""
        return self.speaker.rstrip("0123456789. ").casefold()


def guess_roles(speakers: Sequence[str]) -> dict[str, Role]:
    """Say of each speaker whether the label is an interviewer's; `R` asks where somebody else is called `P`."""
    roles: dict[str, Role] = {s: "interviewer" if _INTERVIEWER.match(s) else "participant" for s in speakers}
    if "interviewer" not in roles.values() and "R" in roles and any(re.match(r"P\d*$", s) for s in speakers):
        roles["R"] = "interviewer"
    return roles


def find_labels(lines: Sequence[Line]) -> dict[int, Label]:
    """Return the labels that are believed, by index of the line."""
    candidates = {i: label for i, line in enumerate(lines) if (label := _parse(line)) is not None}
    believed = _timed(candidates) | _usual(candidates)
    questions = _questions(candidates)
    believed |= questions
    believed |= _bracketed(candidates, lines)
    believed |= _names(candidates, believed, lines)
    believed |= _names_alone(candidates, believed, lines)
    if {label.speaker for label in believed.values()} == set("SOAP"):
        return {}  # notes of a visit: subjective, objective, assessment, plan
    believed = {i: label for i, label in believed.items() if not _stands_over_nothing(i, label, believed, lines)}
    for i in _front_matter(lines):
        if i not in questions:
            believed.pop(i, None)
    return _from_start(dict(sorted(believed.items()))) if len(believed) > 1 else {}


def _from_start(labels: dict[int, Label]) -> dict[int, Label]:
    """Count times from the first where they are times of day."""
    times = [label.time for label in labels.values() if label.time is not None]
    first = min(times, default=0.0)
    if first < _DAYTIME:
        return labels
    return {
        i: label if label.time is None else replace(label, time=round(label.time - first, 3))
        for i, label in labels.items()
    }


def head_of(words: str) -> int:
    """Return how many characters at the start of a line may be a label and what stands beside it; 0 without one."""
    label = _parse(Line(0, len(words), words, True))
    if label is None:
        return 0
    return label.words if label.known or _is_name(label.speaker, strict=label.shape == "alone") else 0


def names_said_once(lines: Sequence[Line], believed: Mapping[int, Label]) -> dict[int, Label]:
    """Return names that come once, where nearly every line opens with somebody, as in the captions of a meeting."""
    candidates = {i: label for i, line in enumerate(lines) if i not in believed and (label := _parse(line)) is not None}
    once = {
        i: label for i, label in candidates.items() if label.shape == "colon" and _is_name(label.speaker, strict=True)
    }
    return once if believed and len(once) + len(believed) >= 0.9 * len(lines) else {}


def may_be_label(line: Line) -> bool:
    """Whether a line looks as if somebody were named at its start."""
    label = _parse(line)
    return label is not None and label.shape == "colon" and label.words < line.end and _is_name(label.speaker)


def _parse(line: Line) -> Label | None:
    if line.cells:
        return _parse_row(line)
    if bullet(line):
        return None
    words = line.words[:110]
    if zoom := _ZOOM.match(words):
        speaker = " ".join(zoom["name"].split())
        return Label(shape="alone", speaker=speaker, time=seconds(zoom["time"]), timed=True, words=line.end)
    lead = _LEAD.match(words)
    place = lead.end() if lead and lead.end() < len(words) else 0
    time = seconds(words[:place]) if place else None
    found = _LABELLED.match(words, place)
    number = _NUMBER.match(words, place)
    if number and (numbered := _LABELLED.match(words, number.end())) and numbered["sep"].strip(" ") in (":", "\t"):
        found = numbered if _usual_name(numbered["name"]) else found
    if found is None:
        return _parse_bracket(line, words, time, place)
    speaker = _MANNER.sub("", " ".join(found["name"].split()).rstrip("*_ "))
    beside = found["after"] or found["bare"] or ""
    time = seconds(beside) if time is None else time
    timed = time is not None
    if found["bare"] and not found["sep"] and not _usual_name(speaker):
        set_off = len(found["gap"].expandtabs()) > 1 or found["bare"].count(":") > 1
        if not set_off:
            return None  # `Visit 10:30` is no speaker; `Emma  0:34` and `Emma 0:00:34` are
    if found["inner"]:
        time = seconds(found["inner"]) if time is None else time
    mark = found["sep"].strip(" ")
    shape: Shape = "colon" if mark in (":", "：") else "tab" if mark == "\t" else "dash" if mark else "alone"
    if shape == "alone" and found.end() < len(words):
        shape = "colon"  # `Speaker 1 [00:00:05] Hello`
    if shape == "dash" and not (_usual_name(speaker) and len(speaker) > 1):
        return None
    if shape == "alone" and len(line.words) > len(words):
        return None
    end = line.end if shape == "alone" else min(line.start + found.end(), line.end)
    return Label(shape=shape, speaker=speaker, time=time, timed=timed, words=end)


def _parse_bracket(line: Line, words: str, time: float | None, place: int) -> Label | None:
    found = _BRACKET.match(words, place)
    if found is None or found.end() >= len(words) or not _usual_name(found["name"]):
        return None
    return Label(
        shape="bracket", speaker=found["name"], time=time, timed=time is not None, words=line.start + found.end()
    )


def _parse_row(line: Line) -> Label | None:
    """A row of a table: who, and what was said; a time or a number may stand beside."""
    starts = [*line.cells, line.end + 3]
    cells = [line.words[a - line.start : b - 3 - line.start].strip() for a, b in pairwise(starts)]
    time, rest = None, []
    for i, cell in enumerate(cells[:-1]):
        if re.match(rf"{TIME}$", cell):
            time = seconds(cell)
        elif not cell.isdigit():
            rest.append(i)
    if len(rest) != 1:
        return None
    speaker = " ".join(cells[rest[0]].rstrip(":").split())
    if not speaker or len(speaker) > 40 or speaker.casefold() in ("speaker", "speakers", "who"):
        return None
    return Label(shape="row", speaker=speaker, time=time, timed=time is not None, words=line.cells[-1])


def _usual_name(speaker: str) -> bool:
    return bool(_INTERVIEWER.match(speaker) or _PARTICIPANT.match(speaker))


def _is_name(speaker: str, *, strict: bool = False) -> bool:
    """Whether words can be somebody's name or role: `Emma`, `Key worker`; strictly: all words in capitals."""
    if len(speaker) > 30 or not _NAME_LIKE.match(speaker) or not speaker[0].isupper():
        return False
    words = speaker.casefold().split()
    if words[0].strip(".") in _NOT_SPEAKERS and words[-1] not in _ROLES:
        return False
    return not strict or all(w[0].isupper() or not w[0].isalpha() or w in _SMALL_WORDS for w in speaker.split())


def _timed(candidates: Mapping[int, Label]) -> dict[int, Label]:
    """Names beside times that rise through the document."""
    often = Counter(label.speaker for label in candidates.values() if label.timed)
    found = {
        i: label
        for i, label in candidates.items()
        # What people call themselves in a meeting may be `mum's iPhone`.
        if label.timed and (label.known or _is_name(label.speaker, strict=True) or often[label.speaker] > 2)
    }
    times = [label.time or 0.0 for label in found.values()]
    rising = sum(a <= b for a, b in pairwise(times))
    again = Counter(label.speaker for label in found.values())
    if len(found) < 2 or rising < 0.8 * (len(times) - 1):
        return {}
    return found if max(again.values()) > 1 or any(label.known for label in found.values()) else {}


def _usual(candidates: Mapping[int, Label]) -> dict[int, Label]:
    """Labels of the known families, where one comes again or two families answer each other."""
    found = {i: label for i, label in candidates.items() if label.known and label.shape != "bracket"}
    alone = {i for i, label in found.items() if label.shape == "alone" and not label.timed}
    if len(alone) < len(found) / 2:
        # A title such as `P07` stands alone too; where labels stand before the words, it is none.
        found = {i: label for i, label in found.items() if i not in alone}
    again = Counter(label.speaker for label in found.values())
    families = {label.family for label in found.values()}
    if not found or (max(again.values()) == 1 and len(families) < 2):
        return {}
    return found


def _questions(candidates: Mapping[int, Label]) -> dict[int, Label]:
    """`Question: …` and `Answer: …`, which are fields of a form unless they answer each other."""
    found = {i: label for i, label in candidates.items() if _QUESTION.match(label.speaker)}
    asked = [label.speaker[0].casefold() for label in found.values()]
    turns_over = sum(a != b for a, b in pairwise(asked))
    return found if len(found) > 3 and turns_over >= 0.6 * (len(asked) - 1) else {}


def _bracketed(candidates: Mapping[int, Label], lines: Sequence[Line]) -> dict[int, Label]:
    """`[id1] …`: believed where it opens at least half of the paragraphs, as a replaced name does not."""
    found = {i: label for i, label in candidates.items() if label.shape == "bracket"}
    again = Counter(label.speaker for label in found.values())
    paragraphs = sum(line.opens for line in lines)
    if len(found) < 3 or max(again.values()) == 1 or len(found) < paragraphs / 2:
        return {}
    return found


def _names(candidates: Mapping[int, Label], believed: Mapping[int, Label], lines: Sequence[Line]) -> dict[int, Label]:
    """Names before what they say: they come again, and in a dialogue."""
    named = {
        i: label
        for i, label in candidates.items()
        if label.shape in ("colon", "tab", "row") and i not in believed and _is_name(label.speaker)
    }
    again = Counter(label.speaker for label in named.values())
    named = {i: label for i, label in named.items() if again[label.speaker] > 1}
    if believed:
        return named
    speakers = [label.speaker for label in named.values()]
    if len(set(speakers)) < 2 or len(speakers) < 4 or sum(is_dated(line) for line in lines) > 1:
        return {}
    turns_over = sum(a != b for a, b in pairwise(speakers))
    paragraphs = [i for i, line in enumerate(lines) if (line.opens or i in named) and i >= min(named)]
    headed = len(find_headings(lines, ())) > 1 or len(find_headings(lines, named)) > 1
    enough = 0.8 if headed else 0.5
    # In captions each line has its speaker, who goes on for many of them.
    labelled_throughout = len(named) >= 0.9 * len(paragraphs) and turns_over > 1
    if (not labelled_throughout and turns_over < (len(speakers) - 1) / 2) or len(named) < enough * len(paragraphs):
        return {}
    return named if len(speakers) >= 10 or not headed else {}


def _names_alone(
    candidates: Mapping[int, Label], believed: Mapping[int, Label], lines: Sequence[Line]
) -> dict[int, Label]:
    """Names on a line of their own, most of which come again; headings of a form mostly do not."""
    alone = {
        i: label
        for i, label in candidates.items()
        if label.shape == "alone"
        and i not in believed
        and _is_name(label.speaker, strict=True)
        and (lines[i].opens or (i > 0 and is_time(lines[i - 1])))
    }
    alone = {i: label for i, label in alone.items() if i - 1 not in alone and i - 1 not in believed}
    again = Counter(label.speaker for label in alone.values())
    repeated = {speaker for speaker, n in again.items() if n > 1}
    established = any(label.shape == "alone" for label in believed.values())
    if len(repeated) * 2 < len(again) or (not established and (len(repeated) < 2 or len(alone) < 4)):
        return {}
    if believed and not established:
        return {}
    return {i: label for i, label in alone.items() if label.speaker in repeated}


def _stands_over_nothing(i: int, label: Label, believed: Mapping[int, Label], lines: Sequence[Line]) -> bool:
    """Whether a label alone on its line has no words below it that could be its own."""
    if label.shape != "alone":
        return False
    below = i + 1
    while below < len(lines) and is_time(lines[below]):
        below += 1
    return below >= len(lines) or below in believed


def _front_matter(lines: Sequence[Line]) -> range:
    """Return the lines at the top that describe the interview: `Date: …`, `Interviewer: AK`, `Participant: P07`."""
    found: dict[str, int] = {}
    fields = 0
    for i, line in enumerate(lines[:30]):
        label = _parse(line)
        if label is None or label.shape not in ("colon", "row", "tab"):
            if found or i > 9:
                break
            continue
        field = label.speaker.casefold().split()[0] in _NOT_SPEAKERS
        value = line.words[label.words - line.start :]
        entry = len(value.split()) <= 6 and not value.endswith((".", "?", "!", "…"))
        code = label.known and len(label.speaker) < 5
        if label.speaker in found or (line.opens and fields and not field):
            break
        if field or (entry and not code):
            found[label.speaker] = i
            fields += field
        elif found:
            break
    return range(min(found.values()), max(found.values()) + 1) if fields else range(0)
