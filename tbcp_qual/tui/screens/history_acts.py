"""What was done, a line an act, the latest first; beside it before and after; and bringing an earlier state back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer

from tbcp_qual.coding.records import KINDS
from tbcp_qual.store import Project
from tbcp_qual.store.asking import Deed
from tbcp_qual.tasks import history as told
from tbcp_qual.tasks import restoring
from tbcp_qual.tasks.history import ToldDeed, ToldRecord
from tbcp_qual.tasks.restoring import Plan
from tbcp_qual.tasks.telling import CALLED, counted, in_short
from tbcp_qual.tui.screens.narrowing import NarrowedPane
from tbcp_qual.tui.widgets.lines import Line, LineList
from tbcp_qual.tui.widgets.passages import Passage, PassageList

AT_ONCE = 300
"""Acts that are read at a time."""
NEAR_END = 10
"""Lines before the last at which more is read."""
PAUSE = 0.08
"""Seconds that the cursor rests on an act before it is told beside."""
MANY = 40
"""Records of one act that are told; of more only the number."""
OFFERED = 3
"""Records of one act that are offered to be brought back one by one."""

TEACHING = (
    "Nothing was done yet. Whatever anybody does in this project is kept here, and can be looked at and taken back."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Which acts are shown; empty: all."""

    document: str = ""
    """Name."""
    code: str = ""
    """Path."""
    by: str = ""
    """Name of a coder."""
    kind: str = ""
    since: str = ""

    def said(self) -> str:
        """Say it."""
        parts = [
            f"in {self.document}" if self.document else "",
            f"of {self.code.rpartition(' > ')[2]}" if self.code else "",
            f"by {self.by}" if self.by else "",
            f"on {CALLED.get(self.kind, self.kind)}s" if self.kind else "",
            f"since {self.since}" if self.since else "",
        ]
        return " ".join(part for part in parts if part)


class ActsPane(NarrowedPane[Narrowed]):
    """The acts."""

    NAME = "acts"
    BY = "done by"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(Narrowed(), id=id)
        self._deeds: list[Deed] = []
        self._more = False
        self._limit = AT_ONCE
        self._told: ToldDeed | None = None
        """What is told beside; None while that is read."""
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield LineList(id="deeds", empty="reading …")
        yield PassageList(id="side")

    @property
    def _list(self) -> LineList:
        return self.query_one("#deeds", LineList)

    @property
    def deed(self) -> Deed | None:
        """The act that is lit; None where there is none."""
        key = self._list.line.key if self._list.line is not None else ""
        return next((deed for deed in self._deeds if deed.revision.id == key), None)

    def focus_list(self) -> None:
        """Go to the acts."""
        self._list.focus()

    def summary(self) -> str:
        """Say how many acts are shown."""
        said = self.narrowed.said()
        return f"{len(self._deeds):,}{'+' if self._more else ''} acts{f' {said}' if said else ''}"

    def hint(self) -> str:
        """Say the keys."""
        if self.side.has_focus:
            return "{acts.restore} bring back · {panes.side} back to the acts"
        return (
            "{list.choose} before and after · {acts.restore} bring back · {acts.document} document · {acts.code} code"
            " · {acts.coder} by whom · {acts.kind} kind · {acts.since} since · {acts.all} all"
        )

    # -- reading and showing

    def show_list(self) -> None:
        """Read those that are asked for, from the latest on."""
        self._limit = AT_ONCE
        self.read_list()

    def read_list(self) -> None:
        """Read what was done."""
        viewer, want, limit = self.home.desk.viewer, self.narrowed, self._limit

        def job(project: Project) -> list[Deed]:
            return told.history(
                project,
                viewer=viewer,
                document=want.document or None,
                code=want.code or None,
                by=want.by or None,
                kinds=[want.kind] if want.kind else [],
                since=want.since or None,
                last=limit,
            )

        def read(found: list[Deed]) -> None:
            self._deeds, self._more = found, len(found) == limit
            self._show()

        self.read(job, read)

    def _show(self) -> None:
        names = {coder.id: coder.name for coder in self.home.desk.frame.coders}
        lines: list[Line] = []
        day = ""
        for deed in self._deeds:
            moment = _local(deed.revision.at)
            if moment[:10] != day:
                day = moment[:10]
                if lines:
                    lines.append(Line(key="", text=""))
                lines.append(Line(key="", text=day))
            who = names.get(deed.revision.coder, "")
            undone = "" if deed.stands else "undone"
            text = f"{moment[11:16]}  {who:<4} {deed.revision.label}"
            lines.append(Line(key=deed.revision.id, text=text, note=undone, quiet=not deed.stands))
        if self._more:
            lines.append(Line(key="", text="…"))
        nothing = self.home.keyed("Nothing like that was done. {modes.back} shows all.")
        none = nothing if self.narrowed != Narrowed() else TEACHING
        self._list.teach(none)
        self._list.show(lines)
        self.home.show_pane()
        self._tell()

    @on(LineList.Moved, "#deeds")
    def _moved(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._tell)
        if self._more and self._list.cursor >= len(self._list.lines) - NEAR_END:
            self._limit *= 2
            self.read_list()

    def _tell(self) -> None:
        deed, viewer = self.deed, self.home.desk.viewer
        side = self.query_one("#side", PassageList)
        if deed is None:
            self._told = None
            side.show_items([])
            return

        def read(found: ToldDeed) -> None:
            self._told = found
            side.show_items(list(_items(found)), keep=False)

        self.home.look_up("deed", lambda project: told.show(project, deed.revision.id, viewer=viewer), read)

    @on(LineList.Chosen, "#deeds")
    def _chosen(self) -> None:
        self.home.action_side()

    # -- narrowing

    def by_code(self) -> None:
        """Show what was done to one code, and with it."""
        from tbcp_qual.tui.dialogs.picker import CodePicker, Picked
        from tbcp_qual.tui.labels import short_labels

        book = self.home.desk.codebook

        def picked(answer: Picked | None) -> None:
            if answer is not None and answer.code:
                self.narrow(replace(self.narrowed, code=book.path(answer.code)))

        self.app.push_screen(CodePicker(book, short_labels(book), (), "what was done with", new=False), picked)

    def by_kind(self) -> None:
        """Show what was done to one kind of thing."""
        self.choose("done to", list(KINDS), "kind", CALLED)

    def by_day(self) -> None:
        """Show what was done since a day."""
        from tbcp_qual.errors import QualError
        from tbcp_qual.tui.dialogs.value import ValueDialog

        def problem(typed: str) -> str:
            if not typed.strip():
                return ""
            try:
                told.since_day(typed)
            except QualError as wrong:
                return wrong.message
            return ""

        def said(day: str | None) -> None:
            if day is not None:
                self.narrow(replace(self.narrowed, since=day))

        hint = "Such as 2026-03-12, or 2026-03-12T14:30 (UTC). Empty it for all."
        self.app.push_screen(ValueDialog("done since", self.narrowed.since, hint=hint, problem=problem), said)

    # -- bringing back

    def restore(self) -> None:
        """Choose what to bring back, and as of when."""
        from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog

        deed = self._told
        lit = self.deed
        if deed is None or lit is None or deed.id != lit.revision.id:
            self.home.say("Wait until it is told what was done, then r again.", problem=True)
            return
        plans: dict[str, Callable[[Project], Plan]] = {}
        choices: list[Choice] = []
        coder = self.home.desk.viewer

        def offer(text: str, note: str, plan: Callable[[Project], Plan]) -> None:
            key = str(len(plans))
            plans[key] = plan
            choices.append(Choice(value=key, text=text, note=note))

        for record in deed.records[:OFFERED]:
            if record.act == "purged":
                continue
            what = f"{CALLED.get(record.kind, record.kind)} {record.called}"
            offer(what, "as before this act", _plan_record(deed, record, coder, before=True))
            offer(what, "as right after it", _plan_record(deed, record, coder, before=False))
        opened = self.home.desk.document
        if opened is not None:
            name = opened.name
            offer(
                f"your codings in {name}",
                "as right after it",
                lambda project: restoring.plan_codings(project, deed.id, name, coder=coder),
            )
        offer("everything that is yours to change", "as right after it", lambda p: _plan_all(p, deed.id, coder))

        def chosen(key: str | None) -> None:
            if key is not None:
                self.home.look_up("plan", plans[key], self._planned)

        self.app.push_screen(ChoiceDialog("bring back", choices), chosen)

    def _planned(self, plan: Plan) -> None:
        from tbcp_qual.tui.dialogs.reading import ReadDialog

        coder = self.home.desk.viewer
        when = _local(plan.at)[:16]

        def decided(key: str | None) -> None:
            if key is not None and plan.records:
                self.home.bench.do(lambda project: restoring.restore(project, plan, coder=coder))

        keys = "enter brings it back" if plan.records else ""
        items = list(_plan_items(plan))
        empty = f"Nothing to bring back: it is as it was at {when}, as far as it is yours."
        self.app.push_screen(ReadDialog(f"{plan.what} as of {when}", items, keys=keys, empty=empty), decided)


def _plan_record(deed: ToldDeed, record: ToldRecord, coder: str, *, before: bool) -> Callable[[Project], Plan]:
    def plan(project: Project) -> Plan:
        moment = deed.id
        if before:
            earlier = [one for one in project.revision_ids() if one < deed.id]
            moment = max(earlier, default=deed.id)
        return restoring.plan_record(project, moment, record.kind, record.id, coder=coder)

    return plan


def _plan_all(project: Project, revision: str, coder: str) -> Plan:
    return restoring.plan_all(project, revision, coder=coder)


def _items(deed: ToldDeed) -> "list[Passage]":
    undone = "" if deed.stands else " · undone"
    who = f"{deed.coder} · " if deed.coder else ""
    items = [Passage(key="act", label=f"{deed.label}{undone}", body=f"{who}{_local(deed.at)[:19]}")]
    if deed.undoes:
        items.append(Passage(key="undoes", label="it is about this act", body=deed.undoes_label))
    for n, record in enumerate(deed.records[:MANY]):
        items.append(
            Passage(
                key=str(n),
                label=f"{CALLED.get(record.kind, record.kind)} {record.called}",
                note=record.act,
                body=_fields(record),
                sign={"made": "+", "removed": "−"}.get(record.act, "•"),
            )
        )
    if len(deed.records) > MANY:
        items.append(Passage(key="", label=f"… and {len(deed.records) - MANY:,} more"))
    return items


def _fields(record: ToldRecord) -> str:
    if record.act == "changed":
        return "\n".join(f"{f.name}: {in_short(f.before)} → {in_short(f.after)}" for f in record.fields)
    kept = [(f.name, f.after if record.act == "made" else f.before) for f in record.fields]
    return "\n".join(f"{name}: {in_short(value)}" for name, value in kept if value is not None)


def _plan_items(plan: Plan) -> "list[Passage]":
    items = [
        Passage(
            key=str(n),
            label=f"{CALLED.get(record.kind, record.kind)} {record.called}",
            note=record.act,
            body="\n".join(f"{f.name}: {in_short(f.before)} → {in_short(f.after)}" for f in record.fields),
            sign={"comes back": "+", "goes": "−"}.get(record.act, "•"),
        )
        for n, record in enumerate(plan.records[:MANY])
    ]
    if len(plan.records) > MANY:
        items.append(Passage(key="", label=f"… and {len(plan.records) - MANY:,} more"))
    if not plan.records:
        return items
    items += [_left(who, kinds) for who, kinds in plan.others.items()]
    reasons: dict[str, list[str]] = {}
    for one in plan.left:
        reasons.setdefault(one.reason, []).append(one.called)
    items += [
        Passage(key=f"left {reason}", label=f"stays: {reason}", body="; ".join(names[:5]), quiet=True)
        for reason, names in reasons.items()
    ]
    return items


def _left(who: str, kinds: Mapping[str, int]) -> Passage:
    theirs = ", ".join(counted(kind, number) for kind, number in kinds.items())
    return Passage(key=f"of {who}", label=f"stays, for it is {who}'s", body=theirs, quiet=True)


def _local(at: str) -> str:
    """Return a moment in the time of this place: `2026-03-12 14:30:05`."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return at
