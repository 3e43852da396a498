"""Make the pictures of the guides from the sample study: `uv run python docs/make_pictures.py`.

Fonts are not named by address: a reader's own monospaced font is used.
"""

import asyncio
import os
import re
import tempfile
from pathlib import Path

PICTURES = Path(__file__).with_name("pictures")

SCENES = {
    "workbench.svg": ((140, 38), "P07 first interview", "n n n n", False),
    "workbench-light-80x24.svg": ((80, 24), "P19 interview", "n n", True),
    "find.svg": ((120, 32), "P07 first interview", "F f o r m", False),
    "split.svg": ((120, 36), "P07 first interview", "ctrl+down ctrl+down vertical_line", False),
    "codebook.svg": ((120, 32), "P07 first interview", f"B{28 * ' down'}", False),
    "history.svg": ((120, 30), "P07 first interview", "ctrl+down ctrl+down s 1 exclamation_mark n H", False),
    "people.svg": ((120, 30), "P07 first interview", "P", False),
    "privacy.svg": ((120, 30), "P07 first interview", "I", False),
    "matrix.svg": ((120, 36), "P07 first interview", "M right right right right right right down down down", False),
    "evidence.svg": ((120, 36), "P07 first interview", "E right_square_bracket down down down down down", False),
    "agreement.svg": ((120, 36), "P07 first interview", f"A{30 * ' down'}", False),
    "rounds.svg": ((120, 32), "P07 first interview", "D down", False),
}
"""File: size, document, keys pressed, and whether the light theme."""

SECOND_ROUND = "rounds.svg"
"""Drawn last: with another round open, whose documents are blind from then on."""


async def _picture(project: Path, name: str) -> None:
    from tbcp_qual.store import Project
    from tbcp_qual.tui.app import Workbench

    (size, document, keys, light) = SCENES[name]
    with Project.open(project, read_only=True) as opened:
        coder = opened.coder_named("AK")
        wanted = next(d.id for d in opened.records("document") if d.name == document)
    assert coder is not None
    app = Workbench(project, coder.id)
    app.places.document = wanted
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.5)
        if light:
            app.action_switch_theme()
        for key in keys.split():
            await pilot.press(key)
            if key.isupper():
                await pilot.pause(3)
        await pilot.pause(1)
        drawn = app.export_screenshot(title="tbcp-qual")
        app.leave()
    drawn = re.sub(r"@font-face \{.*?\}\n?", "", drawn, flags=re.DOTALL)
    drawn = drawn.replace("Fira Code", "DejaVu Sans Mono").replace("<text ", '<text xml:space="preserve" ')
    (PICTURES / name).write_text("\n".join(line.rstrip() for line in drawn.splitlines()) + "\n", encoding="utf-8")


def _open_second_round(project: Path) -> None:
    from fractions import Fraction

    from tbcp_qual.store import Project
    from tbcp_qual.tasks.rounds import Share, open_round

    with Project.open(project) as opened:
        coder = opened.coder_named("AK")
        assert coder is not None
        share = Share(share=Fraction(2, 5), by_source_type=True, seed=7)
        open_round(opened, "2", by=coder.id, coders=["AK", "RM", "TS"], share=share, due="2030-06-30")


def main() -> None:
    """Build the sample in a folder that goes away, and draw."""
    from tbcp_qual.tasks.demo import build_demo

    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        built = build_demo(Path(folder), said=print)
        for name in SCENES:
            if name == SECOND_ROUND:
                _open_second_round(built.path)
            asyncio.run(_picture(built.path, name))
            print(PICTURES / name)


if __name__ == "__main__":
    main()
