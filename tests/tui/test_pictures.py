"""What the screens look like, as text: a dozen pictures, not fifty."""

import pytest
from syrupy.assertion import SnapshotAssertion

from tbcp_qual.coding import edits
from tbcp_qual.coding.spans import Span
from tbcp_qual.tui.app import Workbench

from .test_workbench import SIZES, Bench


def picture(app: Workbench) -> str:
    """The screen as text, spaces at line ends left out."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


@pytest.fixture
def coded(sample):
    """The small project with two coders' codings in it."""
    now = sample.project.snapshot(sample.ak.id)
    text = sample.TEXT
    for words, code, coder in (
        ("She just sat with me", sample.listened, sample.ak),
        ("My midwife said. She just", sample.key_worker, sample.rm),
        ("not for the form", sample.listened, sample.ak),
    ):
        span = Span(text.index(words), text.index(words) + len(words))
        changes = edits.apply_code(
            (), now.codebook, document=sample.document, span=span, code=code, coder=coder.id, memo="why here?"
        )
        sample.project.apply("coded", changes, coder=coder.id)
    sample.project.close()
    return sample


SCENES = {
    "page": "ctrl+down right right right right s",
    "picker": "ctrl+down s c l i s",
    "help": "question_mark",
    "folded": "z",
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES)
async def test_the_screen_looks_as_it_did(coded, scene, size, snapshot: SnapshotAssertion):
    app = Workbench(coded.path, coded.ak.id)
    async with app.run_test(size=size) as pilot:
        bench = Bench(coded, app, pilot)
        await bench.ready()
        await bench.press(SCENES[scene])
        assert picture(app) == snapshot
        app.leave()
