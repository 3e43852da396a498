"""Code against code, and what the differences say of the codebook."""

from tbcp_qual.analysis.confusion import NOTHING, between, review
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.differences import Compared, Independent, compared
from tbcp_qual.coding.records import Code, Coding

LINES = [f"P07: one{n} two{n} three{n} four{n} five{n} six{n}." for n in range(20)]
TEXT = "\n".join(LINES) + "\n"
BOOK = Codebook(
    [
        Code(id="joint", name="Joint working"),
        Code(id="visits", name="Joint visits", parent="joint"),
        Code(id="sharing", name="Sharing information", parent="joint", position=1),
        Code(id="trust", name="Trust", position=1),
    ]
)


def made(*codings: tuple[str, str, int, int], coders: str = "AB") -> list[Compared]:
    """Compare codings given as coder, code, line and how many of its six words."""
    found = []
    for n, (who, code, line, words) in enumerate(codings):
        start = TEXT.index(f"one{line} ")
        end = TEXT.index(("one", "two", "three", "four", "five", "six")[words - 1] + str(line)) + 4
        found.append(Coding(id=str(n), document="P07", text="hash", start=start, end=end, code=code, coder=who))
    document = Independent(document="P07", text_hash="hash", text=TEXT, coders=tuple(coders), codings=tuple(found))
    return [compared(document, BOOK, "round")]


def test_rows_are_the_first_coder_and_columns_the_second() -> None:
    documents = made(
        ("A", "visits", 0, 6), ("B", "sharing", 0, 6),
        ("A", "visits", 1, 6), ("B", "sharing", 1, 5),
        ("A", "sharing", 2, 6), ("B", "visits", 2, 6),
        ("A", "trust", 3, 6), ("B", "trust", 3, 6),
        ("A", "trust", 4, 6), ("B", "trust", 4, 3),
        ("B", "trust", 5, 6),
    )  # fmt: skip
    table = between(documents, BOOK, ["A", "B"])
    assert table.codes == ("visits", "sharing", "trust")
    assert table.cells == {
        ("visits", "sharing"): 2,
        ("sharing", "visits"): 1,
        ("trust", "trust"): 2,
        (NOTHING, "trust"): 1,
    }
    clusters = documents[0].clusters
    assert table.passages["visits", "sharing"] == (clusters[0].id, clusters[1].id)
    assert table.passages["trust", "trust"] == (clusters[3].id,)
    turned = between(documents, BOOK, ["B", "A"])
    assert turned.cells == {(second, first): count for (first, second), count in table.cells.items()}


def test_of_three_coders_all_pairs_are_pooled_whatever_their_order() -> None:
    documents = made(("A", "visits", 0, 6), ("B", "sharing", 0, 6), ("C", "visits", 0, 6), coders="ABC")
    table = between(documents, BOOK, ["C", "A", "B"])
    assert table.cells == {("visits", "sharing"): 2, ("visits", "visits"): 1}
    assert between(documents, BOOK, ["A", "B", "C"]).cells == table.cells
    assert between(documents, BOOK, ["A", "C"]).cells == {("visits", "visits"): 1}


def test_siblings_confused_more_often_than_used_alike_are_to_be_merged_and_strangers_sharpened() -> None:
    twice = [(who, code, line, 6) for line in (0, 1) for who, code in (("A", "visits"), ("B", "sharing"))]
    (point,) = review(made(*twice), BOOK, ["A", "B"])
    assert (point.concern, point.codes, point.count, point.of) == ("confused", ("visits", "sharing"), 2, 2)
    assert point.suggestions == ("merge", "sharpen the definition")
    assert len(point.passages) == 2
    alike = [(who, code, line, 6) for line in (3, 4, 5) for who in "AB" for code in ("visits", "sharing")]
    (kept,) = review(made(*twice, *alike), BOOK, ["A", "B"])
    assert kept.suggestions == ("sharpen the definition",)
    strangers = [(who, code, line, 6) for line in (0, 1) for who, code in (("A", "visits"), ("B", "trust"))]
    assert review(made(*strangers), BOOK, ["A", "B"])[0].suggestions == ("sharpen the definition",)


def test_once_is_no_confusion() -> None:
    assert review(made(("A", "visits", 0, 6), ("B", "sharing", 0, 6)), BOOK, ["A", "B"]) == ()


def test_who_codes_more_words_of_one_code_lies_with_the_code() -> None:
    longer = [(who, "trust", line, words) for line in range(4) for who, words in (("A", 6), ("B", 3))]
    shorter = [(who, "visits", line, words) for line in range(4, 8) for who, words in (("A", 3), ("B", 6))]
    points = review(made(*longer, *shorter), BOOK, ["A", "B"])
    assert {(p.concern, p.codes, p.coder, p.count, p.of) for p in points} == {
        ("boundary", ("trust",), "A", 4, 4),
        ("boundary", ("visits",), "B", 4, 4),
    }
    assert points[0].suggestions == ("sharpen the definition", "add an example")


def test_who_codes_more_words_of_every_code_has_a_habit_that_lies_with_no_code() -> None:
    longer = [
        (who, "trust" if line % 2 else "visits", line, words)
        for line in range(8)
        for who, words in (("A", 6), ("B", 3))
    ]
    (point,) = review(made(*longer), BOOK, ["A", "B"])
    assert (point.codes, point.coder, point.count, point.of) == ((), "A", 8, 8)
    assert point.suggestions == ("agree how much to code",)


def test_a_code_that_one_coder_never_uses_is_told_with_what_they_have_instead() -> None:
    left_bare = [("A", "trust", line, 6) for line in range(3)]
    (point,) = review(made(*left_bare), BOOK, ["A", "B"])
    assert (point.concern, point.codes, point.coder, point.count) == ("unused", ("trust",), "B", 3)
    assert point.instead == ((NOTHING, 3),)
    assert point.suggestions[0] == "add an example"
    other = [("B", "visits", line, 6) for line in range(3)]
    points = review(made(*left_bare, *other), BOOK, ["A", "B"])
    unused = {p.codes: p for p in points if p.concern == "unused"}
    assert unused["trust",].instead == (("visits", 3),)
    assert unused["trust",].suggestions[0] == "merge"
    assert unused["visits",].coder == "A"


def test_where_all_agree_there_is_nothing_to_review() -> None:
    documents = made(*((who, "trust", line, 6) for line in range(9) for who in "AB"))
    assert review(documents, BOOK, ["A", "B"]) == ()
    assert between(documents, BOOK, ["A", "B"]).cells == {("trust", "trust"): 9}
