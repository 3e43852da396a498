"""What is found of words, as it is shown: where it can be looked, hits page by page, and what a hit is called."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from tbcp_qual.coding.spans import Span
from tbcp_qual.store import Project
from tbcp_qual.tasks.finding import InContext, find_words

PAGES = 40
"""How many times it is read on for the next hits that are not narrowed away, before they are shown."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "everything": (),
    "transcripts": ("turn",),
    "memos": ("coding", "memo"),
    "codebook": ("code", "theme", "question"),
    "cases and people": ("case", "attribute", "participant"),
    "documents and guides": ("document", "topic"),
    "findings": ("summary", "finding", "evidence", "answer", "judgement", "element", "configuration"),
    "audit": ("item", "rating"),
}
"""Where it can be looked, and the kinds of record that are meant."""

NO_TYPE = "no source type"
"""What `count_words` calls documents without one."""

_PLURAL = {"coding": "memos on codings", "summary": "summaries", "evidence": "evidence"}


class Found(NamedTuple):
    """What was read at one time."""

    hits: list[InContext]
    more: int
    """Where to go on; 0 where these are all."""
    whole: bool
    """Whether all that was written could be looked through."""


def label(hit: InContext, by: str) -> str:
    """Return what tells a hit from the others below its heading."""
    if hit.span is not None:
        return hit.source.rpartition(", ")[2] if by == "document" else hit.source
    if not by:
        return hit.source
    return hit.source.rpartition(" > ")[2].removeprefix(f"{hit.kind} ").removeprefix("memo on ")


def plural(kind: str, number: int) -> str:
    return kind if number == 1 else _PLURAL.get(kind, f"{kind}s")


def page(
    project: Project,
    typed: str,
    viewer: str,
    kinds: Iterable[str],
    allowed: set[str] | None,
    after: int,
    least: int,
    *,
    whole: bool,
) -> Found:
    """Read on until there are enough hits in the documents allowed, or for a while."""
    hits: list[InContext] = []
    for _ in range(PAGES):
        found = find_words(project, typed, viewer=viewer, kinds=kinds, after=after, limit=least)
        hits += [hit for hit in found.hits if allowed is None or hit.document in allowed]
        after = found.more
        if not after or len(hits) >= least:
            break
    return Found(list(joined(hits)), after, whole)


def joined(hits: Iterable[InContext]) -> Iterator[InContext]:
    """Return hits with those that follow one another as words do made one: `health` and `visitor` are one place."""
    last: InContext | None = None
    for hit in hits:
        if last is not None:
            gap = _gap(last, hit)
            if gap is not None and last.span is not None and hit.span is not None:
                words = f"{last.words}{gap}{hit.words}"
                span = Span(last.span.start, hit.span.end)
                last = replace(last, span=span, words=words, after=hit.after)
                continue
            yield last
        last = hit
    if last is not None:
        yield last


def _gap(one: InContext, other: InContext) -> str | None:
    """Return what is between two hits; None where that is more than a space."""
    if one.record != other.record or one.span is None or other.span is None:
        return None
    between = other.span.start - one.span.end
    if not 0 < between <= len(other.before):
        return None
    gap = other.before[-between:]
    return None if gap.strip() else gap
