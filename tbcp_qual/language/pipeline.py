"""People as a spaCy model sees them, where one is installed; nothing is ever fetched.

spaCy takes half a second to start: whether there is a model is asked of the installed packages, without it.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from tbcp_qual.coding.spans import Span
from tbcp_qual.errors import UsageError

_PEOPLE = frozenset({"PERSON", "PER", "persName"})
_NAMING_PARTS = frozenset({"ner", "entity_ruler"})
_STRETCH = 50_000
"""Characters given to a model at once; spaCy takes a million, and memory follows the length."""


def names_available() -> str | None:
    """Return the name of an installed model that recognises names, English ones first; None where there is none."""
    from importlib.metadata import entry_points

    installed = sorted(
        (entry.name for entry in entry_points(group="spacy_models")), key=lambda n: (not n.startswith("en"), n)
    )
    for name in installed:
        if _NAMING_PARTS & set(_parts_of(name)):
            return name
    return None


def _parts_of(model: str) -> list[str]:
    """Return the parts of an installed model's pipeline, as its description gives them."""
    import importlib.util

    found = importlib.util.find_spec(model)
    if found is None or found.origin is None:
        return []
    try:
        described = json.loads((Path(found.origin).parent / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    parts = described.get("pipeline", []) if isinstance(described, dict) else []
    return [str(part) for part in parts] if isinstance(parts, list) else []


@lru_cache(maxsize=1)
def _loaded(model: str) -> Any:
    try:
        import spacy

        return spacy.load(model, exclude=["lemmatizer", "textcat"])
    except (ImportError, OSError, ValueError):
        raise UsageError(
            f"The language model {model} cannot be loaded.", "Leave it out: names are then found by rules alone."
        ) from None


def people_in(text: str, model: str) -> tuple[Span, ...]:
    """Return where a model sees people in a text.

    Args:
        text: any text; it is given to the model in stretches that end at line ends or spaces.
        model: the name of an installed model, or the path of one.

    Raises:
        UsageError: there is no such model, or it does not fit the spaCy that is installed.
    """
    nlp = _loaded(model)
    spans: list[Span] = []
    start = 0
    while start < len(text):
        end = _stretch_end(text, start)
        if not text[start:end].isspace():
            read = nlp(text[start:end])
            spans += [Span(start + e.start_char, start + e.end_char) for e in read.ents if e.label_ in _PEOPLE]
        start = end
    return tuple(spans)


def _stretch_end(text: str, start: int) -> int:
    end = start + _STRETCH
    if end >= len(text):
        return len(text)
    for mark in ("\n", " "):
        place = text.rfind(mark, start + 1, end)
        if place > start:
            return place + 1
    return end
