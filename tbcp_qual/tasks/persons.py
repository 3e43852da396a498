"""Which names are one person's, and which are several people's: proposed from what stands in the texts, said by a person.

What is said lies in the list of pseudonyms, outside the project.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from tbcp_qual.coding.frozen import dataclass
from tbcp_qual.errors import UsageError
from tbcp_qual.privacy.pseudonyms import Pseudonyms, numbered_in
from tbcp_qual.privacy.wording import folded, without_possessive
from tbcp_qual.store import Project
from tbcp_qual.tasks.privacy import PrivacyReport, Spotted
from tbcp_qual.tasks.pseudonyms import places_of_people, without_title

_SHORTEST = 3
"""Letters that a short form has at least: Jas for Jaswinder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePerson:
    """Names that may be one person's."""

    names: tuple[str, ...]
    """Without titles; the fullest first."""
    places: int
    """How often they stand open."""
    pseudonym: str
    """What one of them has already; empty where none has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveralPeople:
    """A name that stands in several families, and may be somebody else in each."""

    name: str
    families: tuple[str, ...]
    """Labels of families, or names of documents that are about none or several, in order."""


def likely_people(report: PrivacyReport, pseudonyms: Pseudonyms) -> list[OnePerson]:
    """Propose which names are one person's: Mrs Okafor, Ngozi Okafor and Ngozi, where nobody else is an Okafor or a Ngozi.

    What the list says to be one person already is left out.
    """
    counts, spelt = _names(report)
    full = [name for name in counts if " " in name]
    proposed = []
    for whole in full:
        parts = whole.split()
        group = [whole, *(name for name in counts if " " not in name and _is_only(name, parts, full))]
        group += [name for name in counts if name not in group and _is_short_for_one(name, group, counts)]
        proposed.append(group)
    in_full = {name for group in proposed for name in group}
    for name in counts:
        short = [other for other in counts if other not in in_full and _is_short_for_one(other, [name], counts)]
        if name not in in_full and short:
            proposed.append([name, *short])
    people = []
    for group in proposed:
        given = [pseudonyms.given("name", spelt[name]) for name in group]
        if len(group) > 1 and (not all(given) or len(set(given)) > 1):
            names = tuple(spelt[name] for name in group)
            number = sum(counts[name] for name in group)
            people.append(OnePerson(names=names, places=number, pseudonym=next(filter(None, given), "")))
    return sorted(people, key=lambda one: (-one.places, one.names))


def _names(report: PrivacyReport) -> tuple[Counter[str], dict[str, str]]:
    """Return the open names, folded and without titles, with how often each stands, and how it is spelt."""
    counts: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for one in _open_names(report):
        name = name_of(one)
        counts[folded(name)] += 1
        spelt.setdefault(folded(name), name)
    return counts, spelt


def _open_names(report: PrivacyReport) -> list[Spotted]:
    return [one for one in report.open if one.finding.kind == "name"]


def name_of(one: Spotted) -> str:
    """Return the name of a finding without title and possessive."""
    return without_possessive(without_title(one.words))


def _is_only(name: str, parts: Sequence[str], full: Iterable[str]) -> bool:
    """Whether a single name is the first or the last part of one full name, and of no other."""
    return name in (parts[0], parts[-1]) and sum(name in (w.split()[0], w.split()[-1]) for w in full) == 1


def _is_short_for_one(name: str, group: Sequence[str], counts: Counter[str]) -> bool:
    """Whether a single name may be short for one of a group, and for nobody else."""
    if " " in name or len(name) < _SHORTEST:
        return False
    longer = {first for other in counts if (first := other.split()[0]).startswith(name) and len(first) > len(name) + 1}
    return len(longer) == 1 and any(one.split()[0] in longer for one in group)


def likely_several(project: Project, report: PrivacyReport, pseudonyms: Pseudonyms) -> list[SeveralPeople]:
    """Propose which names are several people's: those in texts of several families that have no pseudonym yet."""
    where_of = places_of_people(project)
    called = {case.id: case.label for case in project.records("case")}
    called.update((document.id, document.name) for document in project.records("document"))
    found: dict[str, tuple[str, set[str]]] = {}
    for one in _open_names(report):
        name, where = name_of(one), where_of(one)
        if where and not pseudonyms.given("name", name) and not pseudonyms.is_apart("name", name):
            found.setdefault(folded(name), (name, set()))[1].add(called[where])
    several = [SeveralPeople(name=name, families=tuple(sorted(in_))) for name, in_ in found.values() if len(in_) > 1]
    return sorted(several, key=lambda one: (-len(one.families), one.name))


def say_same(project: Project, report: PrivacyReport, names: Sequence[str], pseudonyms: Pseudonyms) -> str:
    """Say that names are one person's, or that one name is one person's everywhere; save the list.

    Returns:
        Their pseudonym.

    Raises:
        UsageError: two of them stand under different pseudonyms in texts already.
        Conflict: the list was written by somebody else meanwhile.
    """
    plain = list(dict.fromkeys(without_possessive(without_title(name)) for name in names if name.strip()))
    if not plain:
        raise UsageError("Which names?", "For example: privacy same “Ngozi Okafor” “Mrs Okafor”")
    standing = {
        given
        for text in project.texts({document.text for document in project.records("document")}).values()
        for given in numbered_in(text)
    }
    already = sorted({given for name in plain if (given := pseudonyms.given("name", name)) in standing})
    if len(already) > 1:
        raise UsageError(
            f"They stand in texts already, as {' and '.join(already)}.",
            "`undo` the replacement of one, say they are the same, and replace again.",
        )
    wanted = {folded(name) for name in plain}
    role = _role(one for one in report.spotted if one.finding.kind == "name" and folded(name_of(one)) in wanted)
    # A pseudonym that stands in a text already is the one that stays.
    plain.sort(key=lambda name: pseudonyms.given("name", name) not in already)
    pseudonym = pseudonyms.join("name", plain, role)
    pseudonyms.save()
    return pseudonym


def say_several(project: Project, report: PrivacyReport, name: str, pseudonyms: Pseudonyms) -> dict[str, str]:
    """Say that a name is somebody else's in each family; save the list.

    Returns:
        The pseudonyms, by label of the family or name of the document.

    Raises:
        UsageError: it stands open in fewer than two families.
        Conflict: the list was written by somebody else meanwhile.
    """
    where_of, plain = places_of_people(project), without_possessive(without_title(name))
    found: dict[str, list[Spotted]] = {}
    for one in _open_names(report):
        where = where_of(one)
        if where and folded(name_of(one)) == folded(plain):
            found.setdefault(where, []).append(one)
    if len(found) < 2:
        raise UsageError(f"“{plain}” stands open in fewer than two families.", "`privacy people` lists such names.")
    called = {record.id: record.label for record in project.records("case")}
    called.update((document.id, document.name) for document in project.records("document"))
    in_order = sorted(found, key=lambda where: called[where])
    parted = pseudonyms.part("name", plain, {where: _role(found[where]) for where in in_order})
    pseudonyms.save()
    return {called[where]: pseudonym for where, pseudonym in parted.items()}


def _role(findings: Iterable[Spotted]) -> str:
    """Return what most findings say somebody is, where they say more than that it is a person."""
    said = Counter(one.finding.suggestion for one in findings if not numbered_in(one.finding.suggestion))
    told = [role for role, _ in said.most_common() if role != "[Person]"]
    return told[0] if told else "[Person]"
