"""One cell of the framework matrix in words: how it stands, what is in it, and what came and went since it was summed up."""

from dataclasses import dataclass

from tbcp_qual.analysis.framework import WHOLE, ChartCell, ChartRow
from tbcp_qual.analysis.matrix import Column as Theme
from tbcp_qual.analysis.passages import Passage as Said
from tbcp_qual.coding.counting import some
from tbcp_qual.tui.screens.matrix_rows import Charted, Narrowed, shown_passages
from tbcp_qual.tui.widgets.passages import Passage

GONE = "gone "
"""Begins the key of a passage that was cited or was there, and is not any more."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The cell the cursor is on."""

    row: ChartRow
    theme: Theme
    wave: str
    cell: ChartCell

    @property
    def key(self) -> tuple[str, str, str]:
        """Where it is in the matrix."""
        return (self.row.id, self.theme.id, self.wave)

    @property
    def name(self) -> str:
        """What it is called."""
        wave = f", {self.wave}" if self.wave != WHOLE else ""
        return f"{self.row.label} × {self.theme.name}{wave}"

    @property
    def gone(self) -> list[str]:
        """References of passages that were there, or are cited, and are not there any more."""
        return list(dict.fromkeys((*self.cell.went, *self.cell.lost)))


def how_it_stands(cell: Cell, of: Charted, narrowed: Narrowed) -> str:
    """Say how many passages there are, who charted them, and where that is stale what came and what went."""
    found = cell.cell
    state: str = found.state
    if found.summary is not None:
        who = of.coders.get(found.summary.coder, "")
        state = f"charted by {who}, {found.summary.at[:10]}" if who else "charted"
    said = [some(len(shown_passages(found, narrowed)), "passage"), state]
    if found.stale:
        came = f"new: {', '.join(found.came)}" if found.came else ""
        went = f"gone: {', '.join(cell.gone)}" if cell.gone else ""
        said.append(f"! stale: {'; '.join(filter(None, (came, went)))}")
    return " · ".join(said)


def passage_items(cell: Cell, narrowed: Narrowed) -> list[Passage]:
    """Return the passages of a cell, and those that are gone."""
    items = [_item(passage, cell) for passage in shown_passages(cell.cell, narrowed)]
    return items + [Passage(key=f"{GONE}{ref}", label=ref, note="gone", sign="−", quiet=True) for ref in cell.gone]


def why_none(cell: Cell) -> str:
    """Say why a cell has no passages."""
    if cell.cell.state == "wave not held":
        return "Nobody was interviewed, and nothing was read, in this wave."
    return f"No passages here: {cell.cell.state}."


def about(passage: Said) -> str:
    """Say whom a passage is about, to be put after its source; where nobody said which of several, that."""
    families = ", ".join(passage.about)
    return "" if not families else f" · about {families}" if passage.narrowed else f" · about one of {families}"


def _item(passage: Said, cell: Cell) -> Passage:
    cited = any(p.reference == passage.reference for p in cell.cell.cited)
    notes = ["new"] if passage.reference in cell.cell.came else []
    notes += ["negative"] if passage.negative else []
    notes += ["cited"] if cited else []
    relation = passage.relations.get(cell.row.id, "")
    whose = f" · {relation} {cell.row.label}" if relation and passage.narrowed else about(passage)
    return Passage(
        key=passage.reference,
        label=f"{passage.reference} {passage.source_type}{whose}",
        note=" · ".join(notes),
        body=passage.words,
        sign="✓" if cited else "·",
    )
