"""What comes back into the project from files that left it."""

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, remark, say
from tbcp_qual.coding.counting import some

if TYPE_CHECKING:
    from tbcp_qual.tasks.report_back import Back, Edit


@click.group("import")
def import_() -> None:
    """What comes back from files that left the project."""


@import_.command()
@click.argument("file", type=FILE)
@click.option("--yes", "everything", is_flag=True, help="Accept all that were not changed here meanwhile.")
@click.option("--only", multiple=True, metavar="ID", help="Accept this one, changed here meanwhile or not; repeat.")
@json_option
@options
def summaries(session: Session, file: Path, everything: bool, only: tuple[str, ...], as_json: bool) -> int:
    """Show what was changed in the Word FILE of a report, and bring back what you accept.

    Summaries, findings, answers, caveats and explanations of negative cases are read, each from where it stands in the
    team's report. Without --yes or --only nothing is written (exit code 1 where there are differences). What is
    accepted is one revision; `undo` takes it back.
    """
    from tbcp_qual.tasks.report_back import read_back, take_back

    if not (everything or only):
        with session.reading() as (project, viewer):
            back = read_back(project, file, viewer=viewer)
        _show(back, as_json)
        if back.edits and not as_json:
            remark("Nothing was written. --yes accepts all that are in no conflict, --only ID one of them.")
        return 1 if back.edits else 0
    with session.writing(known=True) as (project, coder):
        back = read_back(project, file, viewer=coder)
        revision, taken = take_back(project, back, coder=coder, only=only, everything=everything)
    _show(back, as_json, taken)
    left = len(back.edits) - len(taken)
    remark(f"{some(len(taken), 'text')} brought back." if revision else "Nothing was brought back.")
    if left:
        remark(f"{some(left, 'difference')} left open.")
    return 1 if left else 0


def _show(back: "Back", as_json: bool, taken: "list[Edit] | tuple[Edit, ...]" = ()) -> None:
    if as_json:
        print_json({"differences": [_values(edit, edit in taken) for edit in back.edits], "same": back.same})
    else:
        for edit in back.edits:
            say(f"{edit.id}  {edit.what}{'  (changed here meanwhile)' if edit.conflict else ''}")
            say(f"  {changes(edit.then, edit.there)}")
            if edit.conflict:
                say(f"  here now: {' '.join(edit.here.split())}")
        if not back.edits:
            remark(f"{some(back.same, 'text')} read; none was changed in the file.")
    for what in back.emptied:
        remark(f"{what} is empty in the file; nothing is deleted by that.")
    if back.missing:
        remark(f"Not found in the file, and left as it is: {', '.join(back.missing)}.")
    if back.gone:
        remark(f"{some(back.gone, 'text')} of the file belong to what is no longer in the project.")
    if back.tracked:
        marks = " and ".join(some(number, f"tracked {kind.removesuffix('s')}") for kind, number in back.tracked.items())
        remark(f"Taken as accepted: {marks}.")


def _values(edit: "Edit", taken: bool) -> dict[str, Any]:
    return {
        "id": edit.id,
        "what": edit.what,
        "then": edit.then,
        "here": edit.here,
        "there": edit.there,
        "conflict": edit.conflict,
        "taken": taken,
    }


def changes(before: str, after: str) -> str:
    """Return a text with what went in `[-…-]` and what came in `{+…+}`, word by word.

    >>> changes("She came on Tuesdays.", "She came every Tuesday.")
    'She came [-on Tuesdays.-] {+every Tuesday.+}'
    """
    old, new = before.split(), after.split()
    parts = []
    for kind, start, end, from_new, to_new in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts += old[start:end]
            continue
        if start < end:
            parts.append(f"[-{' '.join(old[start:end])}-]")
        if from_new < to_new:
            parts.append(f"{{+{' '.join(new[from_new:to_new])}+}}")
    return " ".join(parts)
