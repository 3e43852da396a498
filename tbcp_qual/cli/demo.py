"""The command that builds the sample study, says what it made, and opens it."""

import shlex
from pathlib import Path

import click

from tbcp_qual.cli.running import FILE
from tbcp_qual.cli.showing import Progress, on_terminal, remark, say


@click.command()
@click.option("--dir", "folder", type=FILE, default=Path("exports"), help="Where to; else exports/.")
@click.option("--no-open", is_flag=True, help="Do not open it on screen.")
def demo(folder: Path, no_open: bool) -> None:
    """Build the sample study, compare its coders, write its matrices and its report to Word, and
    open it.

    The study is fictional: no family, worker or service in it exists.
    """
    from tbcp_qual.cli.agreement_showing import print_comparison
    from tbcp_qual.store import Project
    from tbcp_qual.tasks.agreement import agreement
    from tbcp_qual.tasks.demo import FIRST_CODER, build_demo

    with Progress("Importing") as progress:

        def said(sentence: str) -> None:
            progress.clear()
            say(sentence)

        built = build_demo(folder, said=said, progress=progress.show)
    with Project.open(built.path, read_only=True) as project:
        viewer = project.coder_named(FIRST_CODER)
        assert viewer is not None
        report = agreement(project, viewer=viewer.id, coders=None, unit="turn")
        for comparison in report.pairs[:1]:
            say()
            print_comparison(report, comparison)
    say()
    say(f"Project: {built.path}")
    for written in built.words:
        say(f"Word:    {written.path} ({written.tables} tables, {written.quotations} quotations)")
    say(f"Report:  {built.report} ({built.holds})")
    if no_open or not on_terminal():
        remark(f"Open it with: tbcp-qual --coder {FIRST_CODER} open {shlex.quote(str(built.path))}")
        return
    from tbcp_qual.tui import open_workbench

    open_workbench(built.path, viewer.id)
