"""The commands that compare coders; the full statement of what was compared stands below each table.

`agreement` alone compares the coders of the project; its commands compare whatever a file holds.
"""

from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from tbcp_qual.cli.agreement_showing import print_comparison
from tbcp_qual.cli.running import LazyGroup, Session, json_option, options
from tbcp_qual.cli.showing import print_json, say
from tbcp_qual.errors import UsageError

if TYPE_CHECKING:
    from tbcp_qual.agreement.units import Unit

UNITS = ("character", "word", "sentence", "turn", "answer", "paragraph", "document", "case", "overlap")

FILES = {
    "data": ("tbcp_qual.cli.agreement_data:data", "The same for a table of anybody's: units × coders."),
    "spans": ("tbcp_qual.cli.agreement_spans:spans", "The same for spans of anybody's, without units."),
}


@click.group(cls=LazyGroup, lazy=FILES, invoke_without_command=True)
@click.option("--unit", type=click.Choice(UNITS), help="What counts as one unit; else a turn, or what the round fixed.")
@click.option("--share", type=click.IntRange(1, 100), metavar="N", help="Percent that two segments share; else 50.")
@click.option("--round", "round_", metavar="NAME", help="This round, as it was locked.")
@click.option("--between", metavar="A,B", help="The coders; else all who have marked a document done.")
@click.option("--document", "documents", metavar="NAME", multiple=True, help="Only this document; may be repeated.")
@click.option("--code", "codes", metavar="PATH", multiple=True, help="Only this code; may be repeated.")
@click.option("--branch", is_flag=True, help="Let a code stand for all below it too.")
@click.option("--with-interviewer", "interviewer", is_flag=True, help="Take in what interviewers say.")
@click.option(
    "--per",
    type=click.Choice(["document", "source-type"]),
    multiple=True,
    help="The overall figure for each of these too; may be repeated.",
)
@click.option("--statistics", metavar="NAMES", help="Which to show: names divided by commas, or all.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), metavar="N", help="What intervals are drawn with; else 1.")
@click.option("--resamples", type=click.IntRange(100, 100_000), metavar="N", help="How often; else 1,000 times.")
@json_option
@options
def agreement(
    session: Session,
    unit: "Unit | None",
    share: int | None,
    round_: str | None,
    between: str | None,
    documents: tuple[str, ...],
    codes: tuple[str, ...],
    branch: bool,
    interviewer: bool,
    per: tuple[str, ...],
    statistics: str | None,
    seed: int | None,
    resamples: int | None,
    as_json: bool,
) -> None:
    """Say how far coders agree, per code and overall, in documents they have marked done.

    A coder who has not marked a document done is missing there; one who has, and left a unit bare, did not code it.
    With --round it is computed from what was locked, by the unit and statistic that were fixed; all else is marked
    exploratory. With the unit overlap coders' segments are compared.
    """
    context = click.get_current_context()
    if context.invoked_subcommand:
        if any(context.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in context.params):
            raise UsageError(
                f"Options of `agreement` alone mean nothing to `agreement {context.invoked_subcommand}`.",
                f"Put options behind it: tbcp-qual agreement {context.invoked_subcommand} FILE --json",
            )
        return
    if share is not None and unit != "overlap":
        raise UsageError("A share is of segments.", "--unit overlap --share 50")
    if round_ and documents:
        raise UsageError("A round is compared as a whole.", "Leave --document out; --per document tells them apart.")
    from tbcp_qual.agreement.bootstrap import RESAMPLES
    from tbcp_qual.agreement.report import SEED
    from tbcp_qual.tasks.agreement import agreement as compare_coders
    from tbcp_qual.tasks.agreement import round_agreement

    shown = _chosen(statistics)
    common: dict[str, Any] = {
        "coders": between.split(",") if between else None,
        "unit": unit,
        "codes": codes or None,
        "branch": branch,
        "share": 0.5 if share is None else share / 100,
        "per": tuple(each.replace("-", " ") for each in dict.fromkeys(per)),
        "seed": SEED if seed is None else seed,
        "resamples": RESAMPLES if resamples is None else resamples,
    }
    with session.reading() as (project, viewer):
        if round_:
            report = round_agreement(project, round_, viewer=viewer, interviewer=interviewer or None, **common)
        else:
            report = compare_coders(
                project, viewer=viewer, documents=documents or None, interviewer=interviewer, **common
            )
    if as_json:
        from tbcp_qual.agreement.as_json import report_as_json

        print_json(report_as_json(report))
        return
    tables = [*report.pairs, *([report.together] if report.together else [])]
    for place, comparison in enumerate(tables):
        if place:
            say()
        print_comparison(report, comparison, shown)
    for first, second in report.apart:
        say(f"\n{first} and {second}: no document that both have marked done.")


def _chosen(names: str | None) -> list[str] | None:
    """Return the statistics that were named; None where none were."""
    from tbcp_qual.agreement.statistics import STATISTICS

    if names is None:
        return None
    if names.strip().casefold() == "all":
        return list(STATISTICS)
    chosen = list(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    for name in chosen:
        if name not in STATISTICS:
            raise UsageError(f"There is no statistic “{name[:40]}”.", f"There is: {', '.join(STATISTICS)}.")
    return chosen or None
