"""The evidence by question: themes and findings, who speaks for them among those asked, what is missing.

Counts stay within their source type and name their unit (`analysis.heard`).
"""

from collections.abc import Iterable, Mapping

from tbcp_qual.analysis.confidence import Proposal, propose, searches_for_negatives
from tbcp_qual.analysis.heard import Heard, Tally, accounts_of, families_of
from tbcp_qual.analysis.matrix import Matrix, build
from tbcp_qual.analysis.passages import Passage
from tbcp_qual.analysis.themes import codes_of
from tbcp_qual.coding.codebook import themes_of
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import Answer, Evidence, Finding, Question, Search, Theme
from tbcp_qual.coding.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class NegativeCase:
    """A passage that speaks against a finding."""

    passage: Passage
    evidence: str
    """Id of the record that brings it forward."""
    explained: str
    """How it is explained; empty while it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A finding with what it rests on."""

    finding: Finding
    questions: tuple[Question, ...]
    themes: tuple[Theme, ...]
    supporting: tuple[Passage, ...]
    negative: tuple[NegativeCase, ...]
    lost: tuple[str, ...]
    """References of evidence whose passage is under no theme any more, or was uncoded."""
    tallies: tuple[Tally, ...]
    """Of the passages for it, by source type, among those asked for its themes."""
    against: tuple[Tally, ...]
    """Of the negative cases."""
    families: tuple[str, ...]
    """Families of the passages for it."""
    accounts: Mapping[str, tuple[str, ...]]
    """Source types by family; several are accounts of one family and not independent."""
    proposal: Proposal
    searches: tuple[Search, ...]
    """Searches for negative cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeLine:
    """A theme with who speaks to it."""

    theme: Theme
    passages: int
    negative: int
    tallies: tuple[Tally, ...]
    families: tuple[str, ...]
    shared: tuple[str, ...]
    """Families of which more than one source type speaks."""
    findings: tuple[str, ...]
    """Keys of the findings that name it; empty: a gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All there is on one evaluation question."""

    question: Question
    subquestions: tuple[tuple[Question, Answer | None], ...]
    answer: Answer | None
    asked: tuple[Tally, ...]
    """Who was asked for the question, or whose files were read; who speaks to a theme of it."""
    findings: tuple[FindingLine, ...]
    themes: tuple[ThemeLine, ...]

    @property
    def gaps(self) -> tuple[ThemeLine, ...]:
        """The themes that have passages and no finding yet."""
        return tuple(line for line in self.themes if line.passages and not line.findings)


class Evidences:
    """Works out what findings, themes and questions rest on."""

    def __init__(self, snapshot: Snapshot, matrix: Matrix | None = None) -> None:
        """Raise BadInput where there are no themes; `matrix` where it was built of the same snapshot already."""
        self.snapshot = snapshot
        self.matrix = matrix or build(snapshot, rows="source type")
        self.heard = Heard(snapshot)
        self._of_finding: dict[str, list[Evidence]] = {}
        for evidence in snapshot.evidence:
            self._of_finding.setdefault(evidence.finding, []).append(evidence)
        wanted = {coding for evidence in snapshot.evidence for coding in evidence.codings}
        self._holding: dict[str, dict[str, Passage]] = {}
        for theme, passages in self.matrix.passages.items() if wanted else ():
            for passage in passages:
                for coding in passage.codings:
                    if coding in wanted:
                        self._holding.setdefault(coding, {})[theme] = passage
        self._order = {document.id: place for place, document in enumerate(snapshot.documents)}
        self._questions = {q.id: q for q in snapshot.questions}
        self._answers = {a.question: a for a in snapshot.answers}
        self._themes = {t.id: t for t in snapshot.themes}

    def passage(self, evidence: Evidence, themes: Iterable[str]) -> Passage | None:
        """Return the passage of evidence, as it is under one of some themes, else under any; None where it is gone."""
        for coding in evidence.codings:
            under = self._holding.get(coding)
            if under:
                return next((under[theme] for theme in themes if theme in under), next(iter(under.values())))
        return None

    def finding(self, finding: Finding) -> FindingLine:
        """Return a finding with what it rests on."""
        supporting: dict[tuple[str, int, int], Passage] = {}
        negative: dict[tuple[str, int, int], NegativeCase] = {}
        lost: list[str] = []
        for evidence in self._of_finding.get(finding.id, ()):
            passage = self.passage(evidence, finding.themes)
            if passage is None:
                lost.append(evidence.reference)
                continue
            key = (passage.document, *passage.span)
            if evidence.bearing == "for":
                supporting[key] = passage
            else:
                negative[key] = NegativeCase(passage=passage, evidence=evidence.id, explained=evidence.explained)
        passages = tuple(supporting[key] for key in sorted(supporting, key=self._in_order))
        asked_for = tuple(self._questions[q] for q in finding.questions if q in self._questions)
        tallies = self.heard.tallies(passages, themes=finding.themes, questions=asked_for)
        against = [case.passage for case in negative.values()]
        codes = {
            code
            for theme in finding.themes
            if theme in self._themes
            for code in codes_of(self._themes[theme], self.snapshot.codebook)
        }
        searches = searches_for_negatives(self.snapshot.searches, finding.key, codes)
        return FindingLine(
            finding=finding,
            questions=asked_for,
            themes=tuple(self._themes[t] for t in finding.themes if t in self._themes),
            supporting=passages,
            negative=tuple(negative[key] for key in sorted(negative, key=self._in_order)),
            lost=tuple(lost),
            tallies=tallies,
            against=self.heard.tallies(against, themes=finding.themes, questions=asked_for),
            families=families_of(passages),
            accounts=accounts_of((*passages, *against)),
            proposal=propose(
                passages,
                [(case.passage, case.explained) for case in negative.values()],
                tallies=tallies,
                accounts=self.independent(passages),
                searches=len(searches),
            ),
            searches=tuple(searches),
        )

    def _in_order(self, key: tuple[str, int, int]) -> tuple[int, int, int]:
        """Sort passages as documents are sorted, by source type and name, and by place."""
        return (self._order[key[0]], key[1], key[2])

    def independent(self, passages: Iterable[Passage]) -> int:
        """Count accounts that do not depend on each other.

        Each family is one; so is each voice that speaks of no family in particular, unless it may be speaking of one of
        those that count already.
        """
        passages = list(passages)
        families = set(families_of(passages))
        voices = {
            voice
            for passage in passages
            if not families_of([passage]) and families.isdisjoint(passage.about)
            for voice in self.heard.speaking(passage)
        }
        return len(families) + len(voices)

    def theme(self, theme: Theme) -> ThemeLine:
        """Return a theme with who speaks to it."""
        passages = self.matrix.passages.get(theme.id, ())
        accounts = accounts_of(passages)
        return ThemeLine(
            theme=theme,
            passages=len(passages),
            negative=sum(p.negative for p in passages),
            tallies=self.heard.tallies(passages, themes=[theme.id]),
            families=tuple(accounts),
            shared=tuple(family for family, types in accounts.items() if len(types) > 1),
            findings=tuple(f.key for f in self.snapshot.findings if theme.id in f.themes),
        )

    def board(self, question: Question) -> Board:
        """Return all there is on a question, its sub-questions included."""
        subs = [q for q in self.snapshot.ordered_questions if q.parent == question.id]
        keys = {question.id, *(sub.id for sub in subs)}
        themes = themes_of(self.snapshot.themes, question, subs)
        spoken = {(p.document, *p.span): p for theme in themes for p in self.matrix.passages.get(theme.id, ())}
        return Board(
            question=question,
            subquestions=tuple((sub, self._answers.get(sub.id)) for sub in subs),
            answer=self._answers.get(question.id),
            asked=self.heard.tallies(spoken.values(), questions=[question]),
            findings=tuple(self.finding(f) for f in self.snapshot.findings if keys & set(f.questions)),
            themes=tuple(self.theme(theme) for theme in themes),
        )

    def boards(self) -> list[Board]:
        """Return a board for each evaluation question, in their order."""
        return [self.board(q) for q in self.snapshot.ordered_questions if q.parent is None]

    def without_question(self) -> list[FindingLine]:
        """Return the findings that answer no question."""
        return [self.finding(f) for f in self.snapshot.findings if not f.questions]
