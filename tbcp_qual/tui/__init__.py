"""The screens; only this room sees Textual."""

from pathlib import Path


def open_workbench(path: Path, coder: str) -> None:
    """Open a project on screen and return when the person leaves.

    Args:
        path: the project file.
        coder: id of the coder who works at the screen.
    """
    import gc
    import os

    # Panes that follow the caret paint in a frame of their own: at 60 a second that frame comes late.
    os.environ.setdefault("TEXTUAL_FPS", "1000")
    # Collecting garbage while everything is being loaded finds none and costs a tenth of the start.
    gc.disable()
    # Later on, often and little: to look through all that a command may pile up would hold up a key.
    gc.set_threshold(50_000)
    from tbcp_qual.tui.app import Workbench
    from tbcp_qual.tui.places import tour_is_due

    bench = Workbench(path, coder)
    bench.shows_round = bench.settings.tour and tour_is_due()
    bench.run()
