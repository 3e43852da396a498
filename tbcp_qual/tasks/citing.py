"""Passages as people name them: by their reference, `P07-first.14b`, or by their document and some of their words."""

from collections.abc import Iterable, Sequence

from tbcp_qual.analysis.passages import Passage
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import UsageError

_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def folded(words: str) -> str:
    """Return words as they are compared: one line, small letters, plain quotation marks."""
    return " ".join(words.translate(_SAME).split()).casefold()


class Passages:
    """Some passages, found by how a person names them; those under earlier themes are preferred."""

    def __init__(self, snapshot: Snapshot, passages: Iterable[Passage]) -> None:
        distinct: dict[tuple[str, int, int], Passage] = {}
        for passage in passages:
            distinct.setdefault((passage.document, *passage.span), passage)
        self._passages: Sequence[Passage] = tuple(distinct.values())
        self._by_reference = {p.reference.casefold(): p for p in reversed(self._passages)}
        self._documents = {d.name.casefold(): d.id for d in snapshot.documents}

    def named(self, said: str, among: str) -> Passage:
        """Return the passage of a reference, or of `DOCUMENT: words`; of several with these words the shortest.

        Args:
            said: what a person wrote.
            among: where it is looked for, as it is called in the error.

        Raises:
            UsageError: there is no such passage.
        """
        wanted = one_line(said)
        by_reference = self._by_reference.get(wanted.casefold())
        if by_reference is not None:
            return by_reference
        name, colon, words = wanted.partition(": ")
        document = self._documents.get(name.strip().casefold())
        if colon and document is None:
            raise UsageError(
                f"There is no document “{name[:60]}”.", "A passage is cited as REFERENCE or DOCUMENT: words."
            )
        if document is not None and words.strip():
            sought = folded(words)
            holding = [p for p in self._passages if p.document == document and sought in folded(p.words)]
            if holding:
                return min(holding, key=lambda p: len(p.words))
            raise UsageError(
                f"No passage of “{name}” {among} holds these {len(words.split())} words.",
                "Are they coded, and under one of these themes?",
            )
        begins = sorted({p.reference for p in self._passages if p.reference.casefold().startswith(wanted.casefold())})
        hint = f"Is one of these meant: {', '.join(begins[:6])}?" if wanted and begins else "`chart show` lists them."
        raise UsageError(f"There is no passage “{wanted[:60]}” {among}.", hint)
