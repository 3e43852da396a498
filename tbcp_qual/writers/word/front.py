"""What stands before the tables: what this is, what it rests on, and how to read a cell."""

import datetime

from tbcp_qual.analysis.matrix import Matrix
from tbcp_qual.writers.word.markup import paragraph, run
from tbcp_qual.writers.word.wording import counted, day, listed

_APPROACHES = {
    "framework": "framework analysis with a codebook",
    "coding reliability": "coding reliability",
    "reflexive": "reflexive thematic analysis",
}
_PRIVACY = (
    "The texts are de-identified, not anonymous: pseudonymised words of families are still personal data. Keep this "
    "file where the project is kept, and check each quotation for what could point to a person before it is published."
)


def _fact(name: str, text: str) -> str:
    return paragraph("Fact", run(f"{name}\t", "Label"), run(text))


def title_block(matrix: Matrix, made: datetime.date) -> list[str]:
    """Return the title, what the matrix rests on, and the notice on privacy."""
    coverage = matrix.coverage
    total = sum(number for _, number in coverage.documents)
    kinds = listed([f"{number:,} {kind or 'without a source type'}" for kind, number in coverage.documents])
    coders = listed(coverage.coders) or "nobody yet"
    facts = [
        ("Made", f"{day(made)}, with tbcp-qual"),
        ("Approach", _APPROACHES[matrix.approach]),
        ("Documents", f"{total:,}: {kinds}" if total else "none"),
        ("Coders", f"only {matrix.coder}; the codings of others are left out" if matrix.coder else coders),
        (
            "Coding",
            f"{counted(coverage.codings, 'coding')} in {coverage.coded:,} of {counted(total, 'document')}; "
            f"{coverage.done:,} marked done by {'this coder' if matrix.coder else 'a coder'}",
        ),
    ]
    if coverage.not_begun:
        facts.append(("Not yet coded", listed(coverage.not_begun)))
    if coverage.left_out:
        codes = counted(len(coverage.codes_left_out), "code")
        facts.append(
            (
                "Left out",
                f"{counted(coverage.left_out, 'coding')} of {codes} in no theme: {listed(coverage.codes_left_out)}",
            )
        )
    if coverage.unplaced:
        words = counted(coverage.unplaced, "coding")
        facts.append(
            (
                "Not placed",
                f"{words} of words that are not in the corrected text of their document; they come last, and say so",
            )
        )
    return [
        paragraph("Title", run("Thematic matrix")),
        paragraph("Subtitle", run(matrix.project)),
        *(_fact(name, text) for name, text in facts),
        paragraph("Notice", run(_PRIVACY)),
    ]


def reading_guide(matrix: Matrix, most: int) -> list[str]:
    """Return how to read a cell, in a few lines."""
    row = "case" if matrix.rows_are == "case" else "source type"
    lines = [
        ("Rows", f"A row is a {row}; a column is a theme, which is defined on the page before its table."),
        (
            "Passage",
            "A stretch of words that speaks to the theme. Words that several coders marked, or several codes of the "
            "theme cover, are one passage.",
        ),
        (
            "Count",
            "Passages, and the documents they come from. Counts say where to look, not how much weight a point has: a "
            "parent, the worker and the case file may tell of one event.",
        ),
    ]
    if most:
        lines.append(
            (
                "Quotations",
                f"At most {most} in a cell, taken from its documents in turn, with a negative case among them where "
                "there is one. Long ones are cut, which […] shows.",
            )
        )
    lines += [
        (
            "Source",
            "Speaker or document, source type, and the turn: its number in the document, where every speaker’s stretch "
            "or paragraph counts. In the tables it is a link to the full words in the annex.",
        ),
        ("Negative case", "A passage that goes against what the theme says, as a coder judged it."),
        ("–", _dash(matrix)),
        *(_asked(row) if matrix.coverage.asked else ()),
        ("Not yet coded", f"None of the documents of this {row} has been coded: nothing can be said."),
    ]
    if matrix.rows_are == "case":
        lines.append(("No document", "The project holds no document about this case."))
    if matrix.coverage.speakers_known:
        lines.append(
            (
                "By and about",
                "A row holds what members of the family say, and what others say or write about the family. What a "
                "family says of another, and what others say, is told apart in the count of a cell.",
            )
        )
    if matrix.coverage.several_cases:
        named = listed([f"{name} ({counted(cases, 'case')})" for name, cases in matrix.coverage.several_cases])
        lines.append(
            (
                "Several cases",
                "Passages of these documents are about the document’s cases, not narrowed down: nobody has said which "
                f"case each is about, and so they stand in the row of every one, marked with their number: {named}.",
            )
        )
    return [_fact(name, text) for name, text in lines]


def _dash(matrix: Matrix) -> str:
    row = "case" if matrix.rows_are == "case" else "source type"
    text = f"The documents of this {row} were coded, and none of their words speak to the theme"
    if matrix.coverage.asked:
        return f"{text}; whether all of them were asked about it is not confirmed."
    return f"{text}."


def _asked(row: str) -> list[tuple[str, str]]:
    """Return what the words of cells mean that say what was asked."""
    heard = "heard on this case" if row == "case" else "of this source type"
    return [
        (
            "Asked, not raised",
            f"Somebody {heard} was asked about what the theme holds, as a coder confirmed from the interviewer’s turns, "
            "and no words of any document of the row speak to it.",
        ),
        ("Not asked", f"A coder confirmed that nobody {heard} was asked: silence says nothing here."),
        (
            "Not recorded",
            "The case files were read for it with a schedule, and do not record it. Where there are interviews as well, "
            "and nobody was asked in them, both are said.",
        ),
    ]
