"""Who was invited, who declined, took part and withdrew: what a report tells of how a study came by its people."""

from tbcp_qual.analysis.heard import Heard, unit_of
from tbcp_qual.coding.changes import Change, Revision, create, remove, update
from tbcp_qual.coding.records import Invitation, invitation_id
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import UsageError
from tbcp_qual.readers.files import as_name
from tbcp_qual.store import Project
from tbcp_qual.writers.report.material import FlowTold


def participant_flow(project: Project, now: Snapshot, heard: Heard) -> tuple[FlowTold, ...]:
    """Return who was invited, declined, took part and withdrew, by source type; each is counted in its own unit."""
    asked: dict[str, Invitation] = {one.id: one for one in project.records("invitation")}
    told = []
    for kind in heard.source_types:
        documents = [document for document in now.documents if document.source_type == kind]
        interviewed = {voice for document in documents for voice in heard.voices(document.id)}
        spoke = {
            turn.participant
            for document in documents
            for turn in now.turns_by_document.get(document.id, ())
            if turn.participant and turn.role != "interviewer"
        }
        withdrawn = {p for p in spoke if p in now.participant_by_id and now.participant_by_id[p].withdrawn}
        invitation = asked.pop(invitation_id(kind), None)
        told.append(
            FlowTold(
                source_type=kind,
                unit=unit_of(kind, files=all(document.kind == "case file" for document in documents)),
                people=len(interviewed - withdrawn),
                bystanders=len(spoke - interviewed),
                documents=len(documents),
                withdrawn=len(withdrawn),
                invited=invitation.invited if invitation else None,
                declined=invitation.declined if invitation else None,
                note=invitation.note if invitation else "",
            )
        )
    told.extend(
        FlowTold(
            source_type=invitation.source_type,
            unit=unit_of(invitation.source_type, files=False),
            people=0,
            bystanders=0,
            documents=0,
            withdrawn=0,
            invited=invitation.invited,
            declined=invitation.declined,
            note=invitation.note,
        )
        for invitation in sorted(asked.values(), key=lambda one: one.source_type)
    )
    heard_of = {turn.participant for turn in now.turns}
    gone = sum(bool(p.withdrawn) and p.id not in heard_of for p in now.participants)
    if gone:
        told.append(
            FlowTold(
                source_type="interview taken out", unit="people", people=0, bystanders=0, documents=0, withdrawn=gone
            )
        )
    return tuple(told)


def record_invited(
    project: Project, source_type: str, invited: int | None, *, coder: str, declined: int = 0, note: str = ""
) -> Revision | None:
    """Keep how many of a source type were asked to take part; None as the number takes it away.

    Raises:
        UsageError: the source type is empty, or more declined than were invited.
    """
    kind = one_line(source_type)
    if not kind:
        raise UsageError("Of which source type?", "Such as parent, practitioner or partner.")
    if invited is not None and not 0 <= declined <= invited:
        raise UsageError(f"{declined} of {invited} cannot have declined.", "--declined is part of those invited.")
    there: list[Invitation] = project.records("invitation")
    known = {document.source_type.casefold(): document.source_type for document in project.records("document")}
    kind = known.get(kind.casefold(), kind)
    present = next((one for one in there if one.id == invitation_id(kind)), None)
    changes: list[Change]
    if invited is None:
        if present is None:
            raise UsageError(f"Nothing is recorded of {as_name(kind)}.")
        changes = [remove(present)]
    elif present is not None:
        changes = [update(present, invited=invited, declined=declined, note=one_line(note))]
    else:
        made = Invitation(
            id=invitation_id(kind), source_type=kind, invited=invited, declined=declined, note=one_line(note)
        )
        changes = [create(made)]
    return project.apply(f"invited: {kind}", changes, coder=coder)
