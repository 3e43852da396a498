"""Triangulation: how each source type bears on a finding or a theme, proposed from the codings and judged by people.

The words for it follow the protocol of Farmer et al. (2006, Qualitative Health Research 16, 377-394): agreement where
meaning and examples match those of another source type, partial agreement where one of them does, silence, dissonance.
"""

from collections.abc import Collection, Iterable, Sequence

from tbcp_qual.analysis.evidence import Evidences, FindingLine
from tbcp_qual.analysis.heard import Tally, accounts_of, families_of
from tbcp_qual.analysis.passages import Passage
from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import Convergence, Finding, Judgement, Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """How one source type bears on a finding or a theme."""

    source_type: str
    proposed: Convergence
    why: str
    """What the proposal rests on, in one line."""
    judgements: tuple[Judgement, ...]
    """One a person, in the order of the coders."""
    tally: Tally
    same_families: tuple[str, ...]
    """Families of which another source type speaks too: accounts of one family, that back each other less."""

    @property
    def verdict(self) -> Convergence | None:
        """What at least two people say alike; None while they do not."""
        said = {j.verdict for j in self.judgements}
        return self.judgements[0].verdict if len(self.judgements) > 1 and len(said) == 1 else None

    @property
    def open(self) -> str:
        """What is still to do: `to judge`, `a second person`, `they differ`; empty where it is settled."""
        if not self.judgements:
            return "to judge"
        return "" if self.verdict else "a second person" if len(self.judgements) == 1 else "they differ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangulated:
    """A finding or a theme with all source types."""

    finding: Finding | None
    theme: Theme | None
    bearings: tuple[Bearing, ...]

    @property
    def name(self) -> str:
        """What it is called."""
        if self.finding is not None:
            return f"finding {self.finding.key}"
        return self.theme.name if self.theme is not None else ""


def triangulate_finding(evidences: Evidences, line: FindingLine) -> Triangulated:
    """Say how each source type bears on a finding, by what was brought forward for and against it."""
    negative = [case.passage for case in line.negative]
    judged = _judged(evidences, finding=line.finding.id)
    return Triangulated(
        finding=line.finding, theme=None, bearings=_bearings(line.tallies, line.supporting, negative, judged)
    )


def triangulate_theme(evidences: Evidences, theme: Theme) -> Triangulated:
    """Say how each source type bears on a theme, by all that is coded under it."""
    passages = evidences.matrix.passages.get(theme.id, ())
    judged = _judged(evidences, theme=theme.id)
    return Triangulated(
        finding=None,
        theme=theme,
        bearings=_bearings(
            evidences.theme(theme).tallies,
            [p for p in passages if not p.negative],
            [p for p in passages if p.negative],
            judged,
        ),
    )


def _judged(evidences: Evidences, *, finding: str | None = None, theme: str | None = None) -> list[Judgement]:
    order = {coder.id: place for place, coder in enumerate(evidences.snapshot.coders)}
    found = [j for j in evidences.snapshot.judgements if (j.finding, j.theme) == (finding, theme)]
    return sorted(found, key=lambda j: order[j.coder])


def _bearings(
    tallies: Iterable[Tally],
    supporting: Collection[Passage],
    negative: Collection[Passage],
    judgements: Sequence[Judgement],
) -> tuple[Bearing, ...]:
    accounts = accounts_of((*supporting, *negative))
    found = []
    for tally in tallies:
        kind = tally.source_type
        proposed, why = _propose(
            tally,
            [p for p in supporting if p.source_type == kind],
            [p for p in negative if p.source_type == kind],
            [p for p in supporting if p.source_type != kind],
        )
        found.append(
            Bearing(
                source_type=kind,
                proposed=proposed,
                why=why,
                judgements=tuple(j for j in judgements if j.source_type == kind),
                tally=tally,
                same_families=tuple(f for f, types in accounts.items() if kind in types and len(types) > 1),
            )
        )
    return tuple(found)


def _propose(
    tally: Tally, supporting: Sequence[Passage], negative: Sequence[Passage], others: Sequence[Passage]
) -> tuple[Convergence, str]:
    """Propose how a source type bears on something, and say why.

    Meaning matches where it says it under a code under which another source type says it; examples match where it says
    it of a family of which another says it.
    """
    if not supporting and not negative:
        if tally.asked == 0:
            verb = "read" if tally.unit.endswith("files") else "asked"
            return "not asked", f"none of {tally.of} {tally.unit} was {verb}"
        return "silence", f"nothing from {tally.of if tally.asked is None else tally.asked} {tally.unit}"
    if len(negative) >= len(supporting):
        return "dissonance", f"{len(supporting)} for, {len(negative)} against"
    meaning = {code for p in supporting for code in p.codes} & {code for p in others for code in p.codes}
    examples = set(families_of(supporting)) & set(families_of(others))
    against = f", {len(negative)} against" if negative else ""
    if meaning and examples:
        return "agreement", f"same codes and families as other source types ({_named(examples)}){against}"
    if meaning or examples:
        which = "same codes, other families" if meaning else f"same families ({_named(examples)}), other codes"
        return "partial", f"{which}{against}"
    return "partial", f"{len(supporting)} for, with no code or family in common with another source type{against}"


def _named(families: Iterable[str]) -> str:
    ordered = sorted(families)
    return ", ".join(ordered[:4]) + (f" and {len(ordered) - 4} more" if len(ordered) > 4 else "")
