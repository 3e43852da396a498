"""The command line: stdout is data, remarks go to stderr, exit codes are a contract.

Command groups are imported when they are called, so that `--help` costs no more than Click.
"""

import gc
import io
import sys

import click

from tbcp_qual.cli.running import LazyGroup, Session, run

COMMANDS = {
    "new": ("tbcp_qual.cli.projects:new", "Make a project file."),
    "open": ("tbcp_qual.cli.projects:open_", "Open a project on screen."),
    "project": ("tbcp_qual.cli.projects:project", "What the project is, and who answers for its data."),
    "demo": ("tbcp_qual.cli.demo:demo", "Build the sample project and open it."),
    "documents": ("tbcp_qual.cli.documents:documents", "Transcripts and case-file extracts."),
    "cases": ("tbcp_qual.cli.cases:cases", "Families and their attributes."),
    "topics": ("tbcp_qual.cli.topics:topics", "What was to be asked, and what was."),
    "sample": ("tbcp_qual.cli.sample:sample", "Samples of families for closer reading."),
    "participants": ("tbcp_qual.cli.participants:participants", "Who speaks, and what they allow."),
    "coders": ("tbcp_qual.cli.coders:coders", "Who codes."),
    "codebook": ("tbcp_qual.cli.codebook:codebook", "The codebook as a whole: versions, files in and out."),
    "codes": ("tbcp_qual.cli.codes:codes", "The codes, one by one, and what waits since they changed."),
    "themes": ("tbcp_qual.cli.themes:themes", "Themes: named sets of codes with a definition."),
    "codings": ("tbcp_qual.cli.codings:codings", "What has been coded."),
    "memos": ("tbcp_qual.cli.memos:memos", "Notes on passages, documents, cases, codes and themes."),
    "find": ("tbcp_qual.cli.find:find", "Find words in their context."),
    "queries": ("tbcp_qual.cli.retrieving:queries", "Saved retrievals, and what was looked for."),
    "privacy": ("tbcp_qual.cli.privacy:privacy", "What identifies people: look, replace, keep, purge."),
    "audit": ("tbcp_qual.cli.audit:audit", "The case-file audit: every file held against the same items."),
    "rounds": ("tbcp_qual.cli.rounds:rounds", "Double coding: who codes what, blind or open."),
    "chart": ("tbcp_qual.cli.chart:chart", "The framework matrix and its summaries."),
    "findings": ("tbcp_qual.cli.findings:findings", "What the study finds, and how sure it is."),
    "answers": ("tbcp_qual.cli.answers:answers", "The evaluation questions, answers and gaps."),
    "triangulation": ("tbcp_qual.cli.triangulation:triangulation", "How source types bear out each finding."),
    "logic": ("tbcp_qual.cli.logic:logic", "The logic model, held against the findings."),
    "agreement": ("tbcp_qual.cli.agreement:agreement", "How far the coders agree."),
    "reconcile": ("tbcp_qual.cli.reconcile:reconcile", "Differences between coders, settled with a reason."),
    "export": ("tbcp_qual.cli.export:export", "Tables for Word."),
    "import": ("tbcp_qual.cli.importing:import_", "What comes back from files that left the project."),
    "history": ("tbcp_qual.cli.history:history", "Who did what, and when."),
    "keys": ("tbcp_qual.cli.keys:keys", "The keys of the screens, and how to change them."),
    "undo": ("tbcp_qual.cli.history:undo", "Take back your last act."),
    "redo": ("tbcp_qual.cli.history:redo", "Do again what you undid last."),
    "merge": ("tbcp_qual.cli.merge:merge", "Bring in the work of another copy."),
    "conflicts": ("tbcp_qual.cli.merge:conflicts", "What two people changed without seeing each other."),
    "verify": ("tbcp_qual.cli.projects:verify", "Check a project file from the bottom up."),
}


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="tbcp-qual", prog_name="tbcp-qual")
@click.option("--project", "project", metavar="FILE", help="The project; else TBCP_PROJECT, else the only one here.")
@click.option("--coder", "coder", metavar="NAME", help="Who you are; else TBCP_CODER, else your settings.")
@click.pass_context
def cli(context: click.Context, project: str | None, coder: str | None) -> None:
    """Code transcripts, compare coders, answer evaluation questions. Nothing leaves this machine."""
    context.obj = Session(project=project, coder=coder)


def main() -> None:
    """Run the command line and exit with its code."""
    # A command makes many records and few cycles: looking for those after every 700 takes a third of its time.
    gc.set_threshold(2_000_000)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal or pipe that has no sign for a character gets an escape; no command fails for that.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(cli))
