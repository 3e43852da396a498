"""The modes, one key each: what they are called, and where their screens are found when they are first opened.

A mode lies over the coding screen. A new one is one line here; its key, the help and the palette follow.
"""

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding

if TYPE_CHECKING:
    from tbcp_qual.tui.screens.mode import ModeScreen


_SCREENS = "tbcp_qual.tui.screens"


class Mode(NamedTuple):
    """One screen over the whole workbench."""

    key: str
    name: str
    short: str
    """What it is called where there is little room."""
    place: str
    """`module:Class` of its screen; empty for the coding screen, which always lies below."""
    tooltip: str

    def screen(self) -> "ModeScreen":
        """Import the screen and make it."""
        module, _, name = self.place.partition(":")
        made: ModeScreen = getattr(import_module(module), name)()
        return made


CODE = Mode("C", "Code", "code", "", "Back to the transcript, where it was left")

MODES = (
    CODE,
    Mode("B", "Codebook", "codes", f"{_SCREENS}.codebook:CodebookScreen", "Codes, themes, what to recode, versions"),
    Mode("F", "Find", "find", f"{_SCREENS}.find:FindScreen", "Find words anywhere, and retrieve codings"),
    Mode(
        "P",
        "People and cases",
        "people",
        f"{_SCREENS}.people:PeopleScreen",
        "Families, who speaks, and their documents",
    ),
    Mode(
        "D", "Double coding", "double", f"{_SCREENS}.rounds:RoundsScreen", "Rounds: who codes what, packs, and the lock"
    ),
    Mode("A", "Agreement", "agree", f"{_SCREENS}.agreement:AgreementScreen", "How far coders agree, and what it means"),
    Mode(
        "R",
        "Reconcile",
        "settle",
        f"{_SCREENS}.reconcile:ReconcileScreen",
        "What coders differ on, settled with a reason",
    ),
    Mode(
        "I", "Privacy review", "privacy", f"{_SCREENS}.privacy:PrivacyScreen", "What may identify somebody, to settle"
    ),
    Mode("M", "Matrix", "matrix", f"{_SCREENS}.matrix:MatrixScreen", "Families by themes, charted cell by cell"),
    Mode("E", "Evidence", "evidence", f"{_SCREENS}.evidence:EvidenceScreen", "Answers, findings, gaps; the report"),
    Mode("W", "Memos", "memos", f"{_SCREENS}.memos:MemosScreen", "What the team wrote: memos, searched and opened"),
    Mode("H", "History", "history", f"{_SCREENS}.history:HistoryScreen", "Who did what, and an earlier state back"),
)
"""In the order in which they are shown."""

BY_KEY = {mode.key: mode for mode in MODES}


def shown() -> str:
    """Return a hint of the keys and names of the modes that lie over the text."""
    return "  ".join(f"{{mode.{mode.key}}} {mode.short}" for mode in MODES if mode.place)


def in_short() -> str:
    """Return a hint of the keys alone, for where there is no room for the names."""
    return "modes " + " ".join(f"{{mode.{mode.key}}}" for mode in MODES if mode.place)


def bindings() -> list[Binding]:
    """Return the keys of the modes."""
    return [
        Binding(mode.key, f"mode('{mode.key}')", mode.name, show=False, id=f"mode.{mode.key}", tooltip=mode.tooltip)
        for mode in MODES
    ]
