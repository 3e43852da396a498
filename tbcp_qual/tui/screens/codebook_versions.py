"""Versions of the codebook: those that were agreed, and what differs between any two."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import Version
from tbcp_qual.coding.versions import Difference
from tbcp_qual.store import Project
from tbcp_qual.tasks import frameworks
from tbcp_qual.tasks.frameworks import NOW, version_title
from tbcp_qual.tui.screens.panes import ReadPane
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import Line, LineList
from tbcp_qual.tui.widgets.passages import Passage, PassageList

TEACHING = "No version was kept yet. g agrees the codes that are provisional, and keeps the codebook as version 1."


class VersionsPane(ReadPane):
    """The versions, the last first, and beside them what differs."""

    NAME = "versions"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._versions: list[Version] = []
        self._base = NOW
        """With what the lit version is compared: an id, or `now`."""

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield Bar(id="head")
            yield LineList(id="versions", empty=TEACHING)
        yield PassageList(id="side")

    @property
    def _list(self) -> LineList:
        return self.query_one("#versions", LineList)

    def focus_list(self) -> None:
        """Go to the versions."""
        self._list.focus()

    def summary(self) -> str:
        """Say how many versions there are."""
        return some(len(self._versions), "version")

    def hint(self) -> str:
        """Say the keys."""
        return "{list.choose} compare with this one · {codebook.agree} agree, and keep a version · {panes.side} what differs"

    def read_list(self) -> None:
        """Read the versions."""

        def read(found: list[Version]) -> None:
            self._versions = found
            self._show()

        self.read(frameworks.versions, read)

    def _show(self) -> None:
        names = {coder.id: coder.name for coder in self.home.desk.frame.coders}
        lines = []
        if self._versions:
            lines.append(Line(key=NOW, text="now"))
            lines += [
                Line(
                    key=version.id,
                    text=version_title(version),
                    note=f"{names.get(version.coder, '')} {version.at[:10]}".strip(),
                )
                for version in reversed(self._versions)
            ]
        self._list.show(lines)
        self._list.here = self._base
        if self._versions and self._list.line is not None and self._list.line.key == self._base == NOW:
            self._list.cursor = 1
        self.home.show_pane()
        self._compare()

    def _called(self, key: str) -> str:
        return next((version_title(version) for version in self._versions if version.id == key), NOW)

    @on(LineList.Moved, "#versions")
    def _compare(self) -> None:
        line, base = self._list.line, self._base
        side = self.query_one("#side", PassageList)
        self.query_one("#head", Bar).show(strong="version", right=f"compared with {self._called(base)} ")
        if line is None:
            side.show_items([])
            return
        one, other = self._in_order(line.key, base)

        def job(project: Project) -> tuple[str, str, tuple[Difference, ...]]:
            return frameworks.compare(project, one, other)

        self.home.look_up("differences", job, self._differ)

    def _in_order(self, one: str, other: str) -> tuple[str, str]:
        """Return the two, the earlier first."""
        order = [*(version.id for version in self._versions), NOW]
        first, second = sorted((one, other), key=lambda key: order.index(key) if key in order else 0)
        return first, second

    def _differ(self, found: tuple[str, str, tuple[Difference, ...]]) -> None:
        before, after, differences = found
        items = [Passage(key="title", label=f"{before} → {after}", note=some(len(differences), "difference"))]
        for n, one in enumerate(differences):
            said = []
            for field in one.fields:
                if not field.before:
                    said.append(f"{field.field}: {field.after}")
                else:
                    said.append(f"{field.field}, before: {field.before}\n{field.field}, after: {field.after or '–'}")
            kind = "" if one.kind == "code" else f"{one.kind} "
            items.append(
                Passage(key=str(n), label=f"{kind}{one.name}", note=", ".join(one.what), body="\n".join(said), sign="•")
            )
        if not differences:
            items.append(Passage(key="", label="Nothing differs."))
        self.query_one("#side", PassageList).show_items(items, keep=False)

    @on(LineList.Chosen, "#versions")
    def _base_chosen(self, event: LineList.Chosen) -> None:
        self._base = event.line.key
        self._list.here = self._base
        self._compare()
        self.home.say(f"compared with {self._called(self._base)}: go to another one")
