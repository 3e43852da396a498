"""Code against code where coders differ, and a review of the codebook: what to merge, sharpen, or give an example of.

Everything is counted in pairings: what two coders have on the words of one passage. With three coders there are three
pairs of them, and a passage can count three times. Each figure leads back to its passages.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from itertools import combinations
from typing import Literal

from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.differences import Compared
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.pairing import Pairing, Stretch, Tree

NOTHING = ""
"""Stands in the table for a coder who has no code there."""

LEAST_CONFUSED = 2
LEAST_BOUNDARIES = 4
LEAST_UNUSED = 3
"""How often something must happen before the review speaks of it."""

ONE_SIDED = 0.75
"""The share of boundary differences in which one coder codes more, from which it is a habit."""

Concern = Literal["confused", "boundary", "unused"]
Suggestion = Literal["merge", "sharpen the definition", "add an example", "agree how much to code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """How often coders used which two codes on the same words."""

    coders: tuple[str, ...]
    """Ids. Of two, the first has the rows and the second the columns; of more all pairs are pooled, a cell standing for
    both orders, its codes in the order of the codebook."""
    codes: tuple[str, ...]
    """Ids of the codes that occur, in the order of the codebook; `NOTHING` is left out."""
    cells: Mapping[tuple[str, str], int]
    """Pairings by the codes of the two; `NOTHING` where one of them has none there. Cells without any are left out."""
    passages: Mapping[tuple[str, str], tuple[str, ...]]
    """Ids of the passages behind each cell; those that all coders coded alike have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Something in the codebook that the differences speak of."""

    concern: Concern
    codes: tuple[str, ...]
    """Ids: two that are confused, else one; none of what a coder does whatever the code."""
    coder: str
    """Id: who codes more of the words, or never uses the code; empty where it is nobody in particular."""
    count: int
    """Pairings that speak for it; of a code that one coder never uses, stretches that others coded with it."""
    of: int
    """Of how many: pairings in which both have something and one of them either code; boundary differences of that coder."""
    instead: tuple[tuple[str, int], ...]
    """Of `unused`: what that coder has there, `(id of a code or NOTHING, how often)`, the most frequent first."""
    suggestions: tuple[Suggestion, ...]
    passages: tuple[str, ...]
    """Ids of the passages that are the evidence."""


def between(compared: Iterable[Compared], codebook: Codebook, coders: Sequence[str]) -> Confusion:
    """Count code against code among two coders or more.

    Args:
        compared: the documents of a round.
        codebook: as it was locked.
        coders: ids, at least two.
    """
    tree = Tree(codebook)
    two = len(coders) == 2
    cells: dict[tuple[str, str], int] = {}
    passages: dict[tuple[str, str], dict[str, None]] = {}
    for passage, pairing in _pairings(compared, set(coders)):
        first = pairing.first[0].code if pairing.first else NOTHING
        second = pairing.second[0].code if pairing.second else NOTHING
        if pairing.kind == "boundary":  # a row of codings that was cut may leave one side empty
            first = second = first or second
        if two and pairing.coders[0] != coders[0]:
            first, second = second, first
        elif not two:
            first, second = sorted((first, second), key=lambda code: (code == NOTHING, tree.order(code)))
        cells[first, second] = cells.get((first, second), 0) + 1
        if passage:
            passages.setdefault((first, second), {})[passage] = None
    codes = {code for cell in cells for code in cell if code != NOTHING}
    return Confusion(
        coders=tuple(coders),
        codes=tuple(sorted(codes, key=tree.order)),
        cells=cells,
        passages={cell: tuple(ids) for cell, ids in passages.items()},
    )


def _pairings(compared: Iterable[Compared], coders: set[str]) -> Iterable[tuple[str, Pairing]]:
    """Give the pairings among these coders, each with the id of its passage; empty where all coded alike."""
    for one in compared:
        here = [coder for coder in one.coders if coder in coders]
        for agreed in one.agreed:
            by_coder = {stretch.coder: stretch for stretch in agreed.stretches}
            for first, second in combinations(here, 2):
                yield (
                    "",
                    Pairing(kind="same", coders=(first, second), first=(by_coder[first],), second=(by_coder[second],)),
                )
        for cluster in one.clusters:
            for pairing in cluster.pairings:
                if coders.issuperset(pairing.coders):
                    yield cluster.id, pairing


def review(compared: Sequence[Compared], codebook: Codebook, coders: Sequence[str]) -> tuple[Point, ...]:
    """Return what the differences say of the codebook, what happens most often first.

    Args:
        compared: the documents of a round.
        codebook: as it was locked.
        coders: ids, at least two.
    """
    found = list(_pairings(compared, set(coders)))
    points = [*_confused(found, codebook), *_boundaries(found), *_unused(found, compared, coders)]
    return tuple(sorted(points, key=lambda point: (-point.count, point.concern, point.codes, point.coder)))


@dataclasses.dataclass(slots=True)
class _Count:
    number: int = 0
    passages: dict[str, None] = field(default_factory=dict)

    def add(self, passage: str) -> None:
        self.number += 1
        if passage:
            self.passages[passage] = None


def _confused(found: Iterable[tuple[str, Pairing]], codebook: Codebook) -> Iterable[Point]:
    """Pairs of codes that stand for one another: to be merged where that happens more often than that both agree."""
    tree = Tree(codebook)
    together: dict[tuple[str, str], _Count] = {}
    alike: dict[str, int] = {}
    used: dict[str, int] = {}
    for passage, pairing in found:
        if not (pairing.first and pairing.second):
            continue
        codes = sorted({pairing.first[0].code, pairing.second[0].code}, key=tree.order)
        for code in codes:
            used[code] = used.get(code, 0) + 1
        if len(codes) == 2:
            together.setdefault((codes[0], codes[1]), _Count()).add(passage)
        else:
            alike[codes[0]] = alike.get(codes[0], 0) + 1
    for (first, second), count in together.items():
        if count.number < LEAST_CONFUSED:
            continue
        rarer = min(alike.get(first, 0), alike.get(second, 0))
        merge = count.number > rarer and tree.siblings(first, second)
        yield Point(
            concern="confused",
            codes=(first, second),
            coder="",
            count=count.number,
            of=used[first] + used[second] - count.number,
            instead=(),
            suggestions=("merge", "sharpen the definition") if merge else ("sharpen the definition",),
            passages=tuple(count.passages),
        )


def _boundaries(found: Iterable[tuple[str, Pairing]]) -> Iterable[Point]:
    """Coders who as a rule take more words than the others, or do so with one code: then it lies with the code."""
    total: dict[tuple[str, str], int] = {}
    longer: dict[tuple[str, str], _Count] = {}
    for passage, pairing in found:
        if pairing.kind not in ("boundary", "lumped or split") or not (pairing.first and pairing.second):
            continue
        code = pairing.first[0].code
        more = _length(pairing.first) - _length(pairing.second)
        for coder, ahead in ((pairing.coders[0], more > 0), (pairing.coders[1], more < 0)):
            for key in ((code, coder), (NOTHING, coder)):
                total[key] = total.get(key, 0) + 1
                if ahead:
                    longer.setdefault(key, _Count()).add(passage)

    def habit(key: tuple[str, str]) -> bool:
        return key in longer and longer[key].number >= max(LEAST_BOUNDARIES, ONE_SIDED * total[key])

    for (code, coder), count in longer.items():
        if habit((code, coder)) and (code == NOTHING or not habit((NOTHING, coder))):
            yield Point(
                concern="boundary",
                codes=(code,) if code else (),
                coder=coder,
                count=count.number,
                of=total[code, coder],
                instead=(),
                suggestions=("sharpen the definition", "add an example") if code else ("agree how much to code",),
                passages=tuple(count.passages),
            )


def _length(stretches: Iterable[Stretch]) -> int:
    return sum(stretch.end - stretch.start for stretch in stretches)


def _unused(
    found: Iterable[tuple[str, Pairing]], compared: Iterable[Compared], coders: Sequence[str]
) -> Iterable[Point]:
    """Codes that one coder never uses in documents in which others do, with what that coder has there instead."""
    users: dict[str, set[str]] = {}
    for one in compared:
        shared = (stretch for agreed in one.agreed for stretch in agreed.stretches)
        differing = (stretch for cluster in one.clusters for stretch in cluster.stretches)
        for stretch in (*shared, *differing):
            users.setdefault(stretch.code, set()).add(stretch.coder)
    without: dict[tuple[str, str], dict[Stretch, tuple[str, str]]] = {}
    for passage, pairing in found:
        for mine, theirs, coder in (
            (pairing.first, pairing.second, pairing.coders[1]),
            (pairing.second, pairing.first, pairing.coders[0]),
        ):
            for stretch in mine:
                if coder not in users[stretch.code]:
                    has = theirs[0].code if theirs else NOTHING
                    without.setdefault((stretch.code, coder), {})[stretch] = (has, passage)
    for (code, coder), stretches in without.items():
        if coder not in coders or len(stretches) < LEAST_UNUSED:
            continue
        instead: dict[str, int] = {}
        for has, _ in stretches.values():
            instead[has] = instead.get(has, 0) + 1
        yield Point(
            concern="unused",
            codes=(code,),
            coder=coder,
            count=len(stretches),
            of=len(stretches),
            instead=tuple(sorted(instead.items(), key=lambda item: (-item[1], item[0]))),
            suggestions=("add an example", "sharpen the definition")
            if instead.get(NOTHING)
            else ("merge", "sharpen the definition"),
            passages=tuple(dict.fromkeys(passage for _, passage in stretches.values())),
        )
