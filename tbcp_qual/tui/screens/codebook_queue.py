"""The recode queue: codings whose code is no longer what it was; each is confirmed, changed or dropped by one key."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tbcp_qual.coding.recoding import REASONS
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.store import Project
from tbcp_qual.tasks import recoding
from tbcp_qual.tasks.coding import Act
from tbcp_qual.tasks.recoding import QueueLine, queue_lines, waiting_now
from tbcp_qual.tui import going
from tbcp_qual.tui.labels import short_labels
from tbcp_qual.tui.palette import colour
from tbcp_qual.tui.screens.panes import ReadPane
from tbcp_qual.tui.widgets.lines import LineList
from tbcp_qual.tui.widgets.passages import Passage, PassageList

SHOWN = 300
"""Lines that are laid out; the others follow as these are decided."""

TEACHING = (
    "Nothing waits. Codings come here when the definition of their code changes, when it is split, merged or retired; "
    "and documents, when a code is added after they were done."
)

_REASONS = ("all reasons", *REASONS)


class QueuePane(ReadPane):
    """What waits for a decision."""

    NAME = "queue"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[QueueLine] | None = None
        """None until it was read."""
        self._others = False
        """Whether what waits for other coders is shown too."""
        self._reason = 0
        """Place in the reasons that are shown; 0 for all."""

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield PassageList(id="waiting", empty="reading …")
        yield PassageList(id="side")

    @property
    def _list(self) -> PassageList:
        return self.query_one("#waiting", PassageList)

    @property
    def line(self) -> QueueLine | None:
        """What is lit; None where nothing is."""
        item = self._list.item
        return next((line for line in self._seen() if item is not None and _key(line) == item.key), None)

    def focus_list(self) -> None:
        """Go to the list."""
        self._list.focus()

    def summary(self) -> str:
        """Say how much waits."""
        if self._lines is None:
            return "queue"
        own = sum(line.waiting.own for line in self._lines)
        others = len(self._lines) - own
        reason = f" · only {_REASONS[self._reason]}" if self._reason else ""
        return f"{own:,} to decide{f', {others:,} of others' if others else ''}{reason}"

    def hint(self) -> str:
        """Say the keys."""
        return (
            "{queue.keep} keep · {queue.change} change · {queue.drop} drop · {queue.keep_all} keep all of this code"
            " · {list.choose} opens · {queue.reason} reason · {queue.others} others'"
        )

    def read_list(self) -> None:
        """Read what waits."""
        viewer = self.home.desk.viewer

        def job(project: Project) -> list[QueueLine]:
            return queue_lines(*waiting_now(project, viewer))

        def read(lines: list[QueueLine]) -> None:
            self._lines = lines
            self._list.teach(TEACHING)
            self._show()

        self.read(job, read)

    def _seen(self) -> list[QueueLine]:
        reason = _REASONS[self._reason]
        return [
            line
            for line in self._lines or ()
            if (line.waiting.own or self._others) and (not self._reason or line.waiting.reason == reason)
        ]

    def _show(self) -> None:
        book, dark = self.home.desk.codebook, self.app.current_theme.dark
        seen = self._seen()
        items = []
        for line in seen[:SHOWN]:
            waiting = line.waiting
            was = f" (as {line.made_as})" if line.made_as else ""
            whose = "" if waiting.own else f" · {line.coder}'s"
            shade = colour(book.colour(waiting.code), dark=dark) if waiting.code in book.by_id else ""
            label = f"{line.code.rpartition(' > ')[2]}{was} · {waiting.reason}{whose}"
            words = " ".join(line.words.split())
            if waiting.coding is None:
                words = "Read this document again: the code came after it was done. k says it was."
            quiet = not waiting.own
            items.append(
                Passage(key=_key(line), label=label, note=line.label, body=words, sign="▎", colour=shade, quiet=quiet)
            )
        if len(seen) > SHOWN:
            items.append(Passage(key="", label=f"… and {len(seen) - SHOWN:,} more"))
        self._list.show_items(items)
        self._tell()
        self.home.show_pane()

    @on(LineList.Moved, "#waiting")
    def _tell(self) -> None:
        """Show beside what is different, and what the code means now."""
        line, side = self.line, self.query_one("#side", PassageList)
        code = self.home.desk.codes.get(line.waiting.code) if line is not None else None
        if line is None or code is None:
            side.show_items([])
            return
        items = [Passage(key="code", label=line.code)]
        if line.parts:
            items.append(Passage(key="parts", label="split into", body="; ".join(line.parts)))
        for field, before, now in line.unlike:
            items.append(
                Passage(key=f"was {field}", label=f"{field}, when it was coded", body=before or "–", quiet=True)
            )
            items.append(Passage(key=f"now {field}", label=f"{field}, now", body=now or "–"))
        if not line.unlike:
            items.append(Passage(key="brief", label="brief", body=code.brief or "–"))
            if code.not_when:
                items.append(Passage(key="not", label="when not to use", body=code.not_when))
        if line.waiting.coding is not None and line.waiting.coding.memo:
            items.append(Passage(key="memo", label="memo on the coding", body=line.waiting.coding.memo))
        side.show_items(items)

    # -- keys

    @on(LineList.Chosen, "#waiting")
    def _open(self) -> None:
        line = self.line
        if line is None:
            return
        if line.waiting.coding is None:
            self.home.bench.show_document(line.waiting.document)
        else:
            going.to_coding(self.home.bench, line.waiting.document, line.waiting.coding.id)

    def _decide(self, lines: list[QueueLine], make: Callable[[Snapshot, list[str]], Act]) -> None:
        coder = self.home.desk.viewer
        ids = [line.waiting.coding.id for line in lines if line.waiting.coding is not None]

        def job(project: Project) -> None:
            act = make(project.snapshot(coder), ids)
            project.apply(act.label, act.changes, coder=coder)

        self.home.bench.do(job)

    def _own_line(self) -> QueueLine | None:
        line = self.line
        if line is not None and not line.waiting.own:
            self.home.say(f"That is {line.coder}'s to decide.", problem=True)
            return None
        return line

    def keep(self) -> None:
        """Say that the coding is right under the code as it is now."""
        line = self._own_line()
        if line is not None:
            self._keep([line])

    def keep_all(self) -> None:
        """Say so of all that wait at this code for this reason."""
        line = self._own_line()
        if line is not None:
            same = [
                one
                for one in self._seen()
                if one.waiting.own
                and one.waiting.code == line.waiting.code
                and one.waiting.reason == line.waiting.reason
            ]
            self._keep(same)

    def _keep(self, lines: list[QueueLine]) -> None:
        if lines[0].waiting.coding is not None:
            self._decide(lines, lambda now, ids: recoding.confirm(now, recoding.own_codings(now, ids)))
            return
        code = lines[0].waiting.code
        documents = [line.waiting.document for line in lines]
        self._decide(
            lines,
            lambda now, _: recoding.revisited(
                now, now.codebook.by_id[code], [now.document_by_id[document] for document in documents]
            ),
        )

    def drop(self) -> None:
        """Take the coding away."""
        line = self._own_line()
        if line is not None and line.waiting.coding is not None:
            self._decide([line], lambda now, ids: recoding.drop(now, recoding.own_codings(now, ids)))

    def change(self) -> None:
        """Give the coding another code; those into which its code was split come first."""
        line = self._own_line()
        if line is None or line.waiting.coding is None:
            return
        from tbcp_qual.tui.dialogs.picker import CodePicker, Picked

        def picked(answer: Picked | None) -> None:
            if answer is not None and answer.code:
                self._decide(
                    [line],
                    lambda now, ids: recoding.recode(
                        now, recoding.own_codings(now, ids), now.codebook.by_id[answer.code]
                    ),
                )

        book = self.home.desk.codebook
        title = f"instead of {line.code.rpartition(' > ')[2]}"
        first = [*line.waiting.parts, line.waiting.code]
        self.app.push_screen(CodePicker(book, short_labels(book), first, title, new=False), picked)

    def next_reason(self) -> None:
        """Show what waits for one reason, for the next, for all."""
        self._reason = (self._reason + 1) % len(_REASONS)
        self._show()
        self.home.say(f"showing {_REASONS[self._reason]} · f next")

    def show_others(self) -> None:
        """Show what waits for other coders too, or no more."""
        self._others = not self._others
        self._show()

    def step_back(self) -> bool:
        """Show all reasons again."""
        if self._reason:
            self._reason = 0
            self._show()
            return True
        return False


def _key(line: QueueLine) -> str:
    waiting = line.waiting
    return waiting.coding.id if waiting.coding is not None else f"{waiting.code} {waiting.document}"
