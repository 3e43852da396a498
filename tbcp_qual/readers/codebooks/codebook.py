"""A codebook from YAML; `codebooks/README.md` describes the format."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast, get_args

from tbcp_qual.coding.code_edits import COLOURS
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Approach, Aspect, Code, Origin, Question, Status, Theme
from tbcp_qual.readers.codebooks.draft import CodebookDraft
from tbcp_qual.readers.codebooks.nodes import Entry, nearest, read_nodes
from tbcp_qual.readers.codebooks.resolving import code_named

_TOP = ("project", "approach", "questions", "codes", "themes")
_QUESTION = ("key", "short", "text", "sub")
_SUB = ("key", "aspect", "short", "text")
_CODE = (
    "name",
    "colour",
    "brief",
    "full",
    "when to use",
    "when not to use",
    "example",
    "domain",
    "origin",
    "status",
    "questions",
    "codes",
)
_THEME = ("name", "definition", "questions", "codes")


def read_yaml_codebook(path: Path) -> CodebookDraft:
    """Read a codebook from YAML.

    Raises:
        BadInput: the file cannot be read, or something in it has no meaning; with the line.
    """
    top = read_nodes(path)
    top.allow(_TOP)
    questions = tuple(_questions(top))
    ids = {question.key: question.id for question in questions}
    codes = tuple(_codes(top, None, ids, depth=0))
    themes = tuple(_themes(top, ids, Codebook(codes)))
    return CodebookDraft(
        project=top.word("project"),
        approach=cast("Approach", top.choice("approach", get_args(Approach), "framework")),
        questions=questions,
        codes=codes,
        themes=themes,
    )


def _questions(top: Entry) -> Iterator[Question]:
    taken: dict[str, int] = {}
    for position, entry in enumerate(top.entries("questions")):
        entry.allow(_QUESTION)
        question = Question(
            id=new_id(),
            key=_key(entry, taken),
            text=entry.prose("text"),
            short=entry.word("short"),
            position=position,
        )
        yield question
        for place, sub in enumerate(entry.entries("sub")):
            sub.allow(_SUB)
            yield Question(
                id=new_id(),
                key=_key(sub, taken),
                text=sub.prose("text"),
                short=sub.word("short"),
                parent=question.id,
                aspect=cast("Aspect", sub.choice("aspect", [a for a in get_args(Aspect) if a], "")),
                position=place,
            )


def _key(entry: Entry, taken: dict[str, int]) -> str:
    key = entry.word("key")
    if not key:
        raise entry.wrong("a question has no key", "Give it one to be called by: `key: 2b`.")
    if key in taken:
        raise entry.wrong(f"the key “{key}” is that of the question on line {taken[key]}", "Give each its own.")
    taken[key] = entry.line
    return key


def _codes(above: Entry, parent: str | None, questions: dict[str, str], depth: int) -> Iterator[Code]:
    siblings: dict[str, int] = {}
    for position, entry in enumerate(above.entries("codes")):
        if depth > 20:
            raise entry.wrong("codes lie more than 20 deep", "Flatten the tree.")
        entry.allow(_CODE)
        name = _name(entry, "a code", siblings)
        code = Code(
            id=new_id(),
            name=name,
            parent=parent,
            position=position,
            colour=entry.choice("colour", COLOURS, ""),
            brief=entry.prose("brief"),
            full=entry.prose("full"),
            use_when=entry.prose("when to use"),
            not_when=entry.prose("when not to use"),
            example=entry.prose("example"),
            domain=entry.word("domain"),
            origin=cast("Origin", entry.choice("origin", get_args(Origin), "a priori")),
            status=cast("Status", entry.choice("status", get_args(Status), "provisional")),
            questions=_asked(entry, questions),
        )
        yield code
        yield from _codes(entry, code.id, questions, depth + 1)


def _name(entry: Entry, what: str, siblings: dict[str, int]) -> str:
    name = entry.word("name")
    if not name:
        raise entry.wrong(f"{what} has no name", "Give it one: `name: …`.")
    if ">" in name:
        raise entry.wrong(f"the name of {what} has “>” in it", "That mark divides the names of a path.")
    if name.casefold() in siblings:
        first = siblings[name.casefold()]
        raise entry.wrong(f"“{name}” is there already, on line {first}", "Siblings need names of their own.")
    siblings[name.casefold()] = entry.line
    return name


def _asked(entry: Entry, questions: dict[str, str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for key in entry.words("questions"):
        if key.text not in questions:
            hint = f"The keys are: {', '.join(questions)}." if questions else "The file asks no questions."
            raise entry.wrong(f"there is no question “{key.text}”", hint, key.line)
        found[questions[key.text]] = None
    return tuple(found)


def _themes(top: Entry, questions: dict[str, str], codebook: Codebook) -> Iterator[Theme]:
    taken: dict[str, int] = {}
    for position, entry in enumerate(top.entries("themes")):
        entry.allow(_THEME)
        name = _name(entry, "a theme", taken)
        codes: dict[str, None] = {}
        for word in entry.words("codes"):
            named = code_named(codebook, word.text)
            if not named:
                known = [codebook.path(code_id) for code_id in codebook.by_id]
                hint = nearest(word.text, [*known, *(code.name for code in codebook.by_id.values())], "The codes are")
                raise entry.wrong(f"there is no code “{word.text}”", hint or "See `codes` above.", word.line)
            if len(named) > 1:
                paths = "; ".join(codebook.path(code.id) for code in named)
                raise entry.wrong(f"several codes are called “{word.text}”", f"Give the path: {paths}.", word.line)
            codes[named[0].id] = None
        yield Theme(
            id=new_id(),
            name=name,
            definition=entry.prose("definition"),
            codes=tuple(codes),
            questions=_asked(entry, questions),
            position=position,
        )
