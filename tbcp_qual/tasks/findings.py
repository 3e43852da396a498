"""Bringing in summaries, findings, answers, judgements and the logic model from one file, as one act."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tbcp_qual.analysis.matrix import build
from tbcp_qual.analysis.retrieval import Wanted, to_wording
from tbcp_qual.coding.changes import Change, Revision, create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Configuration, Element, Finding, Judgement, Record, judgement_id
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.readers.codebooks.nodes import Word
from tbcp_qual.readers.findings import FindingDraft, FindingsDraft, SearchDraft, read_findings
from tbcp_qual.store import Project
from tbcp_qual.tasks.cells import Cells, question_named, theme_named
from tbcp_qual.tasks.charting import summary_change
from tbcp_qual.tasks.citing import Passages
from tbcp_qual.tasks.evidence import answer_change, evidence_changes, finding_keyed
from tbcp_qual.tasks.logic import case_labelled, configuration_named, element_named
from tbcp_qual.tasks.querying import log_search, run, wanted_by_name
from tbcp_qual.tasks.triangulating import source_type_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a file brought."""

    revision: Revision | None
    summaries: int
    findings: int
    passages: int
    """For findings and against them."""
    answers: int
    judgements: int
    searches: int

    @property
    def in_words(self) -> str:
        """Say it in a line."""
        said = [
            f"{number} {one if number == 1 else many}"
            for number, one, many in (
                (self.summaries, "summary", "summaries"),
                (self.findings, "finding", "findings"),
                (self.passages, "passage for or against them", "passages for and against them"),
                (self.answers, "answer", "answers"),
                (self.judgements, "judgement", "judgements"),
                (self.searches, "search", "searches"),
            )
        ]
        return f"{', '.join(said)}."


def import_findings(project: Project, path: Path, *, coder: str) -> Brought:
    """Bring in what a study comes to, as one revision; what is there under the same name takes what the file says.

    Searches are made again, so that their hits are counted, and kept in the record once.

    Raises:
        BadInput: the file is unfit, or names what the project lacks; with the line. Nothing has gone in then.
    """
    draft = read_findings(path)
    snapshot = project.snapshot(coder)
    bringing = _Bringing(project, snapshot, path, coder)
    searches = [(s, bringing.search(s)) for s in draft.searches]
    changes = bringing.changes(draft)
    revision = project.apply(f"findings brought in from {path.name}", changes, coder=coder)
    known = {(s.wording, s.purpose) for s in snapshot.searches}
    made = 0
    for search, wanted in searches:
        if (to_wording(wanted), search.purpose) not in known:
            log_search(project, wanted, len(run(project, wanted, viewer=coder)), purpose=search.purpose, coder=coder)
            made += 1
    return Brought(
        revision=revision,
        summaries=len(draft.summaries),
        findings=len(draft.findings),
        passages=sum(len(f.evidence) for f in draft.findings),
        answers=len(draft.answers),
        judgements=len(draft.judgements),
        searches=made,
    )


class _Bringing:
    """Turns what a file says into changes of one project."""

    def __init__(self, project: Project, snapshot: Snapshot, path: Path, coder: str) -> None:
        self._project = project
        self._now = snapshot
        self._path = path
        self._coder = coder
        self._passages = build(snapshot, rows="source type").passages
        self._findings: dict[str, Finding] = {f.key.casefold(): f for f in snapshot.findings}

    @contextmanager
    def _line(self, line: int) -> Iterator[None]:
        """Say on which line something is named that is not there."""
        try:
            yield
        except UsageError as problem:
            raise BadInput(f"{self._path}, line {line}: {problem.message}", problem.hint) from None

    def search(self, draft: SearchDraft) -> Wanted:
        """Return what a search asks for."""
        with self._line(draft.line):
            return wanted_by_name(self._project, codes=draft.codes, negative=True if draft.negative else None)

    def changes(self, draft: FindingsDraft) -> list[Change]:
        """Return all changes; findings come first, as others name them."""
        found: list[Change] = []
        for place, finding in enumerate(draft.findings):
            found += self._finding(finding, place)
        cells = Cells(self._now)
        for summary in draft.summaries:
            with self._line(summary.line):
                where = cells.named(summary.row, summary.theme, summary.wave)
                cites = [word.text for word in summary.cites]
                change = summary_change(where, summary.words, cites, coder=self._coder)
            found += [change] if change else []
        answers = {answer.question: answer for answer in self._now.answers}
        for answer in draft.answers:
            with self._line(answer.line):
                question = question_named(self._now, answer.question).id
            change = answer_change(
                answers.get(question),
                question,
                answer.words,
                confidence=answer.confidence,
                caveats=answer.caveats,
                coder=self._coder,
            )
            found += [change] if change else []
        found += self._judgements(draft)
        found += self._logic(draft)
        taken: dict[str, Change] = {}
        for change in found:
            if change.id in taken:
                raise BadInput(f"{self._path} says something twice: a {change.kind}.", "Each cell, key and name once.")
            taken[change.id] = change
        return found

    def _finding(self, draft: FindingDraft, place: int) -> list[Change]:
        with self._line(draft.line):
            judged_by = self._person(draft.judged_by) if draft.judged_by else None
        values: dict[str, Any] = {
            "statement": draft.statement,
            "questions": self._ids(draft.questions, lambda name: question_named(self._now, name).id),
            "themes": self._ids(draft.themes, lambda name: theme_named(self._now, name).id),
            "status": draft.status,
            "confidence": draft.confidence,
            "judged_by": judged_by,
            **draft.why,
        }
        old = self._findings.get(draft.key.casefold())
        finding = replace(old, **values) if old else Finding(id=new_id(), key=draft.key, position=place, **values)
        self._findings[draft.key.casefold()] = finding
        changes = [update(old, **values) if old else create(finding)]
        pool = self._pool(finding)
        for one in draft.evidence:
            with self._line(one.line):
                wanted = [(one.passage, one.bearing, one.explained)]
                changes += evidence_changes(self._now, finding, wanted, pool, coder=self._coder)
        return changes

    def _pool(self, finding: Finding) -> Passages:
        themes = [*finding.themes, *(theme for theme in self._passages if theme not in finding.themes)]
        return Passages(self._now, (p for theme in themes for p in self._passages.get(theme, ())))

    def _judgements(self, draft: FindingsDraft) -> Iterator[Change]:
        there = {judgement.id: judgement for judgement in self._now.judgements}
        for one in draft.judgements:
            with self._line(one.line):
                finding = finding_keyed(self._findings.values(), one.finding).id if one.finding else None
                theme = theme_named(self._now, one.theme).id if one.theme else None
                kind = source_type_named(self._now, one.source_type)
                person = self._person(one.by)
            made = Judgement(
                id=judgement_id(finding, theme, kind, person),
                finding=finding,
                theme=theme,
                source_type=kind,
                verdict=one.verdict,
                note=one.note,
                coder=person,
            )
            yield _made_or_changed(there.get(made.id), made, "verdict", "note")

    def _logic(self, draft: FindingsDraft) -> Iterator[Change]:
        for place, one in enumerate(draft.elements):
            old = element_named(self._now, one.name)
            made = Element(
                id=old.id if old else new_id(),
                part=one.part,
                name=one.name,
                text=one.text,
                support=one.support,
                revision=one.revision,
                findings=self._ids(one.findings, self._finding_id),
                position=place,
            )
            yield _made_or_changed(old, made, "part", "text", "support", "revision", "findings")
        for place, said in enumerate(draft.configurations):
            before = configuration_named(self._now, said.name)
            stated = Configuration(
                id=before.id if before else new_id(),
                name=said.name,
                context=said.context,
                mechanism=said.mechanism,
                outcome=said.outcome,
                support=said.support,
                findings=self._ids(said.findings, self._finding_id),
                cases=self._ids(said.cases, lambda label: case_labelled(self._now, label)),
                position=place,
            )
            yield _made_or_changed(before, stated, "context", "mechanism", "outcome", "support", "findings", "cases")

    def _finding_id(self, key: str) -> str:
        return finding_keyed(self._findings.values(), key).id

    def _ids(self, words: Iterable[Word], find: Callable[[str], str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for word in words:
            with self._line(word.line):
                found[find(word.text)] = None
        return tuple(found)

    def _person(self, name: str) -> str:
        known = self._project.coder_named(name)
        if known is None:
            names = ", ".join(c.name for c in self._now.coders) or "nobody yet"
            raise UsageError(f"There is no coder “{name[:40]}” in this project.", f"There is: {names}.")
        return known.id


def _made_or_changed(old: Record | None, made: Record, *fields: str) -> Change:
    return update(old, **{name: getattr(made, name) for name in fields}) if old else create(made)
