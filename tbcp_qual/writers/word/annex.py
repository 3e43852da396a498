"""The annex: every quotation in full, by question and theme, each in a bookmark that carries the id of its coding."""

from collections.abc import Iterator
from itertools import groupby

from tbcp_qual.analysis.matrix import Column, Matrix
from tbcp_qual.analysis.passages import Passage
from tbcp_qual.writers.word.contents import Contents
from tbcp_qual.writers.word.markup import bookmark, bookmark_name, line_break, link, paragraph, run
from tbcp_qual.writers.word.wording import counted, initials, listed, question_title


class Anchors:
    """The bookmark of every passage under every theme."""

    def __init__(self, matrix: Matrix) -> None:
        self._names: dict[tuple[str, str], str] = {}
        taken: dict[str, int] = {}
        for theme, passages in matrix.passages.items():
            for passage in passages:
                name = bookmark_name("c", passage.codings[0])
                again = taken[name] = taken.get(name, 0) + 1
                if again > 1:
                    name = bookmark_name("c", passage.codings[0], f"_{again}")
                self._names[theme, passage.reference] = name

    def name(self, theme: str, passage: Passage) -> str:
        """Return the name of the bookmark."""
        return self._names[theme, passage.reference]


def annex(matrix: Matrix, contents: Contents, anchors: Anchors, numbers: Iterator[int]) -> Iterator[str]:
    """Give the paragraphs of the annex; a theme of several questions is listed under the first of them."""
    short = initials(matrix.coverage.coders)
    listed_under: dict[str, str] = {}
    yield contents.heading(1, "Annex: the quotations in full")
    yield paragraph("Normal", run(_introduction(matrix, short)))
    for section in matrix.sections:
        if not section.columns:
            continue
        yield contents.heading(2, question_title(section))
        for column in section.columns:
            yield contents.heading(3, column.name, listed=False)
            if column.id in listed_under:
                yield _elsewhere(matrix, column, anchors, listed_under[column.id])
                continue
            listed_under[column.id] = question_title(section)
            yield from _theme(matrix, column, anchors, numbers, short)


def _introduction(matrix: Matrix, short: dict[str, str]) -> str:
    text = (
        "Each entry gives its reference, its source, the words as they stand in the text, then the codes and who coded. "
        "References and link targets stay with the passage, so that a sentence of the report can lead back to its words."
    )
    named = [f"{letters} is {name}" for name, letters in short.items() if letters != name]
    return f"{text} {listed(named)}." if named else text


def _elsewhere(matrix: Matrix, column: Column, anchors: Anchors, question: str) -> str:
    where = f"Listed above, under {question}."
    passages = matrix.passages.get(column.id)
    if not passages:
        return paragraph("Normal", run(where))
    return paragraph("Normal", link(anchors.name(column.id, passages[0]), run(where, "SourceLink")))


def _theme(
    matrix: Matrix, column: Column, anchors: Anchors, numbers: Iterator[int], short: dict[str, str]
) -> Iterator[str]:
    passages = matrix.passages.get(column.id, ())
    if not passages:
        yield paragraph("Normal", run("No passage yet."))
    for source_type, group in groupby(passages, key=lambda passage: passage.source_type):
        theirs = list(group)
        documents = counted(len({passage.document for passage in theirs}), "document")
        name = source_type or "without a source type"
        yield paragraph(
            "QuotationGroup", run(f"{name[:1].upper()}{name[1:]}: {counted(len(theirs), 'passage')}, {documents}")
        )
        for passage in theirs:
            yield _entry(passage, next(numbers), anchors.name(column.id, passage), short)


def _entry(passage: Passage, number: int, anchor: str, short: dict[str, str]) -> str:
    head = run(passage.reference, "Reference") + run(f"   {passage.source}", "Quiet")
    about = [case for case in passage.about if case not in passage.source]
    if about:
        head += run(f", about {listed(about)}{'' if passage.narrowed else ', not narrowed down'}", "Quiet")
    if passage.negative:
        head += run(" · ", "Quiet") + run("negative case", "NegativeCase")
    coded = f"{'; '.join(passage.codes)} · {', '.join(short[coder] for coder in passage.coders)}"
    words = run(f"“{passage.words}”")
    return paragraph(
        "Quotation",
        bookmark(number, anchor, head + line_break() + words + line_break() + run(coded, "Coding")),
    )
