"""A section for each evaluation question: its answer, its findings with what speaks for and against them, its themes."""

from collections.abc import Iterator

from tbcp_qual.analysis.evidence import Board, FindingLine, ThemeLine
from tbcp_qual.analysis.heard import Tally
from tbcp_qual.analysis.passages import Passage, chosen
from tbcp_qual.coding.records import Answer
from tbcp_qual.writers.report.blocks import Block, Heading, Part, Table, fact, plain_table, say, to_write
from tbcp_qual.writers.report.material import Material, question_name
from tbcp_qual.writers.report.parts.audit import on_question
from tbcp_qual.writers.report.quotations import quoted
from tbcp_qual.writers.word.wording import counted, listed

MOST = 3
"""Quotations for a finding; all are in the record."""
MOST_OF_A_THEME = 2


def part(material: Material) -> Part:
    """Return the sections of all questions."""
    blocks: list[Block] = []
    told: dict[str, str] = {}
    for board in material.boards:
        blocks += _question(material, board, told)
    if material.loose:
        blocks.append(Heading(1, "Findings that answer no question yet"))
        for line in material.loose:
            blocks += _finding(material, line)
    return Part(key="questions", blocks=tuple(blocks))


def _question(material: Material, board: Board, told: dict[str, str]) -> Iterator[Block]:
    """Give the section of a question; `told` has the findings that were told already, and under which question."""
    question = board.question
    yield Heading(1, question_name(question))
    if question.short:
        yield say("question", question.text)
    yield from answer_blocks(material, board.answer, f"the answer to question {question.key}")
    answered = [(sub, answer) for sub, answer in board.subquestions if answer is not None and answer.words]
    if board.subquestions:
        yield Heading(2, "Sub-questions")
    for sub, answer in board.subquestions:
        yield say("sub-question", f"{sub.key}\t{sub.text}")
        if (sub, answer) in answered:
            yield from answer_blocks(material, answer, "")
    yield Heading(2, "Who was asked, and who speaks to it")
    yield tally_table(material, board.asked, f"Question {question.key}: who speaks to its themes")
    if material.now.asked:
        yield say("note", ASKED)
    yield from on_question(material, {question.id, *(sub.id for sub, _ in board.subquestions)})
    if board.findings:
        yield Heading(2, "Findings")
    for line in board.findings:
        earlier = told.setdefault(line.finding.id, question_name(question))
        yield from _finding(material, line) if earlier == question_name(question) else _again(line, earlier)
    yield from _themes(material, board)


ASKED = (
    "Each source type is counted in its own unit and never added to another: a parent, her worker and her file are "
    "accounts of one family. The count is out of those who were asked, as a coder confirmed, or of the files that "
    "were read."
)


def answer_blocks(material: Material, answer: Answer | None, missing: str) -> Iterator[Block]:
    """Give an answer with its confidence and caveats, or the place for it."""
    if answer is None or not answer.words:
        yield to_write(f"{missing}.")
        return
    yield say("answer", answer.words, anchor=material.anchor("answer", answer.id))
    yield fact("Confidence", answer.confidence or "not yet judged")
    if answer.caveats:
        yield say("caveats", answer.caveats, anchor=material.anchor("caveats", answer.id))


def tally_table(material: Material, tallies: tuple[Tally, ...], title: str) -> Table:
    """Return who speaks to something, source type by source type."""
    return plain_table(
        title,
        "A row is a source type, counted in its own unit; rows are not to be added up.",
        ("Source type", "Who speaks to it", "Passages", "Negative cases"),
        (
            (
                f"{t.source_type[:1].upper()}{t.source_type[1:]}" or "No source type",
                material.tallied(t),
                material.passages(t.passages, files=t.unit.endswith("files")),
                f"{t.negative:,}",
            )
            for t in tallies
        ),
        (0.28, 0.42, 0.14, 0.16),
    )


def _again(line: FindingLine, earlier: str) -> Iterator[Block]:
    """Name a finding that is told under an earlier question: it is written, and changed, in one place."""
    yield Heading(3, f"Finding {line.finding.key}")
    yield say("normal", line.finding.statement)
    yield say("note", f"What it rests on stands under {earlier}.")


def _finding(material: Material, line: FindingLine) -> Iterator[Block]:
    finding = line.finding
    yield Heading(3, f"Finding {finding.key}" + (" (draft)" if finding.status == "draft" else ""))
    yield say("finding", finding.statement, anchor=material.anchor("finding", finding.id))
    yield fact("Confidence", _confidence(material, line))
    for name, words in (
        ("Adequacy", finding.adequacy),
        ("Coherence", finding.coherence),
        ("Relevance", finding.relevance),
        ("Limitations", finding.limitations),
    ):
        if words:
            yield fact(name, words)
    said = [material.tallied(tally) for tally in line.tallies if tally.passages]
    yield fact("Rests on", "; ".join(said) if said else "no passage yet")
    if line.themes:
        yield fact("Themes", listed([theme.name for theme in line.themes]))
    if line.lost and not material.beyond:
        yield fact("Lost", f"{listed(line.lost)}: cited once, and no longer coded under a theme")
    theme = line.themes[0].name if line.themes else ""
    shown = [material.quotes.cite(passage, theme) for passage in _standing_for(material, line)]
    number = sum(one is not None for one in shown)
    if number:
        of = counted(len(line.supporting), "passage")
        yield say("group", f"What speaks for it: {of}" + (f", {number} shown" if number < len(line.supporting) else ""))
    yield from (quoted(one, flagged=False) for one in shown if one is not None)
    if line.negative:
        yield say("group", f"What speaks against it: {counted(len(line.negative), 'negative case')}")
        for case in line.negative:
            one = material.quotes.cite(case.passage, theme)
            if one is not None:
                yield quoted(one, flagged=False)
            elif case.explained:
                yield say(
                    "lead", f"A negative case from a {case.passage.source_type or 'source'}, which is not quoted:"
                )
            if case.explained:
                yield say("explained", case.explained, anchor=material.anchor("explained", case.evidence))
            elif not material.beyond:
                yield to_write("how this negative case is explained.")
    else:
        looked = len(line.searches)
        yield fact(
            "Negative cases",
            f"looked for ({counted(looked, 'search', 'searches')} in the record); none stands against it"
            if looked
            else "none brought forward; the record holds no search for any",
        )


def _standing_for(material: Material, line: FindingLine) -> list[Passage]:
    """Choose passages for a finding: those that may be quoted before those to be paraphrased."""
    quotable = [passage for passage in line.supporting if material.quotes.quotable(passage)]
    picked = chosen(quotable, MOST)
    others = [passage for passage in line.supporting if passage not in quotable]
    return [*picked, *chosen(others, MOST - len(picked))] if len(picked) < MOST else picked


def _confidence(material: Material, line: FindingLine) -> str:
    finding = line.finding
    judge = material.now.coder_by_id.get(finding.judged_by or "")
    if finding.confidence:
        return finding.confidence + (f", as {judge.name} judged" if judge and not material.beyond else "")
    proposed = line.proposal.confidence
    if proposed and not material.beyond:
        return f"not yet judged; the stated rule proposes {proposed} ({line.proposal.why})"
    return "not yet judged"


def _themes(material: Material, board: Board) -> Iterator[Block]:
    if not board.themes:
        return
    yield Heading(2, "Themes")
    yield plain_table(
        title=f"Question {board.question.key}: themes, who speaks to them, and the findings drawn from them",
        description="A row is a theme.",
        headings=("Theme", "Who speaks to it", "Findings"),
        rows=(
            (
                line.theme.name,
                "; ".join(material.tallied(t) for t in line.tallies if t.passages) or "nobody yet",
                ", ".join(line.findings) or "no finding yet",
            )
            for line in board.themes
        ),
        widths=(0.26, 0.54, 0.2),
    )
    for line in board.gaps:
        yield from _gap(material, line)


def _gap(material: Material, line: ThemeLine) -> Iterator[Block]:
    """Show a theme without a finding by a few of its passages."""
    yield Heading(3, line.theme.name)
    if line.theme.definition:
        yield say("definition", line.theme.definition)
    passages = material.evidences.matrix.passages.get(line.theme.id, ())
    for passage in chosen([p for p in passages if material.quotes.quotable(p)], MOST_OF_A_THEME):
        one = material.quotes.cite(passage, line.theme.name)
        if one is not None:
            yield quoted(one)
    yield to_write(f"what “{line.theme.name}” comes to; it has passages and no finding yet.")
