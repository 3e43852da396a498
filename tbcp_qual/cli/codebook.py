"""Commands on the codebook as a whole: agree, versions, diff, export, import."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli.acting import say_difference
from tbcp_qual.cli.codes import brought, import_file
from tbcp_qual.cli.releasing import audience_named, audience_options, keep_record, say_concerns
from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark, say
from tbcp_qual.coding.counting import some

if TYPE_CHECKING:
    from tbcp_qual.coding.versions import Difference


@click.group()
def codebook() -> None:
    """The codebook as a whole: its versions, and its ways in and out."""


@codebook.command()
@click.argument("paths", nargs=-1)
@click.option("--label", default="", metavar="WORDS", help="What the version is called besides its number.")
@options
def agree(session: Session, paths: tuple[str, ...], label: str) -> None:
    """Agree all provisional codes, or those of the PATHS named, and keep the codebook as a version."""
    from tbcp_qual.tasks.frameworks import agree, version_title

    with session.writing() as (project, coder):
        agreed = agree(project, coder=coder, label=label, paths=paths)
    if agreed is None:
        remark("Nothing to agree: no code is provisional, and the last version says the same.")
        return
    for path in agreed.codes:
        remark(f"  {path}")
    title = version_title(agreed.version)
    remark(f"{some(len(agreed.codes), 'code')} agreed; kept as {title}.")
    if agreed.provisional:
        remark(f"{some(agreed.provisional, 'code is', 'codes are')} provisional still.")


@codebook.command()
@json_option
@options
def versions(session: Session, as_json: bool) -> None:
    """List the versions that were kept."""
    from tbcp_qual.tasks.frameworks import told_versions

    with session.reading() as (project, _):
        told = told_versions(project)
    if as_json:
        print_json(told)
        return
    rows = [
        [v["number"], v["label"], str(v["at"])[:16].replace("T", " "), v["by"], v["codes"], v["themes"]] for v in told
    ]
    print_table(
        rows,
        ["Version", "Label", "When (UTC)", "By", "Codes", "Themes"],
        nothing="No version is kept yet: tbcp-qual codebook agree",
    )


@codebook.command()
@click.argument("before")
@click.argument("after", default="now")
@json_option
@options
def diff(session: Session, before: str, after: str, as_json: bool) -> None:
    """Say what became of each code, theme and question between version BEFORE and AFTER, or now.

    A version is named by its number, its label or its id.
    """
    from tbcp_qual.tasks.frameworks import compare

    with session.reading() as (project, _):
        old, new, found = compare(project, before, after)
    if as_json:
        print_json(
            {
                "before": old,
                "after": new,
                "differences": [
                    {
                        "kind": difference.kind,
                        "name": difference.name,
                        "id": difference.id,
                        "what": difference.what,
                        "fields": [
                            {"field": told.field, "before": told.before, "after": told.after}
                            for told in difference.fields
                        ],
                    }
                    for difference in found
                ],
            }
        )
        return
    say(f"{old} → {new}")
    for difference in found:
        say()
        _show(difference)
    if not found:
        say("No difference.")


def _show(difference: "Difference") -> None:
    kind = "" if difference.kind == "code" else f"{difference.kind} "
    say(f"{kind}{difference.name}: {', '.join(difference.what)}")
    for told in difference.fields:
        say_difference(told.field, told.before, told.after)


@codebook.command()
@click.argument("file", type=FILE)
@click.option("--version", default="now", metavar="NAME", help="A version by number, label or id; else as it is now.")
@click.option("--counts", is_flag=True, help="With how many codings you may see; not in YAML.")
@audience_options
@options
def export(session: Session, file: Path, version: str, counts: bool, audience: str, reason: str) -> int:
    """Write the codebook to a FILE: .yaml, .csv, .xlsx or .docx.

    YAML and Excel hold all that is in use, and come in again as they went out; CSV holds the codes alone, with the
    names of their themes; Word is for reading, and comes in again with what was changed there. Examples are words of
    people: before it is written the disclosure check says what it would give away; beyond the team nothing is written
    while it has findings (exit code 1), unless you say why it goes out.
    """
    from tbcp_qual.tasks.codebook_files import export_codebook
    from tbcp_qual.tasks.frameworks import framework_of
    from tbcp_qual.tasks.releasing import check_release, matter_of_codebook, may_leave

    readers = audience_named(audience)
    with session.reading() as (project, viewer):
        if readers != "team":
            viewer = session.known_coder(project)
        _, framework = framework_of(project, version)
        concerns = check_release(project, project.snapshot(viewer, []), matter_of_codebook(framework), readers)
        say_concerns(concerns, readers, reason)
        if not may_leave(concerns, readers, reason):
            return 1
        written = export_codebook(project, file, viewer=viewer, version=version, counts=counts)
    framework = written.framework
    if written.complete:
        what = brought(len(framework.in_use), len(framework.themes), len(framework.questions))
    else:
        what = some(len(framework.in_use), "code")
    remark(f"{file}: {what}.")
    if viewer:
        keep_record(session, file, "codebook", readers, concerns, reason)
    return 1 if concerns and readers != "team" else 0


@codebook.command("import")
@click.argument("file", type=FILE)
@options
def import_(session: Session, file: Path) -> int:
    """Bring in a codebook FILE (YAML, CSV, Excel or Word): what is new is added, nothing is overwritten.

    A table has a column `code` that holds the path, or two, `name` and `parent`; the others are brief, full, when to
    use, when not to use, example, colour, domain, origin, status, questions, themes, as far as they are there. Of a
    Word file that was not written here the first such table is read. Exit code 1 where something of the same name
    says something else; it is listed.
    """
    return import_file(session, file)
