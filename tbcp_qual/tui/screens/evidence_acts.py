"""What is done on a board of evidence: findings stated, borne out and judged, answers written, sources triangulated.

Each is one act of a task, which `u` takes back.
"""

from collections.abc import Callable
from typing import cast

from tbcp_qual.coding.records import Confidence, Convergence
from tbcp_qual.store import Project
from tbcp_qual.tasks import evidence, negative_cases, triangulating
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.definition import Asked, DefinitionDialog
from tbcp_qual.tui.dialogs.several import Offer, SeveralDialog
from tbcp_qual.tui.dialogs.value import ValueDialog
from tbcp_qual.tui.screens.evidence_board import BoardPane
from tbcp_qual.tui.screens.evidence_items import AGAINST, FOR, offered
from tbcp_qual.tui.screens.evidence_rows import FINDING, HEADINGS, dots

LEVELS: tuple[Confidence, ...] = ("low", "moderate", "high")
VERDICTS: dict[Convergence, str] = {
    "agreement": "meaning and examples match another source type's",
    "partial": "one of them does",
    "silence": "it says nothing of it",
    "dissonance": "it says otherwise",
    "not asked": "it was not asked, or not read",
}
WHY = {
    "adequacy": "adequacy: is there enough, and rich enough, to say it?",
    "coherence": "coherence: how well does it fit what it rests on, negative cases included?",
    "relevance": "relevance: how near are those heard to those the question is about?",
    "limitations": "limitations: what can the sources not tell?",
}


def _do(pane: BoardPane, job: Callable[[Project, str], object], done: Callable[[], None] = lambda: None) -> None:
    coder = pane.home.desk.viewer
    pane.home.bench.do(lambda project: job(project, coder), lambda _: done())


def _finding_only(pane: BoardPane) -> bool:
    """Whether a finding is lit; else it is said that one has to be."""
    if pane.lit.finding is None:
        pane.home.say(pane.home.keyed("Go to a finding first; {evidence.new} states one."), problem=True)
    return pane.lit.finding is not None


# -- findings and answers


def new_finding(pane: BoardPane) -> None:
    """State a finding on this question, and on the theme that is lit."""
    if pane.of is None:
        return
    lit, board = pane.lit, pane.board
    questions = [lit.answer[0].key] if lit.answer is not None else [board.question.key] if board is not None else []
    themes = [lit.theme.theme.name] if lit.theme is not None else []
    if lit.theme is not None and pane.side.has_focus:
        pane.focus_list()

    def written(said: dict[str, str] | None) -> None:
        if not said or not said["statement"].strip():
            return
        words, coder = said["statement"], pane.home.desk.viewer

        def job(project: Project) -> str:
            return evidence.add_finding(project, words, coder=coder, questions=questions, themes=themes).id

        pane.home.bench.do(job, lambda made: pane.go_to(f"{FINDING}{made}"))

    on = ", ".join([*(f"question {key}" for key in questions), *themes])
    asked = [Asked(name="statement", title="what is found, in a sentence or two", words="", long=True)]
    pane.app.push_screen(DefinitionDialog(f"new finding on {on}" if on else "new finding", asked), written)


def edit(pane: BoardPane, what: str) -> None:
    """Change the answer or the statement that is lit; beside, what is lit there."""
    lit = pane.lit
    if lit.finding is not None:
        if what in ("why", "rule"):
            judge(pane)
        elif what == "searches":
            look(pane)
        else:
            _state(pane)
    elif lit.answer is not None:
        answer(pane)


def _state(pane: BoardPane) -> None:
    line = pane.lit.finding
    assert line is not None
    finding = line.finding

    def written(said: dict[str, str] | None) -> None:
        if said:
            _do(
                pane,
                lambda project, coder: evidence.edit_finding(
                    project, finding.id, coder=coder, statement=said.get("statement"), called=said.get("key")
                ),
            )

    asked = [
        Asked(name="statement", title="what is found, in a sentence or two", words=finding.statement, long=True),
        Asked(name="key", title="what it is called", words=finding.key),
    ]
    hint = pane.home.keyed(
        "then, on the board: {evidence.questions} its questions · {evidence.themes} its themes · "
        "{evidence.agree} agreed or draft · {evidence.why} why so sure"
    )
    pane.app.push_screen(DefinitionDialog(f"finding {finding.key}", asked, hint=hint), written)


def answer(pane: BoardPane) -> None:
    """Answer the question of this board, or the sub-question that is lit, and say how sure the answer is."""
    board = pane.board
    if board is None:
        return
    question, there = pane.lit.answer or (board.question, board.answer)
    words, caveats = (there.words, there.caveats) if there is not None else ("", "")
    sure: Confidence = there.confidence if there is not None else ""

    def written(said: dict[str, str] | None) -> None:
        changed = {"words": words, "caveats": caveats} | (said or {})
        if not changed["words"].strip():
            if words:
                _do(pane, lambda project, coder: evidence.write_answer(project, question.key, "", coder=coder))
            return

        def judged(level: str | None) -> None:
            confidence = sure if level is None else cast("Confidence", level)
            if level is None and not said:
                return
            _do(
                pane,
                lambda project, coder: evidence.write_answer(
                    project,
                    question.key,
                    changed["words"],
                    coder=coder,
                    confidence=confidence,
                    caveats=changed["caveats"],
                ),
            )

        pane.app.push_screen(ChoiceDialog("how sure is the answer", _levels(), sure), judged)

    asked = [
        Asked(name="words", title="the answer", words=words, long=True),
        Asked(name="caveats", title="what has to be said with it", words=caveats, long=True),
    ]
    title = f"answer to {question.key} {question.short or question.text}"
    pane.app.push_screen(DefinitionDialog(title, asked, hint="without words the answer is taken away"), written)


def _levels(proposed: Confidence = "") -> list[Choice]:
    levels = [
        Choice(value=level, text=dots(level), note="the rule proposes it" * (level == proposed)) for level in LEVELS
    ]
    return [*levels, Choice(value="", text="· not judged")]


def judge(pane: BoardPane) -> None:
    """Judge how sure one may be of a finding, and say why; on an answer, how sure that is."""
    if pane.lit.answer is not None:
        answer(pane)
        return
    if not _finding_only(pane) or pane.of is None:
        return
    line = pane.lit.finding
    assert line is not None
    finding = line.finding

    def level(chosen: str | None) -> None:
        if chosen is None:
            return
        confidence = cast("Confidence", chosen)
        if not confidence:
            _do(pane, lambda project, coder: evidence.judge(project, finding.id, "", coder=coder))
            return

        def why(said: dict[str, str] | None) -> None:
            reasons = {name: getattr(finding, name) for name in HEADINGS} | (said or {})
            if not any(words.strip() for words in reasons.values()):
                pane.home.say("A judgement says why, under one of the four headings at least.", problem=True)
                return
            _do(
                pane,
                lambda project, coder: evidence.judge(project, finding.id, confidence, coder=coder, **(said or {})),
            )

        asked = [Asked(name=name, title=WHY[name], words=getattr(finding, name), long=True) for name in HEADINGS]
        pane.app.push_screen(DefinitionDialog(f"why {confidence}: finding {finding.key}", asked), why)

    proposed = "" if pane.of.reflexive else line.proposal.confidence
    title = f"how sure may one be of finding {finding.key}"
    pane.app.push_screen(ChoiceDialog(title, _levels(proposed), finding.confidence), level)


def belongs(pane: BoardPane, what: str) -> None:
    """Choose the questions that a finding answers, or the themes it draws on."""
    line, of = pane.lit.finding, pane.of
    if not _finding_only(pane) or line is None or of is None:
        return
    if what == "questions":
        names = {q.id: q.key for q in of.now.ordered_questions}
        offers = [Offer(key=q.id, name=f"{q.key} {q.short or q.text}") for q in of.now.ordered_questions]
        marked = line.finding.questions
    else:
        names = {theme.id: theme.name for theme in of.now.themes}
        offers = [Offer(key=theme.id, name=theme.name) for theme in of.now.themes]
        marked = line.finding.themes

    def taken(keys: tuple[str, ...] | None) -> None:
        if keys is None:
            return
        chosen = [names[key] for key in keys]
        questions, themes = (chosen, None) if what == "questions" else (None, chosen)
        _do(
            pane,
            lambda project, coder: evidence.edit_finding(
                project, line.finding.id, coder=coder, questions=questions, themes=themes
            ),
        )

    pane.app.push_screen(SeveralDialog(f"{what} of finding {line.finding.key}", offers, marked), taken)


def agree(pane: BoardPane) -> None:
    """Say that a finding is agreed, or a draft again."""
    line = pane.lit.finding
    if _finding_only(pane) and line is not None:
        standing = "draft" if line.finding.status == "agreed" else "agreed"
        _do(
            pane,
            lambda project, coder: evidence.edit_finding(
                project, line.finding.id, coder=coder, status="agreed" if standing == "agreed" else "draft"
            ),
        )


# -- evidence


def bring(pane: BoardPane, *, negative: bool) -> None:
    """Choose passages that speak for a finding, or against it."""
    from tbcp_qual.tui.dialogs.passage_picker import PassagePicker

    line, of = pane.lit.finding, pane.of
    if not _finding_only(pane) or line is None or of is None:
        return
    key = line.finding.id

    def taken(references: tuple[str, ...] | None) -> None:
        if not references:
            return

        def add(explained: str | None) -> None:
            if explained is not None:
                _do(
                    pane,
                    lambda project, coder: evidence.add_evidence(
                        project, key, references, coder=coder, negative=negative, explained=explained
                    ),
                )

        if negative:
            hint = pane.home.keyed("Leave it empty where nobody can say yet; {evidence.explain} explains it later.")
            pane.app.push_screen(ValueDialog("how is it explained", "", hint=hint), add)
        else:
            add("")

    title = f"{'against' if negative else 'for'} finding {line.finding.key}"
    pane.app.push_screen(PassagePicker(title, offered(of, line, negative=negative)), taken)


def take_away(pane: BoardPane) -> None:
    """Take evidence back; on the board, take a finding away."""
    line = pane.lit.finding
    if not _finding_only(pane) or line is None:
        return
    what, reference = pane.item
    key = line.finding.id
    if what in (FOR, AGAINST):
        _do(pane, lambda project, coder: evidence.remove_evidence(project, key, [reference], coder=coder))
    elif not pane.listed.has_focus:
        _do(pane, lambda project, coder: evidence.delete_finding(project, key, coder=coder))


def explain(pane: BoardPane) -> None:
    """Say how a negative case is explained; elsewhere, change what is lit."""
    line = pane.lit.finding
    what, reference = pane.item
    if what != AGAINST or line is None:
        edit(pane, reference)
        return
    before = next((case.explained for case in line.negative if case.passage.reference == reference), "")
    key = line.finding.id

    def said(words: str | None) -> None:
        if words:
            _do(
                pane,
                lambda project, coder: evidence.add_evidence(
                    project, key, [reference], coder=coder, negative=True, explained=words
                ),
            )

    pane.app.push_screen(ValueDialog(f"how is {reference} explained", before), said)


def look(pane: BoardPane) -> None:
    """Look for negative cases under the themes of a finding, and keep in the record that it was done."""
    line = pane.lit.finding
    if not _finding_only(pane) or line is None:
        return
    key, coder = line.finding.id, pane.home.desk.viewer

    def found(hits: int) -> None:
        said = f"{hits} negative {'case' if hits == 1 else 'cases'} under its themes; the search is in the record"
        pane.home.say(f"{said} · {pane.home.keyed('{evidence.against} brings one forward')}")

    pane.home.bench.do(lambda p: negative_cases.look_for_negative_cases(p, key, coder=coder), found)


# -- triangulation


def judge_source(pane: BoardPane, kind: str) -> None:
    """Judge how a source type bears on the finding or theme that is lit."""
    of, lit = pane.of, pane.lit
    found = of.triangulated(lit.finding, lit.theme) if of is not None else None
    bearing = next((b for b in found.bearings if b.source_type == kind), None) if found is not None else None
    if bearing is None:
        return
    name = f"finding {lit.finding.finding.key}" if lit.finding else lit.theme.theme.name if lit.theme else ""
    mine = next((j for j in bearing.judgements if j.coder == pane.home.desk.viewer), None)

    def judged(verdict: str | None) -> None:
        if verdict is None:
            return
        said = cast("Convergence", verdict) if verdict else None

        def noted(note: str | None) -> None:
            if note is not None:
                _do(
                    pane,
                    lambda project, coder: triangulating.judge_source(
                        project, name, kind, said, coder=coder, note=note
                    ),
                )

        if said is None:
            noted("")
        else:
            hint = "What it rests on, if you like."
            pane.app.push_screen(
                ValueDialog(f"{kind or 'other sources'}: {verdict}. A note", mine.note if mine else "", hint=hint),
                noted,
            )

    choices = [
        Choice(value=verdict, note="the codings propose it" if verdict == bearing.proposed else words)
        for verdict, words in VERDICTS.items()
    ]
    if mine is not None:
        choices.append(Choice(value="", text="· take my judgement back"))
    title = f"how do {bearing.tally.unit} bear on {name}"
    pane.app.push_screen(ChoiceDialog(title, choices, mine.verdict if mine else ""), judged)
