"""An agreement run: per code and pooled, for each pair of coders and for all, with everything a reader must be told.

Each pair stands for itself: its documents and codes do not depend on who else is compared.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import combinations

import numpy as np

from tbcp_qual.agreement.arrays import Table, unstacked
from tbcp_qual.agreement.bootstrap import RESAMPLES, Drawn, Interval, draw, intervals
from tbcp_qual.agreement.ratings import Ratings, Statistic, Undefined
from tbcp_qual.agreement.segments import NO_NEITHER, OFFERED
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.statistics.percent_agreement import specific_agreement
from tbcp_qual.agreement.sweep import Laid
from tbcp_qual.agreement.tables import Cells, Comparison, Fixed, Line, Part, Per, Report
from tbcp_qual.agreement.units import SHARE, Unit, by_case, by_document, laid_out
from tbcp_qual.agreement.warnings import RESTS_ON, warned_of
from tbcp_qual.agreement.wording import rule, statement, undefined
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import Code, Document, definition_fingerprint
from tbcp_qual.coding.sentences import SPLITTER_VERSION
from tbcp_qual.coding.snapshot import Snapshot

__all__ = [
    "Cells",
    "Comparison",
    "Fixed",
    "Line",
    "Part",
    "Per",
    "Report",
    "codebook_fingerprint",
    "compare",
    "statement",
    "undefined",
]

SEED = 1
"""What intervals are drawn with where nobody says another."""


def codebook_fingerprint(codebook: Codebook) -> str:
    """Return 16 hexadecimal digits that differ as soon as a code comes, goes, moves, merges or is defined anew."""
    parts = [
        "\x1f".join((c.id, c.parent or "", c.domain, str(c.retired), c.merged_into or "", definition_fingerprint(c)))
        for c in sorted(codebook.by_id.values(), key=lambda code: code.id)
    ]
    return sha256("\x1e".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spread:
    """A document, and how it is laid out for comparing."""

    document: Document
    laid: Laid

    def done(self, coders: Sequence[str]) -> int:
        """How many of the coders have marked it done."""
        return sum(coder in self.laid.done for coder in coders)


def compare(
    snapshot: Snapshot,
    *,
    coders: Sequence[str],
    documents: Sequence[Document],
    unit: Unit,
    codes: Sequence[Code] | None = None,
    branch: bool = False,
    interviewer: bool = False,
    share: float = SHARE,
    per: Collection[Per] = (),
    statistics: Collection[str] = tuple(STATISTICS),
    seed: int = SEED,
    resamples: int = RESAMPLES,
    codebook: str | None = None,
    fixed: Fixed | None = None,
) -> Report:
    """Compare coders over the documents they have marked done.

    Args:
        snapshot: holds the turns, texts and codings of the documents.
        coders: ids.
        documents: what may be compared.
        unit: what counts as one unit.
        codes: None for all codes of the codebook that are not retired.
        branch: whether a code stands for all below it too.
        interviewer: whether what interviewers say counts too.
        share: of two segments, what has to be common to both; for the unit "overlap" alone.
        per: what the pooled figure is wanted of one by one; with cases as units there is none.
        statistics: names of those that are wanted; those that warnings rest on are always there.
        seed: which documents the intervals are drawn with.
        resamples: how often.
        codebook: fingerprint of the codebook they coded by; None: that of the snapshot.
        fixed: what was fixed before they coded; None outside a round.
    """
    spread = [
        _Spread(
            document=document,
            laid=laid_out(snapshot, document, unit, coders=coders, interviewer=interviewer),
        )
        for document in documents
    ]
    wanted = None if codes is None else {code.id for code in codes}
    scope = [code for _, code in snapshot.codebook.walk() if wanted is None or code.id in wanted]

    def comparison(of: Sequence[str]) -> Comparison:
        compared = [s for s in spread if s.done(of) > 1]
        laid, no_case = [s.laid for s in compared], []
        if unit == "case":
            of_cases = by_case(snapshot, [s.document for s in compared], coders=of, interviewer=interviewer)
            laid = [each for _, each in of_cases]
            no_case = _about_none(snapshot, [s.document for s in compared])
        members = [_members(snapshot.codebook, code, branch=branch) for code in scope]
        table = by_document(laid, unit, codes=members, coders=of, share=share)
        rows = [
            i for i, row in enumerate(table.units) if wanted is not None or _anybody_coded(replace(table, units=row))
        ]
        used = {code for s in compared for code, coder in s.laid.spans if coder in of}
        in_table = [scope[i] for i in rows]
        pooled = _pooled(snapshot.codebook, in_table, branch=branch)
        units = table.units[rows]
        whole = replace(table, units=np.concatenate([units, units[pooled].sum(axis=0, keepdims=True)]))
        drawn = draw(whole, seed=seed, resamples=resamples)
        names = [snapshot.coder_by_id[coder].name for coder in of]
        make = _Lines(codebook=snapshot.codebook, coders=names, unit=unit, wanted={*statistics, *RESTS_ON})
        lines = make.of(in_table, whole, drawn)
        parts: list[Part] = []
        if rows and unit != "case":
            last = replace(whole, units=whole.units[-1:])
            parts = [part for each in per for part in _parts(each, compared, last, make, seed, resamples)]
        return Comparison(
            coders=tuple(make.coders),
            documents=tuple(s.document.name for s in compared),
            left_out=tuple(s.document.name for s in spread if s.done(of) == 1),
            rule=rule(len(of), interviewer),
            lines=tuple(lines[:-1]),
            pooled=lines[-1] if rows else None,
            pooled_codes=len(pooled),
            unused=len(scope) - len(rows),
            retired=sum(snapshot.codebook.by_id[code].retired for code in used) if wanted is None else 0,
            no_intervals=_no_intervals(drawn, unit),
            parts=tuple(parts),
            no_case=tuple(no_case),
            warnings=tuple(warned_of(lines[:-1], unit)),
        )

    names = snapshot.coder_by_id
    pairs = [(pair, comparison(pair)) for pair in combinations(coders, 2)]
    return Report(
        unit=unit,
        share=share if unit == "overlap" else None,
        interviewer=interviewer,
        branch=branch,
        codebook=codebook_fingerprint(snapshot.codebook) if codebook is None else codebook,
        sentence_splitter=SPLITTER_VERSION,
        seed=seed,
        resamples=resamples,
        pairs=tuple(found for _, found in pairs if found.documents),
        together=comparison(coders) if len(coders) > 2 and unit != "overlap" else None,
        apart=tuple((names[a].name, names[b].name) for (a, b), found in pairs if not found.documents),
        fixed=fixed,
    )


def _about_none(snapshot: Snapshot, documents: Sequence[Document]) -> list[str]:
    said = {about.document for about in snapshot.abouts}
    return [document.name for document in documents if not document.cases and document.id not in said]


def _no_intervals(drawn: Drawn | Undefined, unit: Unit) -> str | None:
    if isinstance(drawn, Drawn):
        return None
    return drawn.reason.replace("document", "case") if unit == "case" else drawn.reason


def _parts(
    per: Per, compared: Sequence[_Spread], pooled: Table, make: "_Lines", seed: int, resamples: int
) -> list[Part]:
    """Return the pooled figure one by one, in the order of the documents.

    Args:
        pooled: with units of shape `(1, documents, patterns)`.
    """
    of: dict[str, list[int]] = {}
    for place, spread in enumerate(compared):
        document = spread.document
        of.setdefault(document.id if per == "document" else document.source_type, []).append(place)
    found = []
    for key, places in of.items():
        table = replace(pooled, units=pooled.units[:, places])
        (line,) = make.of([], table, draw(table, seed=seed, resamples=resamples))
        name = compared[places[0]].document.name if per == "document" else key
        found.append(Part(per=per, name=name, documents=len(places), pooled=line))
    return found


def _members(codebook: Codebook, code: Code, *, branch: bool) -> set[str]:
    """Return the codes that count as this one."""
    members = codebook.branch(code.id) if branch else {code.id}
    return {member for member in members if not codebook.by_id[member].retired}


def _anybody_coded(table: Table) -> bool:
    return bool((table.units @ (table.given == 1).any(axis=1)).sum() > 0)


def _pooled(codebook: Codebook, in_table: Sequence[Code], *, branch: bool) -> list[int]:
    """Return the places of the codes that are pooled: with branches those that lie below no other of the table."""
    there = {code.id for code in in_table}
    return [
        i
        for i, code in enumerate(in_table)
        if not branch or not any(above.id in there for above in codebook.ancestors(code.id))
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """Makes the lines of a table."""

    codebook: Codebook
    coders: list[str]
    """Names."""
    unit: Unit
    wanted: set[str]
    """Names of statistics."""

    def of(self, codes: Sequence[Code], table: Table, drawn: Drawn | Undefined) -> list[Line]:
        """Return a line for each code, and one for what is pooled."""
        found: dict[str, list[Interval | Undefined]] = {}
        if isinstance(drawn, Drawn):
            found = {name: intervals(drawn, statistic) for name, statistic in self._statistics() if self._has(name)}
        rows: list[Code | None] = [*codes, None]
        return [
            self._line(
                unstacked(replace(table, units=table.units[i])),
                code=code.id if code else None,
                path=self.codebook.path(code.id) if code else "",
                intervals={name: by_row[i] for name, by_row in found.items()},
            )
            for i, code in enumerate(rows)
        ]

    def _statistics(self) -> list[tuple[str, Statistic]]:
        return [(name, statistic) for name, statistic in STATISTICS.items() if name in self.wanted]

    def _has(self, statistic: str) -> bool:
        return self.unit != "overlap" or statistic in OFFERED

    def _line(
        self, ratings: Ratings, *, code: str | None, path: str, intervals: Mapping[str, Interval | Undefined]
    ) -> Line:
        pairable = ratings.pairable()
        decided = sum(len(values) * weight for values, weight in pairable.items())
        coded = sum(values.count(True) * weight for values, weight in pairable.items())
        cells = Cells(
            both=pairable.get((True, True), 0),
            first_only=pairable.get((True, False), 0),
            second_only=pairable.get((False, True), 0),
            neither=pairable.get((False, False), 0),
        )
        specific = specific_agreement(ratings)
        segments = self.unit == "overlap"
        return Line(
            code=code,
            path=path,
            n=sum(pairable.values()),
            cells=cells if ratings.coders == 2 else None,
            prevalence=coded / decided if decided and not segments else None,
            positive=specific.get(True),
            negative=None if segments else specific.get(False),
            never=_never(ratings, self.coders) if coded else (),
            figures={
                name: statistic.of(ratings) if self._has(name) else Undefined(NO_NEITHER)
                for name, statistic in self._statistics()
            },
            intervals=intervals,
        )


def _never(ratings: Ratings, coders: Sequence[str]) -> tuple[str, ...]:
    """Return the names of coders who had units before them and coded none."""
    given = [[pattern[i] for pattern, units in ratings.patterns.items() if units] for i in range(len(coders))]
    return tuple(name for name, values in zip(coders, given, strict=True) if False in values and True not in values)
