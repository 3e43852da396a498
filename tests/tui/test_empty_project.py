"""A project in which there is nothing yet: each mode says what would stand there and how it comes, and no key breaks it."""

from tbcp_qual.store import Project
from tbcp_qual.tasks.coders import ensure_coder
from tbcp_qual.tui.app import Workbench
from tbcp_qual.tui.modes import MODES
from tbcp_qual.tui.screens.panes import PanedScreen

TAUGHT = {
    "C": "They come in with: tbcp-qual documents import PATH",
    "B codes": "No codes yet",
    "B themes": "No themes yet",
    "B queue": "Nothing waits",
    "B versions": "No version was kept yet",
    "F words": "Type words: all of them are sought",
    "F codings": "Nothing is coded yet",
    "P": "No cases yet",
    "D board": "No round has been opened",
    "D conflicts": "No conflict is open",
    "A figures": "Nobody has marked a document done",
    "A confusion": "Nobody has marked a document done",
    "A review": "Nobody has marked a document done",
    "R differences": "No round is locked",
    "R account": "nothing was reconciled yet",
    "I": "Nothing here identifies anybody",
    "M framework": "No themes yet",
    "E questions": "No themes yet",
    "E logic": "No logic model yet",
    "W memos": "No memos yet",
    "H acts": "project made",
}
"""By the key of a mode and the name of a pane, what is said there."""


async def test_an_empty_project_teaches_in_every_mode_and_no_key_breaks_it(tmp_path):
    with Project.create(tmp_path / "empty.tbcp", name="Empty") as project:
        coder = ensure_coder(project, "AK")
    app = Workbench(tmp_path / "empty.tbcp", coder.id)
    seen = {}
    async with app.run_test(size=(80, 24)) as pilot:

        async def painted() -> str:
            await pilot.pause(0.1)
            while app.writer.waiting or (app._reading_thread is not None and app._reading_thread.waiting):
                await pilot.pause(0.01)
            await pilot.pause()
            return "\n".join(strip.text for strip in app.screen._compositor.render_strips())

        for mode in MODES:
            await app.run_action(f"mode({mode.key!r})")
            await pilot.pause()
            screen = app.screen
            panes = [pane.NAME for pane in screen.PANES] if isinstance(screen, PanedScreen) else [""]
            for pane in panes:
                seen[f"{mode.key} {pane}".strip()] = await painted()
                for binding in type(screen).BINDINGS:
                    of_pane = binding.action.startswith("on(")
                    wanted = binding.action.startswith(f"on({pane!r}") if of_pane else pane == panes[0]
                    if wanted and "tab" not in binding.key:
                        await pilot.press(binding.key)
                        while app.screen is not screen:
                            await pilot.press("escape")
                if isinstance(screen, PanedScreen) and len(panes) > 1:
                    assert screen.tab == pane
                    await pilot.press("tab")
        app.leave()
    assert seen.keys() == TAUGHT.keys()
    for place, taught in TAUGHT.items():
        assert taught in seen[place], place
    with Project.open(tmp_path / "empty.tbcp") as project:
        assert project.verify() == []
        assert len(project.revision_ids()) == 2
