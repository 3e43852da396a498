"""Ask where to write a file: a name beside the project, or a whole path; nothing that is there is written over."""

from collections.abc import Callable
from pathlib import Path

from textual.app import App

from tbcp_qual.tui.dialogs.value import ValueDialog


def ask_file(app: App[None], title: str, folder: Path, name: str, then: Callable[[Path], None]) -> None:
    """Ask for the name of a new file.

    Args:
        app: which.
        title: what is written.
        folder: where a bare name belongs.
        name: what is offered, with a number where it is taken.
        then: gets the path; not called where nothing is to be written.
    """
    stem, _, ending = name.rpartition(".")
    names = [name, *(f"{stem} {n}.{ending}" for n in range(2, 1000))]
    free = next((one for one in names if not (folder / one).exists()), name)

    def problem(typed: str) -> str:
        path = (folder / typed).expanduser()
        if not typed.strip():
            return "Name a file."
        if path.exists():
            return "A file of that name is there already."
        return "" if path.parent.is_dir() else "There is no such folder."

    def named(typed: str | None) -> None:
        if typed:
            then((folder / typed).expanduser())

    app.push_screen(ValueDialog(title, free, hint=f"In {folder}, or a whole path.", problem=problem), named)
