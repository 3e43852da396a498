"""The codebook as it is shown: the tree with its counts, and all that is said of one code."""

from collections import Counter
from collections.abc import Mapping

from tbcp_qual.coding.records import Code
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.versions import SPOKEN
from tbcp_qual.tasks.codebook import count_codings, describe_code
from tbcp_qual.tui.palette import colour
from tbcp_qual.tui.widgets.lines import Line
from tbcp_qual.tui.widgets.passages import Passage

SHOWN = ("in use", "provisional", "retired too")
"""Which codes can be shown."""

FIELDS = {
    "brief": "brief",
    "full": "full",
    "use_when": SPOKEN["use_when"],
    "not_when": SPOKEN["not_when"],
    "example": "example",
    "colour": "colour",
    "domain": "domain",
    "origin": "origin",
    "status": "status",
}
"""Fields of a code that can be changed, and what `describe_code` calls them."""

PROSE = ("brief", "full", "use_when", "not_when", "example", "domain")

_SHORT = ("domain", "colour", "origin", "status")
"""What takes one row."""

_USUALLY_EMPTY = ("domain", "example", "merged into", "themes", "questions")
"""What is left out where it says nothing, so that the definition stands close together."""


def counted(now: Snapshot, counts: Mapping[str, int]) -> tuple[Counter[str], Counter[str]]:
    """Return the codings of each code alone, and with those of all below it."""
    known = {code: number for code, number in counts.items() if code in now.codebook.by_id}
    return count_codings(now.codebook, known)


def tree_lines(
    now: Snapshot, counts: Mapping[str, int], *, shown: str, folded: set[str], moving: str, dark: bool
) -> list[Line]:
    """Return the tree, a code a line, with its codings alone and with those of all below it.

    Args:
        now: the codebook.
        counts: codings by code.
        shown: one of `SHOWN`.
        folded: ids of the codes below which nothing is shown.
        moving: id of the code that is being moved; empty for none.
        dark: whether the background is dark.
    """
    book = now.codebook
    own, branch = counted(now, counts)
    kept: set[str] | None = None
    if shown == "provisional":
        provisional = [code.id for _, code in book.walk() if code.status == "provisional"]
        kept = {id for code in provisional for id in (code, *(above.id for above in book.ancestors(code)))}
    lines = []
    for depth, code in book.walk(retired=shown == "retired too"):
        if (kept is not None and code.id not in kept) or any(above.id in folded for above in book.ancestors(code.id)):
            continue
        below = [child for child in book.children.get(code.id, []) if shown == "retired too" or not child.retired]
        sign = ("▸ " if code.id in folded else "▾ ") if below else "  "
        marks = [_standing(now, code)] if code.retired else ["provisional"] if code.status == "provisional" else []
        marks += ["moving"] if code.id == moving else []
        said = f"  {' · '.join(marks)}" if marks else ""
        total = f"{branch[code.id] or '':>12}" if below else " " * 12
        lines.append(
            Line(
                key=code.id,
                text=f"{'  ' * depth}{sign}{code.name}{said}",
                note=f"{own[code.id] or '':>5}{total}",
                sign="▎",
                colour=colour(book.colour(code.id), dark=dark),
                quiet=code.retired,
            )
        )
    return lines


def _standing(now: Snapshot, code: Code) -> str:
    return f"now {now.codebook.current(code.id).name}" if code.merged_into else "retired"


def definition(now: Snapshot, counts: Mapping[str, int], code: Code, *, dark: bool) -> list[Passage]:
    """Return all that is said of a code, a piece each."""
    told = describe_code(now, {c: n for c, n in counts.items() if c in now.codebook.by_id}, code)
    names = {said: name for name, said in FIELDS.items()}
    items = [
        Passage(
            key="name",
            label=told["path"],
            sign="▎",
            colour=colour(now.codebook.colour(code.id), dark=dark),
        )
    ]
    for said, value in told.items():
        if said in ("path", "id", "codings with below") or (said in _USUALLY_EMPTY and not value):
            continue
        if said == "codings":
            below = told["codings with below"]
            items.append(Passage(key="codings", label="codings", body=f"{value}, with those below {below}"))
            continue
        words = "; ".join(value) if isinstance(value, list) else str(value or "–")
        if said in _SHORT:
            items.append(Passage(key=names.get(said, said), label=f"{said:<8}  {words}", tight=said != "status"))
        else:
            items.append(Passage(key=names.get(said, said), label=said, body=words))
    return items
