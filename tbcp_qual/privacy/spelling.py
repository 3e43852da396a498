"""The ways in which one name is written, for looking for it wherever it stands."""

from collections.abc import Mapping

from tbcp_qual.privacy.known import is_no_word


def in_all_spellings(words: Mapping[str, str]) -> dict[str, str]:
    """Return words with what takes their place; those in small letters stand for every spelling.

    >>> in_all_spellings({"Zebedee": "[Child A]", "Hope": "[Child B]"})
    {'Zebedee': '[Child A]', 'zebedee': '[Child A]', 'Hope': '[Child B]', 'HOPE': '[Child B]'}
    """
    spellings: dict[str, str] = {}
    for name, instead in words.items():
        spellings[name] = instead
        if is_no_word(name):
            spellings.setdefault(name.lower(), instead)
        elif len(name) > 3:
            spellings.setdefault(name.upper(), instead)
    return spellings
