"""Commands on the case-file audit: the tool, the ratings, how far raters agree, and what was found."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tbcp_qual.cli.findings import say_done
from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark, remark_imported, say
from tbcp_qual.coding.counting import some

if TYPE_CHECKING:
    from tbcp_qual.analysis.audit import Audit, Rated
    from tbcp_qual.coding.records import Item

NO_FIGURE = "–"


@click.group()
def audit() -> None:
    """The case-file audit: each file held against the same items, by one rater or several.

    A LEVEL is one of the item's levels, or its number from the lowest; or `not recorded`, or `does not apply`.
    """


@audit.command("import")
@click.argument("file", type=FILE)
@options
def import_(session: Session, file: Path) -> None:
    """Bring an audit tool in from a CSV: key, item, levels (low to high, divided by ;), section, guidance, questions."""
    from tbcp_qual.tasks.auditing import import_items

    with session.writing() as (project, coder):
        brought = import_items(project, file, coder=coder)
    remark_imported(brought, "item", file)


@audit.command()
@json_option
@options
def items(session: Session, as_json: bool) -> None:
    """List the items of the audit tool, with their levels."""
    with session.reading() as (project, viewer):
        now = project.snapshot(viewer, [])
    found, keys = now.items, {question.id: question.key for question in now.questions}
    if as_json:
        print_json([item_values(item, keys) for item in found])
        return
    if not found:
        remark(NONE_YET)
    section = None
    for item in found:
        if item.section != section:
            section = item.section
            say(f"{section or 'no section'}:")
        say(f"  {item.key}  {item.text}")
        asked = ", ".join(keys[question] for question in item.questions if question in keys)
        say(f"      {'; '.join(item.levels)}{f' · question {asked}' if asked else ''}")
        if item.guidance:
            say(f"      {item.guidance}")


NONE_YET = "There is no audit tool yet: tbcp-qual audit import FILE"


def item_values(item: "Item", keys: dict[str, str]) -> dict[str, Any]:
    """Return an item as values for JSON."""
    return {
        "key": item.key,
        "section": item.section,
        "item": item.text,
        "guidance": item.guidance,
        "levels": list(item.levels),
        "questions": [keys[question] for question in item.questions if question in keys],
    }


@audit.command()
@click.argument("document")
@click.argument("item")
@click.argument("level", required=False)
@click.option("--words", metavar="WORDS", help="What the rating rests on.")
@click.option("--delete", is_flag=True, help="Take your rating back.")
@options
def rate(session: Session, document: str, item: str, level: str | None, words: str | None, delete: bool) -> None:
    """Rate a DOCUMENT on an ITEM with a LEVEL."""
    from tbcp_qual.tasks.auditing import rate as rate_file

    with session.writing() as (project, coder):
        say_done(rate_file(project, document, item, _wanted(level, delete=delete), coder=coder, words=words))


@audit.command()
@click.argument("document")
@click.argument("item")
@click.argument("level", required=False)
@click.option("--words", metavar="WORDS", help="Why it comes out so.")
@click.option("--delete", is_flag=True, help="Open it again.")
@options
def settle(session: Session, document: str, item: str, level: str | None, words: str | None, delete: bool) -> None:
    """Settle how a DOCUMENT comes out on an ITEM that raters saw differently; their own ratings stay."""
    from tbcp_qual.tasks.auditing import settle_rating

    with session.writing() as (project, coder):
        say_done(settle_rating(project, document, item, _wanted(level, delete=delete), coder=coder, words=words))


def _wanted(level: str | None, *, delete: bool) -> str | None:
    if (level is None) != delete:
        raise click.UsageError("Say a LEVEL, or --delete.")
    return level


@audit.command("import-ratings")
@click.argument("file", type=FILE)
@options
def import_ratings(session: Session, file: Path) -> None:
    """Bring your ratings in from a CSV: document, item, level, words."""
    from tbcp_qual.tasks.auditing import import_ratings as bring_in

    with session.writing() as (project, coder):
        revision, rows = bring_in(project, file, coder=coder)
    say(f"{some(rows, 'rating')}." if revision else "All of them are there already.")


@audit.command()
@click.argument("document")
@json_option
@options
def show(session: Session, document: str, as_json: bool) -> None:
    """Show how a DOCUMENT was rated, item by item."""
    from tbcp_qual.tasks.documents import find_document

    with session.reading() as (project, viewer):
        read = _audit(project, viewer)
        form = read.form(find_document(read.now.documents, document))
        names = {coder.id: coder.name for coder in read.now.coders}
    if as_json:
        print_json([rated_values(one, names) for one in form])
        return
    if not form:
        remark(NONE_YET)
    for one in form:
        _say_rated(one, names, one.item.key)


def _say_rated(one: "Rated", names: dict[str, str], called: str) -> None:
    result = one.result or ("raters differ" if one.differs else "not rated")
    say(f"{called}  {one.item.text}: {result}")
    for rating in [*one.ratings, *([one.settled] if one.settled else [])]:
        who = names.get(rating.coder, "somebody") if rating.coder else "settled"
        say(f"    {who}: {rating.level}{f' ({rating.words})' if rating.words else ''}")


def rated_values(one: "Rated", names: dict[str, str]) -> dict[str, Any]:
    """Return how a file was rated on an item as values for JSON."""
    return {
        "document": one.document.name,
        "item": one.item.key,
        "result": one.result or None,
        "differs": one.differs,
        "ratings": [{"by": names.get(r.coder or ""), "level": r.level, "words": r.words} for r in one.ratings],
        "settled": {"level": one.settled.level, "words": one.settled.words} if one.settled else None,
    }


@audit.command()
@json_option
@options
def differences(session: Session, as_json: bool) -> None:
    """List where raters say different things that are not settled."""
    with session.reading() as (project, viewer):
        read = _audit(project, viewer)
        found = read.differences()
        names = {coder.id: coder.name for coder in read.now.coders}
    if as_json:
        print_json([rated_values(one, names) for one in found])
        return
    for one in found:
        _say_rated(one, names, f"{one.document.name}, {one.item.key}")
    remark(
        "Settle one with: tbcp-qual audit settle DOCUMENT ITEM LEVEL --words WHY"
        if found
        else "Raters differ nowhere, or have not rated the same files."
    )


@audit.command()
@click.option("--source-type", metavar="TYPE", help="Only files of this source type.")
@click.option("--case", "cases", multiple=True, metavar="LABEL", help="Only files about this case; repeat.")
@json_option
@options
def results(session: Session, source_type: str | None, cases: tuple[str, ...], as_json: bool) -> None:
    """Show how many files came out at each level of each item; counts are of files, shares of those with a level."""
    from tbcp_qual.tasks.cases import find_case

    with session.reading() as (project, viewer):
        read = _audit(project, viewer)
        wanted = {find_case(read.now.cases, label).id for label in cases}
        files = [
            document
            for document in read.files
            if (source_type is None or document.source_type.casefold() == source_type.strip().casefold())
            and (not wanted or wanted.intersection(document.cases))
        ]
        found = read.results(files)
    if as_json:
        print_json(
            {
                "files": len(files),
                "items": [
                    {
                        "key": one.item.key,
                        "section": one.item.section,
                        "item": one.item.text,
                        "counts": dict(one.counts),
                        "raters differ": one.differs,
                        "not rated": one.unrated,
                    }
                    for one in found
                ],
            }
        )
        return
    if not found:
        remark(NONE_YET)
        return
    for one in found:
        say(f"{one.item.key}  {one.item.text}")
        told = [
            f"{level} {count}{_share(count, one.on_scale, level in one.item.levels)}"
            for level, count in one.counts.items()
        ]
        beside = [(one.differs, "raters differ"), (one.unrated, "not rated")]
        told += [f"{words} {count}" for count, words in beside if count]
        say(f"    {'; '.join(told)}")
    remark(f"{some(len(files), 'file')}. Shares are of the files with a level.")


def _share(count: int, of: int, on_scale: bool) -> str:
    return f" ({count / of:.0%})" if on_scale and of else ""


@audit.command("agreement")
@json_option
@options
def agreement_(session: Session, as_json: bool) -> None:
    """Say how far raters agree, item by item; what they settled plays no part."""
    from tbcp_qual.agreement.ratings import Coefficient
    from tbcp_qual.agreement.statistics import STATISTICS as ALL
    from tbcp_qual.tasks.auditing import STATISTICS, item_figures
    from tbcp_qual.tasks.locking import check_not_reflexive

    with session.reading() as (project, viewer):
        check_not_reflexive(project)
        read = _audit(project, viewer)
        told = [(agreed, item_figures(agreed)) for agreed in map(read.agreed, read.items) if agreed.rated]
        names = {coder.id: coder.name for coder in read.now.coders}
    if as_json:
        print_json(
            [
                {
                    "item": agreed.item.key,
                    "raters": [names.get(coder, "") for coder in agreed.coders],
                    "files": agreed.rated,
                    "same": agreed.same,
                    "differ whether a level can be given": agreed.whether,
                    "statistics": {
                        name: {
                            "value": figure.value if isinstance(figure, Coefficient) else None,
                            "n": figure.n if isinstance(figure, Coefficient) else None,
                            "ci95": list(figure.ci95) if isinstance(figure, Coefficient) and figure.ci95 else None,
                            "undefined": None if isinstance(figure, Coefficient) else figure.reason,
                        }
                        for name, figure in figures.items()
                    },
                }
                for agreed, figures in told
            ]
        )
        return
    if not told:
        remark("No file has been rated by two, as far as you may see." if read.items else NONE_YET)
        return
    rows: list[list[str]] = []
    reasons: dict[str, list[str]] = {}
    for agreed, figures in told:
        cells = []
        for name, figure in figures.items():
            if isinstance(figure, Coefficient):
                cells.append(f"{figure.value:.0%}" if name == "percent_agreement" else f"{figure.value:z.3f}")
            else:
                cells.append(NO_FIGURE)
                reasons.setdefault(figure.reason, []).append(f"{agreed.item.key} {ALL[name].label}")
        rows.append([agreed.item.key, str(agreed.rated), str(agreed.same), str(agreed.whether), *cells])
    print_table(rows, ["item", "files", "same", "level or none", *(ALL[name].label for name in STATISTICS)])
    for reason, where in reasons.items():
        say(f"{NO_FIGURE} undefined: {reason} ({', '.join(where)})")
    say(
        "Files that two rated. Figures are over files to which both gave a level, with the weights of an ordered scale;"
        " level or none: one gave a level, another said not recorded or does not apply."
    )


def _audit(project: Any, viewer: str) -> "Audit":
    from tbcp_qual.analysis.audit import Audit

    return Audit(project.snapshot(viewer))
