"""Words that are to go from all that people wrote, and what takes their place.

One name is written in many ways: in capitals, in small letters, broken by the end of a line. A word given in small
letters stands for all of them; one given with capitals for that spelling alone, as Hope and May are words too.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any


class Redaction:
    """Finds words wherever they stand on their own, and puts others in their place."""

    def __init__(self, words: Mapping[str, str]) -> None:
        longest_first = sorted((word for word in words if word.split()), key=lambda word: (-len(word), word))
        self._words = longest_first
        self._instead = [words[word] for word in longest_first]
        spelt = "|".join(f"({_spelt(word)})" for word in longest_first)
        self._pattern = re.compile(rf"(?<!\w)(?:{spelt})(?!\w)") if spelt else None

    def __bool__(self) -> bool:
        return self._pattern is not None

    def places(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """Give where words stand in a text: start, end, what takes their place, and the word as it was given."""
        for found in self._pattern.finditer(text) if self._pattern is not None else ():
            number = (found.lastindex or 1) - 1
            yield found.start(), found.end(), self._instead[number], self._words[number]

    def applied(self, value: Any) -> Any:
        """Return a value, text or a list of them, with the words replaced."""
        if isinstance(value, list):
            return [self.applied(part) for part in value]
        if not isinstance(value, str) or self._pattern is None:
            return value
        return self._pattern.sub(lambda found: self._instead[(found.lastindex or 1) - 1], value)


def _spelt(word: str) -> str:
    flowing = r"\s+".join(map(re.escape, word.split()))
    return f"(?i:{flowing})" if word == word.lower() else flowing
