"""The logic model, part by part, and configurations of context, mechanism and outcome, each with the findings on it."""

from collections.abc import Iterable
from typing import Any, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import Configuration, Element, Part, Support
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.store import Project
from tbcp_qual.tasks import logic
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.definition import Asked, DefinitionDialog
from tbcp_qual.tui.dialogs.several import Offer, SeveralDialog
from tbcp_qual.tui.screens.panes import ReadPane
from tbcp_qual.tui.widgets.lines import Line, LineList
from tbcp_qual.tui.widgets.passages import Passage, PassageList

PARTS: tuple[Part, ...] = ("context", "input", "activity", "mechanism", "outcome")
SUPPORTS: dict[Support, str] = {
    "untested": "no finding bears on it",
    "supported": "findings bear it out",
    "revised": "findings say it should be put otherwise",
}
_SIGNS: dict[Support, str] = {"untested": "○", "supported": "✓", "revised": "↻"}

TEACHING = (
    "No logic model yet. {evidence.new} puts an element of it here: a context, an input, an activity, a mechanism or an outcome; "
    "{evidence.configuration} states a configuration of context, mechanism and outcome."
)


class LogicPane(ReadPane):
    """What the programme was to do, held against the findings."""

    NAME = "logic"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._now: Snapshot | None = None
        self._wanted = ""
        """Id of what to go to once it is there."""

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield LineList(id="model", empty="reading …")
        with Vertical(id="below"):
            yield PassageList(id="side")

    @property
    def _list(self) -> LineList:
        return self.query_one("#model", LineList)

    @property
    def lit(self) -> Element | Configuration | None:
        """What the cursor is on; None where there is nothing."""
        key = self._list.line.key if self._list.line is not None else ""
        return next((one for one in self._there if one.id == key), None)

    @property
    def _there(self) -> list[Element | Configuration]:
        return [*self._now.elements, *self._now.configurations] if self._now is not None else []

    def focus_list(self) -> None:
        """Go to the model."""
        self._list.focus()

    def go_to(self, record: str) -> None:
        """Go to an element or a configuration: now, or once it is read."""
        self._wanted = record
        if self._now is not None:
            self._show()

    def summary(self) -> str:
        """Say how much there is."""
        counts = [f"{sum(one.support == support for one in self._there)} {support}" for support in SUPPORTS]
        return f"logic model · {' · '.join(counts)}"

    def hint(self) -> str:
        """Say the keys."""
        return (
            "{list.choose} change · {evidence.why} borne out? · {evidence.new} new element · "
            "{evidence.configuration} new configuration · {evidence.take_away} delete · {evidence.memo} memo · "
            "{panes.next} back to the questions"
        )

    def read_list(self) -> None:
        """Read the model."""
        viewer = self.home.desk.viewer

        def read(now: Snapshot) -> None:
            self._now = now
            self._show()

        self.read(lambda project: project.snapshot(viewer, []), read)

    def _show(self) -> None:
        assert self._now is not None
        lines: list[Line] = []
        for part in PARTS:
            lines += _section(part, [e for e in self._now.elements if e.part == part])
        lines += _section("configurations", self._now.configurations)
        self._list.teach(self.home.keyed(TEACHING))
        self._list.show(lines)
        if self._wanted:
            self._list.put_cursor(self._wanted)
            self._wanted = ""
        self.query_one("#sheet").styles.height = max(len(lines), 3) + 3
        self.home.show_pane()
        self._tell()

    @on(LineList.Moved, "#model")
    def _tell(self) -> None:
        one, side = self.lit, self.query_one("#side", PassageList)
        if one is None or self._now is None:
            side.show_items([])
            return
        if isinstance(one, Element):
            items = [Passage(key="text", label=f"{one.part}: {one.name}", note=one.support, body=one.text)]
            if one.revision:
                items.append(Passage(key="revision", label="it should say instead", body=one.revision))
        else:
            said = "\n".join(f"{n}: {getattr(one, n)}" for n in ("context", "mechanism", "outcome") if getattr(one, n))
            items = [Passage(key="text", label=one.name, note=one.support, body=said)]
            labels = ", ".join(case.label for case in self._now.cases if case.id in one.cases)
            items.append(Passage(key="cases", label="seen in", body=labels or "no family yet", quiet=True))
        items.append(Passage(key="", label="findings"))
        items += [
            Passage(key=f.id, label=f"F{f.key}", note=f.confidence, body=f.statement)
            for f in self._now.findings
            if f.id in one.findings
        ]
        side.show_items(items, keep=False)

    @on(LineList.Chosen, "#model")
    def edit(self) -> None:
        """Change what an element or a configuration says."""
        one = self.lit
        if isinstance(one, Element):
            asked = [
                Asked(name="text", title="what the logic model says", words=one.text, long=True),
                Asked(name="revision", title="what it should say instead", words=one.revision, long=True),
            ]
        elif one is not None:
            asked = _fields(one)
        else:
            return
        asked.append(Asked(name="called", title="what it is called", words=one.name))
        self.app.push_screen(
            DefinitionDialog(one.name, asked), lambda said: self._set(one, **said) if said and one else None
        )

    def _set(self, one: Element | Configuration, **values: Any) -> None:
        coder = self.home.desk.viewer

        def job(project: Project) -> None:
            if isinstance(one, Element):
                logic.set_element(project, one.name, coder=coder, **values)
            else:
                logic.set_configuration(project, one.name, coder=coder, **values)

        self.home.bench.do(job)

    def judge(self) -> None:
        """Say whether the findings bear it out, which do, and what it should say instead."""
        one, now = self.lit, self._now
        if one is None or now is None:
            return

        def chosen(support: str | None) -> None:
            if support == "untested":
                self._set(one, support=support, findings=())
            elif support is not None:
                offers = [Offer(key=f.id, name=f"F{f.key} {f.statement}") for f in now.findings]
                title = f"{support} by which findings"
                self.app.push_screen(
                    SeveralDialog(title, offers, one.findings), lambda keys: by(cast("Support", support), keys)
                )

        def by(support: Support, keys: tuple[str, ...] | None) -> None:
            if not keys:
                return
            if support == "revised" and isinstance(one, Element):
                asked = [Asked(name="revision", title="what it should say instead", words=one.revision, long=True)]
                self.app.push_screen(
                    DefinitionDialog(one.name, asked),
                    lambda said: self._set(one, support=support, findings=keys, **(said or {})),
                )
            else:
                self._set(one, support=support, findings=keys)

        choices = [Choice(value=support, note=note) for support, note in SUPPORTS.items()]
        self.app.push_screen(ChoiceDialog(f"borne out? {one.name}", choices, one.support), chosen)

    def new_element(self) -> None:
        """Put an element into the logic model."""

        def chosen(part: str | None) -> None:
            if part is None:
                return
            asked = [
                Asked(name="name", title="what it is called", words=""),
                Asked(name="text", title="what the logic model says", words="", long=True),
            ]

            def written(said: dict[str, str] | None) -> None:
                if said and said.get("name", "").strip():
                    self._set(Element(id="", name=said["name"]), part=part, text=said.get("text", ""))

            self.app.push_screen(DefinitionDialog(f"new {part}", asked), written)

        self.app.push_screen(ChoiceDialog("which part of the model", [Choice(value=part) for part in PARTS]), chosen)

    def new_configuration(self) -> None:
        """State a configuration."""
        asked = [
            Asked(name="name", title="what it is called", words=""),
            *_fields(Configuration(id="")),
        ]

        def written(said: dict[str, str] | None) -> None:
            if said and said.get("name", "").strip():
                self._set(Configuration(id="", name=said.pop("name")), **said)

        self.app.push_screen(DefinitionDialog("new configuration", asked), written)

    def families(self) -> None:
        """Choose the families in which a configuration was seen."""
        one, now = self.lit, self._now
        if not isinstance(one, Configuration) or now is None:
            self.home.say("Families belong to a configuration: go to one.", problem=True)
            return
        labels = {case.id: case.label for case in now.cases}

        def taken(keys: tuple[str, ...] | None) -> None:
            if keys is not None:
                self._set(one, cases=[labels[key] for key in keys])

        offers = [Offer(key=id, name=label) for id, label in labels.items()]
        self.app.push_screen(SeveralDialog(f"seen in which families: {one.name}", offers, one.cases), taken)

    def take_away(self) -> None:
        """Take an element or a configuration away."""
        one, coder = self.lit, self.home.desk.viewer
        if one is not None:
            self.home.bench.do(lambda project: logic.remove_from_logic(project, one.name, coder=coder))


def _fields(one: Configuration) -> list[Asked]:
    return [
        Asked(name="context", title="context: for whom, in what circumstances", words=one.context, long=True),
        Asked(
            name="mechanism", title="mechanism: what is done, and what that sets off", words=one.mechanism, long=True
        ),
        Asked(name="outcome", title="outcome: what comes of it", words=one.outcome, long=True),
    ]


def _section(title: str, there: Iterable[Element | Configuration]) -> list[Line]:
    lines: list[Line] = []
    for one in sorted(there, key=lambda one: one.position):
        findings = f" · {some(len(one.findings), 'finding')}" if one.findings else ""
        note = f"{one.support}{findings}"
        lines.append(Line(key=one.id, text=one.name, note=note, sign=_SIGNS[one.support]))
    return [Line(key="", text=title), *lines, Line(key="", text="")] if lines else []
