"""Letting something out: the disclosure check before an export, who it is for, and the record that it was made."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tbcp_qual.analysis.matrix import Matrix
from tbcp_qual.analysis.passages import Passage
from tbcp_qual.analysis.retrieval import Retrieved
from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.permissions import passage_permission
from tbcp_qual.coding.records import Audience, Export, Participant, Turn
from tbcp_qual.coding.records.wording import WORDS
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import one_line
from tbcp_qual.coding.versions import Framework
from tbcp_qual.privacy.disclosure import Concern, Matter, Quoted, check
from tbcp_qual.privacy.finding import Finding
from tbcp_qual.privacy.known import Known, ignoring
from tbcp_qual.privacy.scanning import scan
from tbcp_qual.store import Project
from tbcp_qual.tasks.privacy import digest_of, ignored_everywhere, people_named
from tbcp_qual.tasks.pseudonyms import names_listed

_BETWEEN = "\n\n"


def matter_of_matrix(now: Snapshot, matrix: Matrix) -> Matter:
    """Return what of a matrix could give somebody away."""
    voices = _Voices(now)
    names = {column.id: column.name for section in matrix.sections for column in section.columns}
    cells = []
    for row in matrix.rows:
        for section in matrix.sections:
            for column in section.columns:
                cell = matrix.cells.get((row.id, column.id))
                if cell is not None and cell.passages:
                    families = (row.label,) if matrix.rows_are == "case" and row.id else _families(cell.passages)
                    cells.append((f"{row.label} × {column.name}", families))
    cases = matrix.rows_are == "case"
    columns = {column.id: column for section in matrix.sections for column in section.columns}
    prose = [(f"row {row.label}", "; ".join((row.label, *row.details))) for row in matrix.rows]
    prose += [(f"theme {c.name}", f"{c.name}. {c.definition}") for c in columns.values()]
    prose += [(f"question {section.key}", section.text) for section in matrix.sections]
    said = {row.label: row.details for row in matrix.rows if row.id} if cases else None
    return Matter(
        quotations=tuple(
            voices.quoted(passage, names[theme])
            for theme, passages in matrix.passages.items()
            if theme in names
            for passage in passages
        ),
        prose=(*prose, *_sources(now)),
        cells=tuple(cells),
        rows=said,
    )


def matter_of_codings(now: Snapshot, found: Iterable[Retrieved]) -> Matter:
    """Return what of a list of codings could give somebody away."""
    voices, listed = _Voices(now), list(found)
    memos = ((f"memo on {one.reference}", one.coding.memo) for one in listed if one.coding.memo)
    codes = ((f"code {code}", code) for code in dict.fromkeys(one.code for one in listed))
    return Matter(
        quotations=tuple(
            voices.said(
                one.coding.document,
                Span(one.coding.start, one.coding.end),
                reference=one.reference,
                words=one.words,
                theme=one.code,
                families=voices.families(one.coding.document),
            )
            for one in listed
        ),
        prose=(*memos, *codes, *_sources(now, {one.coding.document for one in listed})),
    )


def matter_of_codebook(framework: Framework) -> Matter:
    """Return what of a codebook could give somebody away: its examples are words of people."""
    records = [("question", framework.questions), ("code", framework.codes), ("theme", framework.themes)]
    return Matter(
        prose=tuple(
            (f"{kind} {getattr(record, 'name', '') or getattr(record, 'key', '')}".strip(), words)
            for kind, of_kind in records
            for record in of_kind
            for field in WORDS[kind]
            if (words := getattr(record, field))
        )
    )


def matter_of_texts(now: Snapshot, documents: Collection[str]) -> Matter:
    """Return what of whole documents could give somebody away."""
    chosen = [document for document in now.documents if document.id in documents]
    return Matter(
        quotations=tuple(
            Quoted(
                reference=document.name,
                words=now.texts[document.text],
                theme="",
                speaker="",
                role="",
                families=(),
                permission="",
            )
            for document in chosen
        ),
        prose=tuple(_sources(now, documents)),
    )


def _sources(now: Snapshot, documents: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
    """Give what documents are called, by which quotations are cited."""
    for document in now.documents:
        if documents is None or document.id in documents:
            yield f"name of {document.name}", document.name


def _families(passages: Iterable[Passage]) -> tuple[str, ...]:
    return tuple(sorted({label for passage in passages for label in (*passage.about, *passage.by)}))


class _Voices:
    """Who speaks a passage, and what they allow."""

    def __init__(self, now: Snapshot) -> None:
        self._now = now

    def quoted(self, passage: Passage, theme: str) -> Quoted:
        return self.said(
            passage.document,
            passage.span,
            reference=passage.reference,
            words=passage.words,
            theme=theme,
            families=_families([passage]),
        )

    def families(self, document: str) -> tuple[str, ...]:
        """Return the labels of the families that a document is about."""
        cases = self._now.document_by_id[document].cases
        return tuple(sorted(self._now.case_by_id[case].label for case in cases if case in self._now.case_by_id))

    def said(
        self, document_id: str, span: Span, *, reference: str, words: str, theme: str, families: tuple[str, ...]
    ) -> Quoted:
        document = self._now.document_by_id[document_id]
        turns = [t for t in self._now.turns_by_document.get(document.id, ()) if t.text == document.text]
        speaker = self._speaker(turns, span)
        allowed = passage_permission(document, turns, span, self._now.participant_by_id)
        return Quoted(
            reference=reference,
            words=words,
            theme=theme,
            speaker=speaker.label if speaker else document.name,
            role=speaker.role if speaker else "",
            families=families,
            permission=allowed.permission,
            recorded=allowed.recorded,
        )

    def _speaker(self, turns: Iterable[Turn], span: Span) -> Participant | None:
        for turn in turns:
            if turn.participant and turn.start < span.end and span.start < turn.end:
                return self._now.participant_by_id.get(turn.participant)
        return None


def check_release(
    project: Project, now: Snapshot, matter: Matter, audience: Audience, *, rarest: int | None = None
) -> list[Concern]:
    """Run the disclosure check on what is about to leave, with all that is known of names.

    Names on the list of pseudonyms and in the list of cases are looked for; words that somebody ruled to identify
    nobody, anywhere, are left.

    Args:
        project: an open project.
        now: the project as the viewer sees it.
        matter: what would stand in the export.
        audience: who reads it.
        rarest: how many cases must share a combination of attributes; None for the audience's own.
    """
    names, team = {**people_named(now), **names_listed(project)}, _team(now)
    ignored, of = ignored_everywhere(project), now.project.id
    known = Known(names=names, ignored=team)
    called = Known(names=names, ignored=team | _called(now, known))
    found = _found_in((words for _, words in matter.prose), called)
    found |= _found_in((quoted.words for quoted in matter.quotations), known)

    def standing(words: str) -> Iterable[Finding]:
        return (
            finding
            for finding in found[words]
            if (finding.kind, digest_of(of, finding.kind, words[finding.start : finding.end])) not in ignored
        )

    return check(matter, audience, find=standing, rarest=rarest)


def _team(now: Snapshot) -> frozenset[str]:
    """Return the names of the coders, who sign what they make."""
    return ignoring(name for coder in now.coders for name in (coder.name, *coder.name.split()))


def _called(now: Snapshot, known: Known) -> frozenset[str]:
    """Return what codes and themes are called, but for what is a name by itself: `Engagement` stands for nobody."""
    names = [*(code.name for code in now.codes), *(theme.name for theme in now.themes)]
    return ignoring(name for name in names if not scan(name, known))


def _found_in(quotations: Iterable[str], known: Known) -> dict[str, tuple[Finding, ...]]:
    """Return what may identify somebody in each quotation; they are looked at as one text, which is far quicker."""
    quoted = list(dict.fromkeys(quotations))
    starts, place = [], 0
    for words in quoted:
        starts.append(place)
        place += len(words) + len(_BETWEEN)
    found: dict[str, tuple[Finding, ...]] = dict.fromkeys(quoted, ())
    for finding in scan(_BETWEEN.join(quoted), known):
        n = bisect_right(starts, finding.start) - 1
        start, end = finding.start - starts[n], finding.end - starts[n]
        if end <= len(quoted[n]):
            found[quoted[n]] += (replace(finding, start=start, end=end),)
    return found


def may_leave(concerns: list[Concern], audience: Audience, reason: str) -> bool:
    """Say whether an export may go out: to the team, with nothing open, or with a reason why it goes out all the same."""
    return not concerns or audience == "team" or bool(reason.strip())


def record_export(
    project: Project,
    path: Path,
    *,
    what: str,
    audience: Audience,
    concerns: list[Concern],
    reason: str,
    coder: str,
) -> None:
    """Keep in the record that a file was made, for whom, and with what open; not undoable, as the file is out."""
    made = Export(
        id=new_id(),
        what=what,
        audience=audience,
        file=one_line(path.name),
        findings=len(concerns),
        reason=one_line(reason),
        coder=coder,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    project.apply(f"exported for the {audience}: {what}", [create(made)], coder=coder, undoable=False)
