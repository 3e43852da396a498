"""What the case-file audit found: how each file came out on each item, where raters differ, and how many reach what.

A file comes out as its raters settled it, else as all of them say alike; a file of which they say different things has
no result until that is settled. Counts are of files, and never of families.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import BESIDE_LEVELS, Document, Item, Rating
from tbcp_qual.coding.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One file on one item."""

    item: Item
    document: Document
    ratings: tuple[Rating, ...]
    """Of the raters, sorted by coder; without what they settled."""
    settled: Rating | None

    @property
    def result(self) -> str:
        """The level, or what stands in its place; empty where nobody rated it or raters differ."""
        if self.settled is not None:
            return self.settled.level
        levels = {rating.level for rating in self.ratings}
        return levels.pop() if len(levels) == 1 else ""

    @property
    def differs(self) -> bool:
        """Whether raters say different things, and nothing has been settled."""
        return self.settled is None and len({rating.level for rating in self.ratings}) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """How the files came out on one item."""

    item: Item
    counts: Mapping[str, int]
    """Files at each level, in the order of the levels, then not recorded and does not apply; none is left out.

    Last the levels that files have and the item has no more: one copy took it away while another rated by it.
    """
    differs: int
    """Files of which raters say different things that are not settled."""
    unrated: int
    """Files that nobody has rated on it."""

    @property
    def on_scale(self) -> int:
        """Files that came out at a level: what shares are of."""
        return sum(self.counts[level] for level in self.item.levels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What two coders or more rated, as a table for a statistic."""

    item: Item
    coders: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    """A row a file, a column a coder; None where a coder gave no level."""
    rated: int
    """Files that at least two rated, in whatever way."""
    same: int
    """Of them those of which all said the same."""
    whether: int
    """Of them those of which one gave a level and another said that none can be given."""


class Audit:
    """The case-file audit of what one viewer may see."""

    def __init__(self, now: Snapshot) -> None:
        self.now = now
        self.items = now.items

    @cached_property
    def files(self) -> list[Document]:
        """The case files, and whatever else somebody has rated."""
        rated = {rating.document for rating in self.now.ratings}
        return [d for d in self.now.documents if d.kind == "case file" or d.id in rated]

    @cached_property
    def _ratings(self) -> dict[tuple[str, str], list[Rating]]:
        found: dict[tuple[str, str], list[Rating]] = {}
        for rating in self.now.ratings:
            found.setdefault((rating.document, rating.item), []).append(rating)
        return found

    def rated(self, document: Document, item: Item) -> Rated:
        """Return how one file was rated on one item."""
        ratings = self._ratings.get((document.id, item.id), [])
        return Rated(
            item=item,
            document=document,
            ratings=tuple(sorted((r for r in ratings if r.coder), key=lambda r: r.coder or "")),
            settled=next((r for r in ratings if r.coder is None), None),
        )

    def form(self, document: Document) -> list[Rated]:
        """Return how one file was rated, item by item."""
        return [self.rated(document, item) for item in self.items]

    def result(self, item: Item, files: list[Document] | None = None) -> ItemResult:
        """Count how files came out on one item; None: all of them."""
        told = [self.rated(document, item) for document in (self.files if files is None else files)]
        outcomes = Counter(one.result for one in told)
        gone = outcomes.keys() - {"", *item.levels, *BESIDE_LEVELS}
        return ItemResult(
            item=item,
            counts={level: outcomes[level] for level in (*item.levels, *BESIDE_LEVELS, *sorted(gone))},
            differs=sum(one.differs for one in told),
            unrated=sum(not one.ratings and one.settled is None for one in told),
        )

    def results(self, files: list[Document] | None = None) -> list[ItemResult]:
        """Count how files came out, item by item."""
        return [self.result(item, files) for item in self.items]

    def differences(self) -> list[Rated]:
        """Return where raters differ, file by file."""
        return [one for document in self.files for one in self.form(document) if one.differs]

    def agreed(self, item: Item) -> Agreed:
        """Return what raters said of the files that two of them rated on one item; what they settled plays no part."""
        told = [one for one in (self.rated(document, item) for document in self.files) if len(one.ratings) > 1]
        coders = tuple(sorted({rating.coder or "" for one in told for rating in one.ratings}))
        rows = []
        for one in told:
            levels = {rating.coder: rating.level for rating in one.ratings}
            said = (levels.get(coder) for coder in coders)
            rows.append(tuple(level if level in item.levels else None for level in said))
        return Agreed(
            item=item,
            coders=coders,
            rows=tuple(rows),
            rated=len(told),
            same=sum(len({rating.level for rating in one.ratings}) == 1 for one in told),
            whether=sum(0 < sum(r.level in BESIDE_LEVELS for r in one.ratings) < len(one.ratings) for one in told),
        )
