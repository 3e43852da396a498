"""Topic guides from YAML, and what was asked from a table; `codebooks/topic_guides.yaml` is a complete example.

Questions and themes are named as the project names them; whether it has them is not for a reader to know.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tbcp_qual.errors import BadInput
from tbcp_qual.readers.codebooks.nodes import Entry, Word, read_nodes
from tbcp_qual.readers.files import as_name, read_csv

_GUIDE = ("source type", "wave", "topics")
_TOPIC = ("topic", "ask", "questions", "themes")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicDraft:
    """A topic as the file has it."""

    line: int
    source_type: str
    time_point: str
    key: str
    prompt: str
    questions: tuple[Word, ...]
    themes: tuple[Word, ...]


def read_topics(path: Path) -> tuple[TopicDraft, ...]:
    """Read topic guides.

    Raises:
        BadInput: the file cannot be read, or something in it has no meaning; with the line.
    """
    top = read_nodes(path)
    top.allow(("topic guides",))
    drafts = tuple(_topics(top))
    if not drafts:
        raise top.wrong("there are no topics", "They stand under `topic guides:`, a guide for each source type.")
    return drafts


def _topics(top: Entry) -> Iterator[TopicDraft]:
    guides: dict[tuple[str, str], int] = {}
    for guide in top.entries("topic guides"):
        guide.allow(_GUIDE)
        source_type, wave = guide.word("source type"), guide.word("wave")
        if not source_type:
            raise guide.wrong("a guide names no source type", "Say whom it is for: `source type: parent`.")
        key = (source_type.casefold(), wave.casefold())
        if key in guides:
            raise guide.wrong(f"there is a guide for the same on line {guides[key]}", "Make one of the two.")
        guides[key] = guide.line
        taken: dict[str, int] = {}
        for entry in guide.entries("topics"):
            entry.allow(_TOPIC)
            name = entry.word("topic")
            if not name:
                raise entry.wrong("a topic has no name", "Give it one: `topic: …`.")
            if name.casefold() in taken:
                first = taken[name.casefold()]
                raise entry.wrong(f"the topic {as_name(name)} is there already, on line {first}", "Rename one.")
            taken[name.casefold()] = entry.line
            yield TopicDraft(
                line=entry.line,
                source_type=source_type,
                time_point=wave,
                key=name,
                prompt=entry.prose("ask"),
                questions=tuple(entry.words("questions")),
                themes=tuple(entry.words("themes")),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """A row of a table that says whether a topic was asked in a document."""

    line: int
    document: str
    topic: str
    asked: str


def read_asked(path: Path) -> tuple[AskedRow, ...]:
    """Read a CSV with the columns `document`, `topic` and `asked`.

    Raises:
        BadInput: the file is no sound CSV, or a cell is empty; with the line.
    """
    rows = []
    for row in read_csv(path, columns=("document", "topic", "asked"), optional=()).rows:
        for column, value in row.cells.items():
            if not value:
                raise BadInput(
                    f"{path}, line {row.line}: the column “{column}” is empty.", "Fill it, or take the row out."
                )
        rows.append(AskedRow(line=row.line, **row.cells))
    return tuple(rows)
