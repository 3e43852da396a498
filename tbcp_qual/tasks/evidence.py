"""Findings with what speaks for and against them, how sure the team is of them, and the answers to the questions."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from tbcp_qual.analysis.evidence import Board, Evidences, FindingLine
from tbcp_qual.analysis.matrix import build
from tbcp_qual.coding.changes import Change, Revision, create, remove, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import (
    Answer,
    Bearing,
    Confidence,
    Configuration,
    Element,
    Evidence,
    Finding,
    Standing,
    answer_id,
    evidence_id,
)
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.text import clean, one_line
from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.store import Project
from tbcp_qual.tasks.cells import question_named, theme_named
from tbcp_qual.tasks.citing import Passages


def boards(project: Project, *, viewer: str, questions: Sequence[str] = ()) -> list[Board]:
    """Return a board for each evaluation question, or for those of these keys.

    Raises:
        BadInput: there are no themes.
        UsageError: there is no such question.
    """
    snapshot = project.snapshot(viewer)
    wanted = [question_named(snapshot, key) for key in questions]
    evidences = Evidences(snapshot)
    return [evidences.board(q) for q in wanted] if wanted else evidences.boards()


def finding_lines(project: Project, *, viewer: str, question: str | None = None) -> list[FindingLine]:
    """Return all findings, or those that answer a question or one of its sub-questions, with what they rest on."""
    snapshot = project.snapshot(viewer)
    found: Iterable[Finding] = snapshot.findings
    if question is not None:
        asked = question_named(snapshot, question)
        keys = {asked.id, *(q.id for q in snapshot.questions if q.parent == asked.id)}
        found = [f for f in snapshot.findings if keys & set(f.questions)]
    if not found:
        return []
    evidences = Evidences(snapshot)
    return [evidences.finding(finding) for finding in found]


def finding_line(project: Project, key: str, *, viewer: str) -> FindingLine:
    """Return a finding with what it rests on.

    Raises:
        UsageError: there is none of that key.
    """
    snapshot = project.snapshot(viewer)
    return Evidences(snapshot).finding(finding_keyed(snapshot.findings, key))


def finding_keyed(findings: Iterable[Finding], key: str) -> Finding:
    """Return the finding of this key or id.

    Raises:
        UsageError: there is none.
    """
    there = list(findings)
    for finding in there:
        if one_line(key).casefold() in (finding.key.casefold(), finding.id):
            return finding
    keys = f"There is: {', '.join(f.key for f in there)}." if there else "`tbcp-qual findings add` makes one."
    raise UsageError(f"There is no finding “{key[:40]}”.", keys)


def add_finding(
    project: Project,
    statement: str,
    *,
    coder: str,
    key: str = "",
    questions: Sequence[str] = (),
    themes: Sequence[str] = (),
) -> Finding:
    """State a finding; it is a draft until it is agreed.

    Args:
        project: an open project.
        statement: what is found, in a sentence or two.
        coder: id of whoever states it.
        key: what it is called; empty for the next number.
        questions: keys of the questions and sub-questions it answers.
        themes: names of its themes.

    Raises:
        UsageError: it says nothing, its key is taken, or a question or theme is not known.
    """
    snapshot = project.snapshot(coder, [])
    words = clean(statement).text.strip()
    if not words:
        raise UsageError("A finding says something.", "tbcp-qual findings add “What was found.” --question 2b")
    taken = {f.key.casefold() for f in snapshot.findings}
    called = one_line(key) or next(str(n) for n in range(1, len(taken) + 2) if str(n) not in taken)
    if called.casefold() in taken:
        raise UsageError(f"There is a finding {called} already.", "Leave the key out for the next number.")
    finding = Finding(
        id=new_id(),
        key=called,
        statement=words,
        questions=tuple(dict.fromkeys(question_named(snapshot, q).id for q in questions)),
        themes=tuple(dict.fromkeys(theme_named(snapshot, t).id for t in themes)),
        position=max((f.position for f in snapshot.findings), default=-1) + 1,
    )
    project.apply(f"finding {called} stated", [create(finding)], coder=coder)
    return finding


def edit_finding(
    project: Project,
    key: str,
    *,
    coder: str,
    statement: str | None = None,
    called: str | None = None,
    questions: Sequence[str] | None = None,
    themes: Sequence[str] | None = None,
    status: Standing | None = None,
) -> Revision | None:
    """Change a finding; what is None stays.

    Raises:
        UsageError: there is no such finding, question or theme, the key is taken, or it would say nothing.
    """
    snapshot = project.snapshot(coder, [])
    finding = finding_keyed(snapshot.findings, key)
    values: dict[str, object] = {}
    if statement is not None:
        values["statement"] = clean(statement).text.strip()
        if not values["statement"]:
            raise UsageError("A finding says something.", "`tbcp-qual findings delete` takes it away.")
    if called is not None:
        values["key"] = one_line(called)
        others = {f.key.casefold() for f in snapshot.findings if f.id != finding.id}
        if not values["key"] or str(values["key"]).casefold() in others:
            raise UsageError(f"A finding cannot be called “{called[:40]}”.", "The key is empty, or taken.")
    if questions is not None:
        values["questions"] = tuple(dict.fromkeys(question_named(snapshot, q).id for q in questions))
    if themes is not None:
        values["themes"] = tuple(dict.fromkeys(theme_named(snapshot, t).id for t in themes))
    if status is not None:
        values["status"] = status
    return project.apply(f"finding {finding.key} changed", [update(finding, **values)], coder=coder)


def delete_finding(project: Project, key: str, *, coder: str) -> Revision | None:
    """Take a finding away, with its evidence and what people judged of it; one revision.

    Raises:
        UsageError: there is none of that key.
        Conflict: evidence of it is hidden until a blind round is locked.
    """
    snapshot = project.snapshot(coder, [])
    finding = finding_keyed(snapshot.findings, key)
    changes: list[Change] = [remove(e) for e in snapshot.evidence if e.finding == finding.id]
    changes += [remove(j) for j in snapshot.judgements if j.finding == finding.id]
    resting: list[Element | Configuration] = [*snapshot.elements, *snapshot.configurations]
    for record in resting:
        if finding.id in record.findings:
            changes.append(update(record, findings=tuple(f for f in record.findings if f != finding.id)))
    try:
        return project.apply(f"finding {finding.key} taken away", [*changes, remove(finding)], coder=coder)
    except Conflict:
        raise Conflict(
            f"Finding {finding.key} cannot go: something you may not see refers to it.",
            "Wait for the round to be locked.",
        ) from None


def add_evidence(
    project: Project,
    key: str,
    passages: Sequence[str],
    *,
    coder: str,
    negative: bool = False,
    explained: str = "",
) -> tuple[Revision | None, int]:
    """Bring passages forward for a finding, or as negative cases of it; return how many are new or changed sides.

    Args:
        project: an open project.
        key: of the finding.
        passages: as `Passages.named` takes them.
        coder: id of whoever does it.
        negative: whether they speak against it.
        explained: how the negative cases are explained.

    Raises:
        UsageError: there is no such finding or passage.
    """
    snapshot = project.snapshot(coder)
    finding = finding_keyed(snapshot.findings, key)
    pool = passages_for(snapshot, finding)
    bearing: Bearing = "negative case" if negative else "for"
    words = clean(explained).text.strip()
    changes = evidence_changes(snapshot, finding, [(said, bearing, words) for said in passages], pool, coder=coder)
    what = "negative cases" if negative else "evidence"
    return project.apply(f"{what}: finding {finding.key}", changes, coder=coder), len(changes)


def passages_for(snapshot: Snapshot, finding: Finding) -> Passages:
    """Return the passages that can be brought forward for a finding, those of its themes first."""
    matrix = build(snapshot, rows="source type")
    order = [*finding.themes, *(theme for theme in matrix.passages if theme not in finding.themes)]
    return Passages(snapshot, (p for theme in order for p in matrix.passages.get(theme, ())))


def evidence_changes(
    snapshot: Snapshot,
    finding: Finding,
    wanted: Iterable[tuple[str, Bearing, str]],
    pool: Passages,
    *,
    coder: str,
) -> list[Change]:
    """Return the changes that bring passages forward.

    Args:
        snapshot: what is there.
        finding: what they bear on.
        wanted: `(passage as it is named, on which side, how it is explained)`.
        pool: where the passages are found.
        coder: id of whoever does it.

    Raises:
        UsageError: there is no such passage.
    """
    there = [e for e in snapshot.evidence if e.finding == finding.id]
    changes: dict[str, Change] = {}
    for said, bearing, explained in wanted:
        passage = pool.named(said, "that is coded under a theme")
        old = next((e for e in there if not set(e.codings).isdisjoint(passage.codings)), None)
        if old is None:
            made = Evidence(
                id=evidence_id(finding.id, passage.codings[0]),
                finding=finding.id,
                document=passage.document,
                codings=passage.codings,
                reference=passage.reference,
                bearing=bearing,
                explained=explained if bearing != "for" else "",
                coder=coder,
            )
            changes[made.id] = create(made)
            continue
        change = update(old, bearing=bearing, explained="" if bearing == "for" else explained or old.explained)
        if change.fields:
            changes[old.id] = change
    return list(changes.values())


def remove_evidence(project: Project, key: str, passages: Sequence[str], *, coder: str) -> Revision | None:
    """Take passages back that were brought forward for a finding or against it.

    Raises:
        UsageError: there is no such finding, or no such passage was brought forward.
    """
    snapshot = project.snapshot(coder)
    finding = finding_keyed(snapshot.findings, key)
    evidences = Evidences(snapshot)
    theirs = [e for e in snapshot.evidence if e.finding == finding.id]
    placed = {e.id: evidences.passage(e, finding.themes) for e in theirs}
    pool = Passages(snapshot, [p for p in placed.values() if p is not None])
    going: dict[str, Evidence] = {}
    for said in passages:
        gone = [e for e in theirs if placed[e.id] is None and e.reference.casefold() == one_line(said).casefold()]
        passage = None if gone else pool.named(said, f"in the evidence of finding {finding.key}")
        going.update((e.id, e) for e in (gone or [e for e in theirs if placed[e.id] is passage]))
    return project.apply(f"evidence taken back: finding {finding.key}", map(remove, going.values()), coder=coder)


def judge(
    project: Project,
    key: str,
    confidence: Confidence,
    *,
    coder: str,
    adequacy: str | None = None,
    coherence: str | None = None,
    relevance: str | None = None,
    limitations: str | None = None,
) -> Revision | None:
    """Judge how sure one may be of a finding, and say why under each heading; what is None stays as it was.

    Raises:
        UsageError: there is no such finding, or nothing at all is said of why.
    """
    finding = finding_keyed(project.records("finding"), key)
    said = {"adequacy": adequacy, "coherence": coherence, "relevance": relevance, "limitations": limitations}
    words = {name: clean(text).text.strip() for name, text in said.items() if text is not None}
    if confidence and not any(words.get(name, getattr(finding, name)) for name in said):
        raise UsageError("Why so?", "Say it under --adequacy, --coherence, --relevance or --limitations.")
    change = update(finding, confidence=confidence, judged_by=coder if confidence else None, **words)
    return project.apply(f"confidence in finding {finding.key}: {confidence or 'open'}", [change], coder=coder)


def write_answer(
    project: Project,
    key: str,
    words: str,
    *,
    coder: str,
    confidence: Confidence | None = None,
    caveats: str | None = None,
) -> Revision | None:
    """Answer an evaluation question or a sub-question; what is None stays as it was; without words it goes.

    Raises:
        UsageError: there is no such question.
    """
    question = question_named(project.snapshot(coder, []), key)
    there = next((a for a in project.records("answer") if a.question == question.id), None)
    change = answer_change(there, question.id, words, confidence=confidence, caveats=caveats, coder=coder)
    return project.apply(f"answer to question {question.key}", [change] if change else [], coder=coder)


def answer_change(
    there: Answer | None,
    question: str,
    words: str,
    *,
    coder: str,
    confidence: Confidence | None = None,
    caveats: str | None = None,
) -> Change | None:
    """Return the change that answers a question; None where there is nothing to take away.

    Args:
        there: the answer as it is.
        question: id of the question.
        words: empty to take the answer away.
        coder: id of whoever answers.
        confidence: None to leave it as it is.
        caveats: None to leave them as they are.
    """
    kept = clean(words).text.strip()
    if not kept:
        return remove(there) if there else None
    values: dict[str, object] = {"words": kept}
    if confidence is not None:
        values["confidence"] = confidence
    if caveats is not None:
        values["caveats"] = clean(caveats).text.strip()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if there is None:
        return create(Answer(id=answer_id(question), question=question, coder=coder, at=now, **values))  # type: ignore[arg-type]
    changed = update(there, **values)
    return update(there, **values, coder=coder, at=now) if changed.fields else changed
