"""The differences of a locked round: one passage to look at, and beside it the queue, whose order stays as it is."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tbcp_qual.coding.counting import some
from tbcp_qual.coding.differences import Cluster
from tbcp_qual.coding.reconciliation import is_settled
from tbcp_qual.coding.records import Decision, Reason
from tbcp_qual.tasks.differing import Shown, laid_open, open_lines
from tbcp_qual.tasks.reconciling import ORDERS, Order, Reconciliation, queue
from tbcp_qual.tui.palette import colour
from tbcp_qual.tui.reconcile_ground import Entry, Ground, entries, read_ground
from tbcp_qual.tui.reconcile_rows import Person, rows_of_passage
from tbcp_qual.tui.screens.panes import Pane
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import Line, LineList
from tbcp_qual.tui.widgets.painted import PaintedRows, Piece
from tbcp_qual.tui.widgets.wrapping import wrapped

NO_ROUND = (
    "No round is locked. Coders code the same documents apart first, in a round; once all have marked them done and "
    "the round is locked, this is where they see what differs and settle it. {mode.D} shows the rounds."
)
SIGNS = {"deferred": "~", "referred": "?"}
"""Before passages that are put off; those that are settled have a tick."""


class Queue(Pane):
    """Reads a round, and shows one passage after the other."""

    NAME = "differences"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ground: Ground | None = None
        self._upto = -1
        """What the workbench's count of changes was when this was read, or last decided on."""
        self._round = ""
        """Id of the round that was asked for; empty for the latest."""
        self._order: Order = "findings"
        self._code = ""
        """Only differences of this code, by id; empty for all."""
        self._at = ""
        """Id of the passage that is shown."""
        self._keys: list[str] = []
        """Ids of the passages in the order of the queue."""
        self._entries: dict[str, Entry] = {}
        """What the queue says of each passage, by its id."""
        self._shown: Shown | None = None
        self._hidden = False
        """Whether numbers stand for names."""
        self._together: tuple[str, ...] = ()
        """Names of those who sit at this screen too."""
        self._said_why: dict[str, tuple[Reason, str]] = {}
        """The reason a person gave for a passage before it is decided, by its id."""
        self._for_all = False
        """Whether the next decision is for all passages like this one."""

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield PaintedRows(id="passage")
            yield Bar(id="deciding")
        yield LineList(id="side", empty="reading …")

    @property
    def page(self) -> PaintedRows:
        """The passage."""
        return self.query_one("#passage", PaintedRows)

    @property
    def opened(self) -> Reconciliation | None:
        """The round; None where none is there, or read yet."""
        return self._ground.opened if self._ground is not None else None

    @property
    def cluster(self) -> Cluster | None:
        """The passage that is shown."""
        return self.opened.clusters.get(self._at) if self.opened is not None else None

    @property
    def reflexive(self) -> bool:
        """Whether differences are there to be discussed and not to be settled."""
        return self.home.desk.project.approach == "reflexive"

    @property
    def names_hidden(self) -> bool:
        """Whether numbers stand for names; together nothing is hidden."""
        return self._hidden and not self._together

    def focus_list(self) -> None:
        """Go to the passage."""
        self.page.focus()

    def enter(self) -> None:
        """Begin where it was left."""
        self.focus_list()
        if self._ground is None:
            self.run()

    def changed(self) -> None:
        """Read anew, unless what changed was decided here and is shown already."""
        if self._upto != self.home.bench.changes:
            self.run()

    @on(PaintedRows.Resized)
    def _resized(self) -> None:
        self.show_passage()

    # -- reading

    def ask(self, round_id: str, code: str = "") -> None:
        """Show the differences of another round, of one code or of all."""
        self._round, self._code, self._at = round_id, code, ""
        self.run()

    def go_to(self, passage: str) -> None:
        """Show a passage as soon as everything is read anew."""
        self._at = passage

    def run(self) -> None:
        """Read the round."""
        wanted, viewer, changes = self._round, self.home.desk.viewer, self.home.bench.changes

        def read(ground: Ground) -> None:
            self._ground, self._upto = ground, changes
            self._round = ground.opened.round.id if ground.opened is not None else ""
            self._entries = entries(ground.opened) if ground.opened is not None else {}
            self._arrange()
            if self.cluster is None or self._at not in self._keys:
                self._at = self._first_open()
            self.show_all()

        self.home.read(lambda project: read_ground(project, wanted, viewer), read)

    def keys(self) -> list[str]:
        """Return the ids of the passages in their order; those that are settled stay where they are."""
        return self._keys

    def _arrange(self) -> None:
        """Put the passages in order, those of one code or all: a decision changes nothing of it."""
        opened, self._keys = self.opened, []
        if opened is None:
            return
        of_code = self._code if self._code in opened.book.by_id else ""
        found = queue(opened, self._order, settled=True)
        self._keys = [cluster.id for cluster in found if not of_code or of_code in cluster.codes]

    def decision(self, passage: str) -> Decision | None:
        """Return what was decided on a passage."""
        return self.opened.decisions.get(passage) if self.opened is not None else None

    def _first_open(self) -> str:
        keys = self.keys()
        return next((key for key in keys if self._waits(key)), next(iter(keys), ""))

    def _waits(self, passage: str) -> bool:
        """Whether a passage waits for whoever looks: nobody has decided, or they are the one who is asked."""
        decision, viewer = self.decision(passage), self.home.desk.coders.get(self.home.desk.viewer)
        if decision is None:
            return True
        return viewer is not None and decision.referred.casefold() == viewer.name.casefold()

    def next_open(self) -> str:
        """Return the next passage that waits, then one that is put off; empty where there is no other."""
        keys = self.keys()
        at = keys.index(self._at) if self._at in keys else -1
        ahead = [*keys[at + 1 :], *keys[: at + 1]]
        untouched = (key for key in ahead if key != self._at and self._waits(key))
        put_off = (key for key in ahead if key != self._at and not is_settled(self.decision(key)))
        return next(untouched, "") or next(put_off, "")

    # -- showing

    def show_all(self) -> None:
        """Show the queue and the passage."""
        self._show_queue()
        self.show_passage()

    def put(self, passage: str) -> None:
        """Show another passage."""
        self._at, self._for_all = passage, False
        self.side.put_cursor(passage)
        self.side.here = passage
        self.show_passage()
        self.home.say_keys()

    def _show_queue(self) -> None:
        opened = self.opened
        if opened is None:
            self.side.teach("Nothing to reconcile.")
            self.side.show([])
            return
        shown: list[Line] = []
        above = ""
        for key in self._keys:
            entry, decision = self._entries[key], opened.decisions.get(key)
            heading = {"findings": entry.resting, "document": entry.document, "code": entry.code}[self._order]
            if heading != above:
                shown += [Line(key="", text="")] * bool(shown) + [Line(key="", text=heading)]
                above = heading
            sign = "✓" if is_settled(decision) else SIGNS[decision.outcome] if decision is not None else " "
            text = f"{entry.reference}  {entry.words if self._order == 'code' else entry.code}"
            shown.append(Line(key=key, text=text, note=entry.kind, sign=sign, quiet=is_settled(decision)))
        self.side.teach("No differences.")
        self.side.show(shown)
        self.side.here = self._at
        self.side.put_cursor(self._at)

    def show_passage(self) -> None:
        """Show the passage, and what the keys would decide on it."""
        opened, cluster = self.opened, self.cluster
        self._shown = None
        if self._ground is None:
            return
        if opened is None or cluster is None:
            said = self.home.keyed(NO_ROUND) if opened is None else self._nothing(opened)
            width = min(max(self.page.size.width - 6, 10), 70)
            self.page.paint([(), *((Piece(f"   {row}"),) for row in wrapped(said, width))])
            self.query_one("#deciding", Bar).show(left="", right="")
            self.home.show_pane()
            return
        hidden = self.names_hidden
        shown = laid_open(opened, cluster, self._ground.memos, hidden=hidden, around=3 if self._together else 1)
        dark, book = self.app.current_theme.dark, opened.now.codebook

        def tint(code: str) -> str:
            return colour(book.colour(code) if code in book.by_id else "", dark=dark)

        self._shown = shown
        body = rows_of_passage(
            shown, self.people(), max(self.page.size.width - 2, 40), tint, spaced=bool(self._together)
        )
        keys = shown.line.findings
        resting = f" · finding{'s' * (len(keys) > 1)} {', '.join(keys)}" if keys else ""
        title = wrapped(f"{shown.line.label}{resting}", max(self.page.size.width - 6, 10))
        self.page.paint([*((Piece(f"   {row}", "strong"),) for row in title), (), *body])
        self.show_deciding()
        self.home.show_pane()

    def people(self) -> list[Person]:
        """Return who coded the document of the passage, by number."""
        opened, cluster = self.opened, self.cluster
        if opened is None or cluster is None:
            return []
        numbered = ((opened.coders.index(coder) + 1, coder) for coder in cluster.coders)
        return [
            Person(n, "" if self.names_hidden else opened.who(coder, hidden=False)) for n, coder in sorted(numbered)
        ]

    def show_deciding(self) -> None:
        """Say what the keys would decide."""

    def _nothing(self, opened: Reconciliation) -> str:
        agreed = sum(len(one.agreed) for one in opened.compared)
        if self._code:
            return "No difference of this code is in the round. escape shows all."
        alike = f"{some(agreed, 'coding')} that all coders share stand as they are." if agreed else "Nothing was coded."
        return f"The coders of round “{opened.round.name}” differ nowhere. {alike}"

    def summary(self) -> str:
        """Say where one is in the round."""
        opened = self.opened
        if opened is None:
            return "no round is locked" if self._ground is not None else ""
        keys = self.keys()
        place = f"{keys.index(self._at) + 1:,} of {len(keys):,}" if self._at in keys else f"0 of {len(keys):,}"
        passages, settled, put_off = open_lines(opened)
        name = opened.round.name
        parts = [name if name.casefold().startswith("round") else f"round {name}", place]
        if not self.reflexive:
            parts.append(f"{settled:,} settled" + (f", {put_off:,} put off" if put_off else ""))
            parts.append(f"{passages - settled - put_off:,} open")
            asked = sum(
                self._waits(key) for key, decision in opened.decisions.items() if decision.outcome == "referred"
            )
            parts += [f"{asked:,} for you"] * bool(asked)
        if self._code:
            parts.append(f"only {opened.path(self._code).rpartition(' > ')[2]}")
        if self._together:
            parts.append(f"together with {' and '.join(self._together)}")
        elif self._hidden:
            parts.append("names hidden")
        if opened.left_out:
            parts.append(f"{some(len(opened.left_out), 'document')} blind for you left out")
        return " ▸ ".join(parts[:2]) + "".join(f" · {part}" for part in parts[2:])

    # -- moving

    @on(LineList.Moved, "#side")
    def _moved(self, event: LineList.Moved) -> None:
        if event.line.key and event.line.key != self._at and self.side.has_focus:
            self._at, self._for_all = event.line.key, False
            self.side.here = event.line.key
            self.show_passage()

    @on(LineList.Chosen, "#side")
    def _chosen(self, event: LineList.Chosen) -> None:
        self.home.remove_class("side-only")
        self.focus_list()
        self.put(event.line.key)

    def go(self, step: int) -> None:
        """Go to the passage after this one, or before it."""
        keys = self.keys()
        if not keys:
            return
        at = keys.index(self._at) if self._at in keys else 0
        if not 0 <= at + step < len(keys):
            self.home.say("That was the last one." if step > 0 else "This is the first one.")
            return
        self.put(keys[at + step])

    def go_on(self) -> None:
        """Go to the next passage that is open."""
        following = self.next_open()
        if following:
            self.put(following)
        else:
            self.home.say("Nothing else is open.")

    def other_order(self) -> None:
        """Order the queue by findings, by document, by code."""
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self._arrange()
        self.show_all()
        how = {"findings": "by the findings that rest on it", "document": "by document", "code": "by code"}
        self.home.say(f"the queue is ordered {how[self._order]}")

    def step_back(self) -> bool:
        """Show the differences of all codes again; stop sitting together."""
        if self._for_all:
            self._for_all = False
            self.show_deciding()
        elif self._code:
            self._code = ""
            self._arrange()
            self.show_all()
        elif self._together:
            self.sit(())
        else:
            return False
        return True

    def sit(self, names: tuple[str, ...]) -> None:
        """Decide together with others from now on, or alone again."""
        self._together = names
        self.home.set_class(bool(names), "together")
        self.call_after_refresh(self.show_passage)
