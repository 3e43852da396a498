"""The codebook: bringing one in, and the acts on single codes, each one revision."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from tbcp_qual.coding import edits
from tbcp_qual.coding.changes import Change, Revision, create
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Question, Record, Theme
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import UsageError
from tbcp_qual.readers.codebooks import CodebookDraft
from tbcp_qual.store import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedCodebook:
    """What a codebook brought to a project."""

    revision: Revision | None
    """None where it brought nothing new."""
    questions: int
    codes: int
    themes: int
    different: tuple[str, ...]
    """What is in the project under the same name but says something else there; a sentence each, nothing overwritten."""


def add_codebook(project: Project, draft: CodebookDraft, *, coder: str) -> AddedCodebook:
    """Bring a codebook in as one revision: only what is new, by question key, code path and theme name."""
    different: list[str] = []
    ids: dict[str, str] = {}
    questions = _new_questions(project.records("question"), draft.questions, ids, different)
    codes = _new_codes(Codebook(project.records("code")), draft.codes, ids, different)
    themes = _new_themes(project.records("theme"), draft.themes, ids, different)
    records: list[Record] = [*questions, *codes, *themes]
    changes = [create(record) for record in records]
    revision = project.apply(f"codebook added: {len(codes)} codes", changes, coder=coder)
    return AddedCodebook(
        revision=revision,
        questions=len(questions),
        codes=len(codes),
        themes=len(themes),
        different=tuple(different),
    )


def _new_questions(
    present: Iterable[Question], drafted: Iterable[Question], ids: dict[str, str], different: list[str]
) -> list[Question]:
    """Return the questions to add; fill `ids` from the draft's ids to the project's."""
    by_key = {question.key: question for question in present}
    positions = [q.position for q in by_key.values() if q.parent is None]
    after = max(positions, default=-1) + 1
    new = []
    for question in drafted:
        question = replace(question, parent=ids[question.parent] if question.parent else None)
        if there := by_key.get(question.key):
            ids[question.id] = there.id
            _compare(f"question {question.key}", there, question, ("text", "short", "parent", "aspect"), different)
            continue
        ids[question.id] = question.id
        new.append(replace(question, position=question.position + (0 if question.parent else after)))
    return new


def _new_codes(codebook: Codebook, drafted: Iterable[Code], ids: dict[str, str], different: list[str]) -> list[Code]:
    """Return the codes to add, after their siblings; a retired code of the same path counts as present."""
    present: dict[tuple[str | None, str], Code] = {}
    for code in codebook.by_id.values():
        place = (code.parent, code.name.casefold())
        if place not in present or present[place].retired:
            present[place] = code
    names = [
        f.name for f in fields(Code) if f.name not in ("id", "name", "parent", "position", "retired", "merged_into")
    ]
    after: dict[str | None, int] = {}
    for parent, children in codebook.children.items():
        after[parent] = max((child.position for child in children), default=-1) + 1
    new = []
    for code in drafted:
        code = replace(
            code,
            parent=ids[code.parent] if code.parent else None,
            questions=tuple(ids[question] for question in code.questions),
        )
        there = present.get((code.parent, code.name.casefold()))
        if there is not None:
            ids[code.id] = there.id
            _compare(f"code “{codebook.path(there.id)}”", there, code, names, different)
            if there.retired:
                different.append(f"code “{codebook.path(there.id)}” is retired here")
            continue
        ids[code.id] = code.id
        position = after.get(code.parent, 0)
        after[code.parent] = position + 1
        new.append(replace(code, position=position))
    return new


def _new_themes(
    present: Iterable[Theme], drafted: Iterable[Theme], ids: dict[str, str], different: list[str]
) -> list[Theme]:
    by_name = {theme.name.casefold(): theme for theme in present}
    after = max((theme.position for theme in by_name.values()), default=-1) + 1
    new = []
    for theme in drafted:
        theme = replace(
            theme,
            codes=tuple(dict.fromkeys(ids[code] for code in theme.codes)),
            questions=tuple(ids[question] for question in theme.questions),
            position=after + theme.position,
        )
        if there := by_name.get(theme.name.casefold()):
            _compare(f"theme “{there.name}”", there, theme, ("definition", "codes", "questions"), different)
        else:
            new.append(theme)
    return new


def _compare(what: str, there: object, drafted: object, names: Iterable[str], different: list[str]) -> None:
    unlike = [name.replace("_", " ") for name in names if _value(there, name) != _value(drafted, name)]
    if unlike:
        different.append(f"{what} differs in: {', '.join(unlike)}")


def _value(record: object, name: str) -> object:
    value = getattr(record, name)
    return frozenset(value) if isinstance(value, tuple) else value


def add_code(project: Project, name: str, *, under: str | None, brief: str, coder: str) -> Code:
    """Put a new code into the codebook, at the top or below the code of a path.

    Raises:
        UsageError: the name is empty or taken there, or there is no such code to put it under.
    """
    codebook = Codebook(project.records("code"))
    parent = codebook.find(under) if under else None
    code = Code(id=new_id(), name=one_line(name), parent=parent.id if parent else None, brief=one_line(brief))
    project.apply(f"code added: {code.name}", edits.add_code(codebook, code), coder=coder)
    return code


def rename_code(project: Project, snapshot: Snapshot, code: Code, name: str, *, coder: str) -> Revision | None:
    """Give a code another name."""
    name = one_line(name)
    return project.apply(f"{code.name} renamed {name}", edits.rename_code(snapshot.codebook, code, name), coder=coder)


def move_code(project: Project, snapshot: Snapshot, code: Code, parent: Code | None, *, coder: str) -> Revision | None:
    """Hang a code below another, or at the top.

    Raises:
        UsageError: a code of that name is there already.
        Conflict: the new place lies below the code itself.
    """
    where = f"below {parent.name}" if parent else "to the top"
    return project.apply(f"{code.name} moved {where}", edits.move_code(snapshot.codebook, code, parent), coder=coder)


def retire_code(project: Project, snapshot: Snapshot, code: Code, *, coder: str) -> Revision | None:
    """Take a code out of use, with all below it; codings keep it."""
    return project.apply(f"{code.name} retired", edits.retire_code(snapshot.codebook, code), coder=coder)


def restore_code(project: Project, snapshot: Snapshot, code: Code, *, coder: str) -> Revision | None:
    """Bring a retired code back, with the codes above it."""
    return project.apply(f"{code.name} brought back", edits.restore_code(snapshot.codebook, code), coder=coder)


def merge_codes(project: Project, snapshot: Snapshot, code: Code, into: Code, *, coder: str) -> Revision | None:
    """Let another code stand for this one."""
    changes: list[Change] = edits.merge_codes(snapshot.codebook, snapshot.themes, code, into)
    return project.apply(f"{code.name} merged into {into.name}", changes, coder=coder)


def find_retired(codebook: Codebook, name_or_path: str) -> Code:
    """Return the retired code of this name or path; upper and lower case are the same.

    Raises:
        UsageError: no retired code has that name, or several have.
    """
    wanted = " > ".join(part.strip() for part in name_or_path.replace("›", ">").split(">")).casefold()
    found = [
        code
        for code in codebook.by_id.values()
        if code.retired and not code.merged_into and wanted in (code.name.casefold(), codebook.path(code.id).casefold())
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"Several retired codes are called “{name_or_path}”.", "Give the whole path.")
    raise UsageError(f"No retired code is called “{name_or_path}”.", "`tbcp-qual codes list --retired` lists them.")
