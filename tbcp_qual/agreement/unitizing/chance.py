"""Continua as chance would make them from what the coders drew, for the disorder that chance alone brings."""

from collections.abc import Iterator
from random import Random

from tbcp_qual.agreement.unitizing.continuum import CodedSpan, Continuum


def by_chance(continuum: Continuum, dice: Random) -> Iterator[Continuum]:
    """Give continua without end: in each, every coder is one of the real ones, picked at random and turned.

    Mathet, Widlöcher and Métivier 2015, section 5.2: what somebody drew is cut at a random place and its two parts
    change places, so that numbers, lengths, codes and gaps of units stay as they were drawn. Two cuts of one continuum
    lie at least half the mean length of a unit apart (as in pygamma-agreement), or the same units would meet again;
    where there is no room left for that, they lie anywhere. A unit that is cut sticks out over the end. There must be
    units.
    """
    owns = _in_order(continuum)
    apart = sum(span.length for own in owns for span in own) / continuum.units / 2
    while True:
        room = [(0.0, float(continuum.length))]
        turned: list[tuple[CodedSpan, ...]] = []
        for _ in owns:
            place = _anywhere(room or [(0.0, float(continuum.length))], dice)
            room = [
                part
                for start, end in room
                for part in ((start, min(end, place - apart)), (max(start, place + apart), end))
                if part[0] < part[1]
            ]
            turned.append(_turned(owns[int(dice.random() * len(owns))], place, continuum.length))
        if any(turned):
            longest = max(span.end for own in turned for span in own)
            yield Continuum(
                length=max(continuum.length, longest), spans=dict(zip(continuum.spans, turned, strict=True))
            )


def _in_order(continuum: Continuum) -> list[tuple[CodedSpan, ...]]:
    """Return what each coder drew in an order that depends on nobody's name and no code's."""
    drawn: dict[str, list[tuple[int, int]]] = {code: [] for code in continuum.codes}
    for own in continuum.spans.values():
        for start, end, code in own:
            drawn[code].append((start, end))
    where = {code: sorted(spans) for code, spans in drawn.items()}
    return sorted(continuum.spans.values(), key=lambda own: [(*span[:2], where[span.code]) for span in own])


def _anywhere(room: list[tuple[float, float]], dice: Random) -> int:
    """Return a place in one of some stretches, each position as likely as any other."""
    along = dice.random() * sum(end - start for start, end in room)
    for start, end in room:
        if along < end - start:
            return int(start + along)
        along -= end - start
    return int(room[-1][0])


def _turned(own: tuple[CodedSpan, ...], by: int, length: int) -> tuple[CodedSpan, ...]:
    """Return spans moved along; those that would begin beyond the end begin again at the start."""
    moved = (CodedSpan((start + by) % length, (start + by) % length + end - start, code) for start, end, code in own)
    return tuple(sorted(moved))
