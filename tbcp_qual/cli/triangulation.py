"""Commands on triangulation: how each source type bears on a finding or theme, proposed and judged."""

from typing import TYPE_CHECKING, Any

import click

from tbcp_qual.cli.counting import tally_values
from tbcp_qual.cli.findings import say_done
from tbcp_qual.cli.running import Session, json_option, json_rows, options
from tbcp_qual.cli.showing import print_json, print_table, remark, say

if TYPE_CHECKING:
    from tbcp_qual.analysis.triangulation import Bearing

VERDICTS = ["agreement", "partial", "silence", "dissonance", "not-asked", "none"]


@click.group()
def triangulation() -> None:
    """How the source types bear on each finding or theme: agreement, partial, silence, dissonance, not asked.

    Agreement: meaning and examples match those of another source type. Partial: one of the two. A TARGET is the key of
    a finding, or the name of a theme.
    """


@triangulation.command("list")
@click.option("--themes", "by_theme", is_flag=True, help="Themes instead of findings.")
@json_rows
@options
def list_(session: Session, by_theme: bool, as_json: bool) -> None:
    """Show all findings or themes by source type: what people judge, else what the codings suggest."""
    from tbcp_qual.tasks.triangulating import triangulated

    with session.reading() as (project, viewer):
        found = triangulated(project, viewer=viewer, by_theme=by_theme)
        names = {coder.id: coder.name for coder in project.records("coder")}
    if as_json:
        print_json([{"target": t.name, "source types": [bearing_values(b, names) for b in t.bearings]} for t in found])
        return
    if not found:
        remark("There is no finding yet; --themes shows themes.")
        return
    kinds = [bearing.source_type or "no source type" for bearing in found[0].bearings]
    print_table([[t.name, *map(_short, t.bearings)] for t in found], ["", *kinds])
    remark(
        "In brackets: proposed from the codings; ? one person so far; ≠ people differ. `triangulation show` says why."
    )


def _short(bearing: "Bearing") -> str:
    if bearing.verdict is not None:
        return bearing.verdict
    if not bearing.judgements:
        return f"({bearing.proposed})"
    if len(bearing.judgements) == 1:
        return f"{bearing.judgements[0].verdict} ?"
    return " ≠ ".join(dict.fromkeys(judgement.verdict for judgement in bearing.judgements))


def bearing_values(bearing: "Bearing", names: dict[str, str]) -> dict[str, Any]:
    """Return how a source type bears on something as values for JSON."""
    return {
        "source type": bearing.source_type,
        "verdict": bearing.verdict,
        "open": bearing.open or None,
        "proposed": bearing.proposed,
        "why": bearing.why,
        "judged": [{"by": names.get(j.coder), "verdict": j.verdict, "note": j.note} for j in bearing.judgements],
        "same families as others": bearing.same_families,
        "count": tally_values(bearing.tally),
    }


@triangulation.command()
@click.argument("target")
@json_option
@options
def show(session: Session, target: str, as_json: bool) -> None:
    """Show how each source type bears on one finding or theme, why that is proposed, and who judged what."""
    from tbcp_qual.tasks.triangulating import triangulated

    with session.reading() as (project, viewer):
        (found,) = triangulated(project, viewer=viewer, targets=[target])
        names = {coder.id: coder.name for coder in project.records("coder")}
    if as_json:
        print_json({"target": found.name, "source types": [bearing_values(b, names) for b in found.bearings]})
        return
    say(f"finding {found.finding.key}: {found.finding.statement}" if found.finding else found.name)
    for bearing in found.bearings:
        say()
        say(f"{bearing.source_type or 'no source type'}: {bearing.verdict or bearing.open}")
        say(f"   {bearing.tally.in_words}; proposed: {bearing.proposed} ({bearing.why})")
        if bearing.same_families:
            say(f"   accounts of families of whom others speak too: {', '.join(bearing.same_families)}")
        for judgement in bearing.judgements:
            note = f": {judgement.note}" if judgement.note else ""
            say(f"   {names.get(judgement.coder, 'somebody')} says {judgement.verdict}{note}")


@triangulation.command()
@click.argument("target")
@click.argument("source_type")
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.option("--note", metavar="WORDS", help="Why.")
@options
def judge(session: Session, target: str, source_type: str, verdict: str, note: str | None) -> None:
    """Judge how a SOURCE_TYPE bears on a finding or theme; `none` takes your judgement back.

    It is settled once two people say the same.
    """
    from tbcp_qual.tasks.triangulating import judge_source

    judged: Any = None if verdict == "none" else verdict.replace("-", " ")
    with session.writing() as (project, coder):
        done = judge_source(project, target, source_type, judged, coder=coder, note=note)
    say_done(done)
