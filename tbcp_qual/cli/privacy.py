"""Commands on privacy: look for what identifies people, and say what becomes of it."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import Progress, print_json, print_table, remark
from tbcp_qual.coding.counting import some
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tbcp_qual.privacy.finding import Kind
    from tbcp_qual.store import Project
    from tbcp_qual.tasks.privacy import PrivacyReport, Spotted

names_option = click.option("--names", type=FILE, metavar="FILE", help="The team's own list of names, one a line.")

list_option = click.option(
    "--list",
    "list_",
    type=FILE,
    envvar="TBCP_PSEUDONYMS",
    metavar="FILE",
    help="The list of pseudonyms; else TBCP_PSEUDONYMS, else one in your state folder.",
)


@click.group()
def privacy() -> None:
    """What identifies people: look, say who is who, replace, keep, purge."""


@privacy.command()
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind, such as postcode; repeat.")
@click.option("--all", "everything", is_flag=True, help="Also what was settled.")
@names_option
@json_option
@options
def check(
    session: Session,
    documents: tuple[str, ...],
    kinds: tuple[str, ...],
    everything: bool,
    names: Path | None,
    as_json: bool,
) -> int:
    """Look for what identifies people wherever somebody can write: texts, memos, labels, reasons, file names.

    Exit code 1 where something is open: replace it, keep it with a reason, or ignore it everywhere.
    """
    with session.reading() as (project, viewer):
        report = _report(project, viewer, names, documents, kinds)
    shown = [one for one in report.spotted if everything or one.state == "open"]
    if as_json:
        print_json(
            {
                "names": report.names,
                "words": report.looked_at,
                "open": len(report.open),
                "by kind": report.by_kind(),
                "findings": [_values(one) for one in shown],
            }
        )
        return 1 if report.open else 0
    if shown:
        rows = [(one.id, one.finding.kind, _where(one), _context(one), _outcome(one)) for one in shown]
        print_table(rows, ("id", "kind", "where", "words in context", "suggestion" if not everything else "outcome"))
    settled = len(report.spotted) - len(report.open)
    remark(
        f"{report.looked_at:,} words looked at; {some(len(report.open), 'finding')} open, {settled:,} settled. "
        f"Names by a language model: {report.names}."
    )
    if report.open:
        remark("Next: privacy replace ID…, privacy keep ID… --reason WORDS, or privacy ignore ID…")
    return 1 if report.open else 0


@privacy.command()
@click.argument("ids", nargs=-1, metavar="ID...")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="All open findings of this kind; repeat.")
@click.option("--reason", default="", metavar="WORDS", help="Why they may stay.")
@names_option
@options
def keep(session: Session, ids: tuple[str, ...], kinds: tuple[str, ...], reason: str, names: Path | None) -> None:
    """Let findings stay where they are, with a reason."""
    from tbcp_qual.tasks.privacy import rule

    with session.writing(known=True) as (project, coder):
        findings = _chosen(project, coder, names, ids, kinds)
        rule(project, findings, "keep", coder=coder, reason=reason)
    remark(f"{some(len(findings), 'finding')} kept. `undo` takes that back.")


@privacy.command()
@click.argument("ids", nargs=-1, metavar="ID...")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="All open findings of this kind; repeat.")
@click.option("--reason", default="", metavar="WORDS", help="Why they identify nobody.")
@names_option
@options
def ignore(session: Session, ids: tuple[str, ...], kinds: tuple[str, ...], reason: str, names: Path | None) -> None:
    """Let the same words pass everywhere, in all documents and from now on."""
    from tbcp_qual.tasks.privacy import rule

    with session.writing(known=True) as (project, coder):
        findings = _chosen(project, coder, names, ids, kinds)
        rule(project, findings, "ignore", coder=coder, reason=reason)
    remark(f"{some(len(findings), 'finding')} ignored everywhere. `undo` takes that back.")


@privacy.command()
@click.argument("ids", nargs=-1, metavar="ID...")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="All open findings of this kind; repeat.")
@click.option("--with", "by", metavar="[PSEUDONYM]", help="This pseudonym, in square brackets, for all of them.")
@list_option
@names_option
@options
def replace(
    session: Session,
    ids: tuple[str, ...],
    kinds: tuple[str, ...],
    by: str | None,
    list_: Path | None,
    names: Path | None,
) -> None:
    """Put pseudonyms in the place of findings; codings and turns stay where they are.

    The same name gets the same pseudonym everywhere. Which is which is kept in a list outside the project.
    """
    from tbcp_qual.tasks.pseudonyms import list_of, replace_findings

    with session.writing(known=True) as (project, coder):
        findings = _chosen(project, coder, names, ids, kinds)
        pseudonyms = list_of(project, list_)
        number = replace_findings(project, findings, pseudonyms, coder=coder, by=by)
    remark(f"{some(number, 'place')} replaced. The list of pseudonyms: {pseudonyms.path}")
    if number < len(findings):
        left = some(len(findings) - number, "place")
        remark(
            f"{left} in what was kept whole, a version or a locked round: only `privacy purge` takes words out of it."
        )
    if pseudonyms.mended:
        remark("Others could read that list; they no longer can.")
    remark("The words are still in the history of the project: `privacy purge` takes them out for good.")


@privacy.command("people")
@names_option
@list_option
@json_option
@options
def people_(session: Session, names: Path | None, list_: Path | None, as_json: bool) -> None:
    """Propose which names are one person's, and which are several people's; you say which are.

    `privacy same` gives all names of a person one pseudonym, `privacy apart` gives a name one in each family. What you
    say is kept in the list of pseudonyms, outside the project.
    """
    from tbcp_qual.tasks.persons import likely_people, likely_several
    from tbcp_qual.tasks.pseudonyms import list_of

    with session.reading() as (project, viewer):
        report = _report(project, viewer, names, kinds=("name",))
        pseudonyms = list_of(project, list_)
        same, several = likely_people(report, pseudonyms), likely_several(project, report, pseudonyms)
    if as_json:
        one = [{"names": list(p.names), "places": p.places, "pseudonym": p.pseudonym} for p in same]
        print_json({"one": one, "several": [{"name": p.name, "families": list(p.families)} for p in several]})
        return
    rows = [("one person?", " = ".join(p.names), some(p.places, "place"), p.pseudonym) for p in same]
    rows += [("several people?", p.name, ", ".join(p.families), "") for p in several]
    if rows:
        print_table(rows, ("", "names", "where", "pseudonym"))
        remark("Say which: privacy same NAME NAME…, or privacy apart NAME. What you say nothing of goes by its words.")
    else:
        remark("No two names look like one person's, and none stands in several families.")


@privacy.command()
@click.argument("people", nargs=-1, required=True, metavar="NAME...")
@names_option
@list_option
@options
def same(session: Session, people: tuple[str, ...], names: Path | None, list_: Path | None) -> None:
    """Say that these names are one person's, or that one name is one person's in all families: one pseudonym."""
    from tbcp_qual.tasks.persons import say_same
    from tbcp_qual.tasks.pseudonyms import list_of

    with session.reading() as (project, viewer):
        pseudonyms = list_of(project, list_)
        report = _report(project, viewer, names, kinds=("name",))
        pseudonym = say_same(project, report, people, pseudonyms)
    remark(f"{pseudonym} stands for {', '.join(people)}. The list of pseudonyms: {pseudonyms.path}")


@privacy.command()
@click.argument("person", metavar="NAME")
@names_option
@list_option
@options
def apart(session: Session, person: str, names: Path | None, list_: Path | None) -> None:
    """Say that a name is somebody else's in each family it stands in: a pseudonym for each."""
    from tbcp_qual.tasks.persons import say_several
    from tbcp_qual.tasks.pseudonyms import list_of

    with session.reading() as (project, viewer):
        pseudonyms = list_of(project, list_)
        report = _report(project, viewer, names, kinds=("name",))
        parted = say_several(project, report, person, pseudonyms)
    remark("; ".join(f"{pseudonym} in {where}" for where, pseudonym in parted.items()) + ".")
    remark(f"The list of pseudonyms: {pseudonyms.path}")


@privacy.command()
@click.option("--yes", is_flag=True, help="Do it; else only what it touches is said.")
@list_option
@options
def purge(session: Session, yes: bool, list_: Path | None) -> int:
    """Take replaced words out of the project's history for good; this cannot be undone.

    Exit code 1 where a present text still holds one of them.
    """
    from tbcp_qual.tasks.pseudonyms import list_of
    from tbcp_qual.tasks.purging import clear, plan_clearing

    with session.writing(known=True) as (project, coder):
        pseudonyms = list_of(project, list_)
        planned = plan_clearing(project, pseudonyms)
        if yes and planned.words:
            clear(project, planned, pseudonyms, coder=coder)
    remark(
        f"{some(planned.words, 'word or name', 'words and names')} on the list; "
        f"{some(len(planned.texts), 'earlier text')} and all earlier values that hold them "
        f"{'are gone' if yes else 'would go'}."
    )
    for document in planned.still:
        remark(f"Still in the present text: {document.name}. `privacy check` shows where.")
    if not yes:
        remark("Nothing was changed. This cannot be undone, and a merge does not bring it back: --yes does it.")
    return 1 if planned.still else 0


@privacy.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@names_option
@options
def reopen(session: Session, ids: tuple[str, ...], names: Path | None) -> None:
    """Open findings again that were kept or ignored; `privacy check --all` shows their ids."""
    from tbcp_qual.tasks.privacy import reopen as open_again

    with session.writing(known=True) as (project, coder):
        findings = _chosen(project, coder, names, ids, ())
        open_again(project, findings, coder=coder)
    remark(f"{some(len(findings), 'finding')} open again.")


def _report(
    project: "Project",
    viewer: str,
    names: Path | None,
    documents: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
) -> "PrivacyReport":
    from tbcp_qual.privacy.finding import KINDS
    from tbcp_qual.tasks.documents import document_named
    from tbcp_qual.tasks.privacy import check_privacy

    for kind in kinds:
        if kind not in KINDS:
            raise UsageError(f"There is no kind “{kind}”.", f"There is: {', '.join(KINDS)}.")
    only = {document_named(project, name).id for name in documents} if documents else None
    with Progress("Checking") as progress:
        return check_privacy(
            project,
            viewer=viewer,
            names=names,
            known=_pseudonyms(project),
            documents=only,
            kinds=cast("tuple[Kind, ...]", kinds) or None,
            progress=progress.show,
        )


def _pseudonyms(project: "Project") -> "Mapping[str, str]":
    """Return the names that the team's pseudonym list knows."""
    from tbcp_qual.tasks.pseudonyms import known_names, list_of

    return known_names(list_of(project))


def _chosen(
    project: "Project", viewer: str, names: Path | None, ids: tuple[str, ...], kinds: tuple[str, ...]
) -> "list[Spotted]":
    from tbcp_qual.tasks.privacy import chosen

    if not ids and not kinds:
        raise UsageError("Which findings?", "Name their ids, as `privacy check` shows them, or a --kind.")
    return chosen(_report(project, viewer, names, kinds=()), ids, kinds)


def _where(one: "Spotted") -> str:
    return f"{one.place.name}, turn {one.turn}" if one.turn else one.place.name


def _context(one: "Spotted") -> str:
    return f"…{one.before}»{one.words}«{one.after}…"


def _outcome(one: "Spotted") -> str:
    return one.finding.suggestion if one.state == "open" else f"{one.state}: {one.reason}".rstrip(": ")


def _values(one: "Spotted") -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.finding.kind,
        "score": one.finding.score,
        "where": one.place.kind,
        "name": one.place.name,
        "record": one.place.record,
        "field": one.place.field,
        "turn": one.turn or None,
        "start": one.finding.start,
        "end": one.finding.end,
        "before": one.before,
        "words": one.words,
        "after": one.after,
        "suggestion": one.finding.suggestion,
        "state": one.state,
        "reason": one.reason,
    }
