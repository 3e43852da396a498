"""An agreement run: per code and pooled, for each pair of coders and for all, with everything a reader must be told.

Each pair stands for itself: its documents and codes do not depend on who else is compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations

from tbcp_qual.agreement.ratings import Figure, Ratings, Undefined
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.units import CODED_OR_NOT, Unit, coded_spans, decisions, stretches
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.records import Code, Document, definition_fingerprint
from tbcp_qual.coding.sentences import SPLITTER_VERSION
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.coding.spans import Span


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
    """A document laid out for comparing: its units, what was coded, who is done."""

    document: Document
    units: list[Span]
    spans: dict[tuple[str, str], list[Span]]
    done: set[str]


def compare(
    snapshot: Snapshot,
    *,
    coders: Sequence[str],
    documents: Sequence[Document],
    unit: Unit,
    codes: Sequence[Code] | None = None,
    branch: bool = False,
    interviewer: bool = False,
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
    """
    spread = [
        _Spread(
            document=document,
            units=stretches(snapshot, document, unit, interviewer=interviewer),
            spans=coded_spans(snapshot, document),
            done=snapshot.done_by_document.get(document.id, set()) & set(coders),
        )
        for document in documents
    ]

    def comparison(of: Sequence[str]) -> Comparison:
        return _compare(snapshot, spread, of, unit=unit, codes=codes, branch=branch, interviewer=interviewer)

    names = snapshot.coder_by_id
    pairs = [(pair, comparison(pair)) for pair in combinations(coders, 2)]
    return Report(
        unit=unit,
        interviewer=interviewer,
        branch=branch,
        codebook=codebook_fingerprint(snapshot.codebook),
        sentence_splitter=SPLITTER_VERSION,
        pairs=tuple(found for _, found in pairs if found.documents),
        together=comparison(coders) if len(coders) > 2 else None,
        apart=tuple((names[a].name, names[b].name) for (a, b), found in pairs if not found.documents),
    )


def _compare(
    snapshot: Snapshot,
    spread: Sequence[_Spread],
    coders: Sequence[str],
    *,
    unit: Unit,
    codes: Sequence[Code] | None,
    branch: bool,
    interviewer: bool,
) -> Comparison:
    codebook = snapshot.codebook
    compared = [s for s in spread if len(s.done & set(coders)) > 1]
    wanted = None if codes is None else {code.id for code in codes}
    scope = [code for _, code in codebook.walk() if wanted is None or code.id in wanted]
    lines: list[Line] = []
    ratings_by_code: dict[str, Ratings] = {}
    for code in scope:
        members = codebook.branch(code.id) if branch else {code.id}
        in_use = {member for member in members if not codebook.by_id[member].retired}
        ratings = Ratings.pooled(
            (decisions(s.spans, s.units, unit, codes=in_use, coders=coders, done=s.done) for s in compared),
            coders=len(coders),
            categories=CODED_OR_NOT,
        )
        if wanted is not None or any(True in pattern for pattern in ratings.patterns):
            ratings_by_code[code.id] = ratings
            lines.append(_line(ratings, code=code.id, path=codebook.path(code.id)))
    pooled_codes = [
        code
        for code in ratings_by_code
        if not branch or not any(a.id in ratings_by_code for a in codebook.ancestors(code))
    ]
    pooled = Ratings.pooled(
        (ratings_by_code[code] for code in pooled_codes), coders=len(coders), categories=CODED_OR_NOT
    )
    used = {code for s in compared for code, coder in s.spans if coder in coders}
    return Comparison(
        coders=tuple(snapshot.coder_by_id[coder].name for coder in coders),
        documents=tuple(s.document.name for s in compared),
        left_out=tuple(s.document.name for s in spread if len(s.done & set(coders)) == 1),
        rule=_rule(len(coders), interviewer),
        lines=tuple(lines),
        pooled=_line(pooled, code=None, path="") if lines else None,
        pooled_codes=len(pooled_codes),
        unused=len(scope) - len(lines),
        retired=sum(codebook.by_id[code].retired for code in used) if wanted is None else 0,
    )


def _rule(coders: int, interviewer: bool) -> str:
    if coders == 2:
        marked = "documents both have marked done"
    else:
        marked = "documents at least two have marked done; who has not is missing there, not “uncoded”"
    return f"{marked}; interviewer turns {'taken in' if interviewer else 'left out'}"


def _line(ratings: Ratings, *, code: str | None, path: str) -> Line:
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
