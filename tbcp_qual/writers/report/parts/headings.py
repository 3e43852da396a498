"""Feasibility, evidence of promise and readiness for a trial as headings of their own, for reports that are read so."""

from collections.abc import Iterator

from tbcp_qual.analysis.evidence import Board
from tbcp_qual.writers.report.blocks import Block, Heading, Part, plain_table, say, to_write
from tbcp_qual.writers.report.material import Material, question_name
from tbcp_qual.writers.word.wording import counted


def part(material: Material) -> Part:
    """Return the three headings; nothing where they are not wished."""
    if not material.headings:
        return Part(key="headings", blocks=())
    blocks = [
        Heading(1, "Feasibility, promise and readiness for a trial"),
        say(
            "normal",
            "There was no comparison group. What follows speaks of change as people saw it and of promise; it cannot "
            "say what the programme caused.",
        ),
        *_of(material, "Feasibility", "feasib", "how far the programme can be set up and delivered."),
        *_of(
            material, "Evidence of promise", "promise", "what change was seen, for whom, and what else may explain it."
        ),
        *_readiness(material),
    ]
    return Part(key="headings", blocks=tuple(blocks))


def _of(material: Material, name: str, word: str, missing: str) -> Iterator[Block]:
    yield Heading(2, name)
    boards = [b for b in material.boards if word in f"{b.question.short} {b.question.text}".casefold()]
    findings = _findings(boards)
    for board in boards:
        if board.answer and board.answer.words:
            yield say("normal", board.answer.words)
        else:
            yield to_write(f"{missing} {question_name(board.question)} has no answer yet.")
    if not boards:
        yield to_write(f"{missing} No evaluation question has the word “{word}” in it.")
    if findings:
        yield plain_table(
            f"{name}: findings and confidence",
            "A row is a finding.",
            ("Finding", "Statement", "Confidence"),
            findings,
            (0.14, 0.66, 0.2),
        )


def _findings(boards: list[Board]) -> list[tuple[str, ...]]:
    lines = {line.finding.id: line for board in boards for line in board.findings}
    return [
        (line.finding.key, line.finding.statement, line.finding.confidence or "not judged") for line in lines.values()
    ]


def _readiness(material: Material) -> Iterator[Block]:
    yield Heading(2, "Readiness for a trial")
    elements = material.now.elements
    if elements:
        told = {
            support: sum(e.support == support for e in elements) for support in ("supported", "revised", "untested")
        }
        yield say(
            "normal",
            f"Of {counted(len(elements), 'element')} of the logic model {told['supported']} are supported by findings, "
            f"{told['revised']} need revising and {told['untested']} remain untested.",
        )
    findings = {line.finding.id: line.finding for board in material.boards for line in board.findings}
    firm = sum(finding.confidence in ("moderate", "high") for finding in findings.values())
    if findings:
        yield say("normal", f"Confidence is moderate or high for {firm} of {counted(len(findings), 'finding')}.")
    yield to_write(
        "whether recruitment, delivery, measures and follow-up would bear a trial, and what has to be settled first."
    )
