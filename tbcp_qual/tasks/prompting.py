"""Whether a passage answers a question or came of itself: proposed by the question before it, said by its coder."""

from collections.abc import Sequence
from dataclasses import dataclass

from tbcp_qual.analysis.asked import guide_of
from tbcp_qual.analysis.sources import Sources
from tbcp_qual.analysis.themes import themes_by_code
from tbcp_qual.coding.changes import Revision, update
from tbcp_qual.coding.records import Coding, Document, Prompting, Topic
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import UsageError
from tbcp_qual.language.asking import ASKED_FROM, Asker
from tbcp_qual.store import Project
from tbcp_qual.tasks.documents import document_named
from tbcp_qual.tasks.topics import asked_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompted:
    """One coding of the viewer's, what they said of it, and what the question before it suggests."""

    id: str
    label: str
    turn: int
    """Number of the turn it begins in."""
    code: str
    words: str
    prompted: Prompting
    proposed: Prompting
    """`prompted` where the question before it asks for a topic of its themes; empty where that cannot be told."""
    question: int
    """Number of the interviewer's turn before it; 0 where there is none."""


def prompted_codings(project: Project, *, viewer: str, name: str | None = None) -> list[Prompted]:
    """Return the viewer's own codings of one interview or of all, with what may be said of each.

    Raises:
        UsageError: there is no such document.
    """
    only = document_named(project, name) if name else None
    return _lines(project.snapshot(viewer), viewer, only)


def _lines(snapshot: Snapshot, coder: str, only: Document | None) -> list[Prompted]:
    sources = Sources(snapshot)
    by_code = themes_by_code(snapshot.themes, snapshot.codebook)
    asking = [t for t in snapshot.turns if t.role == "interviewer" and t.text in snapshot.texts]
    asker = Asker(map(asked_in, snapshot.topics), (snapshot.texts[t.text][t.start : t.end] for t in asking))
    scores: dict[tuple[str, str], float] = {}
    lines = []
    for document in snapshot.documents:
        if document.kind != "interview" or (only is not None and document.id != only.id):
            continue
        guide = guide_of(document, snapshot.topics)
        turns = [turn for turn in snapshot.turns_by_document.get(document.id, ()) if turn.text == document.text]
        for coding in snapshot.codings_by_document.get(document.id, ()):
            if coding.coder != coder or coding.text != document.text:
                continue
            span = Span(coding.start, coding.end)
            touched = sources.turns(document.id, document.text, span)
            first = touched[0][0] if touched else 0
            question = next((n for n in range(first - 1, 0, -1) if turns[n - 1].role == "interviewer"), 0)
            proposed: Prompting = ""
            if question:
                said = turns[question - 1]
                for topic in _linked(guide, snapshot, coding, by_code):
                    key = (topic.id, said.id)
                    if key not in scores:
                        words = snapshot.texts[said.text][said.start : said.end]
                        scores[key] = asker.score(asked_in(topic), words)
                    if scores[key] >= ASKED_FROM:
                        proposed = "prompted"
            lines.append(
                Prompted(
                    id=coding.id,
                    label=sources.label(document.id, document.text, span),
                    turn=first,
                    code=snapshot.codebook.current(coding.code).name,
                    words=snapshot.words(coding),
                    prompted=coding.prompted,
                    proposed=proposed,
                    question=question,
                )
            )
    return lines


def _linked(
    guide: Sequence[Topic], snapshot: Snapshot, coding: Coding, by_code: dict[str, tuple[str, ...]]
) -> list[Topic]:
    """Return the topics keyed to a theme of the code, or where it belongs to none, to a question of it."""
    themes = set(by_code[coding.code])
    if themes:
        return [topic for topic in guide if themes & set(topic.themes)]
    questions = set(snapshot.codebook.current(coding.code).questions)
    return [topic for topic in guide if questions & set(topic.questions)]


def set_prompted(
    project: Project, verdict: Prompting, *, coder: str, ids: Sequence[str] = (), name: str | None = None, turn: int = 0
) -> tuple[Revision | None, int]:
    """Say of codings of the coder's own whether they were prompted; one revision.

    Args:
        project: an open project.
        verdict: empty to take back what was said.
        coder: whose codings.
        ids: which of them.
        name: the document, for all that begin in one turn of it.
        turn: number of that turn.

    Raises:
        UsageError: there is no such coding of this coder.
    """
    snapshot = project.snapshot(coder)
    if name:
        only = document_named(project, name)
        ids = [line.id for line in _lines(snapshot, coder, only) if line.turn == turn]
        if not ids:
            raise UsageError(f"None of your codings begins in turn {turn} of “{only.name}”.")
    own = {coding.id: coding for coding in snapshot.codings if coding.coder == coder}
    for wanted in ids:
        if wanted not in own:
            raise UsageError(
                f"You have no coding “{wanted[:40]}”.", "`tbcp-qual codings prompted --json` gives their ids."
            )
    return _apply(project, [own[wanted] for wanted in dict.fromkeys(ids)], verdict, coder)


def take_proposed(project: Project, *, coder: str, name: str | None = None) -> tuple[Revision | None, int]:
    """Mark as prompted what is proposed so and of which nothing was said yet; one revision.

    Raises:
        UsageError: there is no such document.
    """
    only = document_named(project, name) if name else None
    snapshot = project.snapshot(coder)
    proposed = {line.id for line in _lines(snapshot, coder, only) if line.proposed and not line.prompted}
    return _apply(project, [c for c in snapshot.codings if c.id in proposed], "prompted", coder)


def _apply(project: Project, codings: Sequence[Coding], verdict: Prompting, coder: str) -> tuple[Revision | None, int]:
    changes = [change for coding in codings if (change := update(coding, prompted=verdict)).fields]
    what = "1 coding" if len(changes) == 1 else f"{len(changes)} codings"
    return project.apply(f"{verdict or 'neither prompted nor volunteered'}: {what}", changes, coder=coder), len(changes)
