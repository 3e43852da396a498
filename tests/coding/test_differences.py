"""Differences between coders: what each is called, what belongs to one passage, and that nothing is lost or doubled."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.differences import Cluster, Compared, Independent, compared
from tbcp_qual.coding.records import Code, Coding
from tbcp_qual.coding.spans import Span

TEXT = (
    "INT: How did it start?\n"
    "P07: My midwife said there is somebody. She just sat with me. It was not for the form.\n"
    "INT: And then?\n"
    "P07: They rang each other up. The health visitor knew it all. I only had to say it once, once in all that time.\n"
    "P07: That was new to me.\n"
)
BOOK = Codebook(
    [
        Code(id="joint", name="Joint working"),
        Code(id="visits", name="Joint visits", parent="joint"),
        Code(id="sharing", name="Sharing information", parent="joint", position=1),
        Code(id="trust", name="Trust", position=1),
        Code(id="old", name="Old trust", position=2, retired=True, merged_into="trust"),
    ]
)


def coded(who: str, code: str, words: str) -> Coding:
    start = TEXT.index(words)
    return Coding(
        id=f"{who}-{code}-{start}-{len(words)}",
        document="P07",
        text="hash",
        start=start,
        end=start + len(words),
        code=code,
        coder=who,
    )


def document(*codings: Coding, coders: str = "AB") -> Independent:
    return Independent(document="P07", text_hash="hash", text=TEXT, coders=tuple(coders), codings=codings)


def told(one: Compared) -> list[list[tuple[object, ...]]]:
    """Return of each passage its differences: kind, codes, who has them, who has not."""
    return [
        [(d.kind, d.codes, ["".join(side) for side in d.sides], "".join(d.lacking)) for d in cluster.differences]
        for cluster in one.clusters
    ]


def compare(*codings: Coding, coders: str = "AB") -> Compared:
    return compared(document(*codings, coders=coders), BOOK, "round")


SAT = "She just sat with me."


@pytest.mark.parametrize(
    ("codings", "expected"),
    [
        ([("A", "trust", SAT)], ("missed", ("trust",), ["A"], "B")),
        ([("A", "trust", SAT), ("B", "trust", "just sat")], ("boundary", ("trust",), ["AB"], "")),
        ([("A", "visits", SAT), ("B", "sharing", SAT)], ("different code", ("visits", "sharing"), ["A", "B"], "")),
        ([("A", "trust", SAT), ("B", "visits", "sat")], ("different code", ("visits", "trust"), ["B", "A"], "")),
        ([("A", "joint", SAT), ("B", "visits", SAT)], ("parent and child", ("joint", "visits"), ["A", "B"], "")),
        (
            [("A", "trust", SAT), ("B", "trust", "She just"), ("B", "trust", "with me")],
            ("lumped or split", ("trust",), ["AB"], ""),
        ),
    ],
)
def test_two_coders_differ_in_six_ways(codings: list[tuple[str, str, str]], expected: tuple[object, ...]) -> None:
    assert told(compare(*(coded(*coding) for coding in codings))) == [[expected]]


def test_a_code_more_on_words_both_coded_is_extra_and_not_missed() -> None:
    one = compare(coded("A", "trust", SAT), coded("B", "trust", SAT), coded("A", "visits", SAT))
    assert [(agreed.code, len(agreed.stretches)) for agreed in one.agreed] == [("trust", 2)]
    assert told(one) == [[("extra", ("visits",), ["A"], "B")]]


def test_siblings_are_told_from_strangers_and_two_at_the_top_are_strangers() -> None:
    (near,) = compare(coded("A", "visits", SAT), coded("B", "sharing", SAT)).clusters
    (far,) = compare(coded("A", "trust", SAT), coded("B", "joint", SAT)).clusters
    assert (near.differences[0].siblings, far.differences[0].siblings) == (True, False)


def test_a_full_stop_or_a_space_more_is_no_difference() -> None:
    one = compare(coded("A", "trust", SAT), coded("B", "trust", " She just sat with me"))
    assert one.clusters == ()
    (agreed,) = one.agreed
    assert TEXT[agreed.start : agreed.end] == "She just sat with me"


def test_a_code_that_was_merged_counts_as_what_it_became() -> None:
    assert compare(coded("A", "old", SAT), coded("B", "trust", SAT)).clusters == ()


def test_of_three_coders_the_odd_one_out_is_named() -> None:
    missed = compare(coded("A", "trust", SAT), coded("B", "trust", SAT), coders="ABC")
    assert told(missed) == [[("missed", ("trust",), ["AB"], "C")]]
    extra = compare(coded("C", "trust", SAT), coders="ABC")
    assert told(extra) == [[("extra", ("trust",), ["C"], "AB")]]
    other = compare(coded("A", "visits", SAT), coded("B", "visits", SAT), coded("C", "sharing", SAT), coders="ABC")
    assert told(other) == [[("different code", ("visits", "sharing"), ["AB", "C"], "")]]
    both = compare(coded("A", "trust", SAT), coded("B", "trust", "just sat"), coders="ABC")
    assert told(both) == [[("boundary", ("trust",), ["AB"], ""), ("missed", ("trust",), ["AB"], "C")]]


def test_all_three_alike_is_agreed() -> None:
    one = compare(*(coded(who, "trust", SAT) for who in "ABC"), coders="ABC")
    assert (len(one.agreed), one.clusters) == (1, ())


def test_different_codes_in_one_sentence_are_one_passage_and_in_two_sentences_two() -> None:
    together = compare(coded("A", "visits", "She just"), coded("B", "sharing", SAT))
    assert len(together.clusters) == 1
    apart = compare(coded("A", "visits", "somebody."), coded("B", "sharing", SAT))
    assert len(apart.clusters) == 2


def test_a_short_coding_inside_a_long_one_of_another_code_is_a_passage_of_its_own() -> None:
    whole = "My midwife said there is somebody. She just sat with me. It was not for the form."
    one = compare(coded("A", "trust", whole), coded("B", "visits", "sat with me"))
    assert told(one) == [[("missed", ("trust",), ["A"], "B")], [("missed", ("visits",), ["B"], "A")]]


def test_what_one_coder_put_twice_on_the_same_words_is_one_stretch() -> None:
    one = compare(coded("A", "trust", "She just sat"), coded("A", "trust", "sat with me."), coded("B", "trust", SAT))
    (agreed,) = one.agreed
    assert sorted(len(stretch.codings) for stretch in agreed.stretches) == [1, 2]


def test_a_row_of_overlapping_codings_never_makes_one_passage_of_a_document() -> None:
    lines = 60
    text = "".join(f"P07: word{n} other{n} third{n} fourth{n}\n" for n in range(lines))
    width = len(text) // lines
    codings = [
        Coding(
            id=str(n),
            document="P07",
            text="hash",
            start=n * width,
            end=(n + 1) * width + 12,
            code="trust",
            coder="AB"[n % 2],
        )
        for n in range(lines - 1)
    ]
    one = compared(
        Independent(document="P07", text_hash="hash", text=text, coders=("A", "B"), codings=tuple(codings)), BOOK, "r"
    )
    longest = max(text.count("\n", *cluster.span) for cluster in one.clusters)
    assert len(one.clusters) > lines / 6
    assert longest <= 5
    assert all(difference.kind != "missed" for cluster in one.clusters for difference in cluster.differences)


def test_ids_of_passages_follow_from_what_was_coded_and_from_nothing_else() -> None:
    codings = [coded("A", "visits", SAT), coded("B", "sharing", SAT)]
    ids = [cluster.id for cluster in compare(*codings).clusters]
    assert ids == [cluster.id for cluster in compare(*reversed(codings), coders="BA").clusters]
    again = [replace(coding, id=f"other {coding.id}") for coding in codings]
    assert ids == [cluster.id for cluster in compare(*again).clusters]
    assert ids != [cluster.id for cluster in compared(document(*codings), BOOK, "another round").clusters]
    assert ids != [cluster.id for cluster in compare(codings[0], coded("B", "sharing", "She just")).clusters]


def test_passages_are_alike_that_have_the_same_kinds_with_the_same_codes() -> None:
    one = compare(
        coded("A", "visits", SAT),
        coded("B", "sharing", SAT),
        coded("A", "sharing", "They rang each other up."),
        coded("B", "visits", "They rang each other up."),
        coded("A", "visits", "That was new to me."),
    )
    first, second, third = one.clusters
    assert first.likeness == second.likeness != third.likeness


# -- whatever was coded


spans = st.builds(
    lambda start, length: Span(start, min(len(TEXT), start + length)),
    st.integers(0, len(TEXT) - 1),
    st.sampled_from([1, 3, 10, 25, 60, 140]),
)
drawn = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(sorted(BOOK.by_id)), spans), max_size=14)


def independent(made: list[tuple[str, str, Span]], names: str = "ABC") -> Independent:
    codings = tuple(
        Coding(id=str(n), document="P07", text="hash", start=s.start, end=s.end, code=c, coder=names["ABC".index(w)])
        for n, (w, c, s) in enumerate(made)
    )
    return Independent(document="P07", text_hash="hash", text=TEXT, coders=tuple(names), codings=codings)


def shape(clusters: tuple[Cluster, ...], rename: dict[str, str]) -> set[object]:
    """Return passages with their differences, coders renamed and orders forgotten."""
    return {
        (
            frozenset((s.code, s.span, rename[s.coder]) for s in cluster.stretches),
            frozenset(
                (
                    d.kind,
                    d.codes,
                    tuple(frozenset(rename[c] for c in side) for side in d.sides),
                    frozenset(rename[c] for c in d.lacking),
                )
                for d in cluster.differences
            ),
        )
        for cluster in clusters
    }


@settings(max_examples=200, deadline=None)
@given(drawn)
def test_every_coding_is_agreed_or_in_exactly_one_passage(made: list[tuple[str, str, Span]]) -> None:
    everything = independent(made)
    one = compared(everything, BOOK, "round")
    placed = [c for a in one.agreed for s in a.stretches for c in s.codings]
    placed += [c for cluster in one.clusters for s in cluster.stretches for c in s.codings]
    assert sorted(placed) == sorted(coding.id for coding in everything.codings)
    assert all(cluster.differences for cluster in one.clusters)


@settings(max_examples=200, deadline=None)
@given(drawn, st.permutations("ABC"))
def test_the_order_of_coders_changes_nothing_but_names(made: list[tuple[str, str, Span]], order: list[str]) -> None:
    one = compared(independent(made), BOOK, "round")
    mixed = replace(independent(made), coders=tuple(order))
    assert compared(replace(mixed, codings=mixed.codings[::-1]), BOOK, "round").clusters == one.clusters
    renamed = compared(independent(made, "".join(order)), BOOK, "round")
    back = dict(zip(order, "ABC", strict=True))
    assert shape(renamed.clusters, back) == shape(one.clusters, {c: c for c in "ABC"})


@settings(max_examples=100, deadline=None)
@given(drawn)
def test_coders_who_coded_the_same_differ_nowhere(made: list[tuple[str, str, Span]]) -> None:
    mine = [(code, span) for who, code, span in made if who == "A"]
    one = compared(independent([(who, code, span) for who in "ABC" for code, span in mine]), BOOK, "round")
    assert one.clusters == ()
