"""Who asks, where no label says it: transcription services name people, and whoever asks nearly all questions asks."""

from collections import defaultdict
from dataclasses import replace

from tbcp_qual.coding.text import one_line
from tbcp_qual.readers.documents.draft import Draft

NO_INTERVIEWER = "no label is an interviewer's; all are taken for participants (see `documents role`)"
FEWEST = 3
"""Turns of whoever asks, below which nothing is guessed."""
ASKS, ANSWERS = 0.6, 0.2
"""Shares of turns that end in a question mark: at least so many of whoever asks, at most so many of everybody else."""


def with_roles(draft: Draft) -> Draft:
    """Say who asks, where no label of a dialogue does, and that it was guessed; else that nobody is known to ask."""
    ends: dict[str, list[bool]] = defaultdict(list)
    for turn in draft.turns:
        if turn.role == "interviewer":
            return draft
        if turn.speaker:
            ends[turn.speaker].append(draft.text[turn.start : turn.end].rstrip("\"”’' )]").endswith("?"))
    if not ends:
        return draft
    shares = {speaker: sum(asked) / len(asked) for speaker, asked in ends.items()}
    asking = [s for s, share in shares.items() if share >= ASKS and len(ends[s]) >= FEWEST]
    if len(asking) != 1 or len(ends) < 2 or any(share > ANSWERS for s, share in shares.items() if s != asking[0]):
        return replace(draft, warnings=(NO_INTERVIEWER, *draft.warnings))
    said = f"{one_line(asking[0])} asks nearly all questions and was taken for the interviewer (see `documents role`)"
    turns = tuple(replace(t, role="interviewer") if t.speaker == asking[0] else t for t in draft.turns)
    return replace(draft, turns=turns, warnings=(said, *draft.warnings))
