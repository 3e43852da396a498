"""Deciding on a passage that coders coded differently: what would be decided, shown first, and then written."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

from tbcp_qual.coding.changes import Revision
from tbcp_qual.coding.differences import Cluster
from tbcp_qual.coding.edits import add_code
from tbcp_qual.coding.reconciliation import SETTLED, alike, carried, settle
from tbcp_qual.coding.records import Code, Decision, Outcome, Reason
from tbcp_qual.coding.spans import Span
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import UsageError
from tbcp_qual.readers.codings import find_quotation
from tbcp_qual.store import Project
from tbcp_qual.tasks.coding import Act
from tbcp_qual.tasks.reconciling import Reconciliation


def would_decide(
    opened: Reconciliation,
    cluster: Cluster,
    *,
    coder: str,
    outcome: Outcome,
    taken: Sequence[str] = (),
    codes: Sequence[str] = (),
    span: Span | None = None,
    referred: str = "",
    reason: Reason = "",
    words: str = "",
    together: Sequence[str] = (),
    like_this: bool = False,
) -> list[Decision]:
    """Return what would be decided, this passage first: to be shown before `decide` writes it.

    Args:
        opened: the round.
        cluster: the passage.
        coder: id of who decides.
        outcome: what is decided.
        taken: of `coders`: ids of those whose codings stand.
        codes: of `own`: ids of the codes that stand; empty: the one code that the passage has.
        span: of `own`: its words in the text that was locked; None for the whole passage.
        referred: of `referred`: who is asked.
        reason: why coders differ.
        words: why, as they put it.
        together: names of those who decide with this coder.
        like_this: whether the passages that are like it and not settled are decided too.

    Raises:
        UsageError: the project is reflexive, or the decision says nothing that can be done here.
    """
    if opened.now.project.approach == "reflexive":
        raise UsageError(
            "In a reflexive project differences are discussed and not settled: no reading is taken for the right one.",
            "Write down what the talk brought as a memo.",
        )
    if outcome in SETTLED and not reason:
        reasons = ", ".join(option for option in get_args(Reason) if option)
        raise UsageError("A decision needs its reason.", f"One of: {reasons}.")
    if outcome == "own" and not codes:
        codes = tuple(dict.fromkeys(stretch.code for stretch in cluster.stretches))
        if len(codes) > 1:
            raise UsageError("The passage has several codes.", "Say which stands: --code PATH")
    place = span or cluster.span
    decision = Decision(
        id=cluster.id,
        round=opened.round.id,
        document=cluster.document,
        outcome=outcome,
        taken=tuple(sorted(taken)),
        codes=tuple(codes),
        spans=tuple((place.start, place.end) for _ in codes),
        referred=one_line(referred),
        reason=reason,
        words=one_line(words),
        coder=coder,
        together=tuple(dict.fromkeys(filter(None, map(one_line, together)))),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    if not like_this:
        return [decision]
    if span is not None:
        raise UsageError(
            "Words of one passage are no decision for others.", "Leave out --quotation, or decide them one by one."
        )
    others = (carried(decision, cluster, other) for other in alike(cluster, opened.compared, opened.decisions))
    return [decision, *(other for other in others if other is not None)]


def decision_act(opened: Reconciliation, decisions: Sequence[Decision], new_code: Code | None = None) -> Act:
    """Return decisions that `would_decide` gave as one act.

    Args:
        opened: the round.
        decisions: what is decided.
        new_code: a code that is made for them, as `with_new_code` shows it.

    Raises:
        UsageError: one of them says nothing that can be done with its passage.
        Conflict: codes that exclude each other would stand on the same words.
    """
    made = [] if new_code is None else add_code(opened.now.codebook, new_code)
    opened = opened if new_code is None else with_new_code(opened, new_code)
    changes = [
        settle(
            opened.clusters[decision.id],
            decision,
            opened.decisions.get(decision.id),
            opened.now.codebook,
            len(opened.text(opened.clusters[decision.id])),
        )
        for decision in decisions
    ]
    what = "settled" if any(decision.outcome in SETTLED for decision in decisions) else "put off"
    many = f"{len(decisions)} differences" if len(decisions) > 1 else "a difference"
    return Act(f"{what} {many} of round {opened.round.name}", [*made, *changes])


def with_new_code(opened: Reconciliation, code: Code) -> Reconciliation:
    """Return the round as it is once a code has been made."""
    return replace(opened, now=replace(opened.now, codes=(*opened.now.codes, code)))


def with_decisions(opened: Reconciliation, decisions: Iterable[Decision]) -> Reconciliation:
    """Return the round as it is once something has been decided."""
    return replace(opened, decisions={**opened.decisions, **{decision.id: decision for decision in decisions}})


def decide(project: Project, opened: Reconciliation, decisions: Sequence[Decision], *, coder: str) -> Revision | None:
    """Write decisions that `would_decide` gave, as one revision that `undo` takes back.

    Raises:
        UsageError: one of them says nothing that can be done with its passage.
        Conflict: codes that exclude each other would stand on the same words, or somebody has decided meanwhile.
    """
    act = decision_act(opened, decisions)
    return project.apply(act.label, act.changes, coder=coder)


def words_chosen(opened: Reconciliation, cluster: Cluster, quotation: str) -> Span:
    """Return where words of one's own lie, in the turns of a passage.

    Raises:
        UsageError: they are not there, or several times.
    """
    turns = [
        Span(turn.start, turn.end)
        for turn in opened.then.turns_by_document.get(cluster.document, ())
        if Span(turn.start, turn.end).overlaps(cluster.span)
    ]
    around = (*turns, cluster.span)
    within = Span(min(span.start for span in around), max(span.end for span in around))
    found = find_quotation(opened.text(cluster), quotation, within)
    if len(found) != 1:
        times = f"{len(found)} times in" if found else "not in"
        raise UsageError(f"The words quoted are {times} the turns of this passage.", "Quote them as they stand there.")
    return found[0]


def coder_called(opened: Reconciliation, cluster: Cluster, name: str) -> str:
    """Return the id of a coder of a passage by name, or by the number that stands for it where names are hidden.

    Raises:
        UsageError: nobody who coded the document is called so.
    """
    names = {opened.who(coder, hidden=False).casefold(): coder for coder in cluster.coders}
    numbers = {opened.who(coder, hidden=True): coder for coder in cluster.coders}
    found = names.get(name.strip().casefold()) or numbers.get(name.strip())
    if found is None:
        there = ", ".join(opened.who(coder, hidden=False) for coder in cluster.coders)
        raise UsageError(f"“{name}” did not code this document in the round.", f"There is: {there}; all; neither.")
    return found
