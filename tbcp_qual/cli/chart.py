"""Commands on the framework matrix: what is in its cells, what was written of them, what is still to be written."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tbcp_qual.cli.chart_sides import compare, sources
from tbcp_qual.cli.findings import say_done
from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark, say
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.analysis.framework import Chart, ChartCell
    from tbcp_qual.analysis.passages import Passage

SIGNS = {
    "not yet charted": "",
    "charted": "*",
    "asked, not raised": "a",
    "not asked": "-",
    "not recorded": "n",
    "not asked, not recorded": "-n",
    "outside the schedule": "o",
    "wave not held": "w",
    "not yet coded": "c",
    "not yet confirmed": "?",
    "no coding": ".",
    "no document": "",
}
LEGEND = (
    "A number: passages; * charted, ! charted and stale, no sign: not yet charted. "
    "a asked, not raised; - not asked; n not recorded; o outside the schedule; w wave not held; "
    "c not yet coded; ? not yet confirmed what was asked; . no coding."
)
SHOWN = 100
"""Characters of a passage that a list shows; --json has all."""

ROW = click.argument("row")
THEME = click.argument("theme")
WAVE = click.option(
    "--wave", default="", metavar="NAME", help="One wave, or `change` for what changed; else all together."
)


def part_of_it(command: Any) -> Any:
    """Give a command the options that say which part of the matrix is meant."""
    for option in reversed(
        [
            click.option(
                "--rows", default="case", show_default=True, metavar="KIND",
                help="What the rows are: case, source type, or an attribute of families.",
            ),
            click.option("--waves", "by_wave", is_flag=True, help="A column for each wave, and one for what changed."),
            click.option("--question", "questions", multiple=True, metavar="KEY", help="Only its themes; repeat."),
            click.option("--theme", "themes", multiple=True, metavar="NAME", help="Only this theme; repeat."),
            click.option("--where", multiple=True, metavar="NAME=VALUE", help="Only families like that; repeat."),
            click.option("--family", "cases", multiple=True, metavar="LABEL", help="Only this family; repeat."),
            click.option("--by", "coded_by", metavar="CODER", help="Only this coder's codings."),
        ]
    ):  # fmt: skip
        command = option(command)
    return command


@click.group()
def chart() -> None:
    """The framework matrix: summaries of what each family, or source, says of each theme.

    A ROW is a family (F07), a source type (parent), or NAME=VALUE for the families that share a value. A THEME is named
    by its first words.
    """


@chart.command("list")
@part_of_it
@json_option
@options
def list_(session: Session, as_json: bool, **part: Any) -> None:
    """Show the matrix: how many passages each cell holds, and whether it is charted."""
    found = _chart(session, part)
    if as_json:
        print_json(chart_values(found))
        return
    for number, theme in enumerate(found.themes, 1):
        say(f"  {number:>2} {theme.name}")
    heads, rows = _grid(found)
    print_table(rows, heads)
    say()
    _say_progress(found)
    remark(LEGEND)


def _chart(session: Session, part: dict[str, Any]) -> "Chart":
    from tbcp_qual.tasks.charting import framework_chart

    with session.reading() as (project, viewer):
        return framework_chart(project, viewer=viewer, coder=part.pop("coded_by"), **part)


def _grid(found: "Chart") -> tuple[list[str], list[list[str]]]:
    heads = ["Row"]
    for number in range(1, len(found.themes) + 1):
        heads += [f"{number} {wave[:6]}".strip() for wave in found.waves]
    rows = [
        [row.label, *(_sign(found.cells[row.id, theme.id, wave]) for theme in found.themes for wave in found.waves)]
        for row in found.rows
    ]
    return heads, rows


def _sign(cell: "ChartCell") -> str:
    number = str(len(cell.passages)) if cell.passages else ""
    return f"{number}!" if cell.stale else f"{number}{SIGNS[cell.state]}"


def _say_progress(found: "Chart") -> None:
    states = found.states()
    parts = [f"{count} {state}" for state, count in states.items()]
    say(f"{len(found.cells)} cells: {'; '.join(parts)}; {found.stale()} stale.")
    if found.without_documents:
        kind = "families" if found.rows_are == "case" else "rows"
        remark(f"{found.without_documents} {kind} left out: no document is by or about them.")


def chart_values(found: "Chart") -> dict[str, Any]:
    """Return a chart as values for JSON."""
    return {
        "rows are": found.rows_are,
        "waves": found.waves if found.waves != ("",) else [],
        "themes": [{"id": theme.id, "name": theme.name, "definition": theme.definition} for theme in found.themes],
        "left out without documents": found.without_documents,
        "states": found.states(),
        "stale": found.stale(),
        "cells": [
            {"row": row.label, "theme": theme.name, "wave": wave or None, **cell_values(cell)}
            for row, theme, wave, cell in found.places()
        ],
    }


def cell_values(cell: "ChartCell") -> dict[str, Any]:
    """Return a cell as values for JSON."""
    return {
        "state": cell.state,
        "summary": cell.summary.words if cell.summary else None,
        "cites": [p.reference for p in cell.cited],
        "stale": cell.stale,
        "came": cell.came,
        "went": cell.went,
        "cited and gone": cell.lost,
        "passages": [p.reference for p in cell.passages],
    }


@chart.command()
@ROW
@THEME
@WAVE
@json_option
@options
def show(session: Session, row: str, theme: str, wave: str, as_json: bool) -> None:
    """Show one cell: its summary, whether that still holds, and all passages by and about the row."""
    from tbcp_qual.tasks.cells import cell_named

    with session.reading() as (project, viewer):
        place = cell_named(project.snapshot(viewer), row, theme, wave)
        names = {coder.id: coder.name for coder in place.snapshot.coders}
    cell = place.cell
    if as_json:
        quoted = [_passage(p, place.row.id) | {"cited": p in cell.cited} for p in cell.passages]
        print_json({"row": place.row.label, "theme": place.theme.name, "wave": place.wave or None}
                   | cell_values(cell) | {"passages": quoted})  # fmt: skip
        return
    say(f"{place.name}: {cell.state}{', stale' if cell.stale else ''}")
    if cell.summary:
        say()
        say(cell.summary.words)
        say()
        say(f"By {names.get(cell.summary.coder, 'somebody')}, {cell.summary.at[:10]}.")
    for words, references in (
        ("New since then", cell.came),
        ("Gone since then", cell.went),
        ("Cited, gone", cell.lost),
    ):
        if references:
            say(f"{words}: {', '.join(references)}.")
    if cell.passages:
        say()
        print_table([_line(p, place.row.id, cited=p in cell.cited) for p in cell.passages],
                    ["Passage", "", "Source type", "Relation", "Words"])  # fmt: skip


def _line(passage: "Passage", row: str, *, cited: bool) -> list[str]:
    from tbcp_qual.analysis.passages import shortened

    marks = " ".join(filter(None, ("cited" if cited else "", "negative" if passage.negative else "")))
    words = shortened(passage.words, SHOWN)
    return [passage.reference, marks, passage.source_type, passage.relations.get(row, ""), words]


def _passage(passage: "Passage", row: str) -> dict[str, Any]:
    return {
        "reference": passage.reference,
        "source": passage.source,
        "source type": passage.source_type,
        "relation": passage.relations.get(row),
        "words": passage.words,
        "codes": passage.codes,
        "negative": passage.negative,
    }


@chart.command()
@ROW
@THEME
@click.argument("words", required=False)
@WAVE
@click.option("--cite", "cites", multiple=True, metavar="PASSAGE", help="P07-first.14b, or “DOCUMENT: words”; repeat.")
@click.option("--file", "file", type=FILE, help="Take the words from a text file.")
@click.option("--still-holds", is_flag=True, help="The summary there is holds for the passages as they are now.")
@click.option("--delete", is_flag=True, help="Take the summary away.")
@options
def write(
    session: Session,
    row: str,
    theme: str,
    words: str | None,
    wave: str,
    cites: tuple[str, ...],
    file: Path | None,
    still_holds: bool,
    delete: bool,
) -> None:
    """Write the summary of a cell; without --cite its citations stay as they are.

    It rests on all passages that are in the cell now, and goes stale when they change.
    """
    from tbcp_qual.readers.files import decode, read_bytes
    from tbcp_qual.tasks.charting import still_holds as look_again
    from tbcp_qual.tasks.charting import write_summary

    with session.writing() as (project, coder):
        if (words is not None) + (file is not None) + still_holds + delete != 1:
            raise UsageError("What is to be written?", "Give the words, or one of --file, --still-holds and --delete.")
        if still_holds:
            done = look_again(project, row, theme, coder=coder, wave=wave)
        else:
            text = decode(read_bytes(file), file).text if file is not None else words or ""
            if not delete and not text.strip():
                raise UsageError("The summary has no words.", "--delete takes one away.")
            done = write_summary(
                project, row, theme, "" if delete else text, coder=coder, wave=wave, cites=list(cites) or None
            )
    say_done(done)


@chart.command()
@ROW
@THEME
@click.argument("passages", nargs=-1, required=True, metavar="PASSAGE...")
@WAVE
@click.option("--remove", "take_away", is_flag=True, help="Cite them no longer.")
@options
def cite(session: Session, row: str, theme: str, passages: tuple[str, ...], wave: str, take_away: bool) -> None:
    """Cite passages in the summary of a cell."""
    from tbcp_qual.tasks.charting import cite as cite_in

    with session.writing() as (project, coder):
        done = cite_in(project, row, theme, passages, coder=coder, wave=wave, take_away=take_away)
    say_done(done)


@chart.command("next")
@part_of_it
@click.option("--after", nargs=2, metavar="ROW THEME", help="Go on from this cell.")
@json_option
@options
def next_(session: Session, after: tuple[str, str] | None, as_json: bool, **part: Any) -> None:
    """Show the next cell that is not yet charted, or whose summary is stale."""
    from tbcp_qual.analysis.passages import shortened

    found = _chart(session, part)
    start = None
    if after:
        row, theme = (said.casefold() for said in after)
        start = next(
            (
                (r.id, t.id, wave)
                for r, t, wave, _ in reversed(list(found.places()))
                if r.label.casefold() == row and t.name.casefold().startswith(theme)
            ),
            None,
        )
        if start is None:
            raise UsageError("That cell is not in this part of the matrix.", "`tbcp-qual chart list` shows its rows.")
    gap = found.next_gap(start)
    if as_json:
        print_json(
            {"row": gap[0].label, "theme": gap[1].name, "wave": gap[2] or None, **cell_values(gap[3])} if gap else None
        )
        return
    if gap is None:
        remark("Every cell that has passages is charted, and no summary is stale.")
        return
    row_, theme_, wave, cell = gap
    say(f"{row_.label} × {theme_.name}{f', {wave}' if wave else ''}: {'stale' if cell.stale else cell.state}")
    for passage in cell.passages:
        say(f"  {passage.reference}  {shortened(passage.words, SHOWN)}")


@chart.command()
@part_of_it
@json_option
@options
def status(session: Session, as_json: bool, **part: Any) -> None:
    """Say how far the charting is, theme by theme."""
    found = _chart(session, part)
    lines = []
    for theme in found.themes:
        cells = [cell for _, t, _, cell in found.places() if t.id == theme.id]
        lines.append(
            {
                "theme": theme.name,
                "charted": sum(c.state == "charted" for c in cells),
                "not_yet": sum(c.state == "not yet charted" for c in cells),
                "silent": sum(c.state not in ("charted", "not yet charted") for c in cells),
                "stale": sum(c.stale for c in cells),
            }
        )
    if as_json:
        print_json({"themes": lines, "states": found.states(), "stale": found.stale(), "cells": len(found.cells)})
        return
    print_table([list(line.values()) for line in lines], ["Theme", "Charted", "Not yet", "Nothing to chart", "Stale"])
    say()
    _say_progress(found)


chart.add_command(sources)
chart.add_command(compare)
