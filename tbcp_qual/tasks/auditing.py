"""The case-file audit: bringing the tool in, rating files on it, settling what raters see differently."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tbcp_qual.analysis.audit import Agreed, Audit
from tbcp_qual.coding.changes import Change, Revision, create, remove, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import BESIDE_LEVELS, Document, Item, Rating, rating_id
from tbcp_qual.coding.text import one_line
from tbcp_qual.errors import BadInput, QualError, UsageError
from tbcp_qual.readers.audits import ItemDraft, read_items, read_ratings_of_files
from tbcp_qual.readers.files import as_name
from tbcp_qual.store import Project
from tbcp_qual.tasks.coding import Act
from tbcp_qual.tasks.documents import find_document
from tbcp_qual.tasks.imported import Imported

if TYPE_CHECKING:
    from tbcp_qual.agreement.ratings import Figure

STATISTICS = ("percent_agreement", "weighted_kappa", "gwet_ac2", "krippendorff_alpha")
"""What is said of items, whose levels have an order."""


def import_items(project: Project, path: Path, *, coder: str) -> Imported:
    """Bring an audit tool in as one revision; an item of a known key takes what the file says.

    Raises:
        BadInput: the file is unfit, names a question that the project lacks, or takes away a level that files have.
    """
    drafts = read_items(path)
    present: dict[str, Item] = {item.key.casefold(): item for item in project.records("item")}
    questions = {question.key.casefold(): question.id for question in project.records("question")}
    given: dict[str, set[str]] = {}
    for rating in project.snapshot(coder).ratings:
        given.setdefault(rating.item, set()).add(rating.level)
    changes: list[Change] = []
    new = changed = 0
    for position, draft in enumerate(drafts):
        fields = {
            "section": draft.section,
            "text": draft.text,
            "guidance": draft.guidance,
            "levels": draft.levels,
            "questions": _questions(path, draft, questions),
            "position": position,
        }
        there = present.pop(draft.key.casefold(), None)
        if there is None:
            changes.append(create(Item(id=new_id(), key=draft.key, **fields)))  # type: ignore[arg-type]
            new += 1
            continue
        gone = set(there.levels) - set(draft.levels)
        if gone and project.blind(coder):
            raise BadInput(
                f"{path}, line {draft.line}: levels of {draft.key} cannot go while a blind round hides who gave them.",
                "Take them away once the round is locked.",
            )
        lost = given.get(there.id, set()) & gone
        if lost:
            raise BadInput(
                f"{path}, line {draft.line}: files are rated {as_name(sorted(lost)[0])} on {draft.key}.",
                "A level that is in use stays; give the item another key.",
            )
        change = update(there, **fields)
        changed += bool(change.fields)
        changes.append(change)
    revision = project.apply(f"audit tool imported: {len(drafts)} items", changes, coder=coder)
    return Imported(
        revision=revision,
        new=new,
        changed=changed,
        same=len(drafts) - new - changed,
        absent=tuple(item.key for item in present.values()),
    )


def _questions(path: Path, draft: ItemDraft, known: dict[str, str]) -> tuple[str, ...]:
    for key in draft.questions:
        if key.casefold() not in known:
            raise BadInput(
                f"{path}, line {draft.line}: the project has no question {as_name(key)}.",
                "Its questions come with the codebook.",
            )
    return tuple(dict.fromkeys(known[key.casefold()] for key in draft.questions))


def find_item(items: Sequence[Item], key: str) -> Item:
    """Return the item of a key; upper and lower case are the same.

    Raises:
        UsageError: there is none.
    """
    wanted = one_line(key).casefold()
    found = next((item for item in items if item.key.casefold() == wanted), None)
    if found is None:
        there = ", ".join(item.key for item in items)
        hint = f"There is: {there}." if there else "`tbcp-qual audit import FILE` brings an audit tool in."
        raise UsageError(f"There is no item {as_name(one_line(key))} in the audit.", hint)
    return found


def find_level(item: Item, level: str) -> str:
    """Return a level of an item in its one spelling; the number of a level will do.

    Raises:
        UsageError: the item has no such level.
    """
    wanted = one_line(level).casefold()
    offered = (*item.levels, *BESIDE_LEVELS)
    if wanted.isascii() and wanted.isdigit() and 0 < int(wanted) <= len(item.levels) and wanted not in item.levels:
        return item.levels[int(wanted) - 1]
    found = next((one for one in offered if one.casefold() == wanted), None)
    if found is None:
        raise UsageError(f"{item.key} has no level {as_name(one_line(level))}.", f"It is one of: {'; '.join(offered)}.")
    return found


def rating_act(
    audit: Audit, document: Document, item: Item, level: str | None, *, coder: str | None, words: str | None = None
) -> Act:
    """Return what rating a file does; None as the level takes the rating back.

    Args:
        audit: what is known so far.
        document: the file.
        item: what it is rated on.
        level: one of the levels, or what may stand in their place.
        coder: id of the rater; None settles it for all of them.
        words: what it rests on; None leaves what is there.
    """
    there, made = _before_and_after(audit, document, item, level, coder=coder, words=words)
    what = f"{document.name}, {item.key}"
    if made is None:
        return Act(f"rating taken back: {what}", [remove(there)] if there else [])
    label = f"{'settled' if coder is None else 'rated'}: {what}"
    return Act(label, [update(there, level=made.level, words=made.words) if there else create(made)])


def with_rating(
    audit: Audit, document: Document, item: Item, level: str | None, *, coder: str | None, words: str | None = None
) -> Audit:
    """Return the audit as it is once `rating_act` is done."""
    there, made = _before_and_after(audit, document, item, level, coder=coder, words=words)
    others = [rating for rating in audit.now.ratings if there is None or rating.id != there.id]
    return Audit(replace(audit.now, ratings=(*others, *([made] if made else []))))


def _before_and_after(
    audit: Audit, document: Document, item: Item, level: str | None, *, coder: str | None, words: str | None
) -> tuple[Rating | None, Rating | None]:
    one = audit.rated(document, item)
    there = one.settled if coder is None else next((r for r in one.ratings if r.coder == coder), None)
    if level is None:
        return there, None
    said = one_line(words) if words is not None else there.words if there else ""
    made = Rating(
        id=rating_id(item.id, document.id, coder),
        item=item.id,
        document=document.id,
        coder=coder,
        level=level,
        words=said,
    )
    return there, made


def rate(
    project: Project, name: str, key: str, level: str | None, *, coder: str, words: str | None = None
) -> Revision | None:
    """Rate a file on an item; None as the level takes the rating back.

    Raises:
        UsageError: there is no such document, item or level.
    """
    return _done(project, name, key, level, coder=coder, rater=coder, words=words)


def settle_rating(
    project: Project, name: str, key: str, level: str | None, *, coder: str, words: str | None = None
) -> Revision | None:
    """Settle how a file comes out on an item that raters saw differently; None as the level opens it again.

    Raises:
        UsageError: there is no such document, item or level, fewer than two have rated it, or no reason is given.
    """
    if level is not None and not one_line(words or ""):
        raise UsageError("Settling a rating needs its reason.", '--words "Why."')
    return _done(project, name, key, level, coder=coder, rater=None, words=words)


def _done(
    project: Project, name: str, key: str, level: str | None, *, coder: str, rater: str | None, words: str | None
) -> Revision | None:
    now = project.snapshot(coder)
    audit = Audit(now)
    document, item = find_document(now.documents, name), find_item(audit.items, key)
    if rater is None and level is not None and len(audit.rated(document, item).ratings) < 2:
        raise UsageError(
            f"Fewer than two have rated {document.name} on {item.key}, as far as you may see.",
            "There is nothing to settle.",
        )
    chosen = None if level is None else find_level(item, level)
    act = rating_act(audit, document, item, chosen, coder=rater, words=words)
    return project.apply(act.label, act.changes, coder=coder) if act.changes else None


def import_ratings(project: Project, path: Path, *, coder: str) -> tuple[Revision | None, int]:
    """Bring in a coder's ratings from a table as one revision; return it, with how many rows there were.

    Raises:
        BadInput: the file is unfit, or names a document, item or level that is not there; with the line.
    """
    now = project.snapshot(coder)
    audit = Audit(now)
    changes: dict[str, Change] = {}
    rows = read_ratings_of_files(path)
    for row in rows:
        try:
            document, item = find_document(now.documents, row.document), find_item(audit.items, row.item)
            level = find_level(item, row.level)
        except QualError as problem:
            raise BadInput(f"{path}, line {row.line}: {problem.message}", problem.hint) from None
        for change in rating_act(audit, document, item, level, coder=coder, words=row.words).changes:
            if change.id in changes:
                raise BadInput(f"{path}, line {row.line}: {document.name} is rated on {item.key} twice.", "Keep one.")
            changes[change.id] = change
    revision = project.apply(f"ratings imported: {len(rows)}", list(changes.values()), coder=coder)
    return revision, len(rows)


def item_figures(agreed: Agreed) -> "dict[str, Figure]":
    """Return how far raters agree on the level of an item, among the files to which each of them gave one."""
    from tbcp_qual.agreement.ratings import Ratings
    from tbcp_qual.agreement.statistics import STATISTICS as ALL

    order = {level: place for place, level in enumerate(agreed.item.levels)}
    rows = [[None if level is None else order[level] for level in row] for row in agreed.rows]
    ratings = Ratings.from_rows(
        rows, coders=len(agreed.coders), level="ordinal", categories=tuple(range(len(order))), weights=None
    )
    return {name: ALL[name].of(ratings) for name in STATISTICS}
