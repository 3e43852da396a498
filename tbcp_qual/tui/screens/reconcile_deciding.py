"""Deciding on the passage that is shown, mostly with one key; what is decided shows at once, and the queue goes on."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from rich.cells import cell_len

from tbcp_qual.coding.counting import some
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.pairing import Stretch
from tbcp_qual.coding.reconciliation import SETTLED, held_by, is_settled
from tbcp_qual.coding.records import Code, Decision, Outcome, Reason
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import QualError
from tbcp_qual.tasks.consensus import ONLY_A_NEW_ROUND
from tbcp_qual.tasks.deciding import decision_act, with_decisions, with_new_code, would_decide
from tbcp_qual.tasks.differing import lines, open_lines
from tbcp_qual.tasks.reconciling import Reconciliation
from tbcp_qual.tui.reconcile_rows import decided
from tbcp_qual.tui.screens.reconcile_queue import Queue
from tbcp_qual.tui.widgets.bar import Bar
from tbcp_qual.tui.widgets.passages import Passage

REASONS: dict[Reason, str] = {
    "oversight": "one of us did not see it",
    "boundary": "the same words, begun or ended elsewhere",
    "unclear definition": "the codebook lets both be right",
    "genuine difference": "the words can be read either way",
}
assert set(REASONS) == set(get_args(Reason)) - {""}


class DifferencesPane(Queue):
    """The passage, and the keys that settle it."""

    def hint(self) -> str:
        """Say the keys."""
        if self.reflexive:
            return (
                "{reconcile.next} next · {reconcile.before} before · {reconcile.memo} memo on what the talk brought · "
                "{reconcile.names} names · {reconcile.order} order · {reconcile.code} code · {reconcile.round} round"
            )
        if self.side.has_focus:
            return "enter to the passage · {panes.side} back"
        several = "{reconcile.several} several coders’ · " if len(self.people()) > 2 else ""
        return (
            several + "{reconcile.own} own words or code · {reconcile.like} like this · {reconcile.defer} defer · "
            "{reconcile.refer} third person · {reconcile.open} next open · {reconcile.together} together · "
            "{reconcile.names} names · {reconcile.order} order · {reconcile.code} code · {reconcile.round} round"
        )

    def show_deciding(self) -> None:
        """Say what each key would let stand, and the reason that would be kept."""
        bar = self.query_one("#deciding", Bar)
        cluster, opened = self.cluster, self.opened
        if cluster is None or opened is None:
            return
        if self.reflexive:
            bar.show(strong="to discuss", left="  no reading is taken for the right one", right="")
            return
        theirs = [held_by(cluster, opened.coders[person.number - 1]) for person in self.people()]
        same_codes = len({frozenset(s.code for s in own) for own in theirs if own}) == 1
        parts = [
            f"{person}: {self._in_short(own, same_codes)}" for person, own in zip(self.people(), theirs, strict=True)
        ]
        reason, words = self.reason()
        asked = "what stands instead? " if is_settled(self.decision(self._at)) else "what stands? "
        many = f"for all {1 + len(self._shown.like_this)} like this: " if self._for_all and self._shown else asked
        why, everybody, nobody = map(
            self.home.keyed, ("{reconcile.reason}", "{reconcile.all} all", "{reconcile.none} neither")
        )
        right = f"{why} reason: {reason}{', with words' if words else ''}"
        left = " · ".join([*parts, everybody, nobody])
        if cell_len(many + left + right) + 3 > bar.size.width:
            right = right.replace("reason: ", "")
        if cell_len(many + left + right) + 3 > bar.size.width:
            left = " · ".join([*map(str, self.people()), everybody, nobody])
        bar.show(strong=many, left=left, right=right)

    def _in_short(self, own: Sequence[Stretch], same_codes: bool) -> str:
        """Say what a coder has: how many words where all have the same codes, else which codes."""
        opened, cluster = self.opened, self.cluster
        if opened is None or cluster is None or not own:
            return "no code"
        if same_codes and len({s.code for s in cluster.stretches}) == 1:
            text = opened.text(cluster)
            return some(sum(len(text[s.start : s.end].split()) for s in own), "word")
        return ", ".join(dict.fromkeys(opened.path(s.code).rpartition(" > ")[2] for s in own))

    def reason(self) -> tuple[Reason, str]:
        """Return the reason that is kept with the next decision on this passage, and the words with it."""
        given = self._said_why.get(self._at)
        if given is not None:
            return given
        now = self.decision(self._at)
        if now is not None and now.reason:
            return now.reason, now.words
        return (self._shown.proposed_reason if self._shown is not None else ""), ""

    # -- deciding

    def take(self, number: int) -> None:
        """Let what one coder coded stand."""
        opened, cluster = self.opened, self.cluster
        if opened is None or cluster is None:
            return
        if not any(person.number == number for person in self.people()):
            self.home.say(f"There is no coder {number} here.", problem=True)
            return
        self.decide("coders", taken=[opened.coders[number - 1]])

    def take_all(self) -> None:
        """Let what all coded stand."""
        self.decide("all")

    def take_none(self) -> None:
        """Let nothing stand."""
        self.decide("neither")

    def defer(self) -> None:
        """Put it off."""
        self.decide("deferred")

    def take_several(self) -> None:
        """Let what several coders coded stand."""
        from tbcp_qual.tui.dialogs.several import Offer, SeveralDialog

        opened, people = self.opened, self.people()
        if opened is None or not people:
            return
        offers = [Offer(key=opened.coders[person.number - 1], name=str(person)) for person in people]

        def took(coders: tuple[str, ...] | None) -> None:
            if coders:
                self.decide("coders", taken=list(coders))

        self.app.push_screen(SeveralDialog("whose codings stand", offers), took)

    def refer(self) -> None:
        """Let a third person decide."""
        from tbcp_qual.tui.dialogs.value import ValueDialog

        opened = self.opened
        if opened is None or self.cluster is None:
            return
        others = [coder.name for coder in opened.now.coders if coder.id not in self.cluster_coders()]

        def named(name: str | None) -> None:
            if name:
                self.decide("referred", referred=name)

        hint = "It stays in the queue under their name."
        self.app.push_screen(ValueDialog("who is to decide", "", hint=hint, offered=others), named)

    def cluster_coders(self) -> Sequence[str]:
        """Return the ids of those who coded the document of this passage."""
        return self.cluster.coders if self.cluster is not None else ()

    def for_all(self) -> None:
        """Let the next decision be for all passages like this one; where it is settled already, carry that over."""
        shown, now = self._shown, self.decision(self._at)
        if shown is None:
            return
        if not shown.like_this:
            self.home.say("No other open passage has the same kinds of difference with the same codes.")
            return
        self._for_all = not self._for_all
        if self._for_all and now is not None and is_settled(now) and now.outcome != "own":
            self.decide(now.outcome, taken=now.taken)
            return
        self.show_deciding()
        if self._for_all:
            self.home.say(f"Decide as usual; {len(shown.like_this):,} more are shown before anything is settled.")

    def decide(self, outcome: Outcome, *, new_code: Code | None = None, **values: Any) -> None:
        """Decide, show it at once, and go on; what else it would settle is shown first."""
        opened, cluster = self.opened, self.cluster
        if opened is None or cluster is None:
            return
        reason, words = self.reason()
        try:
            decisions = would_decide(
                opened if new_code is None else with_new_code(opened, new_code),
                cluster,
                coder=self.home.desk.viewer,
                outcome=outcome,
                reason=reason if outcome in SETTLED else "",
                words=words,
                together=self._together,
                like_this=self._for_all,
                **values,
            )
            if len(decisions) > 1:
                self._show_first(opened, decisions, new_code)
            else:
                self._write(opened, decisions, new_code)
        except QualError as problem:
            self.home.say(f"{problem.message} {problem.hint}".strip(), problem=True)

    def _show_first(self, opened: Reconciliation, decisions: Sequence[Decision], new_code: Code | None) -> None:
        from tbcp_qual.tui.dialogs.reading import ReadDialog

        seen = with_decisions(opened if new_code is None else with_new_code(opened, new_code), decisions)
        told = lines(seen, [seen.clusters[d.id] for d in decisions], hidden=self.names_hidden)
        items = [Passage(key=line.id, label=line.label, note=decided(line), body=line.words) for line in told]

        def answered(key: str | None) -> None:
            if key is None:
                return
            try:
                self._write(opened, decisions, new_code)
            except QualError as problem:
                self.home.say(f"{problem.message} {problem.hint}".strip(), problem=True)

        title = f"the same decision for these {len(decisions)}"
        self.app.push_screen(ReadDialog(title, items, keys="enter decides all of them"), answered)

    def _write(self, opened: Reconciliation, decisions: Sequence[Decision], new_code: Code | None) -> None:
        act = decision_act(opened, decisions, new_code)
        if not any(change.fields for change in act.changes):
            self.home.say("That had been decided before; nothing has changed.")
            return
        self.home.bench.perform(act)
        self._upto = self.home.bench.changes
        ground = self._ground
        assert ground is not None
        seen = with_decisions(opened if new_code is None else with_new_code(opened, new_code), decisions)
        self._ground = replace(ground, opened=seen)
        self._for_all = False
        self._said_why.pop(self._at, None)
        told = lines(seen, [seen.clusters[decisions[0].id]], hidden=self.names_hidden)[0]
        following = self.next_open()
        if following:
            self._at = following
        self.show_all()
        passages, settled, _ = open_lines(seen)
        many = f" on {len(decisions)} passages" if len(decisions) > 1 else ""
        if settled == passages:
            self.home.go_to_pane("account")
            said = f"All {passages:,} are settled. {ONLY_A_NEW_ROUND}"
        else:
            said = (
                f"{decided(told)}{many} · {settled:,} of {passages:,} settled · {self.home.keyed('{modes.undo} undo')}"
            )
        # Whatever takes the focus back says its keys first.
        self.call_after_refresh(self.home.say, said)

    # -- one's own

    def own(self) -> None:
        """Choose words, and the code that stands on them."""
        from tbcp_qual.tui.dialogs.own_words import OwnWordsDialog

        opened, cluster, shown = self.opened, self.cluster, self._shown
        if opened is None or cluster is None or shown is None:
            return
        before = cluster.span.start - shown.passage.start

        def chosen(span: Span | None) -> None:
            if span is not None:
                whole = span == shown.passage
                self._own_code(None if whole else Span(span.start + before, span.end + before))

        self.app.push_screen(OwnWordsDialog(shown.text, shown.passage), chosen)

    def _own_code(self, span: Span | None) -> None:
        from tbcp_qual.tui.dialogs.picker import CodePicker, Picked
        from tbcp_qual.tui.labels import short_labels

        opened, cluster = self.opened, self.cluster
        if opened is None or cluster is None:
            return
        book = opened.now.codebook

        def picked(answer: Picked | None) -> None:
            if answer is None:
                return
            if answer.code:
                self.decide("own", codes=[answer.code], span=span)
            else:
                made = Code(id=new_id(), name=one_line(answer.new_name), parent=answer.under)
                self.decide("own", new_code=made, codes=[made.id], span=span)

        at_issue = tuple(code for code in cluster.codes if code in book.by_id)
        self.app.push_screen(CodePicker(book, short_labels(book), at_issue, "which code stands on these words"), picked)

    # -- why, and with whom

    def say_why(self) -> None:
        """Choose the reason, and write words with it."""
        from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog

        passage = self._at
        if self._shown is None:
            return
        now, words = self.reason()

        def chosen(value: str | None) -> None:
            reason = next((reason for reason in REASONS if reason == value), None)
            if reason is not None:
                self._say_words(passage, reason, words)

        choices = [Choice(value=reason, note=means) for reason, means in REASONS.items()]
        self.app.push_screen(ChoiceDialog("why do the coders differ", choices, now), chosen)

    def _say_words(self, passage: str, reason: Reason, words: str) -> None:
        from tbcp_qual.tui.dialogs.value import ValueDialog

        def said(value: str | None) -> None:
            self._said_why[passage] = (reason, words if value is None else value)
            now = self.decision(passage)
            if passage == self._at and now is not None and is_settled(now):
                span = Span(*now.spans[0]) if now.spans else None
                self.decide(now.outcome, taken=now.taken, codes=now.codes, span=span)
            else:
                self.show_deciding()

        hint = "In your words, if you like; enter goes on without."
        self.app.push_screen(ValueDialog(f"{reason}: why", words, hint=hint), said)

    def together(self) -> None:
        """Sit together: nothing hidden, large, and recorded as discussed."""
        from tbcp_qual.tui.dialogs.several import Offer, SeveralDialog

        opened = self.opened
        if opened is None:
            return
        viewer = self.home.desk.viewer
        offers = [Offer(key=coder.name, name=coder.name) for coder in opened.now.coders if coder.id != viewer]
        if not offers:
            self.home.say("There is nobody else in this project.", problem=True)
            return

        def took(names: tuple[str, ...] | None) -> None:
            if names is not None:
                self.sit(names)

        self.app.push_screen(SeveralDialog("who sits here with you", offers, self._together), took)

    # -- what is shown

    def hide_names(self) -> None:
        """Let numbers stand for names, or show names again."""
        self._hidden = not self._hidden
        self.show_all()
        if self._together and self._hidden:
            self.home.say("Together nothing is hidden; names go once you work alone again.")

    def of_code(self) -> None:
        """Show only the differences of one code."""
        from tbcp_qual.tui.dialogs.picker import CodePicker, Picked
        from tbcp_qual.tui.labels import short_labels

        opened = self.opened
        if opened is None:
            return

        def picked(answer: Picked | None) -> None:
            if answer is not None and answer.code:
                self.ask(opened.round.id, answer.code)

        book = opened.book
        self.app.push_screen(CodePicker(book, short_labels(book), (), "differences of which code", new=False), picked)

    def other_round(self) -> None:
        """Go to another round."""
        from tbcp_qual.tui.dialogs.choice import Choice, ChoiceDialog

        rounds = self._ground.rounds if self._ground is not None else ()
        if not rounds:
            self.home.say("No round is locked yet.", problem=True)
            return

        def chosen(value: str | None) -> None:
            if value:
                self.ask(value)

        choices = [Choice(value=r.id, text=r.name, note=f"locked {r.locked_at[:10]}") for r in rounds]
        self.app.push_screen(ChoiceDialog("which round", choices, self._round), chosen)
