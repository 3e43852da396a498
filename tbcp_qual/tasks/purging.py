"""Taking out for good what must not stay: somebody withdraws, or a name was replaced and must not lie in the file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypedDict

from tbcp_qual.coding.changes import update
from tbcp_qual.coding.placing import Places
from tbcp_qual.coding.records import Attribute, Document, Measure, Participant
from tbcp_qual.coding.redaction import Redaction
from tbcp_qual.coding.repeating import repeated, runs
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import UsageError
from tbcp_qual.privacy.disclosure import POINTERS
from tbcp_qual.privacy.pseudonyms import Pseudonyms
from tbcp_qual.privacy.spelling import in_all_spellings
from tbcp_qual.store import Project
from tbcp_qual.tasks.documents import document_named
from tbcp_qual.tasks.replacing import Replacement, replace_words
from tbcp_qual.tasks.written import records_with_words, written_in

WITHDRAWN = "[withdrawn]"
"""What stands where somebody spoke who has withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What it would touch that somebody withdraws; said before it is done."""

    participant: Participant
    whole: tuple[Document, ...]
    """Documents that go as a whole: nobody else speaks in them, or they were named."""
    shared: tuple[Document, ...]
    """Documents in which others speak too: what this one said is taken out of them."""
    turns: int
    """Turns that this participant speaks in the shared documents."""
    codings: int
    """Codings of all coders that go, as far as the viewer may see them."""
    memos: int
    """As far as the viewer may see them."""
    withheld: bool
    """Whether documents are among them in which others' work is blind to the viewer: it goes too, and is not counted."""
    about_the_case: tuple[Document, ...]
    """Other documents about the same family, which stay unless they are named."""
    quoting: tuple[str, ...]
    """Names of memos, definitions and the like that repeat these words; there `[withdrawn]` takes their place."""
    quotations: tuple[str, ...]
    """The words they repeat, as they stand there."""
    exports: tuple[str, ...]
    """Files that were exported and may hold these words; they are for a person to find and delete."""
    family: str
    """Label of the family they belong to; empty for none."""
    attributes: tuple[Attribute, ...]
    """Of the family; they go unless they stay."""
    measures: tuple[Measure, ...]
    """Of the family; they go unless they stay."""
    stays: str
    """Why what is known of the family stays; empty where it goes."""


def plan_withdrawal(
    project: Project, label: str, *, viewer: str, also: Sequence[str] = (), keep_family: bool = False
) -> Withdrawal:
    """Say what it would touch that a participant withdraws.

    What is known of the family, attributes and scores, was given with their consent: it goes too, unless somebody else
    of the family takes part, or the team says that it stays.

    Args:
        viewer: id of the coder who looks; memos they may not see go too, but are not named.
        label: of the participant.
        also: names of further documents that go, such as the family's case file.
        keep_family: whether attributes and measures of the family stay all the same.

    Raises:
        UsageError: there is no such participant or document.
    """
    participant = participant_named(project, label)
    named = {document_named(project, name).id for name in also}
    documents = {document.id: document for document in project.records("document")}
    spoken: dict[str, int] = {}
    others: set[str] = set()
    for turn in project.records("turn"):
        if turn.participant == participant.id:
            spoken[turn.document] = spoken.get(turn.document, 0) + 1
        elif turn.role != "interviewer" and turn.speaker:
            others.add(turn.document)
    whole = {d for d in spoken if d not in others} | named
    shared = [d for d in spoken if d not in whole]
    gone = _on(project, whole, participant, shared)
    seen = project.snapshot(viewer, sorted({*whole, *shared}))
    about = [
        document
        for document in documents.values()
        if participant.case and participant.case in document.cases and document.id not in whole | set(shared)
    ]
    records = {record for _, record in gone}
    quoting = _quoting(project, viewer, whole, shared, participant, records)
    # What a blind round hides from the viewer goes too; only its place is not told.
    unseen = [
        words
        for coder in project.records("coder")
        if coder.id != viewer
        for _, words in _quoting(project, coder.id, whole, shared, participant, records)
    ]
    return Withdrawal(
        participant=participant,
        whole=tuple(documents[d] for d in whole),
        shared=tuple(documents[d] for d in shared),
        turns=sum(spoken[d] for d in shared),
        codings=len({one.id for one in seen.codings}.intersection(record for _, record in gone)),
        memos=len({one.id for one in seen.memos}.intersection(record for _, record in gone)),
        withheld=bool(project.blind(viewer).intersection({*whole, *shared})),
        about_the_case=tuple(about),
        quoting=tuple(dict.fromkeys(name for name, _ in quoting)),
        quotations=tuple(dict.fromkeys([*(words for _, words in quoting), *unseen])),
        exports=tuple(dict.fromkeys(export.file for export in project.records("export"))),
        **_family(project, participant, keep=keep_family),
    )


class _Family(TypedDict):
    family: str
    attributes: tuple[Attribute, ...]
    measures: tuple[Measure, ...]
    stays: str


def _family(project: Project, participant: Participant, *, keep: bool) -> _Family:
    """Return what is known of the family of a participant, and why it stays, if it does."""
    case = participant.case
    others = [
        one.label
        for one in project.records("participant")
        if case and one.case == case and one.id != participant.id and not one.withdrawn
    ]
    still = f"{', '.join(sorted(others))} of the same family still take{'s' * (len(others) == 1)} part"
    return _Family(
        family=next((one.label for one in project.records("case") if one.id == case), ""),
        attributes=tuple(one for one in project.records("attribute") if case and one.case == case),
        measures=tuple(one for one in project.records("measure") if case and one.case == case),
        stays="the team keeps it" if keep else still if others else "",
    )


def participant_named(project: Project, label: str) -> Participant:
    """Return the participant of this label.

    Raises:
        UsageError: there is none.
    """
    participants: list[Participant] = project.records("participant")
    for one in participants:
        if label.strip().casefold() in (one.label.casefold(), one.id):
            return one
    there = ", ".join(sorted(one.label for one in participants)[:20])
    raise UsageError(f"There is no participant “{label}”.", f"There is: {there}." if there else "")


def withdraw(project: Project, planned: Withdrawal, *, coder: str) -> None:
    """Take out what a participant said, with all that lies on it, for good; neither undo nor a merge brings it back.

    The participant stays on the list, as withdrawn, so that the report can say how many were.
    """
    participant = planned.participant
    gone = _on(project, {d.id for d in planned.whole}, participant, [d.id for d in planned.shared])
    changes = [update(participant, withdrawn=participant.withdrawn or datetime.now(UTC).date().isoformat())]
    texts: list[str] = []
    old: set[str] = set()
    for document in planned.shared:
        # A text of it may be older than the last correction.
        old |= {document.text, *_texts_ever(project, document)}
        replaced = replace_words(project, document, _their_words(project, document, participant))
        changes += replaced.changes
        texts.append(replaced.text)
    project.apply(
        f"participant {participant.label} withdrew",
        [change for change in changes if change.fields],
        coder=coder,
        texts=texts,
        undoable=False,
    )
    project.purge(
        "purged after a withdrawal",
        coder=coder,
        records=[*(("document", document.id) for document in planned.whole), *gone, *_known_of_family(planned)],
        texts=old - {document.text for document in project.records("document")},
        words=dict.fromkeys(planned.quotations, WITHDRAWN),
    )


def _known_of_family(planned: Withdrawal) -> list[tuple[str, str]]:
    if planned.stays:
        return []
    return [
        *(("attribute", attribute.id) for attribute in planned.attributes),
        *(("measure", measure.id) for measure in planned.measures),
    ]


def repeat_withdrawals(project: Project, *, coder: str) -> tuple[str, ...]:
    """Take out again what those who withdrew said in documents that were corrected elsewhere meanwhile.

    The correction made a new text in another copy, which came in with their words in it.

    Returns:
        Names of the documents.
    """
    names: list[str] = []
    for participant in project.records("participant"):
        if not participant.withdrawn:
            continue
        planned = plan_withdrawal(project, participant.label, viewer=coder, keep_family=True)
        back = tuple(document for document in planned.shared if _speaks_again(project, document, participant))
        if back:
            withdraw(project, replace(planned, whole=(), shared=back), coder=coder)
            names += [document.name for document in back]
    return tuple(dict.fromkeys(names))


def _speaks_again(project: Project, document: Document, participant: Participant) -> bool:
    """Whether words of somebody who withdrew stand in a document, or in a text it had."""
    texts = project.texts({document.text, *_texts_ever(project, document)})
    now = texts[document.text]
    if any(now[start:end] != WITHDRAWN for start, end, _ in _their_words(project, document, participant)):
        return True
    taken_out = now.count(WITHDRAWN)
    return any(text and text.count(WITHDRAWN) < taken_out for text in texts.values())


def _their_words(project: Project, document: Document, participant: Participant) -> list[Replacement]:
    turns = project.snapshot("", [document.id]).turns_by_document.get(document.id, [])
    return [
        (turn.start, turn.end, WITHDRAWN)
        for turn in turns
        if turn.participant == participant.id and turn.text == document.text and turn.start < turn.end
    ]


def _texts_ever(project: Project, document: Document) -> set[str]:
    forwards = [f for f in project.records("forward") if f.document == document.id]
    return {text for forward in forwards for text in (forward.before, forward.after)}


def _on(project: Project, whole: set[str], participant: Participant, shared: Sequence[str]) -> list[tuple[str, str]]:
    """Return the codings and memos of everybody that lie on a participant's words."""
    places = Places(project.records("forward"), project.records("placement"))
    found: list[tuple[str, str]] = []
    for document in whole:
        found.extend((anchor.kind, anchor.id) for anchor in project.spans(document))
    for document in shared:
        record = project.record("document", document)
        assert isinstance(record, Document)
        theirs = [Span(s, e) for s, e, _ in _their_words(project, record, participant)]
        for anchor in project.spans(document):
            lies = places.span(anchor, record.text)
            if lies is not None and any(lies.overlaps(span) for span in theirs):
                found.append((anchor.kind, anchor.id))
    return found


def _quoting(
    project: Project,
    viewer: str,
    whole: set[str],
    shared: Sequence[str],
    participant: Participant,
    gone: set[str],
) -> tuple[tuple[str, str], ...]:
    """Return what people wrote that repeats a few words in a row of what is to go: its name, and the words there."""
    now = project.snapshot(viewer)
    said: set[tuple[str, ...]] = set()
    for document in whole:
        said.update(run for run, _ in runs(now.texts[now.document_by_id[document].text]))
    for document in shared:
        text = now.texts[now.document_by_id[document].text]
        for start, end, _ in _their_words(project, now.document_by_id[document], participant):
            said.update(run for run, _ in runs(text[start:end]))
    found: list[tuple[str, str]] = []
    for place in written_in(now, records_with_words(project, now)):
        if place.kind == "text" or place.record in gone | whole:
            continue
        name = f"{place.name} ({place.record[-8:]})" if place.kind in ("coding", "memo") else place.name
        found.extend((name, words) for words in repeated(place.words, said))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearing:
    """What a purge after replacements would touch; said before it is done."""

    words: int
    """Words and names on the list of pseudonyms."""
    texts: tuple[str, ...]
    """Hashes of earlier texts that hold them."""
    still: tuple[Document, ...]
    """Documents whose present text holds them still."""


def plan_clearing(project: Project, pseudonyms: Pseudonyms) -> Clearing:
    """Say where replaced words still lie in the file: in earlier texts, and in present ones that were not replaced."""
    documents: list[Document] = project.records("document")
    words, everywhere = _listed(pseudonyms), Redaction(_to_replace(project, pseudonyms))
    # Also in the texts of corrections that were undone, which nothing names any more.
    texts = project.standing(words).texts if words else set()
    now = project.texts({document.text for document in documents})
    return Clearing(
        words=len({words for _, words, _ in pseudonyms.rows()}),
        texts=tuple(sorted(texts - {document.text for document in documents})),
        still=tuple(
            document for document in documents if document.text in texts and any(everywhere.places(now[document.text]))
        ),
    )


def _listed(pseudonyms: Pseudonyms) -> dict[str, str]:
    return in_all_spellings({words: pseudonym for _, words, pseudonym in pseudonyms.rows()})


def _to_replace(project: Project, pseudonyms: Pseudonyms) -> dict[str, str]:
    """Return the listed words without ages and the like that stand in texts of today: `7 months` is anybody's to say."""
    pointing = {words for kind, words, _ in pseudonyms.rows() if kind in POINTERS}
    if not pointing:
        return _listed(pseudonyms)
    sought = Redaction(dict.fromkeys(pointing, ""))
    texts = project.texts({document.text for document in project.records("document")})
    said = {words for text in texts.values() for *_, words in sought.places(text)}
    rows = {words: pseudonym for _, words, pseudonym in pseudonyms.rows()}
    return in_all_spellings({words: pseudonym for words, pseudonym in rows.items() if words not in said})


def clear(project: Project, planned: Clearing, pseudonyms: Pseudonyms, *, coder: str) -> None:
    """Take replaced words out of earlier texts and out of everything people ever wrote in the project, for good."""
    words = _to_replace(project, pseudonyms)
    project.purge("purged after replacements", coder=coder, texts=planned.texts, words=words)
