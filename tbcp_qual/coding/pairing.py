"""What each two coders have on the words of one passage, and how that is called: the types of differences."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import combinations
from typing import Literal, get_args

from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.ground import Ground
from tbcp_qual.coding.spans import Span

Kind = Literal["different code", "parent and child", "lumped or split", "boundary", "missed", "extra"]
KINDS_OF_DIFFERENCE: tuple[Kind, ...] = get_args(Kind)
"""In the order in which they lead: a passage is called after the first of those it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What one coder coded with one code; codings of theirs that overlap are one."""

    coder: str
    code: str
    """The code that stood for it when the round was locked."""
    start: int
    end: int
    codings: tuple[str, ...]
    """Ids."""

    @property
    def span(self) -> Span:
        """Where it lies."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """What two coders have on the same words; one side is empty where only one of them has it."""

    kind: Kind | Literal["same"]
    coders: tuple[str, str]
    first: tuple[Stretch, ...]
    second: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One way in which coders differ on one passage."""

    kind: Kind
    codes: tuple[str, ...]
    """Ids in the order of the codebook: two of `different code` and of `parent and child`, else one."""
    sides: tuple[tuple[str, ...], ...]
    """Ids of the coders who have each of the codes."""
    lacking: tuple[str, ...] = ()
    """Ids of the coders who have it not: of `missed` and `extra`."""
    siblings: bool = False
    """Of `different code`: whether both lie right below the same one."""


Neighbours = Mapping[Stretch, Sequence[Stretch]]
"""For each stretch of a document all others that share a word with it."""


class Tree:
    """What a codebook says of two codes."""

    def __init__(self, codebook: Codebook) -> None:
        self._above = {code: tuple(above.id for above in codebook.ancestors(code)) for code in codebook.by_id}
        self._place = {code.id: place for place, (_, code) in enumerate(codebook.walk(retired=True))}

    def order(self, code: str) -> tuple[int, str]:
        """Sort codes as the codebook does."""
        return self._place.get(code, len(self._place)), code

    def related(self, first: str, second: str) -> bool:
        """Whether one of two codes lies below the other."""
        return first in self._above.get(second, ()) or second in self._above.get(first, ())

    def siblings(self, first: str, second: str) -> bool:
        """Whether two codes lie right below the same one; two at the top do not."""
        above = self._above.get(first, ())[:1]
        return bool(above) and above == self._above.get(second, ())[:1]


def pairings(
    members: Sequence[Stretch], coders: Sequence[str], ground: Ground, tree: Tree, neighbours: Neighbours
) -> list[Pairing]:
    """Return what each two coders have on a passage: each stretch is in one pairing with each other coder."""
    found: list[Pairing] = []
    for one, other in combinations(coders, 2):
        theirs = [s for s in members if s.coder in (one, other)]
        left: list[Stretch] = []
        for group in _of_one_code(theirs, ground):
            first, second = _sides(group, one)
            if first and second:
                kind = _same_code(first, second, ground)
                found.append(Pairing(kind=kind, coders=(one, other), first=first, second=second))
            else:
                left.extend(group)
        found.extend(_different(left, (one, other), ground, tree, neighbours))
    return found


def _sides(stretches: Iterable[Stretch], one: str) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    stretches = list(stretches)
    return tuple(s for s in stretches if s.coder == one), tuple(s for s in stretches if s.coder != one)


def _of_one_code(stretches: Iterable[Stretch], ground: Ground) -> Iterator[list[Stretch]]:
    """Give stretches of one code that overlap one another, by place."""
    by_code: dict[str, list[tuple[Span, Stretch]]] = {}
    for stretch in stretches:
        by_code.setdefault(stretch.code, []).append((ground.words(stretch.span), stretch))
    for placed in by_code.values():
        placed.sort(key=lambda pair: (pair[0], pair[1].coder))
        group, reach = [placed[0][1]], placed[0][0].end
        for span, stretch in placed[1:]:
            if span.start < reach:
                group.append(stretch)
            else:
                yield group
                group = [stretch]
            reach = max(reach, span.end)
        yield group


def _same_code(
    first: Sequence[Stretch], second: Sequence[Stretch], ground: Ground
) -> Literal["same", "boundary", "lumped or split"]:
    if len(first) != len(second):
        return "lumped or split"
    pairs = zip(first, second, strict=True)
    return "same" if all(ground.words(a.span) == ground.words(b.span) for a, b in pairs) else "boundary"


def _different(
    left: Sequence[Stretch], coders: tuple[str, str], ground: Ground, tree: Tree, neighbours: Neighbours
) -> Iterator[Pairing]:
    """Pair what has no counterpart of its own code: related codes first, then siblings, then the most in common."""
    alone = set(left)
    candidates = []
    for first in (s for s in left if s.coder == coders[0]):
        for second in neighbours.get(first, ()):
            if second not in alone or second.coder != coders[1]:
                continue
            related = tree.related(first.code, second.code)
            if related or ground.same_passage(first.span, second.span):
                rank = 0 if related else 1 if tree.siblings(first.code, second.code) else 2
                candidates.append((rank, -ground.share(first.span, second.span), first, second))
    candidates.sort(key=lambda c: (c[0], c[1], c[2].span, c[3].span, c[2].code, c[3].code))
    for rank, _, first, second in candidates:
        if first in alone and second in alone:
            alone -= {first, second}
            kind: Kind = "different code" if rank else "parent and child"
            yield Pairing(kind=kind, coders=coders, first=(first,), second=(second,))
    for stretch in left:
        if stretch in alone:
            cut = any(n.code == stretch.code and n.coder in coders for n in neighbours.get(stretch, ()))
            mine, theirs = _sides([stretch], coders[0])
            yield Pairing(kind="boundary" if cut else "missed", coders=coders, first=mine, second=theirs)


@dataclasses.dataclass(slots=True)
class _Lone:
    holders: set[str] = field(default_factory=set)
    lacking: set[str] = field(default_factory=set)
    bare: bool = False
    """Whether somebody who lacks it coded nothing else on the passage."""


def differences_of(
    found: Iterable[Pairing], coders: Sequence[str], ground: Ground, tree: Tree, neighbours: Neighbours
) -> list[Difference]:
    """Return the differences of a passage among all its coders; what it is called after comes first.

    A code is *extra* where a single coder has it and all others coded the passage without it, or where it stands one
    against several; it is *missed* everywhere else.
    """
    one_code: dict[str, tuple[Kind, set[str]]] = {}
    two_codes: dict[tuple[Kind, str, str], tuple[set[str], set[str]]] = {}
    lone: dict[str, _Lone] = {}
    for pairing in found:
        if pairing.kind == "same":
            continue
        stretch = (pairing.first or pairing.second)[0]
        if pairing.kind == "boundary" or pairing.kind == "lumped or split":
            kind, who = one_code.get(stretch.code, (pairing.kind, set()))
            leading = min(kind, pairing.kind, key=KINDS_OF_DIFFERENCE.index)
            one_code[stretch.code] = (leading, who | set(pairing.coders))
        elif pairing.kind == "missed":
            lacker = next(coder for coder in pairing.coders if coder != stretch.coder)
            case = lone.setdefault(stretch.code, _Lone())
            case.holders.add(stretch.coder)
            case.lacking.add(lacker)
            there = (n for n in neighbours.get(stretch, ()) if n.coder == lacker)
            case.bare |= not any(ground.same_passage(stretch.span, n.span) for n in there)
        else:
            first, second = sorted((pairing.first[0], pairing.second[0]), key=lambda s: tree.order(s.code))
            sides = two_codes.setdefault((pairing.kind, first.code, second.code), (set(), set()))
            sides[0].add(first.coder)
            sides[1].add(second.coder)
    differences = [
        Difference(
            kind=kind,
            codes=(first, second),
            sides=(tuple(sorted(sides[0])), tuple(sorted(sides[1]))),
            siblings=kind == "different code" and tree.siblings(first, second),
        )
        for (kind, first, second), sides in two_codes.items()
    ]
    differences += [
        Difference(kind=kind, codes=(code,), sides=(tuple(sorted(who)),)) for code, (kind, who) in one_code.items()
    ]
    for code, case in lone.items():
        alone = len(case.holders) == 1 and len(case.lacking) == len(coders) - 1
        differences.append(
            Difference(
                kind="extra" if alone and (len(coders) > 2 or not case.bare) else "missed",
                codes=(code,),
                sides=(tuple(sorted(case.holders)),),
                lacking=tuple(sorted(case.lacking - case.holders)),
            )
        )
    return sorted(
        differences, key=lambda d: (KINDS_OF_DIFFERENCE.index(d.kind), [tree.order(code) for code in d.codes])
    )
