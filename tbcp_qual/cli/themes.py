"""Commands on themes: list, add, rename, define, what they take and speak to, delete, order."""

from typing import TYPE_CHECKING

import click

from tbcp_qual.cli.acting import carry_out
from tbcp_qual.cli.running import Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table

if TYPE_CHECKING:
    from tbcp_qual.coding.snapshot import Snapshot
    from tbcp_qual.tasks.coding import Act


@click.group()
def themes() -> None:
    """Themes: named sets of codes with a definition."""


@themes.command("list")
@json_option
@options
def list_(session: Session, as_json: bool) -> None:
    """List the themes with their questions, codes and definitions."""
    with session.reading() as (project, viewer):
        snapshot = project.snapshot(viewer, [])
    codebook = snapshot.codebook
    keys = {question.id: question.key for question in snapshot.questions}
    told = [
        {
            "name": theme.name,
            "questions": [keys[question] for question in theme.questions if question in keys],
            "codes": [codebook.path(code) for code in theme.codes if code in codebook.by_id],
            "definition": theme.definition,
            "id": theme.id,
        }
        for theme in snapshot.themes
    ]
    if as_json:
        print_json(told)
        return
    rows = [[theme["name"], ", ".join(theme["questions"]), len(theme["codes"]), theme["definition"]] for theme in told]
    print_table(
        rows, ["Theme", "Questions", "Codes", "Definition"], nothing="There is no theme yet: tbcp-qual themes add NAME"
    )


@themes.command()
@click.argument("name")
@click.option("--define", "definition", default="", metavar="WORDS", help="What it says.")
@click.option("--code", "codes", multiple=True, metavar="PATH", help="A code it takes, with all below; repeat.")
@click.option("--question", "keys", multiple=True, metavar="KEY", help="A question it speaks to; repeat.")
@options
def add(session: Session, name: str, definition: str, codes: tuple[str, ...], keys: tuple[str, ...]) -> None:
    """Make a theme of that NAME, last in order."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import themes as acts

        asked = acts.find_questions(snapshot.questions, keys)
        taken = [snapshot.codebook.find(code) for code in codes]
        return acts.add(snapshot.themes, name, definition=definition, codes=taken, questions=asked)[1]

    carry_out(session, build)


@themes.command()
@click.argument("theme")
@click.argument("name")
@options
def rename(session: Session, theme: str, name: str) -> None:
    """Give a THEME another NAME."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import themes as acts

        return acts.rename(snapshot.themes, acts.find_theme(snapshot.themes, theme), name)

    carry_out(session, build)


@themes.command()
@click.argument("theme")
@click.argument("definition")
@options
def define(session: Session, theme: str, definition: str) -> None:
    """Say what a THEME means."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import themes as acts

        return acts.define(acts.find_theme(snapshot.themes, theme), definition)

    carry_out(session, build)


@themes.command()
@click.argument("theme")
@click.argument("keys", nargs=-1)
@options
def questions(session: Session, theme: str, keys: tuple[str, ...]) -> None:
    """Say to which questions, by their KEYS, a THEME speaks; none are named where it speaks to none."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import themes as acts

        return acts.ask(acts.find_theme(snapshot.themes, theme), acts.find_questions(snapshot.questions, keys))

    carry_out(session, build)


@themes.command("add-code")
@click.argument("theme")
@click.argument("codes", nargs=-1, required=True)
@options
def add_code(session: Session, theme: str, codes: tuple[str, ...]) -> None:
    """Let a THEME take CODES, each with all below it."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import themes as acts

        found = acts.find_theme(snapshot.themes, theme)
        return acts.add_codes(found, [snapshot.codebook.find(code) for code in codes])

    carry_out(session, build)


@themes.command("remove-code")
@click.argument("theme")
@click.argument("codes", nargs=-1, required=True)
@options
def remove_code(session: Session, theme: str, codes: tuple[str, ...]) -> None:
    """Let a THEME no longer take CODES."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import themes as acts
        from tbcp_qual.tasks.codebook import find_any

        found = acts.find_theme(snapshot.themes, theme)
        book = snapshot.codebook
        return acts.remove_codes(found, [find_any(book, code) for code in codes], book)

    carry_out(session, build)


@themes.command()
@click.argument("theme")
@options
def delete(session: Session, theme: str) -> None:
    """Delete a THEME; its codes and codings stay."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import themes as acts

        return acts.delete(snapshot, acts.find_theme(snapshot.themes, theme))

    carry_out(session, build, whole=True)


@themes.command()
@click.argument("names", nargs=-1, required=True)
@options
def order(session: Session, names: tuple[str, ...]) -> None:
    """Put the themes of these NAMES first, in this order; the others follow as they are."""

    def build(snapshot: "Snapshot") -> "Act":
        from tbcp_qual.tasks import themes as acts

        return acts.order(snapshot.themes, [acts.find_theme(snapshot.themes, name) for name in names])

    carry_out(session, build, same="They are in that order already.")
