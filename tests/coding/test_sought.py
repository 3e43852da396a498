"""Whatever somebody types is read as something to find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tbcp_qual.coding.sought import Both, Either, Near, Phrase, places, read, words_of
from tbcp_qual.coding.spans import Span

A, B, C = Phrase(("a",)), Phrase(("b",)), Phrase(("c",))


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("a", A),
        ("A b", Both((A, B))),
        ("a AND b", Both((A, B))),
        ("a OR b c", Either((A, Both((B, C))))),
        ("(a OR b) c", Both((Either((A, B)), C))),
        ("a -b", Both((A,), (B,))),
        ("a NOT (b OR c)", Both((A,), (Either((B, C)),))),
        ('-"b c" a', Both((A,), (Phrase(("b", "c")),))),
        ('"a b', Phrase(("a", "b"))),
        ("didn't", Phrase(("didn", "t"))),
        ("a*", Phrase(("a",), True)),
        ('"a b"*', Phrase(("a", "b"), True)),
        ("a NEAR b", Near((A, B), 10)),
        ("a NEAR/3 b NEAR/4 c", Near((A, B, C), 4)),
        ("[P07]", Phrase(("p07",))),
        ("e-mail", Phrase(("e", "mail"))),
        ("", None),
        ("-a", None),
        ('"" !! *', None),
    ],
)
def test_what_is_typed_is_read(typed, sought) -> None:
    assert read(typed) == sought


@pytest.mark.parametrize(
    "typed", ["a AND", "OR a", "(a", "a)", "NOT", "NEAR", "a NEAR", "a NEAR (b c)", "AND AND", "a OR"]
)
def test_what_does_not_fit_together_is_taken_as_words(typed: str) -> None:
    words = {word for word, _ in words_of(typed)}
    sought = read(typed)
    assert sought is not None
    assert {w for p in (sought.parts if isinstance(sought, Both) else (sought,)) for w in p.words} == words


@given(st.text(st.sampled_from("ab -\"()*/\\^:{}+~'é") | st.characters(), max_size=60))
def test_nothing_that_is_typed_fails(typed: str) -> None:
    sought = read(typed)
    if sought is not None:
        places(sought, typed)


def test_nothing_nested_fails() -> None:
    assert read("(" * 5000 + "a" + ")" * 5000) == A


def test_words_are_found_whatever_their_case_and_accents() -> None:
    assert places(read("sian cafe"), "Siân at the CAFÉ") == [Span(0, 4), Span(12, 16)]
    assert places(read("sian"), "Sia\u0302n") == [Span(0, 5)]
    assert places(read("a -b"), "a b") == [Span(0, 1)]
