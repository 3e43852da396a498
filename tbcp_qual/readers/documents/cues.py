"""Captions as turns: what WebVTT and SubRip files share. Times are data and never stand in the text.

One utterance comes in several cues: those of one speaker are joined until there is a pause. Who speaks is said by a
`<v Name>` tag, or by a label in the words.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tbcp_qual.coding.text import clean, one_line
from tbcp_qual.readers.documents.draft import Said
from tbcp_qual.readers.documents.labels import find_labels, names_said_once
from tbcp_qual.readers.documents.lines import lines_of

PAUSE = 2.0
"""Seconds without words after which the same speaker begins a new turn."""
LONG = 120
"""Words after which a turn of nobody in particular ends with the next sentence, so that a film is not one turn."""

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}(?:[ \t].*)?$")
_TEAMS_ID = re.compile(r"[0-9a-fA-F-]{36}/(\d+)-\d+$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>\n]{1,200})>")
_FRESH = re.compile(r"(?:>>+|[-–—])[ \t]*(?=\w)")
_TAG = re.compile(
    r"</?(?:[bicuv]|ruby|rt|lang|font)(?:[.\s][^<>]{0,200})?/?>|<\d[\d:.]{3,20}>|\{\\an?\d\}", re.IGNORECASE
)
_NAMED = re.compile(r"(?P<name>[^:\n]{1,40}):[ \t]+")
FEWEST = 6
"""Captions, from which on a name before a colon in all of them is believed whatever it looks like."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption."""

    begins: float
    ends: float
    words: str
    speaker: str = ""
    utterance: str = ""
    """Number of the utterance that Teams counts it to; empty elsewhere."""
    fresh: bool = False
    """Whether a mark (`-` or `>>`) says that somebody else begins."""


def cues_of(text: str) -> list[Cue]:
    """Return the captions of a file in their order; what is no caption (notes, styles, counters) is passed over."""
    lines = clean(text).text.split("\n")
    timings = [(i, found) for i, line in enumerate(lines) if "-->" in line and (found := _TIMING.match(line[:200]))]
    cues: list[Cue] = []
    for n, (i, found) in enumerate(timings):
        following = timings[n + 1][0] if n + 1 < len(timings) else len(lines)
        payload: list[str] = []
        for line in lines[i + 1 : following]:
            if not line.strip():
                break
            payload.append(line.strip())
        else:
            if following < len(lines) and payload and payload[-1].isdigit():
                payload.pop()  # the next caption's number, where no blank line stands before it
        name = lines[i - 1].strip() if i else ""
        utterance = teams[1] if (teams := _TEAMS_ID.match(name)) else ""
        begins, ends = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
        cues.extend(_voices(" ".join(payload), Cue(begins, max(begins, ends), "", utterance=utterance)))
    return cues


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + float(f"{int(seconds)}.{fraction}")


def _voices(payload: str, cue: Cue) -> Iterator[Cue]:
    """Give a caption for each voice that is tagged in one."""
    place, speaker = 0, ""
    for found in _VOICE.finditer(payload):
        if words := _words(payload[place : found.start()]):
            yield replace(cue, words=words, speaker=speaker)
        place, speaker = found.end(), one_line(html.unescape(found[1]))
    if words := _words(payload[place:]):
        yield replace(cue, words=words, speaker=speaker)


def _words(payload: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", payload)).split())


def turns_of(cues: Sequence[Cue]) -> list[Said]:
    """Join captions to turns."""
    if not any(cue.speaker for cue in cues):
        cues = _labelled(cues)
    turns: list[Said] = []
    words: list[str] = []
    for before, cue in zip((None, *cues), cues, strict=False):
        if before is not None and _goes_on(before, cue, words):
            words.append(cue.words)
            continue
        if turns:
            turns[-1] = replace(turns[-1], words=" ".join(words))
        turns.append(Said(words="", speaker=cue.speaker, time=cue.begins))
        words = [cue.words]
    if turns:
        turns[-1] = replace(turns[-1], words=" ".join(words))
    return turns


def _goes_on(before: Cue, cue: Cue, words: Sequence[str]) -> bool:
    if before.speaker != cue.speaker or cue.fresh:
        return False
    if cue.utterance and cue.utterance == before.utterance:
        return True
    if cue.begins - before.ends >= PAUSE:
        return False
    ended = before.words.endswith((".", "?", "!", "…"))
    return bool(cue.speaker) or not ended or sum(map(len, words)) < LONG * 6


def _labelled(cues: Sequence[Cue]) -> list[Cue]:
    """Take the labels that stand in the words; a caption without one goes on with the speaker above."""
    cues = [
        replace(cue, words=words, fresh=True) if (words := _FRESH.sub("", cue.words)) and words != cue.words else cue
        for cue in cues
    ]
    if named := _named_throughout(cues):
        return named
    text = "\n\n".join(cue.words for cue in cues)
    lines = lines_of(text)
    labels = find_labels(lines)
    labels.update(names_said_once(lines, labels))
    found: list[Cue] = []
    speaker = ""
    for i, (cue, line) in enumerate(zip(cues, lines, strict=True)):
        label = labels.get(i)
        if label is None:
            found.append(replace(cue, speaker=speaker))
            continue
        speaker = label.speaker
        if words := text[label.words : line.end].strip():
            found.append(replace(cue, words=words, speaker=speaker))
    return found


def _named_throughout(cues: Sequence[Cue]) -> list[Cue]:
    """Take whatever stands before a colon for a speaker where all captions have such, and few different ones.

    In a meeting people are called `sarah k`, `Galaxy S9` or by the number they ring from.
    """
    named = [_NAMED.match(cue.words) for cue in cues]
    names = {found["name"] for found in named if found}
    if None in named or len(cues) < FEWEST or not 1 < len(names) <= len(cues) / 3:
        return []
    return [
        replace(cue, speaker=one_line(found["name"]), words=cue.words[found.end() :])
        for cue, found in zip(cues, named, strict=True)
        if found and cue.words[found.end() :]
    ]
