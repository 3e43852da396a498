"""Passages: the stretches of words that speak to a theme, whoever coded them and however often."""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType
from typing import Literal, NamedTuple

from tbcp_qual.analysis.sources import Place, Sources
from tbcp_qual.coding.aboutness import Aboutness, Concerned
from tbcp_qual.coding.records import Coding
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span

CUT = "[…]"

Relation = Literal["by", "about", "by and about"]

NOBODY: Mapping[str, Relation] = MappingProxyType({})
"""What words are to cases where they are neither by nor about one."""


class Passage(NamedTuple):
    """One stretch of words under one theme; overlapping codings of the theme are one passage."""

    reference: str
    """`P07.14`, or `P07.14b` where the turn holds several; the same for the same words under another theme."""
    source: str
    """How it is cited: `P07, parent, turn 14`."""
    document: str
    source_type: str
    about: tuple[str, ...]
    """Labels of the cases that the words are about."""
    span: Span
    words: str
    """As they stand in the text, without white space at either end."""
    codes: tuple[str, ...]
    coders: tuple[str, ...]
    negative: bool
    """Whether any coder marked it as a negative case."""
    codings: tuple[str, ...]
    """Ids of the codings it is made of, in order of place."""
    placed: bool = True
    """False where the words are not in the corrected text of their document; such passages come last."""
    by: tuple[str, ...] = ()
    """Labels of the cases whose members speak the words."""
    narrowed: bool = True
    """False where the document is about several cases and nobody said which of them these words are about."""
    relations: Mapping[str, Relation] = NOBODY
    """What the words are to each case, by id; empty where they are neither by nor about one."""


class _Stretch:
    """Codings of one theme that overlap, without the white space at either end."""

    __slots__ = ("codings", "end", "start", "text")

    def __init__(self, text: str, start: int, end: int, coding: Coding) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.codings = [coding]


def passages_by_theme(
    snapshot: Snapshot,
    codings: Iterable[Coding],
    themes_by_code: Mapping[str, tuple[str, ...]],
    sources: Sources,
    aboutness: Aboutness,
) -> dict[str, dict[str, list[Passage]]]:
    """Return the passages of each theme by document, in order of place; each coding is looked at once.

    What is said of a stretch, its reference and its cases, is worked out once, however many themes it speaks to.
    """
    by_document: dict[str, dict[str, list[Coding]]] = {}
    for coding in codings:
        if themes_by_code[coding.code]:
            by_document.setdefault(coding.document, {}).setdefault(coding.text, []).append(coding)
    naming = _Naming(snapshot, aboutness)
    by_theme: dict[str, dict[str, list[Passage]]] = {}
    for document, texts in by_document.items():
        found: dict[str, list[_Stretch]] = {}
        for text, theirs in texts.items():
            _join(text, theirs, snapshot.texts[text], themes_by_code, found)
        cited = sources.cited(document, {(s.start, s.end, s.text) for group in found.values() for s in group})
        told = naming.told(document, cited)
        for theme, group in found.items():
            by_theme.setdefault(theme, {})[document] = naming.passages(document, group, told)
    return by_theme


_Cases = tuple[tuple[str, ...], tuple[str, ...], bool, Mapping[str, Relation]]
"""What a passage says of its cases: `about`, `by`, `narrowed` and `relations`."""

_Told = tuple[str, str, Span, str, _Cases]
"""What is said of a stretch, whatever theme it speaks to: reference, source, span, words and cases."""


class _Naming:
    """Makes passages of stretches; what many of them have in common is made once."""

    def __init__(self, snapshot: Snapshot, aboutness: Aboutness) -> None:
        self._snapshot = snapshot
        self._aboutness = aboutness
        codebook = snapshot.codebook
        self._codes: dict[str, tuple[str, ...]] = {
            code.id: (codebook.current(code.id).name,) for code in codebook.by_id.values()
        }
        self._coders: dict[str, tuple[str, ...]] = {coder.id: (coder.name,) for coder in snapshot.coders}
        self._cases = {case.id: case.label for case in snapshot.cases}
        self._cases_told: dict[Concerned, _Cases] = {}

    def told(self, document: str, cited: Mapping[Place, tuple[str, str]]) -> dict[Place, _Told]:
        """Return what is said of each place, of which reference and source are known."""
        cases_of, texts = self._aboutness.cases_of, self._snapshot.texts
        told = {}
        for place, (reference, source) in cited.items():
            start, end, text = place
            span = Span(start, end)
            concerned = cases_of(document, text, span)
            cases = self._cases_told.get(concerned)
            if cases is None:
                cases = self._cases_told[concerned] = (
                    tuple(self._cases[case] for case in concerned.about if case in self._cases),
                    tuple(self._cases[case] for case in concerned.by if case in self._cases),
                    concerned.said or len(concerned.about) < 2,
                    _relations(concerned.by, concerned.about),
                )
            told[place] = (reference, source, span, texts[text][start:end], cases)
        return told

    def passages(self, document: str, stretches: Iterable[_Stretch], told: Mapping[Place, _Told]) -> list[Passage]:
        """Return the passages of stretches of one document; made of bare tuples, as names would double the cost."""
        record = self._snapshot.document_by_id[document]
        source_type, present = record.source_type, record.text
        code_names, coder_names, passage = self._codes, self._coders, tuple.__new__
        made = []
        for stretch in stretches:
            text, codings = stretch.text, stretch.codings
            reference, source, span, words, (about, by, narrowed, relations) = told[stretch.start, stretch.end, text]
            if len(codings) == 1:
                first = codings[0]
                codes, coders, negative = code_names[first.code], coder_names[first.coder], first.negative
                ids: tuple[str, ...] = (first.id,)
            else:
                codes, coders, negative, ids = self._together(codings)
            fields = (
                reference, source, document, source_type, about, span, words, codes, coders, negative, ids,
                text == present, by, narrowed, relations,
            )  # fmt: skip
            made.append(passage(Passage, fields))
        return made

    def _together(self, codings: Sequence[Coding]) -> tuple[tuple[str, ...], tuple[str, ...], bool, tuple[str, ...]]:
        """Return the codes, the coders, whether it is a negative case, and the ids of codings that overlap."""
        named = {name for c in codings for name in self._coders[c.coder]}
        return (
            tuple(dict.fromkeys(name for c in codings for name in self._codes[c.code])),
            tuple(sorted(named, key=str.casefold)),
            any(c.negative for c in codings),
            tuple(c.id for c in codings),
        )


def _relations(by: Sequence[str], about: Sequence[str]) -> dict[str, Relation]:
    relations: dict[str, Relation] = dict.fromkeys(about, "about")
    for case in by:
        relations[case] = "by and about" if case in relations else "by"
    return relations


def _join(
    text: str,
    codings: Iterable[Coding],
    words: str,
    themes_by_code: Mapping[str, tuple[str, ...]],
    found: dict[str, list[_Stretch]],
) -> None:
    """Make one stretch of codings of a theme that overlap; those that only touch stay apart.

    Those without words are left out. The stretches of each theme are added to `found`, in order.
    """
    last_of: dict[str, _Stretch] = {}
    for coding in sorted(codings, key=attrgetter("start", "end", "id")):
        coded = words[coding.start : coding.end]
        kept = coded.strip()
        if not kept:
            continue
        start, end = coding.start, coding.start + len(coded)
        if len(kept) != len(coded):
            start += len(coded) - len(coded.lstrip())
            end = start + len(kept)
        for theme in themes_by_code[coding.code]:
            last = last_of.get(theme)
            if last is not None and start < last.end:
                last.end = max(end, last.end)
                last.codings.append(coding)
            else:
                last_of[theme] = stretch = _Stretch(text, start, end, coding)
                found.setdefault(theme, []).append(stretch)


def chosen(passages: Sequence[Passage], most: int) -> list[Passage]:
    """Choose the passages that stand for all of them where there is room for a few.

    Documents take turns, those about fewer cases first; where there are negative cases one of them is chosen. Words
    that are not in the corrected text stand for others only where there are not enough of those that are.
    """
    if len(passages) <= most:
        return list(passages)
    placed = [passage for passage in passages if passage.placed]
    passages = placed if len(placed) >= most else passages
    waiting: dict[str, list[Passage]] = {}
    for passage in passages:
        waiting.setdefault(passage.document, []).append(passage)
    queues = sorted(waiting.values(), key=lambda queue: len(queue[0].about))
    picked: list[Passage] = []
    depth = 0
    while len(picked) < most:
        picked.extend(queue[depth] for queue in queues if depth < len(queue))
        depth += 1
    picked = picked[:most]
    against = next((p for p in passages if p.negative), None)
    if picked and against and not any(p.negative for p in picked):
        picked[-1] = against
    kept = {id(passage) for passage in picked}
    return [passage for passage in passages if id(passage) in kept]


def shortened(words: str, length: int) -> str:
    """Fold white space, and cut at a word where the words are longer than `length`.

    >>> shortened("She just sat with me.", 15)
    'She just sat […]'
    """
    line = " ".join(words.split())
    if len(line) <= length:
        return line
    kept = line[: length + 1].rsplit(" ", 1)[0][:length]
    return f"{kept.rstrip(',;:–- ')} {CUT}"
