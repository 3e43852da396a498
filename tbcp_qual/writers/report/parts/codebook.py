"""The codebook: every code in use with its definition, and the themes that gather them."""

from tbcp_qual.analysis.themes import codes_of
from tbcp_qual.writers.report.blocks import Block, Cell, Heading, Part, Table, plain_table, say
from tbcp_qual.writers.report.material import Material
from tbcp_qual.writers.word.wording import listed

_STEP = "\u2003"


def part(material: Material) -> Part:
    """Return the codes and the themes."""
    now = material.now
    rows: list[tuple[Cell, ...]] = []
    for depth, code in now.codebook.walk():
        rules = [
            say("cell detail", f"{name}: {words}")
            for name, words in (("Use when", code.use_when), ("Not when", code.not_when))
            if words
        ]
        rows.append(
            (
                (say("cell" if depth else "cell name", f"{_STEP * depth}{code.name}"),),
                (say("cell", code.full or code.brief), *rules),
                (say("cell detail", f"{code.origin}, {code.status}"),),
            )
        )
    blocks: list[Block] = [Heading(1, "The codebook")]
    if rows:
        blocks.append(
            Table(
                title="Codes in use",
                description="A row is a code; those below it follow it, further to the right.",
                headings=("Code", "What it holds", "Origin and status"),
                rows=tuple(rows),
                widths=(0.27, 0.57, 0.16),
            )
        )
    else:
        blocks.append(say("normal", "There are no codes yet."))
    if now.themes:
        keys = {question.id: question.key for question in now.questions}
        blocks.append(Heading(2, "Themes"))
        blocks.append(
            plain_table(
                "Themes, their questions and their codes",
                "A row is a theme.",
                ("Theme", "Definition", "Questions", "Codes"),
                (
                    (
                        theme.name,
                        theme.definition,
                        ", ".join(keys[q] for q in theme.questions if q in keys),
                        listed(
                            [code.name for _, code in now.codebook.walk() if code.id in codes_of(theme, now.codebook)]
                        ),
                    )
                    for theme in now.themes
                ),
                (0.2, 0.36, 0.14, 0.3),
            )
        )
    return Part(key="codebook", blocks=tuple(blocks))
