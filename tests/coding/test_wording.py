"""Every field of every record is known to hold words of people or not to: none can be forgotten by what looks at words."""

import typing
from collections.abc import Iterator

import pytest

from tbcp_qual.coding.records import KINDS, REFERENCES, TEXTS
from tbcp_qual.coding.records.wording import REPEATED, SIGNS, WORDS, WORDS_AT


def _free(hint: object) -> bool:
    """Whether a field may hold any string, by itself or within a row; a closed set of words holds none."""
    return hint is str or any(
        _free(part) for part in typing.get_args(hint) if typing.get_origin(hint) is not typing.Literal
    )


def _fields(kind: str) -> Iterator[tuple[str, object]]:
    return ((name, hint) for name, hint in typing.get_type_hints(KINDS[kind]).items() if name != "id")


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_with_strings_is_looked_at_or_said_to_hold_no_words(kind: str) -> None:
    told = [*WORDS.get(kind, ()), *SIGNS.get(kind, ()), *REFERENCES[kind], *TEXTS.get(kind, ())]
    # What a sample left out is a case with a reason: a reference and words in one row.
    assert sorted(name for name, hint in _fields(kind) if _free(hint)) == sorted(set(told))
    assert len(told) == len(set(told))


def test_what_is_said_of_rows_and_repetitions_is_of_fields_with_words() -> None:
    for kind, field in [*WORDS_AT, *REPEATED]:
        assert field in WORDS[kind]
    rows = {(k, n) for k in KINDS for n, hint in _fields(k) if n in WORDS.get(k, ()) and "tuple[tuple" in str(hint)}
    assert rows == set(WORDS_AT)
