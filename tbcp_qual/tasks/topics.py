"""Topic guides: bringing them in, proposing from the interviewers' turns what was asked, and confirming it.

A person confirms; a proposal is never more than the turn to look at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast, get_args

from tbcp_qual.analysis.asked import Asked as Askings
from tbcp_qual.analysis.asked import Standing, guide_of
from tbcp_qual.coding.changes import Change, Revision, create, remove, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Asked, Asking, Document, Question, Theme, Topic, asked_id
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.language.asking import ASKED_FROM, Asker
from tbcp_qual.readers.files import as_name
from tbcp_qual.readers.topics import TopicDraft, read_asked, read_topics
from tbcp_qual.store import Project
from tbcp_qual.tasks.documents import find_document
from tbcp_qual.tasks.imported import Imported

ASKINGS: tuple[Asking, ...] = get_args(Asking)


def import_topics(project: Project, path: Path, *, coder: str) -> Imported:
    """Bring topic guides in as one revision; a topic of a known name in the same guide takes what the file says.

    Raises:
        BadInput: the file is unfit, or names a question or theme that the project lacks; with the line.
    """
    drafts = read_topics(path)
    questions = {
        question.key.casefold(): question.id for question in cast("list[Question]", project.records("question"))
    }
    themes = {theme.name.casefold(): theme.id for theme in cast("list[Theme]", project.records("theme"))}
    present: dict[tuple[str, str, str], Topic] = {_place(topic): topic for topic in project.records("topic")}
    changes: list[Change] = []
    positions: dict[tuple[str, str], int] = {}
    new = changed = 0
    for draft in drafts:
        guide = (draft.source_type, draft.time_point)
        positions[guide] = positions.get(guide, -1) + 1
        topic = Topic(
            id=new_id(),
            key=draft.key,
            source_type=draft.source_type,
            time_point=draft.time_point,
            prompt=draft.prompt,
            questions=_named(path, draft, "questions", questions),
            themes=_named(path, draft, "themes", themes),
            position=positions[guide],
        )
        there = present.pop(_place(topic), None)
        if there is None:
            changes.append(create(topic))
            new += 1
            continue
        change = update(
            there, prompt=topic.prompt, questions=topic.questions, themes=topic.themes, position=topic.position
        )
        changed += bool(change.fields)
        changes.append(change)
    revision = project.apply(f"topic guides imported: {len(drafts)} topics", changes, coder=coder)
    return Imported(
        revision=revision,
        new=new,
        changed=changed,
        same=len(drafts) - new - changed,
        absent=tuple(f"{topic.key} ({guide_name(topic)})" for topic in present.values()),
    )


def _place(topic: Topic) -> tuple[str, str, str]:
    return (topic.source_type.casefold(), topic.time_point.casefold(), topic.key.casefold())


def guide_name(topic: Topic) -> str:
    """Return what the guide of a topic is called: `parent, first`."""
    return ", ".join(part for part in (topic.source_type, topic.time_point) if part)


def _named(path: Path, draft: TopicDraft, what: str, known: dict[str, str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in draft.questions if what == "questions" else draft.themes:
        if word.text.casefold() not in known:
            hint = f"Its {what} come with the codebook." if known else f"It has no {what}; they come with the codebook."
            raise BadInput(f"{path}, line {word.line}: the project has no {what[:-1]} {as_name(word.text)}.", hint)
        found[known[word.text.casefold()]] = None
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What may hold of one topic in one document, and the turn to look at."""

    document: Document
    topic: Topic
    confirmed: Standing
    proposed: Asking | None
    """None where the words do not tell."""
    turn: int
    """Number of the interviewer's turn that has most in common with the topic; 0 for none."""
    score: float
    words: str
    """The words of that turn."""


def propose(project: Project, names: Sequence[str] = (), *, viewer: str) -> list[Proposal]:
    """Return, for the topics of some documents or of all, what may be confirmed.

    An interview is compared with the topics turn by turn. Of a case file that somebody marked done a topic is proposed
    as not recorded where none of its themes is coded. That something was not asked is never proposed: interviewers ask
    in words of their own.

    Raises:
        UsageError: there is no such document, or no guide holds for it.
    """
    snapshot = project.snapshot(viewer)
    return propose_for(snapshot, _documents(snapshot, names))


def propose_for(snapshot: Snapshot, documents: Iterable[Document]) -> list[Proposal]:
    """Return what may be confirmed of some documents of a snapshot of all."""
    askings = Askings(snapshot)
    heard = {d.id: _heard(snapshot, d) for d in snapshot.documents if d.kind == "interview"}
    prompts = [asked_in(topic) for topic in snapshot.topics]
    asker = Asker(prompts, (words for turns in heard.values() for _, words in turns))
    proposals = []
    for document in documents:
        turns = heard.get(document.id, [])
        for topic in askings.guide(document.id):
            number, words, score = 0, "", 0.0
            proposed: Asking | None = None
            if document.kind == "case file":
                if snapshot.done_by_document.get(document.id) and not askings.coded_in_file(document.id, topic):
                    proposed = "not recorded"
            elif nearest := asker.nearest(asked_in(topic), [said for _, said in turns]):
                (number, words), score = turns[nearest[0]], nearest[1]
                proposed = "asked" if score >= ASKED_FROM else None
            proposals.append(
                Proposal(
                    document=document,
                    topic=topic,
                    confirmed=askings.standing(document.id, topic),
                    proposed=proposed,
                    turn=number,
                    score=round(score, 2),
                    words=words,
                )
            )
    return proposals


def asked_in(topic: Topic) -> str:
    """Return the words by which a topic is found in what an interviewer says."""
    return f"{topic.key}. {topic.prompt}"


def _heard(snapshot: Snapshot, document: Document) -> list[tuple[int, str]]:
    """Return the turns of interviewers with their numbers."""
    text = snapshot.texts[document.text]
    turns = [turn for turn in snapshot.turns_by_document.get(document.id, ()) if turn.text == document.text]
    return [(n, text[t.start : t.end]) for n, t in enumerate(turns, 1) if t.role == "interviewer"]


def _documents(snapshot: Snapshot, names: Sequence[str]) -> list[Document]:
    """Return the documents named, or all for which a guide holds."""
    if not snapshot.topics:
        hint = "`tbcp-qual topics import FILE.yaml` brings them in."
        raise UsageError("This project has no topic guides.", hint, nothing_yet=True)
    if not names:
        return [document for document in snapshot.documents if guide_of(document, snapshot.topics)]
    documents = [find_document(snapshot.documents, name) for name in names]
    for document in documents:
        if not guide_of(document, snapshot.topics):
            what = ", ".join(part for part in (document.source_type, document.time_point) if part) or "no source type"
            raise UsageError(
                f"No topic guide holds for “{document.name}” ({what}).",
                f"There are guides for: {'; '.join(dict.fromkeys(guide_name(t) for t in snapshot.topics))}.",
            )
    return documents


def confirm_proposed(project: Project, names: Sequence[str] = (), *, coder: str) -> tuple[Revision | None, int]:
    """Take over all proposals of some documents, or of all, that nobody has confirmed or refused; one revision.

    Raises:
        UsageError: there is no such document, or no guide holds for it.
    """
    snapshot = project.snapshot(coder)
    askings = Askings(snapshot)
    wanted = [
        (p.document, p.topic, p.proposed)
        for p in propose_for(snapshot, _documents(snapshot, names))
        if p.proposed is not None and not askings.confirmed(p.document.id, p.topic.id)
    ]
    return _confirm(project, snapshot, wanted, coder)


def confirm_others(project: Project, names: Sequence[str], *, coder: str) -> tuple[Revision | None, int]:
    """Say that what nobody has confirmed of some interviews was not asked; one revision.

    Raises:
        UsageError: there is no such document, it is a case file, or no guide holds for it.
    """
    snapshot = project.snapshot(coder)
    askings = Askings(snapshot)
    wanted: list[tuple[Document, Topic, Asking]] = []
    for document in _documents(snapshot, names):
        _check(document, "not asked")
        wanted += [
            (document, topic, "not asked")
            for topic in askings.guide(document.id)
            if not askings.confirmed(document.id, topic.id)
        ]
    return _confirm(project, snapshot, wanted, coder)


def confirm(project: Project, name: str, key: str, asked: Asking | None, *, coder: str) -> tuple[Revision | None, int]:
    """Say how a topic stands in a document, or with None that it is not confirmed after all.

    Raises:
        UsageError: there is no such document or topic, or a case file is said to have been asked.
    """
    snapshot = project.snapshot(coder)
    (document,) = _documents(snapshot, [name])
    topic = _topic(snapshot, document, key)
    if asked is not None:
        _check(document, asked)
    return _confirm(project, snapshot, [(document, topic, asked)], coder)


def confirm_table(project: Project, path: Path, *, coder: str) -> tuple[Revision | None, int]:
    """Take over what a CSV says was asked: `document`, `topic`, `asked`; one revision.

    Raises:
        BadInput: the file is unfit, or a row names what is not there; with the line. Nothing has gone in then.
    """
    snapshot = project.snapshot(coder)
    wanted: dict[tuple[str, str], tuple[Document, Topic, Asking]] = {}
    for row in read_asked(path):
        where = f"{path}, line {row.line}"
        asked = row.asked.casefold().replace("-", " ")
        if asked not in ASKINGS:
            raise BadInput(f"{where}: `asked` cannot be {as_name(row.asked)}.", f"It is one of: {', '.join(ASKINGS)}.")
        try:
            (document,) = _documents(snapshot, [row.document])
            topic = _topic(snapshot, document, row.topic)
            _check(document, asked)
        except UsageError as problem:
            raise BadInput(f"{where}: {problem.message}", problem.hint) from None
        wanted[document.id, topic.id] = (document, topic, asked)
    return _confirm(project, snapshot, list(wanted.values()), coder)


def _topic(snapshot: Snapshot, document: Document, key: str) -> Topic:
    guide = guide_of(document, snapshot.topics)
    wanted = one_line(key).casefold()
    for topic in guide:
        if wanted in (topic.key.casefold(), topic.id):
            return topic
    begins = [topic for topic in guide if topic.key.casefold().startswith(wanted)]
    if len(begins) == 1 and wanted:
        return begins[0]
    raise UsageError(
        f"The guide for “{document.name}” has no topic {as_name(one_line(key))}.",
        f"It has: {'; '.join(topic.key for topic in guide)}.",
    )


def _check(document: Document, asked: Asking) -> None:
    if document.kind == "case file" and asked in ("asked", "not asked"):
        raise UsageError(
            f"“{document.name}” is a case file, and nobody was asked.", "Say: not recorded, or outside the schedule."
        )


def _confirm(
    project: Project, snapshot: Snapshot, wanted: Sequence[tuple[Document, Topic, Asking | None]], coder: str
) -> tuple[Revision | None, int]:
    there = {asked.id: asked for asked in snapshot.asked}
    changes: list[Change] = []
    for document, topic, asked in wanted:
        record_id = asked_id(document.id, topic.id)
        before = there.get(record_id)
        if asked is None:
            changes += [remove(before)] if before else []
        elif before is None:
            changes.append(create(Asked(id=record_id, document=document.id, topic=topic.id, asked=asked, coder=coder)))
        elif before.asked != asked:
            changes.append(update(before, asked=asked, coder=coder))
    names = list(dict.fromkeys(document.name for document, _, _ in wanted))
    where = names[0] if len(names) == 1 else f"{len(names)} documents"
    what = "1 topic" if len(changes) == 1 else f"{len(changes)} topics"
    return project.apply(f"what was asked: {what} in {where}", changes, coder=coder), len(changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTable:
    """How topics, themes or questions stand in the documents of one guide or of all."""

    guide: str
    """Name of the guide; empty where the columns hold for all."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Standing | None, ...]], ...]
    """Name of each document, and how each column stands in it; None where no guide holds for it."""


def asked_tables(project: Project, *, viewer: str, by: str = "topic") -> list[AskedTable]:
    """Return how what was to be asked stands in each document.

    Args:
        project: an open project.
        viewer: id of the coder who looks.
        by: `topic` for a table for each guide, `theme` or `question` for one table of all documents.

    Raises:
        UsageError: there are no topic guides.
    """
    snapshot = project.snapshot(viewer)
    documents = _documents(snapshot, [])
    askings = Askings(snapshot)
    if by == "theme":
        rows = tuple((d.name, tuple(askings.of_theme(d.id, t.id) for t in snapshot.themes)) for d in documents)
        return [AskedTable(guide="", columns=tuple(theme.name for theme in snapshot.themes), rows=rows)]
    if by == "question":
        questions = snapshot.ordered_questions
        rows = tuple((d.name, tuple(askings.of_question(d.id, q) for q in questions)) for d in documents)
        return [AskedTable(guide="", columns=tuple(question.key for question in questions), rows=rows)]
    tables: dict[tuple[str, ...], AskedTable] = {}
    for document in documents:
        guide = askings.guide(document.id)
        key = tuple(topic.id for topic in guide)
        standings = (document.name, tuple(askings.standing(document.id, topic) for topic in guide))
        before = tables.get(key)
        name = " and ".join(dict.fromkeys(guide_name(topic) for topic in guide))
        columns = tuple(topic.key for topic in guide)
        tables[key] = (
            replace(before, rows=(*before.rows, standings))
            if before
            else AskedTable(guide=name, columns=columns, rows=(standings,))
        )
    return list(tables.values())
