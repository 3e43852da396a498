"""The board of rounds: how far everybody is, as far as may be known, and what is done with a round."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from tbcp_qual.coding.counting import some
from tbcp_qual.store import Project
from tbcp_qual.tasks.boards import Board
from tbcp_qual.tasks.documents import mark_done
from tbcp_qual.tasks.locking import Lockable, LockedNow, lock_round, lockable
from tbcp_qual.tasks.rounds import Opened, open_round
from tbcp_qual.tasks.sealing import SUFFIX
from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog
from tbcp_qual.tui.dialogs.file_name import ask_file
from tbcp_qual.tui.dialogs.new_round import NewRoundDialog
from tbcp_qual.tui.dialogs.passphrase import PassphraseDialog
from tbcp_qual.tui.dialogs.reading import ReadDialog
from tbcp_qual.tui.round_form import Form, given, new_seed
from tbcp_qual.tui.rounds_rows import BETWEEN, beside, board_lines
from tbcp_qual.tui.screens.panes import Pane
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.lines import LineList
from tbcp_qual.tui.widgets.passages import Passage, PassageList

if TYPE_CHECKING:
    from tbcp_qual.privacy.disclosure import Concern
    from tbcp_qual.team.packs import Pack
    from tbcp_qual.tui.screens.rounds import RoundsScreen

TEACHING = (
    "No round has been opened. n makes one: documents that several people code, each alone, so that it can be said how"
    " far they agree, and what they see differently can be talked through."
)


class BoardPane(Pane):
    """Rounds with their documents, and beside them what was fixed."""

    NAME = "board"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._folded: set[str] | None = None
        """Ids of rounds of which no document is shown; None until it is known which there are."""

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        with Vertical(id="sheet"):
            yield Bar(id="head")
            yield LineList(id="rounds", empty="reading …")
        yield PassageList(id="side")

    @property
    def rounds(self) -> "RoundsScreen":
        """The screen it lies in."""
        return cast("RoundsScreen", self.screen)

    @property
    def _list(self) -> LineList:
        return self.query_one("#rounds", LineList)

    @property
    def board(self) -> Board | None:
        """The round of the line that is lit."""
        found, line = self.rounds.found, self._list.line
        return found.board(line.key) if found is not None and line is not None else None

    @property
    def document(self) -> str:
        """Id of the document that is lit; empty on the line of a round."""
        return self._list.line.key.partition(BETWEEN)[2] if self._list.line is not None else ""

    def focus_list(self) -> None:
        """Go to the board."""
        self._list.focus()

    def summary(self) -> str:
        """Say how many rounds there are."""
        return some(len(self.rounds.found.boards), "round") if self.rounds.found else "rounds"

    def hint(self) -> str:
        """Say the keys that mean something here."""
        board = self.board
        if self.side.has_focus:
            return "{panes.side} back to the board"
        if board is None:
            return "{rounds.new} new round · {rounds.merge} bring in"
        if board.round.locked:
            return (
                "{rounds.agreement} agreement · {rounds.differences} differences · {list.choose} opens"
                " · {rounds.new} new round · {panes.side} beside"
            )
        own = "{list.choose} opens · {rounds.done} done · " if self.document else "{list.choose} folds · "
        if self.rounds.found is not None and self.rounds.found.is_pack:
            return own + "{rounds.merge} bring in · {panes.side} beside"
        return own + (
            "{rounds.lock} lock · {rounds.pack} pack · {rounds.merge} bring in · {rounds.new} new round"
            " · {panes.side} beside"
        )

    # -- showing

    def fill(self) -> None:
        """Show what was read."""
        found = self.rounds.found
        if found is None or not self.is_mounted:
            return
        if self._folded is None:
            self._folded = {board.round.id for board in found.boards[1:] if board.round.locked}
        self._list.teach(TEACHING)
        width = self._list.size.width - 2
        self._list.show(board_lines(found, self._folded, viewer=self.home.desk.viewer, width=width))
        self._show_beside()

    def on_resize(self, _: events.Resize) -> None:
        """Lay the board out for the room there is now."""
        self.fill()

    @on(LineList.Moved, "#rounds")
    def _moved(self) -> None:
        self._show_beside()
        self.home.say_keys()

    def _show_beside(self) -> None:
        found, board, side = self.rounds.found, self.board, self.query_one("#side", PassageList)
        head = self.query_one("#head", Bar)
        if found is None or board is None:
            head.show(left="", right="")
            side.show_items([])
            return
        blind = board.round.blind and not board.round.locked and not found.is_pack
        head.show(left=" blind: a courtesy in one shared file; a pack (w) is the guarantee" if blind else "")
        approach = self.home.desk.project.approach
        side.show_items(beside(found, board, viewer=self.home.desk.viewer, approach=approach), keep=False)

    @on(LineList.Chosen, "#rounds")
    def _chosen(self) -> None:
        """Open a document; fold or unfold a round."""
        board = self.board
        if board is None or self._folded is None:
            return
        if self.document:
            self.home.bench.show_document(self.document)
        else:
            self._folded ^= {board.round.id}
            self.fill()

    # -- keys

    def read_all(self) -> None:
        """Read all that is said of the round."""
        found, board = self.rounds.found, self.board
        if found is not None and board is not None:
            desk = self.home.desk
            items = beside(found, board, viewer=desk.viewer, approach=desk.project.approach)
            self.app.push_screen(ReadDialog(f"round {board.round.name}", items))

    def new(self) -> None:
        """Make a round: all of it is shown before it is opened."""
        if self._refused_in_pack():
            return
        names = {board.round.name.casefold() for board in self.rounds.found.boards} if self.rounds.found else set()
        name = next(str(n) for n in range(1, 10_000) if str(n) not in names)
        desk = self.home.desk
        reflexive = desk.project.approach == "reflexive"
        coders = tuple(coder.name for coder in desk.coders.values() if coder.id == desk.viewer)
        form = Form(name=name, coders=coders, seed=new_seed(), blind=not reflexive)

        def said(form: Form | None) -> None:
            if form is None:
                return
            by = desk.viewer

            def job(project: Project) -> Opened:
                return open_round(project, form.name, by=by, **given(form, reflexive=reflexive))

            def done(opened: Opened) -> None:
                made = opened.check.round
                pack = " · w writes a pack for a coder" if made.blind else ""
                self.home.say(f"round {made.name} is open: {some(len(made.documents), 'document')}{pack} · u undo")

            self.home.bench.do(job, done)

        self.app.push_screen(NewRoundDialog(form), said)

    def _refused_in_pack(self) -> bool:
        """Say that this is done in the project; whether the file is a pack."""
        found = self.rounds.found
        if found is not None and found.is_pack:
            self.home.say("This file is a pack: rounds are opened, packed and locked in the project.", problem=True)
            return True
        return False

    def done(self) -> None:
        """Say that one is done with a document, or not yet after all."""
        board, document, viewer = self.board, self.document, self.home.desk.viewer
        if board is None or not document:
            self.home.say("d is for a document: go to one of the round.", problem=True)
            return
        own = next((p for p in board.places if p.document_id == document and p.coder_id == viewer), None)
        if own is None:
            self.home.say("You are no coder of this round.", problem=True)
        elif board.round.locked:
            self.home.say("The round is locked.", problem=True)
        else:
            state = own.state != "done"
            self.home.bench.do(lambda project: mark_done(project, [document], viewer, state))

    def ask_lock(self) -> None:
        """Show what locking would keep and who has not finished, and lock it where that is wished."""
        board = self.board
        if board is None or self._refused_in_pack():
            return
        if board.round.locked:
            self.home.say(f"Round {board.round.name} was locked on {board.round.locked_at[:10]}.")
            return
        self.home.look_up("lock", lambda project: lockable(project, board.round.id), self._show_lock)

    def _show_lock(self, found: Lockable) -> None:
        made = found.round
        by_coder: dict[str, list[str]] = {}
        for document, coder in found.waiting:
            by_coder.setdefault(coder, []).append(document)
        items = [
            Passage(key=coder, label=f"{coder} has not marked done", body=", ".join(documents), sign="○")
            for coder, documents in by_coder.items()
        ]
        if found.codebook_changed:
            body = "It is not the one the round was opened with; every figure will say so."
            items.append(Passage(key="codebook", label="the codebook was changed", body=body, sign="!"))
        may = found.ready or found.whatever
        if may:
            body = (
                f"The independent codings of {some(found.documents, 'document')} are kept as they are now, for ever;"
                " whatever is edited later changes nothing in them. From then on its coders see one another's codings."
                " It cannot be undone."
            )
            missing = " Who has not finished is missing there." if found.waiting else ""
            items.insert(0, Passage(key="lock", label="what the lock does", body=body + missing))
        else:
            body = "A blind round is locked when all have finished; until then nobody sees anybody else's codings."
            items.insert(0, Passage(key="wait", label="not yet", body=body))
        by = self.home.desk.viewer

        def chosen(key: str | None) -> None:
            if key is not None and may:
                lock = partial(lock_round, name=made.id, by=by, anyway=found.whatever)
                self.home.bench.do(lambda project: lock(project), self._locked)

        keys = "enter locks it for ever" if may else ""
        self.app.push_screen(ReadDialog(f"lock round {made.name}", items, keys=keys), chosen)

    def _locked(self, kept: LockedNow) -> None:
        reflexive = self.home.desk.project.approach == "reflexive"
        see = "r shows the differences to discuss" if reflexive else "a shows how far coders agree"
        self.home.say(
            f"round {kept.round.name} is locked: {some(kept.codings, 'coding')} in"
            f" {some(kept.documents, 'document')} are kept · {see}"
        )

    def pack(self) -> None:
        """Write a file for one coder of the round."""
        board = self.board
        if board is None or self._refused_in_pack():
            return
        if board.round.locked:
            self.home.say("The round is locked: there is nothing left to code in it.", problem=True)
            return
        choices = [Choice(value=coder, note=_progress(board, coder)) for coder in board.coders]

        def chosen(coder: str | None) -> None:
            if coder:
                dialog = PassphraseDialog(f"passphrase of the pack for {coder}", new=True)
                self.app.push_screen(dialog, partial(self._write_pack, board, coder))

        self.app.push_screen(ChoiceDialog(f"a pack of round {board.round.name} for", choices), chosen)

    def _write_pack(self, board: Board, coder: str, passphrase: str | None) -> None:
        if passphrase is None:
            return
        bench, made, viewer = self.home.bench, board.round, self.home.desk.viewer

        def named(path: Path) -> None:
            bench.do(
                lambda project: _packed_and_kept(project, made.id, coder, path, viewer, passphrase or None),
                partial(self._packed, sealed=bool(passphrase)),
            )

        name = f"{bench.path.stem} round {made.name} {coder}.tbcp".replace("/", "-") + SUFFIX * bool(passphrase)
        ask_file(bench, f"write the pack for {coder} to", bench.path.parent, name, named)

    def _packed(self, answer: "tuple[Pack, list[Concern]]", *, sealed: bool) -> None:
        pack, concerns = answer
        body = (
            f"{some(len(pack.documents), 'document')}, {some(pack.turns, 'turn')}, {some(pack.codes, 'code')}"
            + (f", and {some(pack.codings, 'coding')} of {pack.coder}'s own" if pack.codings else "")
            + ". Nobody else's work is in it."
        )
        found = [
            Passage(key=f"found:{n}", label=f"mind: {one.kind}", note=one.where, body=one.message)
            for n, one in enumerate(concerns)
        ]
        items = [
            Passage(key="holds", label=str(pack.path), body=body),
            *found,
            *_how_it_goes(pack, sealed=sealed),
        ]
        self.app.push_screen(ReadDialog(f"a pack for {pack.coder} was written", items))

    def agreement(self) -> None:
        """Go to the agreement of this round."""
        if self.board is not None:
            self.rounds.to_agreement(self.board.round.id)

    def differences(self) -> None:
        """Go to the differences of this round."""
        board = self.board
        if board is None:
            return
        if not board.round.locked:
            self.home.say("Where coders differ is seen once the round is locked (l).", problem=True)
            return
        self.rounds.to_differences(board.round.id)


def _how_it_goes(pack: "Pack", *, sealed: bool) -> list[Passage]:
    """Say how a pack is sent, opened and brought back."""
    name, opened = pack.path.name, ""
    send = Passage(
        key="send", label="the file is not encrypted", body="Keep it on an encrypted disk, and send it only encrypted."
    )
    if sealed:
        send = Passage(
            key="send",
            label="the file is sealed",
            body="Tell the passphrase on another way than the file; without it nobody can open it.",
        )
        unsealed = name.removesuffix(SUFFIX) if name.endswith(SUFFIX) else f"opened {name}"
        opened, name = f'tbcp-qual rounds unseal "{name}" "{unsealed}"\n', unsealed
    opened += f'tbcp-qual --coder "{pack.coder}" open "{name}"\nWhen it comes back, b brings the work in.'
    return [send, Passage(key="back", label=f"{pack.coder} opens it with", body=opened)]


def _packed_and_kept(
    project: Project, made: str, coder: str, path: Path, viewer: str, passphrase: str | None
) -> "tuple[Pack, list[Concern]]":
    """Write a pack, run the disclosure check on its texts, and keep in the record that it was made."""
    # Looking for names takes long to load.
    from tbcp_qual.tasks.packs import pack_round
    from tbcp_qual.tasks.releasing import check_release, matter_of_texts, record_export

    pack = pack_round(project, made, coder, path, passphrase=passphrase)
    goes = {document.id for document in project.records("document") if document.name in pack.documents}
    now = project.snapshot(viewer, goes)
    concerns = check_release(project, now, matter_of_texts(now, goes), "team")
    what = f"pack of round {pack.round} for {pack.coder}"
    record_export(project, path, what=what, audience="team", concerns=concerns, reason="", coder=viewer)
    return pack, concerns


def _progress(board: Board, coder: str) -> str:
    own = [place for place in board.places if place.coder == coder]
    return f"{sum(place.state == 'done' for place in own)} of {len(own)} done"
