"""What an export would give away to those who read it: looked for before every export, and said with what to do.

The farther the reader stands from the team, the more is looked for. Pure: the export is described as values, and what
finds identifiers is handed in.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.coding.records import AUDIENCES, Audience, Permission
from tbcp_qual.privacy.finding import Finding, Kind

ConcernKind = Literal[
    "identifier",
    "permission",
    "few families",
    "one voice",
    "rare combination",
    "together",
    "sole post",
    "small count",
]
Remedy = Literal["replace", "paraphrase", "re-key labels", "suppress", "band", "drop"]

FEW_FAMILIES = 2
"""A cell or theme that rests on no more families than this is named beyond the team."""
RAREST: dict[Audience, int] = {"team": 1, "steering group": 3, "commissioner": 5, "public": 5}
"""k: a combination of attributes must be shared by so many cases (k-anonymity, Sweeney 2002)."""
POINTERS: frozenset[Kind] = frozenset({"exact age", "gestation", "sibling count"})
"""What names nobody alone, but may together with another."""
PLACES: frozenset[Kind] = frozenset({"rare diagnosis", "sole post", "school", "hospital", "ward", "children's centre"})
"""What the team knows of those it follows; beyond it, each alone may be enough to know who it is."""


POSTS: frozenset[Kind] = frozenset({"sole post"})
"""Kinds that are said in words of their own."""
DAYS: frozenset[Kind] = frozenset({"exact date"})
"""Kinds that stand in what the program itself writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quotation as it would stand in the export."""

    reference: str
    """How the export cites it: `P07.13`."""
    words: str
    theme: str
    """The name of the theme it stands under; empty for none."""
    speaker: str
    """Who speaks, as the export labels them; one label is one person."""
    role: str
    """What the export says the speaker is; empty where it says nothing."""
    families: tuple[str, ...]
    """Labels of the cases it is by or about."""
    permission: Permission
    """What may be done with the words."""
    recorded: bool = True
    """Whether somebody said so: the document, or everybody who speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A table of counts as it would stand in the export."""

    title: str
    unit: str
    """What is counted: families, babies, files, participants."""
    of_people_asked: bool
    """Whether it counts interviews; those are looked at, and not blanked."""
    counts: Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """All of an export that could give somebody away."""

    quotations: tuple[Quoted, ...] = ()
    prose: tuple[tuple[str, str], ...] = ()
    """`(where, words)` of what else stands in it: labels, definitions, methods; a day in it is one of the study."""
    cells: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """`(where, labels of the families it rests on)`."""
    rows: Mapping[str, tuple[str, ...]] | None = None
    """What the export says of each case, by label; None where it says nothing of single cases."""
    cohort: Mapping[str, tuple[str, ...]] | None = None
    """The same of every case of the cohort, to see what is rare; None: the rows are all there is."""
    tables: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One thing that might give somebody away."""

    kind: ConcernKind
    where: str
    """A reference, a cell, a table; never words of a quotation."""
    message: str
    remedies: tuple[Remedy, ...]


def check(
    matter: Matter, audience: Audience, *, find: Callable[[str], Iterable[Finding]], rarest: int | None = None
) -> list[Concern]:
    """Return what an export would give away to an audience, the gravest first.

    Args:
        matter: what would stand in it.
        audience: who reads it.
        find: returns the identifiers in a text.
        rarest: k, how many cases must share a combination of attributes; None for the audience's own.
    """
    distance = AUDIENCES.index(audience)
    found = {quoted: tuple(find(quoted.words)) for quoted in dict.fromkeys(matter.quotations)}
    passing = POINTERS | PLACES if distance == 0 else POINTERS | POSTS
    concerns = [*_identifiers(((quoted.reference, findings) for quoted, findings in found.items()), passing)]
    concerns += _identifiers(((where, find(words)) for where, words in matter.prose), passing | DAYS)
    if distance >= 1:
        # The team has read the words already; a permission is about those who have not.
        concerns += _permissions(matter.quotations)
        concerns += _few_families(matter)
        concerns += _sole_posts(matter.quotations)
        concerns += _posts_told(found)
        concerns += _small_counts(matter.tables)
        concerns += _rare(matter, RAREST[audience] if rarest is None else rarest)
    if distance >= 2:
        concerns += _one_voice(matter.quotations)
        concerns += _together(found)
    return concerns


def _identifiers(found: Iterable[tuple[str, Iterable[Finding]]], passing: frozenset[Kind]) -> Iterable[Concern]:
    for where, findings in found:
        kinds = ", ".join(dict.fromkeys(finding.kind for finding in findings if finding.kind not in passing))
        if kinds:
            message = f"holds what looks like: {kinds}"
            yield Concern(kind="identifier", where=where, message=message, remedies=("replace", "drop"))


def _permissions(quotations: Iterable[Quoted]) -> Iterable[Concern]:
    for quoted in dict.fromkeys(quotations):
        if quoted.permission == "paraphrase only":
            message = "may be paraphrased, not quoted"
            yield Concern(kind="permission", where=quoted.reference, message=message, remedies=("paraphrase", "drop"))
        elif quoted.permission == "role label only" and quoted.speaker and quoted.speaker != quoted.role:
            message = "may be labelled with a role only"
            yield Concern(kind="permission", where=quoted.reference, message=message, remedies=("re-key labels",))
    unasked: dict[str, list[str]] = {}
    for quoted in dict.fromkeys(quotations):
        if not quoted.recorded and quoted.permission != "paraphrase only":
            unasked.setdefault(quoted.speaker, []).append(quoted.reference)
    for speaker, references in unasked.items():
        often = f"{len(references)} quotations" if len(references) > 1 else "a quotation"
        message = f"{often} of {speaker or 'somebody'}, of whom it is not recorded what may be done with their words"
        yield Concern(kind="permission", where=references[0], message=message, remedies=("paraphrase", "drop"))


def _few_families(matter: Matter) -> Iterable[Concern]:
    for where, families in matter.cells:
        number = len(set(families))
        if 1 <= number <= FEW_FAMILIES:
            words = "one family" if number == 1 else f"{number} families"
            yield Concern(
                kind="few families", where=where, message=f"rests on {words}", remedies=("paraphrase", "suppress")
            )


def _sole_posts(quotations: Iterable[Quoted]) -> Iterable[Concern]:
    holders: dict[str, set[str]] = {}
    cited: dict[str, list[str]] = {}
    for quoted in quotations:
        if quoted.role:
            holders.setdefault(quoted.role, set()).add(quoted.speaker)
            cited.setdefault(quoted.role, []).append(quoted.reference)
    for role, speakers in holders.items():
        if len(speakers) == 1:
            yield Concern(
                kind="sole post",
                where=cited[role][0],
                message=f"only one person here is labelled {role}, quoted {len(cited[role])} times",
                remedies=("re-key labels", "paraphrase"),
            )


def _posts_told(found: Mapping[Quoted, tuple[Finding, ...]]) -> Iterable[Concern]:
    for quoted, findings in found.items():
        if any(finding.kind == "sole post" for finding in findings):
            message = "tells of a post that only one person holds"
            yield Concern(kind="sole post", where=quoted.reference, message=message, remedies=("replace", "paraphrase"))


def _small_counts(tables: Iterable[Counted]) -> Iterable[Concern]:
    from tbcp_qual.analysis.suppression import LARGEST, SMALLEST

    for table in tables:
        small = sum(SMALLEST <= count <= LARGEST for row in table.counts for count in row)
        if small:
            counts = f"{small} count{'s' if small > 1 else ''} from {SMALLEST} to {LARGEST} {table.unit}"
            after = "; look whether anybody could be recognised" if table.of_people_asked else ""
            remedies: tuple[Remedy, ...] = ("band",) if table.of_people_asked else ("suppress", "band")
            yield Concern(kind="small count", where=table.title, message=counts + after, remedies=remedies)


def _rare(matter: Matter, rarest: int) -> Iterable[Concern]:
    if not matter.rows:
        return
    everybody = matter.cohort if matter.cohort is not None else matter.rows
    shared = Counter(frozenset(said) for said in everybody.values())
    for label, said in matter.rows.items():
        alike_in_all = shared[frozenset(said)]
        if said and alike_in_all < rarest:
            number = max(alike_in_all, 1)
            alike = "no other case is" if number == 1 else f"only {number} cases are"
            yield Concern(
                kind="rare combination",
                where=label,
                message=f"{alike} like this in the {len(said)} attributes shown (k = {rarest})",
                remedies=("band", "drop"),
            )


def _one_voice(quotations: Iterable[Quoted]) -> Iterable[Concern]:
    by_theme: dict[str, Counter[str]] = {}
    for quoted in quotations:
        if quoted.theme and quoted.speaker:
            by_theme.setdefault(quoted.theme, Counter())[quoted.speaker] += 1
    for theme, voices in by_theme.items():
        speaker, most = voices.most_common(1)[0]
        if most >= 3 and 2 * most > voices.total():
            message = f"{most} of {voices.total()} quotations are by {speaker}"
            yield Concern(kind="one voice", where=theme, message=message, remedies=("drop", "paraphrase"))


def _together(found: Mapping[Quoted, tuple[Finding, ...]]) -> Iterable[Concern]:
    pointing: dict[str, dict[str, set[str]]] = {}
    for quoted, findings in found.items():
        for person in filter(None, dict.fromkeys((quoted.speaker, *quoted.families))):
            for finding in findings:
                pointing.setdefault(person, {}).setdefault(finding.kind, set()).add(quoted.reference)
    said: set[tuple[str, ...]] = set()
    for person, kinds in pointing.items():
        references = tuple(sorted(set().union(*kinds.values())))
        if len(kinds) > 1 and len(references) > 1 and references not in said:
            said.add(references)
            yield Concern(
                kind="together",
                where=", ".join(references),
                message=f"together they say of {person}: {', '.join(sorted(kinds))}",
                remedies=("drop", "paraphrase", "re-key labels"),
            )
