"""Tables for sorting and filtering, which no page of paper could hold: findings, themes and quotations, line by line."""

from collections.abc import Iterable, Sequence

from tbcp_qual.writers.report.blocks import Table, plain_table
from tbcp_qual.writers.report.material import Material
from tbcp_qual.writers.word.wording import listed


def evidence_tables(material: Material) -> tuple[Table, ...]:
    """Return the findings, who speaks to each theme, and the quotations that the report cites."""
    return (_findings(material), _themes(material), _quotations(material))


def _findings(material: Material) -> Table:
    lines = {line.finding.id: line for board in material.boards for line in board.findings}
    lines |= {line.finding.id: line for line in material.loose}
    headings = (
        "Finding", "Statement", "Questions", "Themes", "Status", "Confidence", "Adequacy", "Coherence", "Relevance",
        "Limitations", "Who speaks for it", "Passages for it", "Negative cases",
    )  # fmt: skip
    rows = [
        (
            line.finding.key,
            line.finding.statement,
            ", ".join(question.key for question in line.questions),
            listed([theme.name for theme in line.themes]),
            line.finding.status,
            line.finding.confidence,
            line.finding.adequacy,
            line.finding.coherence,
            line.finding.relevance,
            line.finding.limitations,
            "; ".join(material.tallied(tally) for tally in line.tallies if tally.passages),
            str(len(line.supporting)),
            str(len(line.negative)),
        )
        for line in lines.values()
    ]
    return _table("Findings", headings, rows)


def _themes(material: Material) -> Table:
    headings = ("Question", "Theme", "Source type", "Who speaks to it", "Passages", "Negative cases", "Findings")
    rows = [
        (
            board.question.key,
            line.theme.name,
            tally.source_type,
            material.tallied(tally),
            material.passages(tally.passages, files=tally.unit.endswith("files")),
            str(tally.negative),
            ", ".join(line.findings),
        )
        for board in material.boards
        for line in board.themes
        for tally in line.tallies
    ]
    return _table("Who speaks to each theme", headings, rows)


def _quotations(material: Material) -> Table:
    headings = ("Reference", "Source", "Role", "Source type", "Theme", "Negative case", "Words")
    rows = [
        (
            one.reference,
            one.source,
            one.voice.role,
            one.passage.source_type,
            theme,
            "yes" if one.passage.negative else "no",
            one.words or "[paraphrase to be written]",
        )
        for one, themes in material.quotes.cited
        for theme in themes or ("",)
    ]
    return _table("Quotations", headings, rows)


def _table(title: str, headings: tuple[str, ...], rows: Iterable[Sequence[str]]) -> Table:
    share = 1 / len(headings)
    return plain_table(title, title, headings, rows, [share] * len(headings))
