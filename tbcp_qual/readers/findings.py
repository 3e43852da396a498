"""Summaries, findings, answers and judgements from YAML; `transcripts_sample/findings.yaml` is a complete example.

Everything is named as the project names it; whether it has it is not for a reader to know.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from tbcp_qual.coding.records import Bearing, Confidence, Convergence, Part, Standing, Support
from tbcp_qual.readers.codebooks.nodes import Entry, Word, read_nodes

_TOP = ("searches", "summaries", "findings", "answers", "triangulation", "logic model", "configurations")
_SURE = [sure for sure in get_args(Confidence) if sure]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDraft:
    """A search for negative cases that was made, and is made again so that its hits are counted."""

    line: int
    codes: tuple[str, ...]
    negative: bool
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryDraft:
    """What a file says of one cell."""

    line: int
    row: str
    theme: str
    wave: str
    words: str
    cites: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDraft:
    """A passage on one side of a finding."""

    line: int
    passage: str
    bearing: Bearing
    explained: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingDraft:
    """A finding as the file has it."""

    line: int
    key: str
    statement: str
    questions: tuple[Word, ...]
    themes: tuple[Word, ...]
    status: Standing
    confidence: Confidence
    judged_by: str
    why: dict[str, str]
    """Words by heading: adequacy, coherence, relevance, limitations."""
    evidence: tuple[EvidenceDraft, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft:
    """The answer to one question."""

    line: int
    question: str
    words: str
    confidence: Confidence
    caveats: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementDraft:
    """How one person judges one source type on a finding or theme."""

    line: int
    finding: str
    theme: str
    source_type: str
    by: str
    verdict: Convergence
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementDraft:
    """An element of the logic model."""

    line: int
    part: Part
    name: str
    text: str
    support: Support
    revision: str
    findings: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigurationDraft:
    """A context, a mechanism and an outcome."""

    line: int
    name: str
    context: str
    mechanism: str
    outcome: str
    support: Support
    findings: tuple[Word, ...]
    cases: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsDraft:
    """All that a file brings, in its order."""

    searches: tuple[SearchDraft, ...]
    summaries: tuple[SummaryDraft, ...]
    findings: tuple[FindingDraft, ...]
    answers: tuple[AnswerDraft, ...]
    judgements: tuple[JudgementDraft, ...]
    elements: tuple[ElementDraft, ...]
    configurations: tuple[ConfigurationDraft, ...]


def read_findings(path: Path) -> FindingsDraft:
    """Read what a study comes to.

    Raises:
        BadInput: the file cannot be read, or something in it has no meaning; with the line.
    """
    top = read_nodes(path)
    top.allow(_TOP)
    return FindingsDraft(
        searches=tuple(_search(entry) for entry in top.entries("searches")),
        summaries=tuple(_summary(entry) for entry in top.entries("summaries")),
        findings=tuple(_finding(entry) for entry in top.entries("findings")),
        answers=tuple(_answer(entry) for entry in top.entries("answers")),
        judgements=tuple(draft for entry in top.entries("triangulation") for draft in _judgements(entry)),
        elements=tuple(_element(entry) for entry in top.entries("logic model")),
        configurations=tuple(_configuration(entry) for entry in top.entries("configurations")),
    )


def _needed(entry: Entry, key: str, *, prose: bool = False) -> str:
    words = entry.prose(key) if prose else entry.word(key)
    if not words:
        raise entry.wrong(f"`{key}` is missing or empty", "Every entry of this list has one.")
    return words


def _search(entry: Entry) -> SearchDraft:
    entry.allow(("codes", "negative", "purpose"))
    return SearchDraft(
        line=entry.line,
        codes=tuple(word.text for word in entry.words("codes")),
        negative=entry.choice("negative", ("yes", "no"), "no") == "yes",
        purpose=_needed(entry, "purpose"),
    )


def _summary(entry: Entry) -> SummaryDraft:
    entry.allow(("row", "theme", "wave", "words", "cites"))
    return SummaryDraft(
        line=entry.line,
        row=_needed(entry, "row"),
        theme=_needed(entry, "theme"),
        wave=entry.word("wave"),
        words=_needed(entry, "words", prose=True),
        cites=tuple(entry.words("cites")),
    )


def _finding(entry: Entry) -> FindingDraft:
    headings = ("adequacy", "coherence", "relevance", "limitations")
    entry.allow(
        (
            "key",
            "statement",
            "questions",
            "themes",
            "status",
            "for",
            "negative cases",
            "confidence",
            "judged by",
            *headings,
        )
    )
    confidence = cast("Confidence", entry.choice("confidence", _SURE, ""))
    judged_by = entry.word("judged by")
    if bool(confidence) != bool(judged_by):
        raise entry.wrong(
            "a confidence is judged by somebody, and whoever judges says how sure", "Give both, or neither."
        )
    return FindingDraft(
        line=entry.line,
        key=_needed(entry, "key"),
        statement=_needed(entry, "statement", prose=True),
        questions=tuple(entry.words("questions")),
        themes=tuple(entry.words("themes")),
        status=cast("Standing", entry.choice("status", get_args(Standing), "draft")),
        confidence=confidence,
        judged_by=judged_by,
        why={heading: entry.prose(heading) for heading in headings},
        evidence=tuple(_evidence(entry)),
    )


def _evidence(entry: Entry) -> Iterator[EvidenceDraft]:
    for word in entry.words("for"):
        yield EvidenceDraft(line=word.line, passage=word.text, bearing="for", explained="")
    for case in entry.entries("negative cases"):
        case.allow(("passage", "explained"))
        yield EvidenceDraft(
            line=case.line,
            passage=_needed(case, "passage"),
            bearing="negative case",
            explained=case.prose("explained"),
        )


def _answer(entry: Entry) -> AnswerDraft:
    entry.allow(("question", "answer", "confidence", "caveats"))
    return AnswerDraft(
        line=entry.line,
        question=_needed(entry, "question"),
        words=_needed(entry, "answer", prose=True),
        confidence=cast("Confidence", entry.choice("confidence", _SURE, "")),
        caveats=entry.prose("caveats"),
    )


def _judgements(entry: Entry) -> Iterator[JudgementDraft]:
    entry.allow(("finding", "theme", "source type", "judged"))
    finding, theme = entry.word("finding"), entry.word("theme")
    if bool(finding) == bool(theme):
        raise entry.wrong("either a finding or a theme is judged", "Name one of the two.")
    source_type = _needed(entry, "source type")
    for judged in entry.entries("judged"):
        judged.allow(("by", "verdict", "note"))
        _needed(judged, "verdict")
        yield JudgementDraft(
            line=judged.line,
            finding=finding,
            theme=theme,
            source_type=source_type,
            by=_needed(judged, "by"),
            verdict=cast("Convergence", judged.choice("verdict", get_args(Convergence), "")),
            note=judged.prose("note"),
        )


def _element(entry: Entry) -> ElementDraft:
    entry.allow(("part", "name", "says", "support", "instead", "findings"))
    return ElementDraft(
        line=entry.line,
        part=cast("Part", entry.choice("part", get_args(Part), "activity")),
        name=_needed(entry, "name"),
        text=entry.prose("says"),
        support=cast("Support", entry.choice("support", get_args(Support), "untested")),
        revision=entry.prose("instead"),
        findings=tuple(entry.words("findings")),
    )


def _configuration(entry: Entry) -> ConfigurationDraft:
    entry.allow(("name", "context", "mechanism", "outcome", "support", "findings", "families"))
    return ConfigurationDraft(
        line=entry.line,
        name=_needed(entry, "name"),
        context=entry.prose("context"),
        mechanism=entry.prose("mechanism"),
        outcome=entry.prose("outcome"),
        support=cast("Support", entry.choice("support", get_args(Support), "untested")),
        findings=tuple(entry.words("findings")),
        cases=tuple(entry.words("families")),
    )
