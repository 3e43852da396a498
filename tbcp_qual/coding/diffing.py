"""Which stretches of a text are still there in its corrected version.

Words are compared, not lines, as corrected transcripts are wrapped anew. Runs of words that occur once in both texts
are the anchors; only the small gaps between them are searched thoroughly, so that the cost follows the length.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\w+|[^\w\s]")
_ANCHORS = (8, 3, 1)
"""Lengths of the runs of words that are looked for, the surest first."""
_SMALL, _LARGEST = 2_500, 250_000
"""Words before times words after: up to the first a gap is searched at once, beyond the second never."""
_DEEPEST = 24
"""How often gaps are divided by anchors of their own."""
_PAIRED = 400
"""Words before times words after of a gap in which corrected words are paired with what they were."""

Run = tuple[int, int, int]
"""`(start before, start after, length)`, of words or of code points."""


def kept_blocks(before: str, after: str) -> tuple[Run, ...]:
    """Return what two texts share, rising in both, in code points; the last is `(len(before), len(after), 0)`.

    >>> kept_blocks("She sat with Tyler.", "She just sat with him.")
    ((0, 0, 4), (4, 9, 9), (18, 21, 1), (19, 22, 0))
    """
    old, new = _tokens(before), _tokens(after)
    numbers: dict[str, int] = {}
    a = [numbers.setdefault(before[slice(*token)], len(numbers)) for token in old]
    b = [numbers.setdefault(after[slice(*token)], len(numbers)) for token in new]
    runs = _slid(_joined(_runs(a, b)), a, b, (before, old), (after, new))
    blocks = [block for run in _with_corrected(runs, before, old, after, new) for block in run]
    return (*_over_spaces(blocks, before, after), (len(before), len(after), 0))


def _tokens(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _TOKEN.finditer(text)]


def _runs(a: Sequence[int], b: Sequence[int]) -> list[Run]:
    """Return the runs of words that two sequences share."""
    runs: list[Run] = []
    gaps = [(0, len(a), 0, len(b), 0)]
    while gaps:
        a0, a1, b0, b1, depth = gaps.pop()
        first = a0
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            a0, b0 = a0 + 1, b0 + 1
        if a0 > first:
            runs.append((first, b0 - (a0 - first), a0 - first))
        last = a1
        while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
        if last > a1:
            runs.append((a1, b1, last - a1))
        if a0 == a1 or b0 == b1:
            continue
        size = (a1 - a0) * (b1 - b0)
        anchors = _anchors(a, a0, a1, b, b0, b1) if size > _SMALL and depth < _DEEPEST else []
        if not anchors and size <= _LARGEST:
            matcher = SequenceMatcher(None, a[a0:a1], b[b0:b1], autojunk=False)
            runs.extend((a0 + m.a, b0 + m.b, m.size) for m in matcher.get_matching_blocks() if m.size)
        for i, j, n in anchors:
            runs.append((i, j, n))
            gaps.append((a0, i, b0, j, depth + 1))
            a0, b0 = i + n, j + n
        if anchors:
            gaps.append((a0, a1, b0, b1, depth + 1))
    return runs


def _anchors(a: Sequence[int], a0: int, a1: int, b: Sequence[int], b0: int, b1: int) -> list[Run]:
    """Return runs of words that stand once in each of two gaps, as many as keep their order."""
    for length in _ANCHORS:
        once_a, once_b = _once(a, a0, a1, length), _once(b, b0, b1, length)
        pairs = ((i, once_b.get(run, -1)) for run, i in once_a.items() if i >= 0)
        rising = _rising(sorted((i, j) for i, j in pairs if j >= 0))
        anchors: list[Run] = []
        for i, j in rising:
            if anchors:
                i0, j0, n = anchors[-1]
                if i - i0 == j - j0 and i <= i0 + n:
                    anchors[-1] = (i0, j0, i + length - i0)
                    continue
                if i < i0 + n or j < j0 + n:
                    continue
            anchors.append((i, j, length))
        if anchors:
            return anchors
    return []


def _once(words: Sequence[int], start: int, end: int, length: int) -> dict[tuple[int, ...], int]:
    """Return where each run of words begins; -1 for one that stands there more than once."""
    found: dict[tuple[int, ...], int] = {}
    for place, run in enumerate(zip(*(words[start + n : end] for n in range(length)), strict=False), start):
        found[run] = -1 if run in found else place
    return found


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of pairs that rise in both numbers; the first numbers rise already."""
    ends: list[int] = []
    places: list[int] = []
    above: list[int] = []
    for place, (_, j) in enumerate(pairs):
        pile = bisect_left(ends, j)
        above.append(places[pile - 1] if pile else -1)
        ends[pile : pile + 1] = [j]
        places[pile : pile + 1] = [place]
    chain: list[tuple[int, int]] = []
    place = places[-1] if places else -1
    while place >= 0:
        chain.append(pairs[place])
        place = above[place]
    return chain[::-1]


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Sort runs, and join those that touch in both texts."""
    joined: list[Run] = []
    for i, j, n in sorted(runs):
        if joined and (i, j) == (joined[-1][0] + joined[-1][2], joined[-1][1] + joined[-1][2]):
            i, j, n = joined[-1][0], joined[-1][1], joined[-1][2] + n
            joined.pop()
        joined.append((i, j, n))
    return joined


Tokenised = tuple[str, Sequence[tuple[int, int]]]


def _slid(runs: Sequence[Run], a: Sequence[int], b: Sequence[int], old: Tokenised, new: Tokenised) -> list[Run]:
    """Move what was put in or struck out, where several places fit, to the one where a line or sentence begins.

    In “I was tired” after “I went home. ” was put before it, the “I” of “was tired” is the second one.
    """
    slid = list(runs)
    for place in range(len(slid) - 1):
        (i, j, n), (i2, j2, m) = slid[place], slid[place + 1]
        if i + n == i2:
            words, start, end, tokenised = b, j + n, j2, new
        elif j + n == j2:
            words, start, end, tokenised = a, i + n, i2, old
        else:
            continue
        back = 0
        while back < n and words[start - back - 1] == words[end - back - 1]:
            back += 1
        on = 0
        while on < m and words[start + on] == words[end + on]:
            on += 1
        if not back and not on:
            continue
        best = max(
            range(-back, on + 1),
            key=lambda by: (_opening(tokenised, start + by) + _opening(tokenised, end + by), -abs(by)),
        )
        slid[place], slid[place + 1] = (i, j, n + best), (i2 + best, j2 + best, m - best)
    return [run for run in slid if run[2]]


def _opening(tokenised: Tokenised, place: int) -> int:
    """Say how much a word is the beginning of something: 3 for a line, 2 for a sentence, 1 for a clause."""
    text, tokens = tokenised
    if place == 0 or place >= len(tokens):
        return 3
    (_, end), (start, _) = tokens[place - 1], tokens[place]
    if "\n" in text[end:start]:
        return 3
    before = text[end - 1]
    return 2 if before in ".?!…" else 1 if before in ",;:–—)]" else 0


def _with_corrected(
    runs: Sequence[Run],
    before: str,
    old: Sequence[tuple[int, int]],
    after: str,
    new: Sequence[tuple[int, int]],
) -> Iterable[list[Run]]:
    """Give runs of words as code points, and between them what corrected words have kept."""
    i0 = j0 = 0
    for i, j, n in (*runs, (len(old), len(new), 0)):
        if 0 < (i - i0) * (j - j0) <= _PAIRED:
            yield _corrected([(*t, before[slice(*t)]) for t in old[i0:i]], [(*t, after[slice(*t)]) for t in new[j0:j]])
        if n:
            yield _in_characters(before, old[i : i + n], after, new[j : j + n])
        i0, j0 = i + n, j + n


def _in_characters(
    before: str, old: Sequence[tuple[int, int]], after: str, new: Sequence[tuple[int, int]]
) -> list[Run]:
    """Return a run of the same words as stretches of the same code points: white space may differ."""
    start, to, length = old[0][0], new[0][0], old[-1][1] - old[0][0]
    if before[start : start + length] == after[to : to + length]:
        return [(start, to, length)]
    blocks: list[Run] = []
    for (s, e), (t, _) in zip(old, new, strict=True):
        if blocks:
            s0, t0, n = blocks[-1]
            if s - s0 == t - t0 and before[s0 + n : s] == after[t0 + n : t]:
                blocks[-1] = (s0, t0, e - s0)
                continue
        blocks.append((s, t, e - s))
    return blocks


def _corrected(old: Sequence[tuple[int, int, str]], new: Sequence[tuple[int, int, str]]) -> list[Run]:
    """Pair words with what they were corrected to, in order, and keep how both begin and end."""
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_alike(x[2], y[2]) for y in new] for x in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + sum(alike[i][j]))
    blocks: list[Run] = []
    i = j = 0
    while i < len(old) and j < len(new):
        head, tail = alike[i][j]
        if head + tail and best[i][j] == best[i + 1][j + 1] + head + tail:
            (s, e, _), (t, f, _) = old[i], new[j]
            blocks.extend(block for block in ((s, t, head), (e - tail, f - tail, tail)) if block[2])
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return blocks


def _alike(x: str, y: str) -> tuple[int, int]:
    """Return how many characters two words share at the beginning and at the end; none where that is not half."""
    shorter = min(len(x), len(y))
    head = 0
    while head < shorter and x[head] == y[head]:
        head += 1
    tail = 0
    while tail < shorter - head and x[-1 - tail] == y[-1 - tail]:
        tail += 1
    return (head, tail) if 2 * (head + tail) >= max(len(x), len(y)) else (0, 0)


def _over_spaces(blocks: Sequence[Run], before: str, after: str) -> list[Run]:
    """Let stretches take in the white space around them that is the same, and join those that then touch."""
    widened: list[Run] = []
    s0 = t0 = n0 = 0
    for s, t, n in (*blocks, (len(before), len(after), 0)):
        while s0 + n0 < s and t0 + n0 < t and before[s0 + n0] == after[t0 + n0] and before[s0 + n0].isspace():
            n0 += 1
        back = 0
        while (
            s - back > s0 + n0
            and t - back > t0 + n0
            and before[s - back - 1] == after[t - back - 1]
            and before[s - back - 1].isspace()
        ):
            back += 1
        s, t, n = s - back, t - back, n + back
        if (s0 + n0, t0 + n0) == (s, t):
            n0 += n
            continue
        if n0:
            widened.append((s0, t0, n0))
        s0, t0, n0 = s, t, n
    if n0:
        widened.append((s0, t0, n0))
    return widened
