"""The evidence on a question as rows of words: answer, findings with who bears them out, themes without a finding.

Pure values, worked out beside the screen. Counts stay within their source type and name their unit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tbcp_qual.analysis.evidence import Board, Evidences, FindingLine, ThemeLine
from tbcp_qual.analysis.heard import Tally
from tbcp_qual.analysis.passages import Passage as Said
from tbcp_qual.analysis.triangulation import Bearing, Triangulated, triangulate_finding, triangulate_theme
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import Confidence, Convergence
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.tui.screens.matrix_grid import Mark
from tbcp_qual.tui.widgets.lines import literal
from tbcp_qual.tui.widgets.table_parts import Column, Row

ANSWER, FINDING, THEME = "answer:", "finding:", "theme:"
"""What a row stands for, before the id of its question, finding or theme."""

SIGNS: dict[Convergence, str] = {
    "agreement": "✓",
    "partial": "~",
    "dissonance": "✗",
    "silence": "silent",
    "not asked": "not asked",
}
_DOTS: dict[Confidence, int] = {"": 0, "low": 1, "moderate": 2, "high": 3}
MOST = 200
"""Passages of a theme that are shown."""
HEADINGS = ("adequacy", "coherence", "relevance", "limitations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All the evidence, as it was read."""

    now: Snapshot
    boards: tuple[Board, ...]
    loose: tuple[FindingLine, ...]
    """Findings that answer no question."""
    bearings: Mapping[str, Triangulated]
    """By id of the finding."""
    evidences: Evidences
    """Works out more of them, where it is asked for."""

    @property
    def passages(self) -> Mapping[str, Sequence[Said]]:
        """All passages, by theme."""
        return self.evidences.matrix.passages

    def triangulated(self, finding: FindingLine | None, theme: ThemeLine | None) -> Triangulated | None:
        """Return how the source types bear on a finding, or on a theme; None where neither is there."""
        if finding is not None:
            return self.bearings[finding.finding.id]
        return triangulate_theme(self.evidences, theme.theme) if theme is not None else None

    @property
    def reflexive(self) -> bool:
        """Whether nothing is proposed by a rule."""
        return self.now.project.approach == "reflexive"

    def coder(self, id: str | None) -> str:
        """Return the name of a coder; empty where there is none."""
        found = self.now.coder_by_id.get(id or "")
        return found.name if found else ""


def told(snapshot: Snapshot) -> Told:
    """Work out the evidence; raises BadInput where there are no themes."""
    evidences = Evidences(snapshot)
    boards = tuple(evidences.boards())
    loose = tuple(evidences.without_question())
    lines = {line.finding.id: line for line in (*loose, *(line for board in boards for line in board.findings))}
    bearings = {id: triangulate_finding(evidences, line) for id, line in lines.items()}
    return Told(now=snapshot, boards=boards, loose=loose, bearings=bearings, evidences=evidences)


def dots(confidence: Confidence, *, sign: str = "●") -> str:
    """Return a confidence with its dots: `●●● high`; empty for none."""
    return f"{sign * _DOTS[confidence]} {confidence}" if confidence else ""


def confidence_of(of: Told, line: FindingLine) -> str:
    """Return how sure one is of a finding: as it was judged, else in brackets as the rule proposes."""
    if line.finding.confidence:
        return dots(line.finding.confidence)
    if of.reflexive or not line.proposal.confidence:
        return "not judged"
    return f"({dots(line.proposal.confidence, sign='○')})"


def count(tally: Tally) -> str:
    """Return who speaks among those asked: `9/12`; where nobody confirmed that, among those there are: `9 of 12`."""
    if tally.asked is None:
        return f"{tally.spoke} of {tally.of}"
    return f"{tally.spoke}/{tally.asked}" if tally.asked else f"{tally.unasked} unasked"


def borne(bearing: Bearing) -> str:
    """Return how a source type bears on a finding: `✓ 9/12` as two people judge, `(✓) 9/12` as the codings propose.

    Of one person alone it is `✓? 9/12`; of people who differ `✓≠~ 9/12`.
    """
    files = bearing.tally.unit.endswith("files")
    verdicts = list(dict.fromkeys(judgement.verdict for judgement in bearing.judgements)) or [bearing.proposed]
    said = "≠".join(_sign(verdict, files=files) for verdict in verdicts)
    if not bearing.judgements:
        said = f"({said})"
    elif len(bearing.judgements) == 1:
        said = f"{said}?"
    return said if {"silence", "not asked"}.issuperset(verdicts) else f"{said} {count(bearing.tally)}"


def _sign(verdict: Convergence, *, files: bool) -> str:
    of_files = {"silence": "not recorded", "not asked": "not read"}
    return of_files.get(verdict, SIGNS[verdict]) if files else SIGNS[verdict]


def asked_of(board: Board) -> str:
    """Say who was asked, or whose files were read, each in their own unit."""
    asked = [t for t in board.asked if t.asked is not None and not t.unit.endswith("files")]
    read = [t for t in board.asked if t.asked is not None and t.unit.endswith("files")]
    there = [t for t in board.asked if t.asked is None]
    parts = [
        f"{verb}: {' · '.join(f'{t.of if t.asked is None else t.asked} {t.unit}' for t in tallies)}"
        for verb, tallies in (("asked", asked), ("not confirmed what was asked, of", there), ("read", read))
        if tallies
    ]
    return " · ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """What the board shows."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    marks: Mapping[tuple[str, str], Mark]


class _Rows:
    """Rows of a board, and how their cells are drawn."""

    def __init__(self, kinds: Sequence[str]) -> None:
        self.rows: list[Row] = []
        self.marks: dict[tuple[str, str], Mark] = {}
        self._kinds = kinds

    def put(self, key: str, words: str, confidence: str, cells: Mapping[str, str], *, open: bool = False) -> None:
        shown = (words, confidence, *(cells.get(kind, "") for kind in self._kinds))
        drawn = tuple(literal(" ".join(cell.split())) for cell in shown)
        self.rows.append(Row(key=key, cells=drawn))
        if open:
            self.marks[key, "row"] = Mark("open")
        for kind in self._kinds:
            if not any(sign in cells.get(kind, "") for sign in "✓~✗"):
                self.marks[key, kind] = Mark("silent")


def rows_of(of: Told, board: Board | None) -> list[str]:
    """Return the keys of the rows of a board; None for the findings that answer no question."""
    if board is None:
        return [f"{FINDING}{line.finding.id}" for line in of.loose]
    answers = [board.question.id, *(question.id for question, _ in board.subquestions)]
    return [
        *(f"{ANSWER}{question}" for question in answers),
        *(f"{FINDING}{line.finding.id}" for line in board.findings),
        *(f"{THEME}{theme.theme.id}" for theme in board.themes if not theme.findings),
    ]


def row_of(of: Told, kind: str, record: str) -> str:
    """Return the key of the row on which a record is told; empty where there is none."""
    now = of.now
    match kind:
        case "finding":
            return f"{FINDING}{record}"
        case "answer":
            return next((f"{ANSWER}{a.question}" for a in now.answers if a.id == record), "")
        case "evidence":
            return next((f"{FINDING}{e.finding}" for e in now.evidence if e.id == record), "")
        case "judgement":
            found = next((j for j in now.judgements if j.id == record), None)
            return "" if found is None else f"{FINDING}{found.finding}" if found.finding else f"{THEME}{found.theme}"
        case _:
            return ""


def laid_out(of: Told, board: Board | None) -> Laid:
    """Return the board of a question; None for the findings that answer no question."""
    lines = board.findings if board is not None else of.loose
    kinds = tuple(dict.fromkeys(t.source_type for t in (*_tallies(lines), *(board.asked if board else ()))))
    units = {t.source_type: t.unit for t in (*_tallies(lines), *(board.asked if board else ()))}
    made = _Rows(kinds)
    if board is not None:
        _answer_rows(of, board, made)
    for line in lines:
        cells = {b.source_type: borne(b) for b in of.bearings[line.finding.id].bearings}
        draft = " (draft)" if line.finding.status == "draft" else ""
        words = f"F{line.finding.key}{draft} {line.finding.statement}"
        made.put(f"{FINDING}{line.finding.id}", words, confidence_of(of, line), cells)
    for theme in board.themes if board is not None else ():
        if theme.findings:
            continue
        cells = {t.source_type: count(t) for t in theme.tallies if t.passages}
        words = f"no finding yet: {theme.theme.name}{_weight(theme)}"
        made.put(f"{THEME}{theme.theme.id}", words, "", cells, open=bool(theme.passages))
    titles = [
        Column(key="row", title="answer and findings" if board else "findings"),
        Column(key="sure", title="confidence"),
    ]
    titles += [Column(key=kind, title=literal(units[kind])) for kind in kinds]
    return Laid(columns=titles, rows=made.rows, marks=made.marks)


def _tallies(lines: Sequence[FindingLine]) -> Iterator[Tally]:
    for line in lines:
        yield from line.tallies


def _weight(theme: ThemeLine) -> str:
    if not theme.passages:
        return " (nothing coded)"
    many = some(theme.passages, "passage")
    return f" ({many}, {theme.negative} negative)" if theme.negative else f" ({many})"


def _answer_rows(of: Told, board: Board, made: _Rows) -> None:
    spoken = {t.source_type: count(t) for t in board.asked if t.passages}
    for question, answer in ((board.question, board.answer), *board.subquestions):
        words = answer.words if answer is not None and answer.words else f"no answer yet: {question.text}"
        sure = dots(answer.confidence) or "not judged" if answer is not None and answer.words else ""
        first = question is board.question
        key = "answer" if first else question.key
        made.put(f"{ANSWER}{question.id}", f"{key}  {words}", sure, spoken if first else {}, open=answer is None)
