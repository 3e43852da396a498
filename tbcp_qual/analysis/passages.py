"""Passages: the stretches of words that speak to a theme, whoever coded them and however often."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tbcp_qual.analysis.sources import Sources
from tbcp_qual.coding.aboutness import Aboutness
from tbcp_qual.coding.records import Coding
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span

CUT = "[…]"

Relation = Literal["by", "about", "by and about"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
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
    relations: Mapping[str, Relation] = field(default_factory=dict)
    """What the words are to each case, by id; empty where they are neither by nor about one."""


@dataclass(slots=True)
class _Stretch:
    document: str
    text: str
    span: Span
    codings: list[Coding]


def passages_by_theme(
    snapshot: Snapshot,
    codings: Iterable[Coding],
    themes_by_code: dict[str, tuple[str, ...]],
    sources: Sources,
    aboutness: Aboutness,
) -> dict[str, dict[str, list[Passage]]]:
    """Return the passages of each theme by document, in order of place; each coding is looked at once."""
    codebook = snapshot.codebook
    grouped: dict[tuple[str, str, str], list[Coding]] = {}
    for coding in codings:
        for theme in themes_by_code[coding.code]:
            grouped.setdefault((theme, coding.document, coding.text), []).append(coding)
    stretches: dict[str, list[_Stretch]] = {}
    for (theme, document, text), theirs in grouped.items():
        found = _join(document, text, theirs, snapshot.texts[text])
        stretches.setdefault(theme, []).extend(found)
    references = sources.references((s.document, s.text, s.span) for group in stretches.values() for s in group)
    labels = {key: sources.label(*key) for key in references}
    names = {code.id: codebook.current(code.id).name for code in codebook.by_id.values()}
    coders = {coder.id: coder.name for coder in snapshot.coders}
    cases = {case.id: case.label for case in snapshot.cases}
    by_theme: dict[str, dict[str, list[Passage]]] = {}
    for theme, group in stretches.items():
        by_document = by_theme.setdefault(theme, {})
        for stretch in group:
            source = snapshot.document_by_id[stretch.document]
            key = (stretch.document, stretch.text, stretch.span)
            concerned = aboutness.cases_of(*key)
            by_document.setdefault(source.id, []).append(
                Passage(
                    reference=references[key],
                    source=labels[key],
                    document=source.id,
                    source_type=source.source_type,
                    about=tuple(cases[case] for case in concerned.about if case in cases),
                    span=stretch.span,
                    words=snapshot.texts[stretch.text][stretch.span.start : stretch.span.end],
                    codes=tuple(dict.fromkeys(names[c.code] for c in stretch.codings)),
                    coders=tuple(sorted({coders[c.coder] for c in stretch.codings}, key=str.casefold)),
                    negative=any(c.negative for c in stretch.codings),
                    codings=tuple(c.id for c in stretch.codings),
                    placed=stretch.text == source.text,
                    by=tuple(cases[case] for case in concerned.by if case in cases),
                    narrowed=concerned.said or len(concerned.about) < 2,
                    relations=_relations(concerned.by, concerned.about),
                )
            )
    return by_theme


def _relations(by: Sequence[str], about: Sequence[str]) -> dict[str, Relation]:
    relations: dict[str, Relation] = dict.fromkeys(about, "about")
    for case in by:
        relations[case] = "by and about" if case in relations else "by"
    return relations


def _join(document: str, text: str, codings: list[Coding], words: str) -> list[_Stretch]:
    """Make one stretch of codings that overlap; those that only touch stay apart, those without words are left out."""
    stretches: list[_Stretch] = []
    for coding in sorted(codings, key=lambda c: (c.start, c.end, c.id)):
        coded = words[coding.start : coding.end]
        if not coded.strip():
            continue
        start = coding.start + len(coded) - len(coded.lstrip())
        end = coding.start + len(coded.rstrip())
        last = stretches[-1] if stretches else None
        if last and start < last.span.end:
            last.span = Span(last.span.start, max(end, last.span.end))
            last.codings.append(coding)
        else:
            stretches.append(_Stretch(document, text, Span(start, end), [coding]))
    return stretches


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
