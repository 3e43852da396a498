"""Which part of the matrix is seen, and how it is turned: asked one thing after the other."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from tbcp_qual.analysis.groups import GroupCell, SideBySide
from tbcp_qual.store import Project
from tbcp_qual.tasks.charting import two_groups
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.screens.matrix_chart import ChartPane
from tbcp_qual.tui.screens.matrix_rows import STATES, Charted, Narrowed, in_state
from tbcp_qual.tui.widgets.passages import Passage

WHAT = {
    "question": "evaluation question",
    "theme": "theme",
    "state": "state of a cell",
    "source_type": "source type",
    "wave": "wave",
    "attribute": "attribute of the family",
}


def choose(pane: ChartPane, title: str, choices: Iterable[Choice], then: Callable[[str], None], now: str = "") -> None:
    """Ask for one of some things; nothing happens where none is taken."""

    def chosen(value: str | None) -> None:
        if value is not None:
            then(value)

    pane.app.push_screen(ChoiceDialog(title, list(choices), now), chosen)


def ask_filter(pane: ChartPane) -> None:
    """Ask what is to be shown."""
    of = pane.of
    if of is None:
        return
    here = pane.narrowed
    offered = {name: _offers(of, name) for name in WHAT}
    choices = [Choice(value=name, text=text, note=_now(of, here, name)) for name, text in WHAT.items() if offered[name]]
    choices.append(Choice(value="", text="· show all"))

    def asked(name: str) -> None:
        if not name:
            pane.narrow(Narrowed())
        elif name == "attribute":
            _ask_attribute(pane, of, lambda pair: pane.narrow(replace(here, attribute=pair)))
        else:
            any_of = [*offered[name], Choice(value="", text="· any")]
            choose(pane, WHAT[name], any_of, lambda value: pane.narrow(_with(here, name, value)), getattr(here, name))

    choose(pane, "show only", choices, asked)


def _now(of: Charted, narrowed: Narrowed, name: str) -> str:
    unasked = getattr(Narrowed(), name)
    if getattr(narrowed, name) == unasked:
        return ""
    return _with(Narrowed(), name, getattr(narrowed, name)).said(of)


def _with(narrowed: Narrowed, name: str, value: Any) -> Narrowed:
    return replace(narrowed, **{name: value})


def _offers(of: Charted, name: str) -> list[Choice]:
    chart = of.chart
    match name:
        case "question":
            return [Choice(value=s.key, text=f"{s.key} {s.short}") for s in chart.sections if s.key]
        case "theme":
            return [Choice(value=theme.id, text=theme.name) for theme in chart.themes]
        case "state":
            cells = list(chart.cells.values())
            counts = {state: sum(in_state(cell, state) for cell in cells) for state in STATES}
            return [Choice(value=state, note=f"{number:,}") for state, number in counts.items() if number]
        case "source_type":
            return [Choice(value=kind) for kind in dict.fromkeys(of.source_types.values()) if kind]
        case "wave":
            return [Choice(value=wave) for wave in chart.waves if wave]
        case _:
            return [Choice(value=name) for name in of.values] if chart.rows_are != "source type" else []


def _ask_attribute(pane: ChartPane, of: Charted, then: Callable[[tuple[str, str]], None]) -> None:
    def named(name: str) -> None:
        if name:
            choose(pane, name.replace("_", " "), _values(of, name), lambda value: then((name, value)))
        else:
            then(("", ""))

    names = [Choice(value=name, text=name.replace("_", " ")) for name in of.values]
    choose(pane, "attribute", [*names, Choice(value="", text="· any")], named)


def _values(of: Charted, name: str) -> list[Choice]:
    shown = {case for row in of.chart.rows for case in row.cases}
    counts: dict[str, int] = {}
    for case, value in of.values[name].items():
        counts[value] = counts.get(value, 0) + (case in shown)
    return [
        Choice(value=value, note=f"{n} {'family' if n == 1 else 'families'} with documents")
        for value, n in counts.items()
        if n
    ]


def ask_rows(pane: ChartPane) -> None:
    """Ask what the rows are: families, source types, or the values of an attribute."""
    of = pane.of
    if of is None:
        return

    def chosen(rows: str) -> None:
        pane.keep()
        pane.rows_are = rows
        # What is seen of one kind of rows may be none of another.
        pane.narrowed = replace(pane.narrowed, attribute=("", ""))
        pane.read_list()

    rows = [Choice(value="case", text="families"), Choice(value="source type", text="source types")]
    rows += [Choice(value=name, text=name.replace("_", " "), note="families by its values") for name in of.values]
    choose(pane, "rows", rows, chosen, pane.rows_are)


def turn_waves(pane: ChartPane) -> None:
    """Give each wave a column of its own, and one for what changed; or take them together again."""
    pane.keep()
    pane.by_wave = not pane.by_wave
    pane.narrowed = replace(pane.narrowed, wave="")
    pane.read_list()


def pivot(pane: ChartPane) -> None:
    """Let themes be the rows, or the columns again."""
    pane.keep()
    pane.turned = not pane.turned
    pane.narrow(pane.narrowed)


def ask_groups(pane: ChartPane) -> None:
    """Set two groups of families side by side."""
    of = pane.of
    if of is None:
        return

    def named(name: str) -> None:
        values = _values(of, name)
        if len(values) < 2:
            pane.home.say(f"All families with documents are alike in {name.replace('_', ' ')}.", problem=True)
            return
        title = name.replace("_", " ")

        def first(one: str) -> None:
            others = [choice for choice in values if choice.value != one]
            choose(pane, f"{title}: {one}, beside", others, lambda other: _read_groups(pane, name, one, other))

        choose(pane, f"{title}: first group", values, first)

    names = [Choice(value=name, text=name.replace("_", " ")) for name in of.values]
    if names:
        choose(pane, "two groups of families, by", names, named)
    else:
        pane.home.say("Groups of families need an attribute: P keeps them.", problem=True)


def _read_groups(pane: ChartPane, name: str, first: str, second: str) -> None:
    viewer = pane.home.desk.viewer
    key = pane.narrowed.question

    def job(project: Project) -> SideBySide:
        return two_groups(project, name, first, second, viewer=viewer, questions=[key] if key else [])

    def read(found: SideBySide) -> None:
        items = [
            Passage(
                key=theme.id,
                label=theme.name,
                body="\n".join(f"{value}: {_told(cell)}" for value, cell in zip(found.groups, cells, strict=True)),
            )
            for theme, *cells in found.themes
        ]
        items.append(
            Passage(
                key="note",
                label="How to read it",
                body="Families with words by or about them, of those of whom somebody was asked or whose file was read. "
                "Each counts once, however many speak of it; a difference between small groups is a lead, not a result.",
                quiet=True,
            )
        )
        pane.app.push_screen(ReadDialog(f"{name.replace('_', ' ')}: {first} beside {second}", items))

    pane.home.look_up("groups", job, read)


def _told(cell: GroupCell) -> str:
    negative = f"; negative cases: {', '.join(cell.negative)}" if cell.negative else ""
    return f"{len(cell.speaking)} of {len(cell.asked)} ({', '.join(cell.speaking) or 'none'}){negative}"
