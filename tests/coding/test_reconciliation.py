"""Settling differences: what stands after each decision, what is carried to others, and what is told of it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbcp_qual.coding.changes import changed
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.differences import Cluster, Compared, Independent, compared
from tbcp_qual.coding.reconciliation import (
    CONSENSUS,
    account,
    alike,
    carried,
    codebook_changes,
    consensus,
    proposed_reason,
    settle,
)
from tbcp_qual.coding.records import Code, Coding, Decision, definition_fingerprint
from tbcp_qual.coding.sentences import words
from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import Conflict, UsageError
from tests.coding.test_differences import BOOK, SAT, TEXT, coded, document, drawn, independent

RANG = "They rang each other up."
NEW = "That was new to me."


def deciding(cluster: Cluster, outcome: str, **values: object) -> Decision:
    return Decision(id=cluster.id, round="round", document=cluster.document, outcome=outcome, **values)


def stands(everything: Independent, decisions: dict[str, Decision]) -> list[tuple[str, str]]:
    """Return code and words of what stands."""
    one = compared(everything, BOOK, "round")
    found = consensus([everything], [one], decisions, BOOK)
    assert {coding.coder for coding in found} <= {CONSENSUS.id}
    return [(coding.code, TEXT[coding.start : coding.end]) for coding in found]


@pytest.fixture
def three() -> tuple[Independent, Compared]:
    """Agreed: trust on RANG; differing: visits/sharing on SAT, trust by A alone on NEW."""
    everything = document(
        coded("A", "trust", RANG),
        coded("B", "trust", RANG),
        coded("A", "visits", SAT),
        coded("B", "sharing", "She just sat"),
        coded("A", "trust", NEW),
    )
    return everything, compared(everything, BOOK, "round")


def test_what_all_share_is_taken_without_a_decision_and_the_rest_waits(three: tuple[Independent, Compared]) -> None:
    assert stands(three[0], {}) == [("trust", RANG)]


@pytest.mark.parametrize(
    ("outcome", "values", "expected"),
    [
        ("coders", {"taken": ("A",)}, [("visits", SAT)]),
        ("coders", {"taken": ("B",)}, [("sharing", "She just sat")]),
        ("all", {}, [("sharing", "She just sat"), ("visits", SAT)]),
        ("neither", {}, []),
        ("own", {"codes": ("joint",), "spans": ((63, 71),)}, [("joint", TEXT[63:71])]),
        ("deferred", {}, []),
        ("referred", {"referred": "JB"}, []),
    ],
)
def test_what_stands_follows_the_decision(
    three: tuple[Independent, Compared], outcome: str, values: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    everything, one = three
    cluster = one.clusters[0]
    decision = deciding(cluster, outcome, **values)
    made = changed(Decision(id=cluster.id), settle(cluster, decision, None, BOOK, len(TEXT)))
    assert made == decision
    assert stands(everything, {cluster.id: made}) == [*expected, ("trust", RANG)]


def test_overlapping_codings_of_one_code_that_all_stand_become_one() -> None:
    everything = document(coded("A", "trust", "She just sat"), coded("B", "trust", "sat with me."))
    (cluster,) = compared(everything, BOOK, "round").clusters
    assert stands(everything, {cluster.id: deciding(cluster, "all")}) == [("trust", SAT)]


def test_a_negative_case_stays_one_and_the_first_coding_lends_its_id() -> None:
    mine, theirs = coded("A", "trust", SAT), replace(coded("B", "trust", SAT), negative=True)
    everything = document(mine, theirs)
    (found,) = consensus([everything], [compared(everything, BOOK, "round")], {}, BOOK)
    assert (found.id, found.negative, found.text) == (mine.id, True, "hash")


def test_a_decision_can_be_taken_anew_and_keeps_its_record(three: tuple[Independent, Compared]) -> None:
    cluster = three[1].clusters[0]
    before = deciding(cluster, "coders", taken=("A",), reason="oversight", words="as they said")
    change = settle(cluster, deciding(cluster, "neither", reason="boundary"), before, BOOK, len(TEXT))
    after = changed(before, change)
    assert (after.outcome, after.taken, after.reason, after.words) == ("neither", (), "boundary", "")
    assert change.id == cluster.id
    assert not change.creates


@pytest.mark.parametrize(
    "decision",
    [
        Decision(id="x", outcome="coders"),
        Decision(id="x", outcome="coders", taken=("Z",)),
        Decision(id="x", outcome="referred", referred=" "),
        Decision(id="x", outcome="own"),
        Decision(id="x", outcome="own", codes=("old",), spans=((1, 5),)),
        Decision(id="x", outcome="own", codes=("gone",), spans=((1, 5),)),
        Decision(id="x", outcome="own", codes=("trust",), spans=((5, 5),)),
        Decision(id="x", outcome="own", codes=("trust",), spans=((0, 10_000),)),
    ],
)
def test_a_decision_that_says_nothing_is_refused(three: tuple[Independent, Compared], decision: Decision) -> None:
    with pytest.raises(UsageError):
        settle(three[1].clusters[0], decision, None, BOOK, len(TEXT))


def test_codes_that_exclude_each_other_cannot_both_stand(three: tuple[Independent, Compared]) -> None:
    book = Codebook(replace(code, domain="contact") for code in BOOK.by_id.values())
    cluster = three[1].clusters[0]
    with pytest.raises(Conflict, match="exclude each other"):
        settle(cluster, deciding(cluster, "all"), None, book, len(TEXT))
    assert settle(cluster, deciding(cluster, "coders", taken=("A",)), None, book, len(TEXT)).creates


# -- the same for all like this


@pytest.fixture
def crossed() -> tuple[Cluster, Cluster, Compared]:
    """Visits or sharing twice, the coders having changed sides."""
    one = compared(
        document(
            coded("A", "visits", SAT),
            coded("B", "sharing", SAT),
            coded("B", "visits", RANG),
            coded("A", "sharing", RANG),
        ),
        BOOK,
        "round",
    )
    return (*one.clusters, one)


def test_the_same_decision_follows_the_code_where_coders_have_changed_sides(
    crossed: tuple[Cluster, Cluster, Compared],
) -> None:
    first, second, one = crossed
    assert alike(first, [one], {}) == [second]
    there = carried(deciding(first, "coders", taken=("A",), reason="unclear definition"), first, second)
    assert there is not None
    assert (there.id, there.taken, there.reason) == (second.id, ("B",), "unclear definition")


def test_what_is_settled_or_waits_for_a_third_person_is_not_like_it_and_what_was_put_off_is(
    crossed: tuple[Cluster, Cluster, Compared],
) -> None:
    first, second, one = crossed
    assert alike(first, [one], {second.id: deciding(second, "neither")}) == []
    assert alike(first, [one], {second.id: deciding(second, "deferred")}) == [second]
    assert alike(first, [one], {second.id: deciding(second, "referred", referred="JB")}) == []


def test_a_code_of_ones_own_is_carried_if_it_stands_on_the_whole_passage(
    crossed: tuple[Cluster, Cluster, Compared],
) -> None:
    first, second, _ = crossed
    whole = deciding(first, "own", codes=("joint",), spans=(tuple(first.span),))
    there = carried(whole, first, second)
    assert there is not None
    assert there.spans == (tuple(second.span),)
    part = deciding(first, "own", codes=("joint",), spans=((first.span.start, first.span.start + 3),))
    assert carried(part, first, second) is None


def test_who_missed_it_may_be_another_in_the_next_passage() -> None:
    one = compared(document(coded("A", "trust", SAT), coded("B", "trust", RANG)), BOOK, "round")
    first, second = one.clusters
    stays, goes = (carried(deciding(first, "coders", taken=(who,)), first, second) for who in "AB")
    assert stays is not None
    assert goes is not None
    assert (stays.taken, goes.taken) == (("B",), ("A",))


def test_each_kind_proposes_a_reason(crossed: tuple[Cluster, Cluster, Compared]) -> None:
    assert proposed_reason(crossed[0]) == "unclear definition"


# -- what is told of it


def test_the_account_says_what_was_kept_changed_and_left_open(three: tuple[Independent, Compared]) -> None:
    everything, one = three
    first, second = one.clusters
    decisions = {first.id: deciding(first, "coders", taken=("A",), reason="boundary"), "stray": Decision(id="stray")}
    told = account([everything], [one], decisions)
    assert (told.agreed, told.passages, told.settled, told.stray) == (1, 2, 1, 1)
    assert told.outcomes == {"coders": 1}
    assert told.reasons == {"boundary": 1}
    assert told.kinds == {"different code": (1, 1), "missed": (1, 0)}
    a, b = told.coders
    assert (a.codings, a.agreed, a.kept, a.changed, a.unresolved) == (3, 1, 1, 0, 1)
    assert (b.codings, b.agreed, b.kept, b.changed, b.unresolved) == (2, 1, 0, 1, 0)
    both = account([everything], [one], {**decisions, second.id: deciding(second, "referred", referred="JB")})
    assert (both.settled, both.outcomes["referred"]) == (1, 1)


def test_changes_of_the_codebook_are_told_by_what_became_of_each_code() -> None:
    then = list(BOOK.by_id.values())
    prints = {code.id: definition_fingerprint(code) for code in then}
    locked = [replace(code, full="", brief="") for code in then]
    today = [
        replace(BOOK.by_id["joint"], name="Working together"),
        replace(BOOK.by_id["visits"], not_when="facts were passed on"),
        replace(BOOK.by_id["sharing"], parent=None, retired=True, merged_into="visits"),
        BOOK.by_id["old"],
        Code(id="new", name="New"),
    ]
    found = codebook_changes(locked, prints, Codebook(today))
    assert {(change.code, change.what) for change in found} == {
        ("trust", ("deleted",)),
        ("joint", ("renamed",)),
        ("visits", ("redefined",)),
        ("sharing", ("moved", "merged")),
        ("new", ("added",)),
    }
    assert codebook_changes(locked, prints, BOOK) == ()


# -- whatever was coded


def words_by_code(codings: list[Coding] | tuple[Coding, ...]) -> set[tuple[str, int]]:
    """Return each word that is coded, with the code, by the place where it starts."""
    return {
        (BOOK.current(coding.code).id, word.start)
        for coding in codings
        for word in words(TEXT)
        if word.overlaps(Span(coding.start, coding.end))
    }


@settings(max_examples=150, deadline=None)
@given(drawn, st.sampled_from("ABC"))
def test_who_takes_one_coders_codings_everywhere_gets_just_these(made: list[tuple[str, str, Span]], who: str) -> None:
    everything = independent(made)
    one = compared(everything, BOOK, "round")
    decisions = {c.id: deciding(c, "coders", taken=(who,)) for c in one.clusters}
    found = consensus([everything], [one], decisions, BOOK)
    assert words_by_code(found) == words_by_code([c for c in everything.codings if c.coder == who])
    again = consensus([everything], [compared(everything, BOOK, "round")], dict(reversed(decisions.items())), BOOK)
    assert found == again
    mine = next((s for s in account([everything], [one], decisions).coders if s.coder == who), None)
    assert mine is None or mine.changed == mine.unresolved == 0


@settings(max_examples=100, deadline=None)
@given(drawn)
def test_all_is_what_anybody_coded_and_neither_is_what_all_did(made: list[tuple[str, str, Span]]) -> None:
    everything = independent(made)
    one = compared(everything, BOOK, "round")
    whole = consensus([everything], [one], {c.id: deciding(c, "all") for c in one.clusters}, BOOK)
    assert words_by_code(whole) == words_by_code(everything.codings)
    common = consensus([everything], [one], {c.id: deciding(c, "neither") for c in one.clusters}, BOOK)
    assert len(common) == len(one.agreed)
