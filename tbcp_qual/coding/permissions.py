"""What may be done with a passage: the strictest of what its document and those who speak in it allow.

Case files hold words that nobody gave for research, so they may be paraphrased only until somebody records otherwise.
Where nothing is recorded of an interview it may be quoted, and every answer says that nothing is recorded.
"""

from collections.abc import Iterable, Mapping

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import PERMISSIONS, Archive, Document, Participant, Permission, Turn
from tbcp_qual.coding.spans import Span

NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What may be done with words, and who says so."""

    permission: Permission
    """Never empty."""
    recorded: bool
    """False where the document says nothing and somebody who speaks has not been asked."""
    why: str
    """What decides it: `P07 allows it`, `a case file`, `not recorded`."""


def permission_for(document: Document, participants: Iterable[Participant] = ()) -> Allowed:
    """Say what may be done with the words of a document, or with those of some who speak in it.

    Args:
        document: where they stand.
        participants: whose words they are; without any, what is recorded of the document decides.
    """
    people = sorted(participants, key=lambda participant: participant.label)
    said: list[tuple[Permission, str]] = []
    if document.permission:
        said.append((document.permission, "recorded for the document"))
    elif document.kind == "case file":
        said.append(("paraphrase only", "a case file"))
    for participant in people:
        if participant.withdrawn:
            said.append(("paraphrase only", f"{participant.label} has withdrawn"))
        elif participant.permission:
            said.append((participant.permission, f"recorded for {participant.label}"))
    unasked = [p.label for p in people if not p.permission and not p.withdrawn]
    recorded = bool(document.permission) or document.kind == "case file" or bool(people and not unasked)
    if not said:
        return Allowed(permission="quote", recorded=False, why=NOT_RECORDED)
    permission, why = max(said, key=lambda one: PERMISSIONS.index(one[0]))
    if not recorded and permission != PERMISSIONS[-1]:
        why = f"{why}; {NOT_RECORDED} for {', '.join(unasked)}"
    return Allowed(permission=permission, recorded=recorded, why=why)


def passage_permission(
    document: Document, turns: Iterable[Turn], span: Span, participants: Mapping[str, Participant]
) -> Allowed:
    """Say what may be done with a passage: whoever speaks in it decides, with the document.

    Args:
        document: where it stands.
        turns: the turns of that document, on the same text as the span.
        span: where it lies.
        participants: by id.
    """
    touched = [turn for turn in turns if turn.start < span.end and span.start < turn.end]
    speaking = {turn.participant for turn in touched if turn.role != "interviewer"}
    allowed = permission_for(document, [participants[p] for p in speaking if p is not None and p in participants])
    unnamed = any(turn.speaker and turn.role == "participant" and turn.participant is None for turn in touched)
    if unnamed and not document.permission and document.kind != "case file" and allowed.recorded:
        return Allowed(
            permission=allowed.permission, recorded=False, why=f"{allowed.why}; {NOT_RECORDED} for a voice nobody named"
        )
    return allowed


def archive_for(participants: Iterable[Participant]) -> Archive:
    """Say whether words may go to an archive: not where one of their speakers says no; empty where one was not asked."""
    answers = {"no" if participant.withdrawn else participant.archive for participant in participants}
    if "no" in answers:
        return "no"
    return "yes" if answers == {"yes"} else ""
