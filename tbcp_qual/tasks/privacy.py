"""The privacy check: what may identify somebody, wherever a person wrote it, and what the team said of it."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tbcp_qual.coding.changes import Change, Revision, create, remove, update
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import Ruling, Verdict, ruling_id
from tbcp_qual.coding.snapshot import Snapshot
from tbcp_qual.errors import UsageError
from tbcp_qual.privacy.finding import Finding, Kind
from tbcp_qual.privacy.known import Known, names_in_labels, read_team_list
from tbcp_qual.privacy.scanning import context, scan
from tbcp_qual.privacy.wording import folded
from tbcp_qual.store import Project
from tbcp_qual.tasks.written import Place, kept_whole, records_with_words, written_in

_NAME_COLUMN = re.compile(r"(?<![a-z])names?$", re.IGNORECASE)
_PERSON_COLUMN = re.compile(
    r"(?<![a-z])(?:mother|father|mum|dad|parent|child|baby|partner|carer|worker|visitor|practitioner|midwife)$",
    re.IGNORECASE,
)

State = Literal["open", "keep", "ignore"]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spotted:
    """A finding, where it is, and what was said of it."""

    id: str
    """Eight signs that name it as long as nothing before it changes."""
    place: Place
    finding: Finding
    turn: int
    """Number of the turn it is in, from 1; 0 where it is in none."""
    before: str
    words: str
    after: str
    state: State
    reason: str
    digest: str
    """What a ruling on the same words would be filed under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyReport:
    """What a check found."""

    spotted: tuple[Spotted, ...]
    """By document and place; those that were settled are among them."""
    names: str
    """By which language model names were looked for; `off` where none is installed."""
    looked_at: int
    """How many words."""

    @property
    def open(self) -> list[Spotted]:
        """Those that nobody has settled."""
        return [one for one in self.spotted if one.state == "open"]

    def by_kind(self) -> dict[Kind, int]:
        """Count the open ones."""
        return dict(Counter(one.finding.kind for one in self.open).most_common())


def check_privacy(
    project: Project,
    *,
    viewer: str,
    names: Path | None = None,
    known: Mapping[str, str] | None = None,
    documents: Collection[str] | None = None,
    kinds: Collection[Kind] | None = None,
    progress: Progress | None = None,
) -> PrivacyReport:
    """Look for what may identify somebody in texts, memos, attributes, labels and file names.

    Args:
        project: an open project.
        viewer: id of the coder who looks; others' memos are looked at only where this coder may see them.
        names: the team's own list of names, one a line.
        known: names with their pseudonyms, as the pseudonym list has them.
        documents: ids of the documents to look at; None for the whole project.
        kinds: which kinds to look for; None for all.
        progress: called for each place with how many are done, how many there are, and its name.

    Raises:
        BadInput: the list of names cannot be read.
    """
    from tbcp_qual.language.pipeline import names_available

    now = project.snapshot(viewer, None if documents is None else list(documents))
    model = names_available()
    rulings = _rulings(project)
    listed = {**people_named(now), **(known or {}), **(read_team_list(names) if names else {})}
    knowing = Known(names=listed, model=model or "")
    places = _all_places(project, now, only_documents=documents is not None)
    seen: dict[str, tuple[Finding, ...]] = {}
    spotted: list[Spotted] = []
    for done, place in enumerate(places):
        if progress:
            progress(done, len(places), place.name)
        if place.words not in seen:
            seen[place.words] = scan(place.words, knowing, kinds)
        spotted.extend(_spot(project.info.id, now, place, seen[place.words], rulings))
    return PrivacyReport(
        spotted=tuple(spotted), names=model or "off", looked_at=sum(len(place.words.split()) for place in places)
    )


def _all_places(project: Project, now: Snapshot, *, only_documents: bool) -> list[Place]:
    records = records_with_words(project, now)
    places = list(written_in(now, records, only_documents=only_documents))
    if not only_documents:
        places += kept_whole(project, now)
    return places


def _labels(now: Snapshot) -> Iterator[str]:
    yield from (case.label for case in now.cases)
    yield from (participant.label for participant in now.participants)


def people_named(now: Snapshot) -> dict[str, str]:
    """Return the names that labels of cases and participants hold, and columns of the list of cases."""
    return {**names_in_labels(_labels(now)), **_people_of_cases(now)}


def ignored_everywhere(project: Project) -> frozenset[tuple[str, str]]:
    """Return kind and digest of the words that identify nobody, as somebody ruled."""
    return frozenset((kind, digest) for kind, digest, document in _rulings(project) if not document)


def _people_of_cases(now: Snapshot) -> dict[str, str]:
    """Return the names that the list of cases holds: what stands in columns such as `child's name` or `mother`."""
    named = [a.value for a in now.attributes if _NAME_COLUMN.search(a.name)]
    called = [a.value for a in now.attributes if _PERSON_COLUMN.search(a.name) and " " in a.value.strip()]
    return names_in_labels([*named, *called])


def _rulings(project: Project) -> dict[tuple[str, str, str], Ruling]:
    return {(r.kind, r.digest, r.document or ""): r for r in project.records("ruling")}


def _ruling_on(rulings: Mapping[tuple[str, str, str], Ruling], kind: str, digest: str, document: str) -> Ruling | None:
    """Return what was said of some words in a document, else everywhere."""
    return rulings.get((kind, digest, document)) or rulings.get((kind, digest, ""))


def first_look(project: Project, *, known: Mapping[str, str]) -> Callable[[str], dict[str, int]]:
    """Return what counts the identifiers in a text that comes in, but for those that may stand everywhere.

    Args:
        known: names with their pseudonyms, as the pseudonym list has them.
    """
    labels = [record.label for kind in ("case", "participant") for record in project.records(kind)]
    knowing = Known(names={**names_in_labels(labels), **known})
    passed = ignored_everywhere(project)
    of = project.info.id

    def counted(text: str) -> dict[str, int]:
        found: Counter[str] = Counter(
            finding.kind
            for finding in scan(text, knowing)
            if (finding.kind, digest_of(of, finding.kind, text[finding.start : finding.end])) not in passed
        )
        return dict(found.most_common())

    return counted


def digest_of(project: str, kind: str, words: str) -> str:
    """Return what a ruling on these words is filed under; the words cannot be read from it."""
    return hashlib.sha256(f"{project}\x1f{kind}\x1f{folded(words)}".encode()).hexdigest()[:32]


def _spot(
    project: str,
    now: Snapshot,
    place: Place,
    findings: Iterable[Finding],
    rulings: Mapping[tuple[str, str, str], Ruling],
) -> Iterator[Spotted]:
    starts = [turn.start for turn in now.turns_by_document.get(place.record, ())] if place.kind == "text" else []
    seen: Counter[str] = Counter()
    for finding in findings:
        before, words, after = context(place.words, finding)
        digest = digest_of(project, finding.kind, words)
        seen[digest] += 1
        name = f"{place.kind}\x1f{place.record}\x1f{place.field}{place.path}\x1f{digest}\x1f{seen[digest]}"
        ruling = _ruling_on(rulings, finding.kind, digest, place.document)
        yield Spotted(
            id=hashlib.sha256(name.encode()).hexdigest()[:8],
            place=place,
            finding=finding,
            turn=sum(start <= finding.start for start in starts),
            before=before,
            words=words,
            after=after,
            state=ruling.verdict if ruling else "open",
            reason=ruling.reason if ruling else "",
            digest=digest,
        )


def chosen(report: PrivacyReport, ids: Iterable[str], kinds: Collection[str] = ()) -> list[Spotted]:
    """Return findings by id, or the open ones of some kinds.

    Raises:
        UsageError: there is no finding of that id.
    """
    by_id = {one.id: one for one in report.spotted}
    named = []
    for wanted in ids:
        if wanted not in by_id:
            raise UsageError(f"There is no finding {wanted}.", "Ids may change when a text does: `privacy check` anew.")
        named.append(by_id[wanted])
    return [*named, *(one for one in report.open if one.finding.kind in kinds and one not in named)]


def rule(
    project: Project, findings: Iterable[Spotted], verdict: Verdict, *, coder: str, reason: str = ""
) -> Revision | None:
    """Let findings stand: keep them where they are, with a reason, or ignore the same words everywhere.

    Raises:
        UsageError: nothing is said of why they are kept.
    """
    if verdict == "keep" and not reason.strip():
        raise UsageError("Why may these words stay?", "Say it: --reason")
    there = {ruling.id: ruling for ruling in project.records("ruling")}
    changes: dict[str, Change] = {}
    for one in findings:
        document = one.place.document or None if verdict == "keep" else None
        made = Ruling(
            id=ruling_id(one.finding.kind, one.digest, document),
            kind=one.finding.kind,
            digest=one.digest,
            document=document,
            verdict=verdict,
            reason=reason.strip(),
            coder=coder,
        )
        old = there.get(made.id)
        changes[made.id] = update(old, verdict=verdict, reason=made.reason, coder=coder) if old else create(made)
    word = "kept" if verdict == "keep" else "ignored everywhere"
    return project.apply(f"{some(len(changes), 'privacy finding')} {word}", changes.values(), coder=coder)


def reopen(project: Project, findings: Iterable[Spotted], *, coder: str) -> Revision | None:
    """Take back what was said of findings, so that they are open again."""
    there = _rulings(project)
    by_place = [_ruling_on(there, one.finding.kind, one.digest, one.place.document) for one in findings]
    gone = {ruling.id: ruling for ruling in by_place if ruling is not None}
    return project.apply("privacy findings opened again", [remove(ruling) for ruling in gone.values()], coder=coder)
