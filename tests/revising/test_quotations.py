"""Quotations are found again in another version of their text, and nowhere else."""

from tbcp_qual.language.quotations import Quotations

TEXT = (
    "INT: Why? P07: Because. She'd a massive bag of Haribo and I was sick in her car, so I said is she social. "
    "INT: And then? P07: Yeah. Nothing came of it, or not until the baby was well over a year. "
    "INT: Sure? P07: Yeah. I would say so, if anybody asked me, which they never did."
)


def found(
    quoted: str, *, before: str = "", after: str = "", near: int = 0, alone: bool = True, text: str = TEXT
) -> str | None:
    span = Quotations(text).find(quoted, before=before, after=after, near=near, alone=alone)
    return None if span is None else text[slice(*span)]


def test_words_are_found_whatever_their_white_space_and_case() -> None:
    assert found("nothing  came\nof it") == "Nothing came of it"


def test_punctuation_at_either_end_belongs_to_a_quotation_that_has_it() -> None:
    text = "It was (she said) the best. “Never,” he said."
    assert found("“Never,” he said.", text=text) == "“Never,” he said."
    assert found("(she said) the best.", text=text) == "(she said) the best."
    assert found("she said the best", text=text) == "she said) the best"


def test_words_that_were_corrected_are_found_from_end_to_end() -> None:
    quoted = "She had a massive big bag of Haribo and I were sick in her car so I said"
    assert found(quoted) == "She'd a massive bag of Haribo and I was sick in her car, so I said"


def test_of_several_places_the_surroundings_tell() -> None:
    assert found("Yeah.", alone=False) is None
    before, after = "INT: Are you sure? P07: ", " I would say so, if anyone had asked me."
    quotations = Quotations(TEXT)
    span = quotations.find("Yeah.", before=before, after=after, near=0, alone=False)
    assert span is not None
    assert span.start == TEXT.rindex("Yeah.")


def test_a_few_words_that_stood_elsewhere_too_are_not_taken_for_others() -> None:
    assert found("bag of Haribo", alone=True) == "bag of Haribo"
    assert found("bag of Haribo", alone=False) is None
    assert found("Because.", alone=True) is None


def test_what_is_not_there_is_not_found() -> None:
    assert found("We took the bus to the clinic on the Tuesday because the car had been sold by then") is None
    assert found("[…]") is None
    assert found("and the", text="") is None


def test_a_passage_of_many_words_is_found_by_its_beginning_and_end() -> None:
    words = [f"word{n}" for n in range(600)]
    changed = [w if n % 9 else f"other{n}" for n, w in enumerate(words)]
    text = " ".join([*(f"x{n}" for n in range(300)), *changed, *(f"y{n}" for n in range(300))])
    span = Quotations(text).find(" ".join(words), before="", after="", near=0, alone=True)
    assert span is not None
    assert text[slice(*span)].split()[1:-1] == changed[1:-1]
