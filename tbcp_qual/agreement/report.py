"""An agreement run: per code and pooled, for each pair of coders and for all, with everything a reader must be told.

Each pair stands for itself: its documents and codes do not depend on who else is compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import combinations

import numpy as np

from tbcp_qual.agreement.arrays import Table, unstacked
from tbcp_qual.agreement.bootstrap import RESAMPLES, STEADY, Drawn, Interval, draw, intervals
from tbcp_qual.agreement.ratings import Figure, Ratings, Undefined
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.sweep import Laid
from tbcp_qual.agreement.units import Unit, by_document, coded_spans, stretches
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import Code, Document, definition_fingerprint
from tbcp_qual.coding.sentences import SPLITTER_VERSION
from tbcp_qual.coding.snapshot import Snapshot

SEED = 1
"""What intervals are drawn with where nobody says another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """In how many units each of two coders used a code."""

    both: int
    first_only: int
    second_only: int
    neither: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How far coders agree on one code, or on all codes of a table pooled."""

    code: str | None
    """Id; None for all codes pooled."""
    path: str
    """Names from the top of the codebook; empty for all codes pooled."""
    n: int
    """Units that at least two of the coders had in front of them; pooled: unit × code decisions."""
    cells: Cells | None
    """None with more than two coders."""
    prevalence: float | None
    """Share of the coders' decisions that were "coded"; None where there were none."""
    figures: Mapping[str, Figure]
    """By name of the statistic."""
    intervals: Mapping[str, Interval | Undefined]
    """By name of the statistic, over documents drawn again; empty where there are too few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One table: these coders, these documents."""

    coders: tuple[str, ...]
    """Names; "first" and "second" follow this order."""
    documents: tuple[str, ...]
    """Names of those compared."""
    left_out: tuple[str, ...]
    """Names of documents that only one of the coders has marked done."""
    rule: str
    """Which text was compared, in words."""
    lines: tuple[Line, ...]
    """In the order of the codebook; codes that nobody used are in it only if they were asked for."""
    pooled: Line | None
    """None where no line is in the table."""
    pooled_codes: int
    """Over how many codes it is pooled: with branches only those that lie below no other of the table."""
    unused: int
    """Codes that none of these coders used here; they are left out of the table and of the pooled figures."""
    retired: int
    """Retired codes that one of these coders used here; left out as well."""
    no_intervals: str | None
    """Why there is no interval; None where there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an agreement run found."""

    unit: Unit
    interviewer: bool
    """Whether what interviewers say was compared too."""
    branch: bool
    """Whether a code stands for all below it too."""
    codebook: str
    """Fingerprint of the codebook."""
    sentence_splitter: int
    """Version of the splitter that found the sentences."""
    seed: int
    """Which documents the intervals were drawn with."""
    resamples: int
    """How often they were drawn."""
    pairs: tuple[Comparison, ...]
    together: Comparison | None
    """All coders in one table where there are more than two; None otherwise."""
    apart: tuple[tuple[str, str], ...]
    """Pairs of coders without a document that both have marked done."""


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
    seed: int = SEED,
    resamples: int = RESAMPLES,
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
        seed: which documents the intervals are drawn with.
        resamples: how often.
    """
    spread = [
        _Spread(
            document=document,
            laid=Laid(
                units=stretches(snapshot, document, unit, interviewer=interviewer),
                spans=coded_spans(snapshot, document),
                done=snapshot.done_by_document.get(document.id, set()) & set(coders),
            ),
        )
        for document in documents
    ]
    wanted = None if codes is None else {code.id for code in codes}
    scope = [code for _, code in snapshot.codebook.walk() if wanted is None or code.id in wanted]

    def comparison(of: Sequence[str]) -> Comparison:
        compared = [s for s in spread if s.done(of) > 1]
        members = [_members(snapshot.codebook, code, branch=branch) for code in scope]
        table = by_document([s.laid for s in compared], unit, codes=members, coders=of)
        rows = [
            i for i, row in enumerate(table.units) if wanted is not None or _anybody_coded(replace(table, units=row))
        ]
        used = {code for s in compared for code, coder in s.laid.spans if coder in of}
        in_table = [scope[i] for i in rows]
        pooled = _pooled(snapshot.codebook, in_table, branch=branch)
        units = table.units[rows]
        whole = replace(table, units=np.concatenate([units, units[pooled].sum(axis=0, keepdims=True)]))
        drawn = draw(whole, seed=seed, resamples=resamples)
        lines = _lines(snapshot.codebook, in_table, whole, drawn)
        return Comparison(
            coders=tuple(snapshot.coder_by_id[coder].name for coder in of),
            documents=tuple(s.document.name for s in compared),
            left_out=tuple(s.document.name for s in spread if s.done(of) == 1),
            rule=_rule(len(of), interviewer),
            lines=tuple(lines[:-1]),
            pooled=lines[-1] if rows else None,
            pooled_codes=len(pooled),
            unused=len(scope) - len(rows),
            retired=sum(snapshot.codebook.by_id[code].retired for code in used) if wanted is None else 0,
            no_intervals=drawn.reason if isinstance(drawn, Undefined) else None,
        )

    names = snapshot.coder_by_id
    pairs = [(pair, comparison(pair)) for pair in combinations(coders, 2)]
    return Report(
        unit=unit,
        interviewer=interviewer,
        branch=branch,
        codebook=codebook_fingerprint(snapshot.codebook),
        sentence_splitter=SPLITTER_VERSION,
        seed=seed,
        resamples=resamples,
        pairs=tuple(found for _, found in pairs if found.documents),
        together=comparison(coders) if len(coders) > 2 else None,
        apart=tuple((names[a].name, names[b].name) for (a, b), found in pairs if not found.documents),
    )


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


def _lines(codebook: Codebook, codes: Sequence[Code], table: Table, drawn: Drawn | Undefined) -> list[Line]:
    """Return a line for each code, and one for what is pooled."""
    found: dict[str, list[Interval | Undefined]] = {}
    if isinstance(drawn, Drawn):
        found = {name: intervals(drawn, statistic) for name, statistic in STATISTICS.items()}
    of: list[Code | None] = [*codes, None]
    return [
        _line(
            unstacked(replace(table, units=table.units[i])),
            code=code.id if code else None,
            path=codebook.path(code.id) if code else "",
            intervals={name: by_row[i] for name, by_row in found.items()},
        )
        for i, code in enumerate(of)
    ]


def _rule(coders: int, interviewer: bool) -> str:
    if coders == 2:
        marked = "documents both have marked done"
    else:
        marked = "documents at least two have marked done; who has not is missing there, not “uncoded”"
    return f"{marked}; interviewer turns {'taken in' if interviewer else 'left out'}"


def _line(ratings: Ratings, *, code: str | None, path: str, intervals: Mapping[str, Interval | Undefined]) -> Line:
    pairable = ratings.pairable()
    decided = sum(len(values) * weight for values, weight in pairable.items())
    coded = sum(values.count(True) * weight for values, weight in pairable.items())
    cells = Cells(
        both=pairable.get((True, True), 0),
        first_only=pairable.get((True, False), 0),
        second_only=pairable.get((False, True), 0),
        neither=pairable.get((False, False), 0),
    )
    return Line(
        code=code,
        path=path,
        n=sum(pairable.values()),
        cells=cells if ratings.coders == 2 else None,
        prevalence=coded / decided if decided else None,
        figures={name: statistic.of(ratings) for name, statistic in STATISTICS.items()},
        intervals=intervals,
    )


def statement(report: Report, comparison: Comparison) -> list[str]:
    """Return the sentences that belong to the figures of a table wherever they are shown."""
    said = [
        f"Unit: {report.unit}{' (code point)' if report.unit == 'character' else ''}."
        f" Coders: {', '.join(comparison.coders)}.",
        f"Compared: {comparison.rule}.",
        f"Documents ({len(comparison.documents)}): {', '.join(comparison.documents)}.",
    ]
    if comparison.left_out:
        said.append(f"Not compared, for only one has marked it done: {', '.join(comparison.left_out)}.")
    each = ", each with all below it" if report.branch else ", each without those below it"
    said.append(
        f"Overall: pooled unit × code decisions over {_codes(comparison.pooled_codes)}{each}."
        f" Left out: {_codes(comparison.unused)} that none of them used here"
        + (f", {_codes(comparison.retired)} retired." if comparison.retired else ".")
    )
    said.append(
        "Prevalence: share of the coders' decisions that were “coded”. Alpha: Krippendorff's, nominal."
        + (" Kappa: Cohen's." if len(comparison.coders) == 2 else " Percent: agreeing pairs, averaged over units.")
    )
    if comparison.no_intervals:
        said.append(f"No intervals: {comparison.no_intervals}.")
    else:
        unstable = f"; below {STEADY} documents they are unstable" if len(comparison.documents) < STEADY else ""
        said.append(f"Intervals: 95 %, {report.resamples:,} resamples of the documents, seed {report.seed}{unstable}.")
    said.append(f"Codebook {report.codebook}; sentence splitter {report.sentence_splitter}.")
    return said


def undefined(lines: Sequence[Line], statistics: Sequence[str]) -> list[str]:
    """Return each reason why a figure of a table is missing, once, with the statistics it holds for."""
    reasons: dict[str, dict[str, None]] = {}
    for line in lines:
        for name in statistics:
            figure = line.figures[name]
            if isinstance(figure, Undefined):
                reasons.setdefault(figure.reason, {})[STATISTICS[name].label] = None
    return [f"{reason} ({', '.join(labels)})" for reason, labels in reasons.items()]


def _codes(count: int) -> str:
    return f"{count} code" if count == 1 else f"{count} codes"
