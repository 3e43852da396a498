"""The screens; only this room sees Textual."""

from pathlib import Path


def open_workbench(path: Path, coder: str) -> None:
    """Open a project on screen and return when the person leaves.

    Args:
        path: the project file.
        coder: id of the coder who works at the screen.
    """
    from tbcp_qual.tui.app import Workbench

    Workbench(path, coder).run()
