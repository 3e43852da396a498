"""The command that builds the sample study, says what it made, and opens it."""

import sys
from pathlib import Path

import click

from tbcp_qual.cli.running import remark


@click.command()
@click.option(
    "--dir", "folder", type=click.Path(path_type=Path), default=Path("exports"), help="Where to; else exports/."
)
@click.option("--no-open", is_flag=True, help="Do not open it on screen.")
def demo(folder: Path, no_open: bool) -> None:
    """Build the sample study, compare its coders, write its matrices to Word, and open it.

    The study is fictional: no family, worker or service in it exists.
    """
    from tbcp_qual.cli.agreement import print_comparison
    from tbcp_qual.store import Project
    from tbcp_qual.tasks.agreement import agreement
    from tbcp_qual.tasks.demo import FIRST_CODER, build_demo

    on_terminal = sys.stderr.isatty()

    def progress(done: int, total: int, name: str) -> None:
        if on_terminal:
            click.echo(f"\r{done + 1}/{total} {name:<40.40}", nl=False, err=True)

    def said(sentence: str) -> None:
        click.echo(f"\r{' ' * 60}\r{sentence}" if on_terminal else sentence)

    built = build_demo(folder, said=said, progress=progress)
    with Project.open(built.path, read_only=True) as project:
        viewer = project.coder_named(FIRST_CODER)
        assert viewer is not None
        report = agreement(project, viewer=viewer.id, coders=None, unit="turn")
        for comparison in report.pairs[:1]:
            click.echo()
            print_comparison(report, comparison)
    click.echo()
    click.echo(f"Project: {built.path}")
    for written in built.words:
        click.echo(f"Word:    {written.path} ({written.tables} tables, {written.quotations} quotations)")
    if no_open or not (sys.stdin.isatty() and sys.stdout.isatty()):
        remark(f"Open it with: tbcp-qual --coder {FIRST_CODER} open '{built.path}'")
        return
    from tbcp_qual.tui import open_workbench

    open_workbench(built.path, viewer.id)
