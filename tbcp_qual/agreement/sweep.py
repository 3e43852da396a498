"""How many code points of each document got which combination of decisions, for all codes at once.

Boundaries of spans are swept in one pass over arrays: cost follows the number of codings, never the length of a text.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from tbcp_qual.agreement.arrays import Array, Places, Table
from tbcp_qual.agreement.ratings import Ratings
from tbcp_qual.coding.spans import Span

CODED_OR_NOT = (False, True)
"""What a coder can say of a unit and a code: both are always on offer."""

MOST_CODERS = 60
"""Coders that have room in the bits of one whole number."""

Spans = Sequence[Span]
"""Sorted and disjoint, as `union` gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A document laid out for comparing."""

    units: Spans
    """For characters the stretches whose code points are the units."""
    spans: Mapping[tuple[str, str], Spans]
    """What was coded, by `(code, coder)`."""
    done: Collection[str]
    """Ids of coders who have marked it done; the others are missing here, not "uncoded"."""
    groups: Sequence[int] | None = None
    """The number of the unit that each stretch of `units` is part of; None where each is a unit of its own."""


def characters(documents: Sequence[Laid], *, codes: Sequence[Collection[str]], coders: Sequence[str]) -> Table:
    """Count code points by what the coders decided on each.

    Args:
        documents: what is compared.
        codes: ids; one row of units for each collection, coded where any of its codes is.
        coders: ids, at most 60; the values of a combination stand in this order.

    Returns:
        a table with units of shape `(codes, documents, patterns)`
    """
    if len(coders) > MOST_CODERS:
        raise ValueError(f"at most {MOST_CODERS} coders are compared by characters")
    key, column, offset, opens = _boundaries(documents, codes, coders)
    place, length = _places(documents, key % max(1, len(documents)), offset)
    bits, count = _counted(key, column, place, opens, rows=len(codes), length=length, coders=len(coders))
    return _by_who_is_done(documents, coders, bits, count)


def _boundaries(
    documents: Sequence[Laid], codes: Sequence[Collection[str]], coders: Sequence[str]
) -> tuple[Places, Places, Places, Places]:
    """Return the two boundaries of each span: row × documents + document, coder, offset, and whether it opens."""
    rows: dict[str, list[int]] = {}
    for row, members in enumerate(codes):
        for code in members:
            rows.setdefault(code, []).append(row)
    groups: list[int] = []
    found: list[Spans] = []
    for at, document in enumerate(documents):
        column = {coder: i for i, coder in enumerate(coders) if coder in document.done}
        for (code, coder), spans in document.spans.items():
            if coder in column:
                for row in rows.get(code, ()):
                    groups += (row * len(documents) + at, column[coder], 2 * len(spans))
                    found.append(spans)
    of_group = np.array(groups, dtype=np.intp).reshape(-1, 3)
    offset = _ends(found).ravel()
    opens = 1 - np.arange(len(offset), dtype=np.intp) % 2
    times = of_group[:, 2]
    return np.repeat(of_group[:, 0], times), np.repeat(of_group[:, 1], times), offset, opens


def _ends(many: Iterable[Spans]) -> Places:
    """Return where spans start and end; shape `(spans, 2)`."""
    each = chain.from_iterable(chain.from_iterable(many))
    return np.fromiter(each, dtype=np.intp).reshape(-1, 2)


def _places(documents: Sequence[Laid], document: Places, offset: Places) -> tuple[Places, Array]:
    """Return how many counted code points lie before each offset, over all documents, and how many each has."""
    start, end = _ends(laid.units for laid in documents).T
    within = np.repeat(np.arange(len(documents)), [len(laid.units) for laid in documents])
    # Documents are laid end to end; a step is longer than any of them.
    step = int(max(end.max(initial=0), offset.max(initial=0))) + 1
    length = end - start
    before = np.concatenate([[0], np.cumsum(length)])
    last = np.searchsorted(start + within * step, offset + document * step, side="right") - 1
    into = offset + document * step - np.where(last >= 0, (start + within * step)[last] if start.size else 0, 0)
    place = np.where(last >= 0, before[last] + np.minimum(into, length[last] if start.size else 0), 0)
    return place, np.bincount(within, weights=length, minlength=len(documents)).astype(float)


def _counted(
    key: Places, column: Places, place: Places, opens: Places, *, rows: int, length: Array, coders: int
) -> tuple[Places, Array]:
    """Return which sets of coders coded anything together, as bits, and how much; `(rows, documents, sets)`."""
    order = np.lexsort((place, key))
    key, place = key[order], place[order]
    inside = np.zeros((len(key), coders), dtype=np.intp)
    inside[np.arange(len(key)), column[order]] = 2 * opens[order] - 1
    bits = (np.cumsum(inside, axis=0) > 0) @ (1 << np.arange(coders, dtype=np.intp))
    # After the last boundary of a row in a document nobody is inside: what follows it counts for no set.
    lasting = np.append(np.diff(place), 0)
    coded = (bits > 0) & (lasting > 0)
    sets, which = np.unique(bits[coded], return_inverse=True)
    cells = np.bincount(
        key[coded] * len(sets) + which, weights=lasting[coded], minlength=rows * len(length) * len(sets)
    ).reshape(rows, len(length), len(sets))
    neither = length - cells.sum(axis=-1)
    return np.append(sets, 0).astype(np.intp), np.concatenate([cells, neither[..., None]], axis=-1)


def _by_who_is_done(documents: Sequence[Laid], coders: Sequence[str], bits: Places, count: Array) -> Table:
    """Tell apart the same decisions where different coders are missing."""
    done = np.array([[coder in laid.done for coder in coders] for laid in documents], dtype=bool)
    groups, which = np.unique(done.reshape(len(documents), len(coders)), axis=0, return_inverse=True)
    coded = bits[:, None] >> np.arange(len(coders)) & 1
    given = np.concatenate(
        [np.where(group, coded, -1) for group in groups] or [np.empty((0, len(coders)), dtype=np.intp)]
    )
    units = np.concatenate(
        [np.where((which.ravel() == i)[:, None], count, 0) for i in range(len(groups))] or [count[..., :0]], axis=-1
    )
    rated = (given >= 0).sum(axis=1)
    kept = (rated > 0) & (units.sum(axis=(0, 1)) > 0)
    return Table(
        ratings=Ratings(coders=len(coders), patterns={}, categories=CODED_OR_NOT),
        categories=CODED_OR_NOT,
        given=given[kept].astype(np.intp),
        rated=rated[kept].astype(float),
        units=units[..., kept],
    )
