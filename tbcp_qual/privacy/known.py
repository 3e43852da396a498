"""What is known before a text is looked at: the team's list of names, labels of people and cases, words ruled out.

Everything here is a plain value, so that a check can be run in another process.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.errors import BadInput
from tbcp_qual.privacy.people import TITLES, WORDLIKE_FIRST_NAMES, WORDLIKE_SURNAMES
from tbcp_qual.privacy.wording import LETTERS, ORDINARY, folded

_LARGEST_LIST = 5_000_000
_LABEL_WORD = re.compile(rf"[{LETTERS}]+(?:['’-][{LETTERS}]+)*")
_WORDLIKE = {word.casefold() for word in WORDLIKE_FIRST_NAMES | WORDLIKE_SURNAMES}
_BRACKETED = re.compile(r"\[[^\[\]\n]{1,60}\]")


@dataclass(frozen=True, kw_only=True)
class Known:
    """Names that are to be found wherever they stand, and words that are to be left alone."""

    names: Mapping[str, str] = field(default_factory=dict)
    """Names to find, each with the pseudonym the team chose for it, or nothing."""
    ignored: frozenset[str] = frozenset()
    """Words ruled out everywhere, as `folded` gives them."""
    model: str = ""
    """A language model that knows people when it sees them (`language.pipeline`); empty: names by rules alone."""

    @cached_property
    def parts(self) -> dict[str, str]:
        """The names and, of names of several words, each word that is not an ordinary one; with their pseudonyms."""
        parts = {name: alias for name, alias in self.names.items() if name}
        for name, alias in self.names.items():
            words = name.split()
            for word in words if len(words) > 1 else ():
                if len(word) > 2 and word[0].isupper() and word.casefold() not in ORDINARY and word not in TITLES:
                    parts.setdefault(word, alias)
        return parts

    @cached_property
    def spelt(self) -> re.Pattern[str]:
        """Finds any of `parts` as it is spelt, the longest first."""
        return re.compile("|".join(re.escape(part) for part in sorted(self.parts, key=len, reverse=True)))


def names_in_labels(labels: Iterable[str]) -> dict[str, str]:
    """Return those labels of people, cases and coders that are names: not `P07`, `AK` or `Mother of F02`.

    >>> names_in_labels(["P07", "F02", "AK", "Key worker 2", "Tyler", "Mother of F02", "Ada Okafor"])
    {'Tyler': '', 'Ada Okafor': ''}
    """
    names = {}
    for label in labels:
        words = label.split()
        if (
            words
            and len(label) > 2
            and not label.isupper()
            and all(_LABEL_WORD.fullmatch(word) and word[0].isupper() for word in words)
            and any(len(word) > 2 and word.casefold() not in ORDINARY for word in words)
        ):
            names[" ".join(words)] = ""
    return names


def read_team_list(path: Path) -> dict[str, str]:
    """Return the names of a team's list with their pseudonyms: one a line, `Tyler = [Child A]`, remarks after `#`.

    Raises:
        BadInput: the file is missing, too large, not text in UTF-8, or a line has no name or no bracketed pseudonym.
    """
    try:
        if path.stat().st_size > _LARGEST_LIST:
            raise BadInput(f"{path} is too large for a list of names.", "One name a line.")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not a text in UTF-8.", "Save it as plain text, one name a line.") from None
    except (OSError, ValueError):
        raise BadInput(f"{path} cannot be read.", "Give the path of a text file, one name a line.") from None
    names: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        name, equals, alias = (part.strip() for part in line.partition("#")[0].partition("="))
        if not name and not equals:
            continue
        if not name:
            raise BadInput(f"{path}, line {number}: there is no name before the equals sign.", "Tyler = [Child A]")
        if equals and not _BRACKETED.fullmatch(alias):
            raise BadInput(f"{path}, line {number}: the pseudonym is not in square brackets.", "Tyler = [Child A]")
        names[" ".join(name.split())] = alias
    return names


def is_no_word(words: str) -> bool:
    """Return whether these words mean nothing else when they are written in small letters.

    >>> is_no_word("Tyler Okafor"), is_no_word("May"), is_no_word("07700 900123")
    (True, False, True)
    """
    alone = [word.casefold() for word in words.split()]
    return not all(word in ORDINARY or word in _WORDLIKE or (word.isalpha() and len(word) < 3) for word in alone)


def ignoring(words: Iterable[str]) -> frozenset[str]:
    """Return words in the shape in which they are ruled out everywhere."""
    return frozenset(folded(word) for word in words)
