"""What is done to single codes: each act as a label and the changes it makes.

The screens show an act at once and hand it to the writer; the command line applies it straight away.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from tbcp_qual.coding import code_edits
from tbcp_qual.coding.code_edits import COLOURS
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Origin, Status, Theme
from tbcp_qual.coding.text import clean, one_line
from tbcp_qual.errors import UsageError
from tbcp_qual.tasks.coding import Act

PROSE = ("brief", "full", "use_when", "not_when", "example")
"""Fields that may run over several lines."""


def add(codebook: Codebook, name: str, *, under: Code | None = None, brief: str = "") -> tuple[Code, Act]:
    """Put a new code into the codebook, inductive and provisional.

    Raises:
        UsageError: the name is empty or taken there.
    """
    code = Code(id=new_id(), name=one_line(name), parent=under.id if under else None, brief=one_line(brief))
    return code, Act(f"code added: {code.name}", code_edits.add_code(codebook, code))


def rename(codebook: Codebook, code: Code, name: str) -> Act:
    """Give a code another name.

    Raises:
        UsageError: the name is empty or taken there.
    """
    name = one_line(name)
    changes = code_edits.rename_code(codebook, code, name)
    return Act(f"{code.name} renamed {name}", [change for change in changes if change.fields])


def move(codebook: Codebook, code: Code, parent: Code | None) -> Act:
    """Hang a code and all below it under another, or at the top; last among its siblings.

    Raises:
        UsageError: a code of that name is there already.
        Conflict: the new place lies below the code itself.
    """
    where = f"below {parent.name}" if parent else "to the top"
    return Act(f"{code.name} moved {where}", code_edits.move_code(codebook, code, parent))


def place(codebook: Codebook, code: Code, parent: Code | None, before: Code | None) -> Act:
    """Put a code and all below it before another one under a parent or at the top; last where none is named.

    Raises:
        UsageError: a code of that name is there already.
        Conflict: the new place lies below the code itself.
    """
    where = f"before {before.name}" if before else (f"last below {parent.name}" if parent else "last at the top")
    return Act(f"{code.name} moved {where}", code_edits.place_code(codebook, code, parent, before))


def split(
    codebook: Codebook, themes: Iterable[Theme], code: Code, names: Sequence[str], *, beside: bool = False
) -> Act:
    """Make new codes of parts of a code, below or beside it; its codings then wait in the recode queue.

    Raises:
        UsageError: no name is given, or one is empty or taken.
    """
    names = [one_line(name) for name in names]
    changes = code_edits.split_code(codebook, themes, code, names, beside=beside)
    return Act(f"{code.name} split, new {'beside' if beside else 'below'} it: {'; '.join(names)}", changes)


def merge(codebook: Codebook, themes: Iterable[Theme], code: Code, into: Code) -> Act:
    """Let another code stand for this one; codings follow, codes below it move.

    Raises:
        UsageError: a code below the one has the name of a code below the other.
        Conflict: the other code lies below this one, or is forwarded to it.
    """
    return Act(f"{code.name} merged into {into.name}", code_edits.merge_codes(codebook, themes, code, into))


def retire(codebook: Codebook, code: Code) -> Act:
    """Take a code out of use, with all below it; codings keep it."""
    return Act(f"{code.name} retired", code_edits.retire_code(codebook, code))


def restore(codebook: Codebook, code: Code) -> Act:
    """Bring a retired code back, with the codes above it.

    Raises:
        UsageError: another code has taken the name of one of them.
    """
    return Act(f"{code.name} brought back", code_edits.restore_code(codebook, code))


def recolour(code: Code, colour: str) -> Act:
    """Give a code a colour of the palette; empty for that of the code above.

    Raises:
        UsageError: there is no such colour.
    """
    colour = one_line(colour).casefold()
    if colour and colour not in COLOURS:
        raise UsageError("There is no such colour.", f"There are {', '.join(COLOURS)}.")
    label = f"{code.name} coloured {colour}" if colour else f"{code.name} coloured as the code above"
    return Act(label, code_edits.edit_code(code, {"colour": colour}))


def define(code: Code, values: Mapping[str, str]) -> Act:
    """Change what a code says.

    Args:
        code: the code.
        values: by field: those of `PROSE`, `domain`, `origin`, `status`.

    Raises:
        UsageError: the origin or status is none.
    """
    written: dict[str, object] = {}
    for name, value in values.items():
        written[name] = clean(value).text.strip() if name in PROSE else one_line(value)
    for name, closed in (("origin", get_args(Origin)), ("status", get_args(Status))):
        if name in written and written[name] not in closed:
            raise UsageError(f"The {name} of a code is one of: {', '.join(closed)}.")
    defining = any(name in PROSE for name in written)
    return Act(f"{code.name} {'redefined' if defining else 'changed'}", code_edits.edit_code(code, written))
