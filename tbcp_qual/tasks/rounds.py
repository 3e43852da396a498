"""Rounds: opened with all that is fixed before anybody codes, and checked."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import Required, TypedDict, Unpack, cast

from tbcp_qual.agreement.report import codebook_fingerprint
from tbcp_qual.agreement.statistics import STATISTICS
from tbcp_qual.agreement.units import Unit, count_units
from tbcp_qual.coding.changes import Change, create
from tbcp_qual.coding.codebook import Codebook
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Coder, Document, Purpose, Round
from tbcp_qual.coding.rounds import LOOKED, Finding, everybody, preflight
from tbcp_qual.coding.sampling import draw
from tbcp_qual.coding.text import one_line
from tbcp_qual.coding.values import day, natural
from tbcp_qual.errors import Conflict, UsageError
from tbcp_qual.readers.files import as_name
from tbcp_qual.store import Project
from tbcp_qual.tasks.documents import find_document
from tbcp_qual.tasks.sampling import LARGEST_SEED

STATISTIC = "krippendorff_alpha"
UNIT: Unit = "turn"
"""What a round compares by where nobody says anything else."""

FOR_TWO = frozenset(("cohen_kappa", "cohen_kappa_max", "weighted_kappa", "scott_pi"))
"""Statistics that more than two coders cannot have together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Documents to be drawn."""

    share: Fraction
    """Above 0 and up to 1."""
    by_source_type: bool = False
    seed: int | None = None
    """None: the program takes one, which is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A round before it begins."""

    round: Round
    units: int
    """How many units would be compared; 0 in a reflexive project."""
    findings: tuple[Finding, ...]

    @property
    def stops(self) -> bool:
        """Whether something stands in its way."""
        return any(finding.level == "error" for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One line of what is looked at before anybody begins."""

    about: str
    """What was looked at, as findings say it."""
    what: str
    """What was found where all is well, in words."""
    findings: tuple[Finding, ...]
    """Empty where all is well."""

    @property
    def stops(self) -> bool:
        """Whether it stands in the way of the round."""
        return any(finding.level == "error" for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A round that was opened."""

    check: Check
    new_coders: tuple[str, ...]
    """Names of coders the project did not know before."""


class Given(TypedDict, total=False):
    """What may be said of a round before it is opened; what each means is said at `plan_round`."""

    coders: Required[Sequence[str]]
    documents: Sequence[str]
    share: Share | None
    codes: Sequence[str]
    blind: bool | None
    unit: Unit | None
    statistic: str | None
    interviewer: bool
    due: str
    purpose: Purpose | None
    gold: str | None
    threshold: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A round that could be opened."""

    check: Check
    new: tuple[Coder, ...]
    """Coders the project does not know yet."""


def plan_round(
    project: Project,
    name: str,
    *,
    coders: Sequence[str],
    documents: Sequence[str] = (),
    share: Share | None = None,
    codes: Sequence[str] = (),
    blind: bool | None = None,
    unit: Unit | None = None,
    statistic: str | None = None,
    interviewer: bool = False,
    due: str = "",
    purpose: Purpose | None = None,
    gold: str | None = None,
    threshold: float | None = None,
) -> Planned:
    """Return a round as it would be opened, with what stands in its way; nothing is written.

    Args:
        project: an open project.
        name: what it is called.
        coders: names of those who code; who is new is added. For stability one: their second time is another coder's.
        documents: names.
        share: or what part of all documents is drawn.
        codes: names or paths of those in scope, each with all below it; none: all.
        blind: whether nobody sees others' work until it is locked; None: yes, but for reflexive work.
        unit: None: a turn; refused in a reflexive project.
        statistic: None: Krippendorff's alpha; refused in a reflexive project.
        interviewer: whether what interviewers say is compared too.
        due: the day it should be finished; empty for none.
        purpose: None: training where a gold coder is named, else reliability.
        gold: name of the coder whose codings trainees are held against.
        threshold: what each code has to reach; for training alone.

    Raises:
        UsageError: something that is named is not there, or does not go together.
    """
    purpose = purpose or ("training" if gold else "reliability")
    reflexive = project.info.approach == "reflexive"
    _check_together(purpose, reflexive, unit, statistic, gold, threshold, coders)
    held, people, new = _people(project, coders, gold, purpose)
    everything: list[Document] = project.records("document")
    if purpose == "stability":
        held, people, new = _second_time(project, people[0], new)
    chosen, drawn, seed = _documents(everything, documents, share)
    codebook = Codebook(project.records("code"))
    made = Round(
        id=new_id(),
        name=_free_name(project, name),
        purpose=purpose,
        blind=not reflexive if blind is None else blind,
        documents=tuple(document.id for document in chosen),
        texts=tuple(document.text for document in chosen),
        coders=tuple(coder.id for coder in people),
        codes=tuple(dict.fromkeys(id_ for code in codes for id_ in _branch(codebook, code))),
        statistic="" if reflexive else statistic or STATISTIC,
        unit="" if reflexive else unit or UNIT,
        interviewer=interviewer,
        threshold=threshold,
        gold=held.id if held else None,
        drawn=drawn + _begun(project, chosen, people),
        seed=seed,
        due=_due(due),
        codebook=codebook_fingerprint(codebook),
    )
    return Planned(check=_check(project, made, new=new), new=tuple(new))


def open_round(project: Project, name: str, *, by: str, **given: Unpack[Given]) -> Opened:
    """Open a round: what is compared, and by what, is fixed from here on; one revision.

    Args:
        project: an open project.
        name: what it is called.
        by: id of whoever opens it.
        given: as for `plan_round`.

    Raises:
        UsageError: something that is named is not there, or does not go together.
        Conflict: the pre-flight check found an error; nothing is opened then.
    """
    planned = plan_round(project, name, **given)
    made, check = planned.check.round, planned.check
    if check.stops:
        first = next(finding for finding in check.findings if finding.level == "error")
        raise Conflict(first.message, first.hint)
    changes: list[Change] = [*(create(coder) for coder in planned.new), create(made)]
    project.apply(f"round opened: {made.name}", changes, coder=by)
    return Opened(check=check, new_coders=tuple(coder.name for coder in planned.new))


def _check_together(
    purpose: Purpose,
    reflexive: bool,
    unit: str | None,
    statistic: str | None,
    gold: str | None,
    threshold: float | None,
    coders: Sequence[str],
) -> None:
    if reflexive and (unit or statistic or threshold is not None or gold or purpose != "reliability"):
        raise UsageError(
            "A reflexive project has no unit, statistic or threshold: what coders see differently is material, not error.",
            "Open the round without them; what comes of it are differences to discuss.",
        )
    if statistic and statistic not in STATISTICS:
        raise UsageError(f"There is no statistic {as_name(statistic)}.", f"There is: {', '.join(STATISTICS)}.")
    if unit == "overlap":
        raise UsageError(
            "Segments are the coders' own: their number cannot be fixed beforehand.", "Choose another --unit."
        )
    if purpose == "training" and (gold is None or threshold is None):
        raise UsageError(
            "A training round needs a coder to be held against, and what each code has to reach.",
            "--gold CODER --threshold .8",
        )
    if purpose != "training" and (gold or threshold is not None):
        raise UsageError(f"A gold coder and a threshold belong to training, not to {purpose}.", "--purpose training")
    if threshold is not None and not 0 < threshold <= 1:
        raise UsageError("A threshold lies above 0 and is 1 at most.", "--threshold .8")
    if purpose == "stability" and len(coders) != 1:
        raise UsageError("Stability is one coder, twice.", "Name one: --coders AK")


def _people(
    project: Project, names: Sequence[str], gold: str | None, purpose: Purpose
) -> tuple[Coder | None, list[Coder], list[Coder]]:
    """Return the gold coder, the coders, and which of them are new."""
    found: dict[str, Coder] = {}
    new: list[Coder] = []
    for name in filter(None, map(one_line, names)):
        coder = project.coder_named(name) or next((c for c in new if c.name.casefold() == name.casefold()), None)
        if coder is None:
            coder = Coder(id=new_id(), name=name)
            new.append(coder)
        found[coder.id] = coder
    if not found:
        raise UsageError("Nobody is named to code.", "--coders AK,RM")
    held = project.coder_named(gold) if gold else None
    if gold and held is None:
        raise UsageError(f"There is no coder {as_name(gold)} whose codings could be compared with.")
    if purpose == "stability" and new:
        raise UsageError(f"{new[0].name} has not coded anything yet.", "Stability is of what was coded before.")
    return held, list(found.values()), new


def _second_time(project: Project, first: Coder, new: list[Coder]) -> tuple[Coder, list[Coder], list[Coder]]:
    """Return who coded first, and the coder that this person is the second time, who does not see the first."""
    taken = {coder for made in project.records("round") if made.purpose == "stability" for coder in made.coders}
    number = 1
    while True:
        name = f"{first.name} again" if number == 1 else f"{first.name} again {number}"
        known = project.coder_named(name)
        if known is None:
            known = Coder(id=new_id(), name=name)
            return first, [known], [*new, known]
        if known.id not in taken:
            return first, [known], new
        number += 1


def _documents(
    everything: Sequence[Document], names: Sequence[str], share: Share | None
) -> tuple[list[Document], str, int]:
    """Return the documents of a round, how they came to be chosen, and the seed."""
    if bool(names) == bool(share):
        raise UsageError("Which documents?", "Name them with --documents A,B, or draw them with --share 20%.")
    if share is None:
        chosen = list({d.id: d for d in (find_document(everything, name) for name in names)}.values())
        return chosen, f"{some(len(chosen), 'document')} of {len(everything)} chosen", 0
    if not everything:
        raise UsageError("There are no documents to draw from.", "tbcp-qual documents import FILE")
    population = sorted(everything, key=lambda d: (natural(d.source_type), natural(d.name), d.id))
    seed = random.SystemRandom().randint(1, LARGEST_SEED) if share.seed is None else share.seed
    size = ceil(share.share * len(population))
    strata = {document.id: (document.source_type,) if share.by_source_type else () for document in population}
    drawn = set(draw(strata, size=size, seed=seed).chosen)
    how = "stratified random sampling in proportion (largest remainder), by source type"
    how = how if share.by_source_type else "simple random sampling"
    said = f"{some(size, 'document')} of {len(population)} drawn by {how}, seed {seed}"
    return [document for document in population if document.id in drawn], said, seed


def _begun(project: Project, documents: Sequence[Document], people: Sequence[Coder]) -> str:
    """Say where somebody has coded or finished before anything was fixed; only whether, not how much."""
    ids = {document.id for document in documents}
    begun: set[str] = set()
    for coder in people:
        now = project.snapshot(coder.id, ids)
        begun.update(coding.document for coding in now.codings if coding.coder == coder.id)
        begun.update(review.document for review in now.reviews if review.coder == coder.id)
        begun.update(mark.document for mark in now.done if mark.coder == coder.id and mark.done)
    return f"; in {len(begun)} of them coding had begun before the round was opened" if begun else ""


def _branch(codebook: Codebook, name: str) -> list[str]:
    below = codebook.branch(codebook.find(name).id)
    return [code.id for _, code in codebook.walk() if code.id in below]


def _free_name(project: Project, name: str) -> str:
    wanted = one_line(name)
    if not wanted:
        raise UsageError("A round needs a name.", "Such as 1, or pilot.")
    if any(made.name.casefold() == wanted.casefold() for made in project.records("round")):
        raise UsageError(f"There is a round called {as_name(wanted)} already.", "Choose another name.")
    return wanted


def _due(given: str) -> str:
    found = day(given) if given.strip() else ""
    if found is None or len(found) == len("2024-03"):
        raise UsageError(f"{as_name(one_line(given))} is no day.", "Write it as 2027-03-31.")
    return found


def find_round(project: Project, name: str | None = None) -> Round:
    """Return the round of a name; upper and lower case are the same; without a name the only one there is.

    Raises:
        UsageError: there is none, or several.
    """
    rounds: list[Round] = project.records("round")
    if not rounds:
        hint = "tbcp-qual rounds open 1 --coders AK,RM --share 20%"
        raise UsageError("No round has been opened.", hint, nothing_yet=True)
    wanted = None if name is None else one_line(name).casefold()
    found = [made for made in rounds if wanted is None or wanted in (made.name.casefold(), made.id)]
    if len(found) == 1:
        return found[0]
    names = "; ".join(f"{made.name} ({made.id})" if found and wanted else made.name for made in found or rounds)
    if wanted is None:
        raise UsageError("Which round?", f"There is: {names}.")
    many = f"{len(found)} rounds are" if found else "No round is"
    raise UsageError(f"{many} called {as_name(one_line(name or ''))}.", f"There is: {names}.")


def checklist(check: Check) -> list[Looked]:
    """Return what was looked at line by line, what is well too; what is not counted in a reflexive project is left out."""
    made = check.round
    documents = len(made.documents)
    well = {
        "coders": f"{some(len(made.coders), 'coder')} assigned"
        + (", held against a gold coder who has finished" if made.gold and made.purpose == "training" else ""),
        "texts": f"{some(documents, 'document')}, none corrected since",
        "turns": "turns and interviewers are known",
        "codebook": "the codebook is that of the opening"
        + (f"; {some(len(made.codes), 'code')}" if made.codes else ""),
    }
    if made.unit:
        well["units"] = f"{some(check.units, 'unit')} ({made.unit}) to compare"
        well["documents"] = "enough documents for an interval"
    return [
        Looked(about=about, what=well[about], findings=tuple(f for f in check.findings if f.about == about))
        for about in LOOKED
        if about in well
    ]


def check_round(project: Project, name: str | None = None) -> Check:
    """Look whether a round can be worked on as it was opened.

    Raises:
        UsageError: there is no such round.
    """
    return _check(project, find_round(project, name))


def _check(project: Project, made: Round, new: Iterable[Coder] = ()) -> Check:
    there = {document.id for document in project.records("document")}
    now = project.snapshot("", [document for document in made.documents if document in there])
    now = replace(now, coders=(*now.coders, *new))
    of = [now.document_by_id[document] for document in made.documents if document in there]
    units = count_units(now, of, cast("Unit", made.unit), interviewer=made.interviewer) if made.unit else 0
    findings = preflight(now, made, units=units, codebook=codebook_fingerprint(now.codebook))
    statistic = STATISTICS.get(made.statistic)
    if statistic and len(everybody(made)) > 2 and made.statistic in FOR_TWO:
        message = (
            f"{statistic.label} is for two coders: with {len(everybody(made))} it is there for each pair, not for all."
        )
        findings.append(Finding(about="coders", level="warning", message=message[0].upper() + message[1:]))
    return Check(round=made, units=units, findings=tuple(findings))
