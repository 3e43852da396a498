"""A codebook from tables: a CSV file of codes, or a workbook that has sheets for themes and questions besides."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import cast, get_args

from tbcp_qual.coding.code_edits import COLOURS
from tbcp_qual.coding.codebook import SEPARATOR, Codebook
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Approach, Aspect, Code, Origin, Question, Status, Theme
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import BadInput
from tbcp_qual.formats.cells import divided
from tbcp_qual.formats.codebook_table import (
    CODE_COLUMNS,
    COUNTS,
    PROJECT,
    PROJECT_COLUMNS,
    QUESTION_COLUMNS,
    QUESTIONS,
    THEME_COLUMNS,
    THEMES,
)
from tbcp_qual.readers.codebooks.cells import Cells, Line, csv_cells, workbook_cells
from tbcp_qual.readers.codebooks.draft import CodebookDraft
from tbcp_qual.readers.codebooks.resolving import code_named
from tbcp_qual.readers.files import as_name

_ALSO = {
    "path": "code",
    "definition": "full",
    "description": "full",
    "what it is": "brief",
    "full definition": "full",
    "brief definition": "brief",
    "use when": "when to use",
    "not when": "when not to use",
    "color": "colour",
    "question": "questions",
}
"""Other names under which people know a column."""
_WITHOUT_ASPECT = frozenset(("text", "short", "parent"))
_NAMING = ("code", "name", "parent")


def read_csv_codebook(path: Path) -> CodebookDraft:
    """Read the codes of a CSV file: `code` (a path) or `name` and `parent`, and any of the columns of a code.

    Raises:
        BadInput: the file is unfit, with the line.
    """
    return draft_of(csv_cells(path), None, None, None)


def read_workbook_codebook(path: Path) -> CodebookDraft:
    """Read the codes of a workbook, and its themes, questions and study where there are sheets of those names.

    Raises:
        BadInput: the file is unfit, with the sheet and row.
    """
    codes, name, others = workbook_cells(path, sheet=None, column="code")
    titles = {other.casefold(): other for other in others}

    def of(title: str, column: str) -> Cells | None:
        if title.casefold() not in titles or title.casefold() == name.casefold():
            return None
        return workbook_cells(path, sheet=titles[title.casefold()], column=column)[0]

    return draft_of(codes, of(THEMES, "theme"), of(QUESTIONS, "question"), of(PROJECT, "project"))


def draft_of(codes: Cells, themes: Cells | None, questions: Cells | None, study: Cells | None) -> CodebookDraft:
    """Return the codebook of a table of codes, and of those of themes, questions and the study where there are any.

    Raises:
        BadInput: something in them has no meaning.
    """
    asked = tuple(_questions(questions)) if questions is not None else ()
    ids = {question.key: question.id for question in asked}
    elsewhere: dict[str, tuple[Question, str]] = {}
    keys = _Keys(ids, None if questions is not None else elsewhere)
    columns, made = _codes(codes, keys)
    found = tuple(code for code, _ in made)
    book = Codebook(found)
    gathered = _themes(themes, keys, book) if themes is not None else _themes_of_codes(made)
    project, approach = _study(study)
    fields = frozenset(CODE_COLUMNS[column] for column in columns if column in CODE_COLUMNS)
    return CodebookDraft(
        project=project,
        approach=approach,
        questions=asked,
        codes=found,
        themes=tuple(gathered),
        elsewhere=elsewhere,
        code_fields=fields,
        theme_fields=None if themes is not None else frozenset(("codes",)),
        question_fields=None if questions is None or "aspect" in questions.columns else _WITHOUT_ASPECT,
    )


class _Keys:
    """Questions by their key; where the file holds none, those it names are noted with their place."""

    def __init__(self, ids: Mapping[str, str], elsewhere: dict[str, tuple[Question, str]] | None) -> None:
        self._ids = dict(ids)
        self._elsewhere = elsewhere

    def of(self, line: Line) -> tuple[str, ...]:
        """Return the ids of the questions that a cell names."""
        cell = line.cells.get("questions", "")
        named = divided(cell)
        if len(named) == 1 and named[0] not in self._ids and "," in named[0]:
            named = [key.strip() for key in named[0].split(",") if key.strip()] or named
        return tuple(dict.fromkeys(self._id(one_line(key), line) for key in named))

    def _id(self, key: str, line: Line) -> str:
        if key not in self._ids:
            if self._elsewhere is None:
                hint = f"The keys are: {', '.join(self._ids)}." if self._ids else "The workbook asks none."
                raise BadInput(f"{line.where}: there is no question {as_name(key)}.", hint)
            question = Question(id=new_id(), key=key)
            self._ids[key] = question.id
            self._elsewhere[question.id] = (question, line.where)
        return self._ids[key]


def _codes(cells: Cells, keys: _Keys) -> tuple[Sequence[str], list[tuple[Code, list[str]]]]:
    """Return the columns by the names they have here, and each code with the themes it names, parents first."""
    columns = [
        _ALSO.get(column, column) if _ALSO.get(column) not in cells.columns else column for column in cells.columns
    ]
    known = (*_NAMING, *CODE_COLUMNS, "themes", *COUNTS)
    _check_columns(cells, columns, known)
    if "code" not in columns and "name" not in columns:
        raise BadInput(
            f"{cells.where}: no column says what the codes are called.",
            "Name one `code` that holds the path, or two `name` and `parent`.",
        )
    rows = [Line(where=n.where, cells=dict(zip(columns, n.cells.values(), strict=True))) for n in cells.lines]
    paths: dict[tuple[str, ...], str] = {}
    named = [(_path(row, rows, "code" in columns), row) for row in rows]
    for path, row in named:
        folded = tuple(name.casefold() for name in path)
        if folded in paths:
            raise BadInput(f"{row.where}: {as_name(path[-1])} is there already.", f"First at {paths[folded]}.")
        paths[folded] = row.where
    ids: dict[tuple[str, ...], str] = {}
    made: list[tuple[Code, list[str]]] = []
    waiting = [(tuple(name.casefold() for name in path), path, row) for path, row in named]
    for depth in range(1, max((len(folded) for folded, _, _ in waiting), default=0) + 1):
        for position, (folded, path, row) in enumerate(waiting):
            if len(folded) != depth:
                continue
            if depth > 1 and folded[:-1] not in ids:
                raise BadInput(
                    f"{row.where}: the code above, {as_name(path[-2])}, has no row of its own.",
                    "Give it one; it may be empty but for its name.",
                )
            code = _code(row, path[-1], ids.get(folded[:-1]), position, keys)
            ids[folded] = code.id
            made.append((code, divided(row.cells.get("themes", ""))))
    return columns, made


def _check_columns(cells: Cells, columns: Sequence[str], known: Sequence[str]) -> None:
    for place, column in enumerate(columns):
        if column in columns[:place]:
            raise BadInput(f"{cells.where}: the column {as_name(column)} is there twice.", "Rename or remove one.")
        if column not in known:
            near = get_close_matches(column, known, n=1)
            hint = f"Is “{near[0]}” meant?" if near else f"The columns are {', '.join(known)}."
            raise BadInput(f"{cells.where}: there is no column {as_name(column)}.", hint)


def _path(row: Line, rows: Sequence[Line], whole: bool) -> tuple[str, ...]:
    """Return the names from the top down to that of a row."""
    if whole:
        path = tuple(one_line(name) for name in row.cells["code"].split(">"))
        if not all(path):
            raise BadInput(f"{row.where}: a code has no name.", f"A path is `Above{SEPARATOR}Name`.")
        return path
    seen = [row]
    path = (_name(row),)
    while parent := one_line(seen[-1].cells.get("parent", "")):
        if SEPARATOR.strip() in parent:
            return (*(one_line(name) for name in parent.split(">")), *path)
        above = [other for other in rows if _name(other).casefold() == parent.casefold()]
        if len(above) > 1:
            raise BadInput(f"{row.where}: several codes are called {as_name(parent)}.", "Give the path of the parent.")
        if not above:
            raise BadInput(f"{row.where}: the parent {as_name(parent)} has no row of its own.", "Give it one.")
        if above[0] in seen:
            raise BadInput(f"{row.where}: {as_name(_name(row))} lies below itself.", "Look at the column `parent`.")
        seen.append(above[0])
        path = (_name(above[0]), *path)
    return path


def _name(row: Line) -> str:
    name = one_line(row.cells["name"])
    if not name or ">" in name:
        raise BadInput(f"{row.where}: a code needs a name, without “>”.", "That mark divides the names of a path.")
    return name


def _code(row: Line, name: str, parent: str | None, position: int, keys: _Keys) -> Code:
    cells = row.cells
    return Code(
        id=new_id(),
        name=name,
        parent=parent,
        position=position,
        colour=_choice(row, "colour", COLOURS, ""),
        brief=cells.get("brief", ""),
        full=cells.get("full", ""),
        use_when=cells.get("when to use", ""),
        not_when=cells.get("when not to use", ""),
        example=cells.get("example", ""),
        domain=one_line(cells.get("domain", "")),
        origin=cast("Origin", _choice(row, "origin", get_args(Origin), "a priori")),
        status=cast("Status", _choice(row, "status", get_args(Status), "provisional")),
        questions=keys.of(row),
    )


def _choice(line: Line, column: str, choices: Sequence[str], default: str) -> str:
    word = one_line(line.cells.get(column, ""))
    found = word.casefold()
    if found and found not in choices:
        near = get_close_matches(found, choices, n=1)
        hint = f"Is “{near[0]}” meant?" if near else f"It is one of {', '.join(choices)}."
        raise BadInput(f"{line.where}: `{column}` cannot be {as_name(word)}.", hint)
    return found or default


def _themes_of_codes(made: Sequence[tuple[Code, Sequence[str]]]) -> Iterator[Theme]:
    """Make themes of the names that codes give, in the order in which they are first named."""
    taken: dict[str, tuple[str, list[str]]] = {}
    for code, names in made:
        for name in map(one_line, names):
            taken.setdefault(name.casefold(), (name, []))[1].append(code.id)
    for position, (name, codes) in enumerate(taken.values()):
        yield Theme(id=new_id(), name=name, codes=tuple(codes), position=position)


def _themes(cells: Cells, keys: _Keys, book: Codebook) -> Iterator[Theme]:
    _check_columns(cells, cells.columns, THEME_COLUMNS)
    taken: dict[str, str] = {}
    for position, line in enumerate(cells.lines):
        name = one_line(line.cells.get("theme", ""))
        if not name:
            raise BadInput(f"{line.where}: a theme has no name.", "Give it one.")
        if name.casefold() in taken:
            raise BadInput(f"{line.where}: {as_name(name)} is there already.", f"First at {taken[name.casefold()]}.")
        taken[name.casefold()] = line.where
        codes: dict[str, None] = {}
        for word in divided(line.cells.get("codes", "")):
            found = code_named(book, word)
            if len(found) != 1:
                what = "several codes are" if found else "no code is"
                raise BadInput(f"{line.where}: {what} called {as_name(word)}.", "Give the path, as the codes have it.")
            codes[found[0].id] = None
        yield Theme(
            id=new_id(),
            name=name,
            definition=line.cells.get("definition", ""),
            codes=tuple(codes),
            questions=keys.of(line),
            position=position,
        )


def _questions(cells: Cells) -> Iterator[Question]:
    _check_columns(cells, cells.columns, QUESTION_COLUMNS)
    ids: dict[str, str] = {}
    tops: dict[str, int] = {}
    # A sub-question may stand before the question it belongs to.
    for sub in (False, True):
        for line in cells.lines:
            above = one_line(line.cells.get("sub-question of", ""))
            if bool(above) != sub:
                continue
            key = one_line(line.cells.get("question", ""))
            if not key:
                raise BadInput(f"{line.where}: a question has no key.", "Give it one to be called by: 2b.")
            if key in ids:
                raise BadInput(f"{line.where}: the key {as_name(key)} is there twice.", "Give each its own.")
            if sub and above not in tops:
                raise BadInput(f"{line.where}: there is no question {as_name(above)} above it.", "Name its key.")
            ids[key] = new_id()
            if not sub:
                tops[key] = 0
            position = tops[above] if sub else len(tops) - 1
            if sub:
                tops[above] += 1
            yield Question(
                id=ids[key],
                key=key,
                text=line.cells.get("text", ""),
                short=one_line(line.cells.get("short", "")),
                parent=ids[above] if sub else None,
                aspect=cast("Aspect", _choice(line, "aspect", [a for a in get_args(Aspect) if a], "")),
                position=position,
            )


def _study(cells: Cells | None) -> tuple[str, Approach]:
    if cells is None or not cells.lines:
        return "", "framework"
    _check_columns(cells, cells.columns, PROJECT_COLUMNS)
    first = cells.lines[0]
    approach = cast("Approach", _choice(first, "approach", get_args(Approach), "framework"))
    return one_line(first.cells.get("project", "")), approach
