"""Ask where to write a file: a name beside the project, or a whole path; nothing that is there is written over."""

from collections.abc import Callable
from pathlib import Path

from textual.app import App

from tbcp_qual.tui.dialogs.value import ValueDialog


def ask_file(
    app: App[None], title: str, folder: Path, name: str, then: Callable[[Path], None], *, own: bool = False
) -> None:
    """Ask for the name of a new file.

    Args:
        app: which.
        title: what is written.
        folder: where a bare name belongs; it may still have to be made.
        name: what is offered, with a number where it is taken.
        then: gets the path; not called where nothing is to be written.
        own: whether the file keeps the ending that is offered; it is put there where it was not typed.
    """
    stem, _, ending = name.rpartition(".")
    names = [name, *(f"{stem} {n}.{ending}" for n in range(2, 1000))]
    free = next((one for one in names if not (folder / one).exists()), name)

    def place(typed: str) -> Path:
        path = (folder / typed.strip()).expanduser()
        return Path(f"{path}.{ending}") if own and path.suffix.casefold() != f".{ending}" else path

    def problem(typed: str) -> str:
        if not typed.strip():
            return "Name a file."
        path = place(typed)
        if path.exists():
            return "A file of that name is there already."
        return "" if path.parent == folder or path.parent.is_dir() else "There is no such folder."

    def named(typed: str | None) -> None:
        if typed:
            then(place(typed))

    app.push_screen(ValueDialog(title, free, hint=f"In {folder}, or a whole path.", problem=problem), named)
