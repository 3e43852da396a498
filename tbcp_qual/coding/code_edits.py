"""What a person can do to codes, each as the changes it makes; nothing is written here.

The changes of one call belong in one revision, so that one undo takes all of them back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tbcp_qual.coding.changes import Change, create, remove, update
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Coding, Theme
from tbcp_qual.errors import Conflict, UsageError

COLOURS = ("blue", "orange", "green", "red", "purple", "brown", "pink", "olive", "teal", "gold", "grey")
"""Names that a code's colour can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What an act on a code would touch; said before it is done."""

    codings: int
    documents: int
    coders: int
    children: int
    themes: int

    def __str__(self) -> str:
        def some(n: int, one: str, many: str) -> str:
            return f"{n} {one if n == 1 else many}"

        return (
            f"{some(self.codings, 'coding', 'codings')} of {some(self.coders, 'coder', 'coders')} in "
            f"{some(self.documents, 'document', 'documents')}, {some(self.children, 'code below', 'codes below')}, "
            f"{some(self.themes, 'theme', 'themes')}"
        )


def touched(codebook: Codebook, codings: Iterable[Coding], themes: Iterable[Theme], code: Code) -> Touched:
    """Count what retiring or merging a code would touch, among what the viewer may see."""
    theirs = [c for c in codings if codebook.current(c.code).id == code.id]
    return Touched(
        codings=len(theirs),
        documents=len({c.document for c in theirs}),
        coders=len({c.coder for c in theirs}),
        children=len(codebook.branch(code.id)) - 1,
        themes=sum(code.id in theme.codes for theme in themes),
    )


def add_code(codebook: Codebook, code: Code) -> list[Change]:
    """Put a new code into the codebook, last among its siblings.

    Raises:
        UsageError: the name is empty, or a sibling has it already.
    """
    siblings = codebook.children.get(code.parent, [])
    _check_name(siblings, code.name)
    siblings = [c for c in siblings if not c.retired]
    return [create(replace(code, position=max((c.position for c in siblings), default=-1) + 1))]


def rename_code(codebook: Codebook, code: Code, name: str) -> list[Change]:
    """Give a code another name.

    Raises:
        UsageError: the name is empty, or a sibling has it already.
    """
    _check_name(codebook.children.get(code.parent, []), name, code)
    return [update(code, name=name)]


def _check_name(siblings: Sequence[Code], name: str, but: Code | None = None) -> None:
    if not name.strip() or ">" in name:
        raise UsageError("A code needs a name, without “>”.")
    others = (c for c in siblings if not c.retired and (but is None or c.id != but.id))
    if any(c.name.casefold() == name.casefold() for c in others):
        raise UsageError(f"There is a code called “{name}” there already.", "Rename one, or merge the two.")


def move_code(codebook: Codebook, code: Code, parent: Code | None) -> list[Change]:
    """Hang a code and all below it under another code, or at the top.

    Raises:
        UsageError: a code of that name is there already.
        Conflict: the new place lies below the code itself.
    """
    if parent is not None and parent.id in codebook.branch(code.id):
        raise Conflict(f"“{code.name}” cannot go below itself.")
    if code.parent == (parent.id if parent else None):
        return []
    siblings = codebook.children.get(parent.id if parent else None, [])
    _check_name(siblings, code.name, code)
    position = max((c.position for c in siblings), default=-1) + 1
    return [update(code, parent=parent.id if parent else None, position=position)]


def place_code(codebook: Codebook, code: Code, parent: Code | None, before: Code | None) -> list[Change]:
    """Put a code and all below it before another one, under a parent or at the top; last where none is named.

    Raises:
        UsageError: a code of that name is there already, or the other one lies elsewhere.
        Conflict: the new place lies below the code itself.
    """
    if parent is not None and parent.id in codebook.branch(code.id):
        raise Conflict(f"“{code.name}” cannot go below itself.")
    above = parent.id if parent else None
    siblings = [c for c in codebook.children.get(above, []) if c.id != code.id]
    if before is not None and before.id == code.id:
        return []
    if before is not None and before not in siblings:
        raise UsageError(f"“{before.name}” lies elsewhere.", "Name a code that will be its sibling.")
    if code.parent != above:
        _check_name(siblings, code.name)
    place = siblings.index(before) if before is not None else len(siblings)
    ordered = [*siblings[:place], code, *siblings[place:]]
    changes = [
        update(c, parent=above, position=position) if c is code else update(c, position=position)
        for position, c in enumerate(ordered)
    ]
    return [change for change in changes if change.fields]


def split_code(
    codebook: Codebook, themes: Iterable[Theme], code: Code, names: Sequence[str], *, beside: bool = False
) -> list[Change]:
    """Make new codes of parts of a code; it stays for the rest, and says from now on that the parts are not in it.

    So its definition changes, and each of its codings waits for whoever made it to decide. Themes that would miss the
    new codes name them too.

    Args:
        codebook: all codes.
        themes: all themes.
        code: the one that is too wide.
        names: what the new codes are called.
        beside: put them beside the code, not below it.

    Raises:
        UsageError: no name is given, or one is empty or taken.
    """
    if not names:
        raise UsageError("Into what?", "Name one new code or more.")
    if code.retired:
        raise UsageError(f"The code “{code.name}” is retired.", "Bring it back first.")
    parent = code.parent if beside else code.id
    siblings = codebook.children.get(parent, [])
    made: list[Code] = []
    after = max((c.position for c in siblings), default=-1) + 1
    for name in names:
        _check_name([*siblings, *made], name)
        new = Code(
            id=new_id(),
            name=name,
            parent=parent,
            position=after + len(made),
            colour=code.colour if beside else "",
            domain=code.domain,
            questions=code.questions,
        )
        made.append(new)
    quoted = [f"“{name}”" for name in names]
    parts = " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
    narrowed = " ".join(part for part in (code.not_when, f"Not for what has a code of its own: {parts}.") if part)
    changes = [*(create(new) for new in made), update(code, not_when=narrowed)]
    branch = codebook.branch(code.id)
    for theme in themes:
        if code.id in theme.codes and (beside or (branch - {code.id}) & set(theme.codes)):
            place = theme.codes.index(code.id) + 1
            changes.append(update(theme, codes=(*theme.codes[:place], *(new.id for new in made), *theme.codes[place:])))
    return changes


def retire_code(codebook: Codebook, code: Code) -> list[Change]:
    """Take a code out of use, with all below it; codings keep it."""
    branch = codebook.branch(code.id)
    return [update(c, retired=True) for _, c in codebook.walk(retired=True) if c.id in branch and not c.retired]


def delete_code(codebook: Codebook, codings: Iterable[Coding], themes: Iterable[Theme], code: Code) -> list[Change]:
    """Delete a code that nothing uses; one that is in use, or has codes below it, is retired instead."""
    in_use = (
        any(c.code == code.id for c in codings)
        or any(code.id in theme.codes for theme in themes)
        or any(c.merged_into == code.id for c in codebook.by_id.values())
        or bool(codebook.children.get(code.id))
    )
    return retire_code(codebook, code) if in_use else [remove(code)]


def restore_code(codebook: Codebook, code: Code) -> list[Change]:
    """Bring a retired code back, with the codes above it.

    Raises:
        UsageError: another code has taken the name of one of them in the meantime.
    """
    back = [c for c in (code, *codebook.ancestors(code.id)) if c.retired]
    for returning in back:
        _check_name(codebook.children.get(returning.parent, []), returning.name, returning)
    return [update(c, retired=False) for c in back]


def merge_codes(codebook: Codebook, themes: Iterable[Theme], code: Code, into: Code) -> list[Change]:
    """Let another code stand for this one; its codings follow, those below it move, and themes name the other.

    Raises:
        UsageError: a code below the one has the name of a code below the other.
        Conflict: the other code lies below this one, or is forwarded to it.
    """
    if code.id == into.id or into.id in codebook.branch(code.id) or codebook.current(into.id).id == code.id:
        raise Conflict(f"“{code.name}” cannot be merged into “{into.name}”.", "Move that code out of it first.")
    changes = [update(code, merged_into=into.id, retired=True)]
    below = [c for c in codebook.children.get(into.id, []) if c.id != code.id]
    position = max((c.position for c in below), default=-1) + 1
    for offset, child in enumerate(codebook.children.get(code.id, [])):
        if not child.retired:
            _check_name(below, child.name)
        changes.append(update(child, parent=into.id, position=position + offset))
    for theme in themes:
        if code.id in theme.codes:
            named = dict.fromkeys(into.id if c == code.id else c for c in theme.codes)
            changes.append(update(theme, codes=tuple(named)))
    return changes


def edit_code(code: Code, values: Mapping[str, object]) -> list[Change]:
    """Change what a code says: its definitions, example, colour, status and the like."""
    change = update(code, **values)
    return [change] if change.fields else []
