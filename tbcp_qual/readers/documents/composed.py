"""The text of a document whose turns came ready made, as captions and tables do: `Speaker: words`, a paragraph each."""

from collections.abc import Sequence

from tbcp_qual.coding.records import DocumentKind
from tbcp_qual.coding.text import clean, one_line
from tbcp_qual.readers.documents.draft import Draft, DraftTurn, Reading, Said
from tbcp_qual.readers.documents.labels import guess_roles


def compose(reading: Reading) -> Draft:
    """Put the turns of a reading together to a clean text."""
    said = [turn for turn in reading.said if turn.words.strip()]
    roles = guess_roles(sorted({one_line(turn.speaker) for turn in said if turn.speaker.strip()}))
    pieces: list[str] = []
    turns: list[DraftTurn] = []
    length = 0
    section = ""
    for turn in said:
        words = clean(turn.words).text.strip()
        if not words:
            continue
        speaker = one_line(turn.speaker)
        head = "\n\n" if pieces else ""
        begins = length + len(head)
        heading, section = ("" if turn.section == section else one_line(turn.section)), turn.section
        title = one_line(turn.title)
        head += f"{heading}\n\n" if heading else ""
        head += f"{title}\n" if title else ""
        head += f"{speaker}: " if speaker else ""
        turns.append(
            DraftTurn(
                head=begins,
                start=length + len(head),
                end=length + len(head) + len(words),
                speaker=speaker,
                role=turn.role or (roles[speaker] if speaker else ""),
                section=one_line(turn.section),
                time=turn.time,
                date=turn.date,
            )
        )
        pieces += [head, words]
        length += len(head) + len(words)
    warnings = list(reading.warnings)
    if not roles and not any(turn.section or turn.date for turn in turns):
        warnings.append("no speakers were recognised; each paragraph is a turn")
    return Draft(
        text="".join(pieces),
        turns=tuple(turns),
        kind=_kind(said),
        warnings=tuple(warnings),
        left_out=reading.left_out,
        shape=reading.shape,
    )


def _kind(said: Sequence[Said]) -> DocumentKind:
    """Tables of entries and records come from files; what is said comes from interviews."""
    entries = sum(bool(turn.date or turn.section) and not turn.speaker for turn in said)
    return "case file" if entries > len(said) / 2 else "interview"
