"""The codebook: bringing one in as one revision, counting what is coded with it, finding and describing its codes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from tbcp_qual.coding.changes import Revision, create
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import Code, Question, Record, Theme
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import BadInput, UsageError
from tbcp_qual.readers.codebooks import CodebookDraft
from tbcp_qual.readers.files import as_name
from tbcp_qual.store import Project

_ASKED = ("text", "short", "parent", "aspect")
"""Fields of a question that are compared."""


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
    """Bring a codebook in as one revision: only what is new, by question key, code path and theme name.

    Raises:
        BadInput: the file names a question that neither it nor the project holds.
    """
    different: list[str] = []
    ids = _asked_here(project.records("question"), draft)
    questions = _new_questions(project.records("question"), draft, ids, different)
    codes = _new_codes(Codebook(project.records("code")), draft, ids, different)
    themes = _new_themes(project.records("theme"), draft, ids, different)
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


def _asked_here(present: Iterable[Question], draft: CodebookDraft) -> dict[str, str]:
    """Return the project's ids of the questions that a draft names but does not hold, by the draft's ids."""
    by_key = {question.key: question.id for question in present}
    ids: dict[str, str] = {}
    for question, where in draft.elsewhere.values():
        if question.key not in by_key:
            known = f"Its questions: {', '.join(by_key)}." if by_key else "It asks none yet."
            raise BadInput(
                f"{where}: the project has no question {as_name(question.key)}.",
                f"{known} YAML, Excel and Word bring questions along.",
            )
        ids[question.id] = by_key[question.key]
    return ids


def _new_questions(
    present: Iterable[Question], draft: CodebookDraft, ids: dict[str, str], different: list[str]
) -> list[Question]:
    """Return the questions to add; fill `ids` from the draft's ids to the project's."""
    by_key = {question.key: question for question in present}
    positions = [q.position for q in by_key.values() if q.parent is None]
    after = max(positions, default=-1) + 1
    names = [n for n in _ASKED if draft.question_fields is None or n in draft.question_fields]
    new = []
    for question in draft.questions:
        question = replace(question, parent=ids[question.parent] if question.parent else None)
        if there := by_key.get(question.key):
            ids[question.id] = there.id
            _compare(f"question {question.key}", there, question, names, different)
            continue
        ids[question.id] = question.id
        new.append(replace(question, position=question.position + (0 if question.parent else after)))
    return new


def _new_codes(codebook: Codebook, draft: CodebookDraft, ids: dict[str, str], different: list[str]) -> list[Code]:
    """Return the codes to add, after their siblings; a retired code of the same path counts as present."""
    present: dict[tuple[str | None, str], Code] = {}
    for code in codebook.by_id.values():
        place = (code.parent, code.name.casefold())
        if place not in present or present[place].retired:
            present[place] = code
    names = [
        f.name
        for f in fields(Code)
        if f.name not in ("id", "name", "parent", "position", "retired", "merged_into")
        and (draft.code_fields is None or f.name in draft.code_fields)
    ]
    after: dict[str | None, int] = {}
    for parent, children in codebook.children.items():
        after[parent] = max((child.position for child in children), default=-1) + 1
    new = []
    for code in draft.codes:
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
    present: Iterable[Theme], draft: CodebookDraft, ids: dict[str, str], different: list[str]
) -> list[Theme]:
    names = [n for n in ("definition", "codes", "questions") if draft.theme_fields is None or n in draft.theme_fields]
    by_name = {theme.name.casefold(): theme for theme in present}
    after = max((theme.position for theme in by_name.values()), default=-1) + 1
    new = []
    for theme in draft.themes:
        theme = replace(
            theme,
            codes=tuple(dict.fromkeys(ids[code] for code in theme.codes)),
            questions=tuple(ids[question] for question in theme.questions),
            position=after + theme.position,
        )
        if there := by_name.get(theme.name.casefold()):
            _compare(f"theme “{there.name}”", there, theme, names, different)
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


def find_retired(codebook: Codebook, name_or_path: str) -> Code:
    """Return the retired code of this name or path; upper and lower case are the same.

    Raises:
        UsageError: no retired code has that name, or several have.
    """
    wanted = _spelt(name_or_path)
    found = [
        code
        for code in codebook.by_id.values()
        if code.retired and not code.merged_into and wanted in _names(codebook, code)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"Several retired codes are called “{name_or_path}”.", "Give the whole path.")
    raise UsageError(f"No retired code is called “{name_or_path}”.", "`tbcp-qual codes list --retired` lists them.")


def find_any(codebook: Codebook, name_or_path: str) -> Code:
    """Return the code of this name or path, or where none in use has it, the retired or merged one.

    Raises:
        UsageError: no code has that name, or several have.
    """
    try:
        return codebook.find(name_or_path)
    except UsageError as problem:
        wanted = _spelt(name_or_path)
        gone = [code for code in codebook.by_id.values() if code.retired and wanted in _names(codebook, code)]
        if len(gone) == 1:
            return gone[0]
        raise problem from None


def _spelt(name_or_path: str) -> str:
    return " > ".join(part.strip() for part in name_or_path.replace("›", ">").split(">")).casefold()


def _names(codebook: Codebook, code: Code) -> tuple[str, str, str]:
    return code.name.casefold(), codebook.path(code.id).casefold(), code.id


def count_codings(codebook: Codebook, counts: Mapping[str, int]) -> tuple[Counter[str], Counter[str]]:
    """Return the codings of each code alone, and with those of all codes below it, by id.

    Args:
        codebook: all codes; those of merged ones count where they are forwarded to.
        counts: codings by the id of the code they were made with.
    """
    own: Counter[str] = Counter()
    for code_id, n in counts.items():
        own[codebook.current(code_id).id] += n
    branch = Counter(own)
    for code_id, n in own.items():
        for above in codebook.ancestors(code_id):
            branch[above.id] += n
    return own, branch


def describe_code(snapshot: Snapshot, counts: Mapping[str, int], code: Code) -> dict[str, Any]:
    """Return all that the codebook says of one code, by what people call it."""
    codebook = snapshot.codebook
    own, branch = count_codings(codebook, counts)
    keys = {question.id: question.key for question in snapshot.questions}
    return {
        "path": codebook.path(code.id),
        "brief": code.brief,
        "full": code.full,
        "when to use": code.use_when,
        "when not to use": code.not_when,
        "example": code.example,
        "domain": code.domain,
        "colour": codebook.colour(code.id),
        "origin": code.origin,
        "status": "retired" if code.retired else code.status,
        "questions": [keys[question] for question in code.questions if question in keys],
        "themes": [theme.name for theme in snapshot.themes if code.id in theme.codes],
        "merged into": codebook.path(code.merged_into) if code.merged_into else None,
        "codings": own[code.id],
        "codings with below": branch[code.id],
        "id": code.id,
    }
