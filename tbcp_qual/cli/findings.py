"""Commands on findings: state them, bring passages forward for and against them, judge how sure one may be."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tbcp_qual.cli.counting import tally_values
from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark, say
from tbcp_qual.coding.counting import some

if TYPE_CHECKING:
    from tbcp_qual.analysis.evidence import FindingLine
    from tbcp_qual.analysis.passages import Passage
    from tbcp_qual.coding.changes import Revision

SHOWN = 90
"""Characters of a passage that a list shows; --json has all."""

KEY = click.argument("key")
PASSAGES = click.argument("passages", nargs=-1, required=True, metavar="PASSAGE...")
QUESTIONS = click.option("--question", "questions", multiple=True, metavar="KEY", help="It answers this; repeat.")
THEMES = click.option("--theme", "themes", multiple=True, metavar="NAME", help="It draws on this theme; repeat.")


def say_done(revision: "Revision | None") -> None:
    """Say what a revision did."""
    remark(f"{revision.label[0].upper()}{revision.label[1:]}." if revision else "Nothing to change.")


@click.group()
def findings() -> None:
    """What the study finds: statements, what speaks for and against them, how sure one may be.

    A PASSAGE is named by its reference (P07-first.14b), or as “DOCUMENT: some of its words”.
    """


@findings.command("list")
@click.option("--question", metavar="KEY", help="Only those that answer it, or a sub-question of it.")
@json_option
@options
def list_(session: Session, question: str | None, as_json: bool) -> None:
    """List the findings, each with its confidence and who speaks for it among those asked."""
    from tbcp_qual.tasks.evidence import finding_lines

    with session.reading() as (project, viewer):
        lines = finding_lines(project, viewer=viewer, question=question)
        coders = {coder.id: coder.name for coder in project.records("coder")}
    if as_json:
        print_json([line_values(line, coders) for line in lines])
        return
    if not lines:
        remark("There is no finding yet: tbcp-qual findings add “What was found.” --question 2b")
    for line in lines:
        say_finding(line, coders)
        say()


def say_finding(line: "FindingLine", coders: dict[str, str]) -> None:
    """Say a finding in a few lines."""
    finding = line.finding
    say(f"{finding.key}  {finding.statement}")
    keys = ", ".join(q.key for q in line.questions) or "no question"
    judged = (
        f"{finding.confidence} ({coders.get(finding.judged_by or '', 'somebody')})"
        if finding.confidence
        else "not judged"
    )
    say(
        f"   {keys} · {finding.status} · confidence {judged}; the rule proposes {line.proposal.confidence or 'nothing'}"
    )
    for tally in line.tallies:
        if tally.passages or tally.asked:
            say(f"   {tally.in_words}")
    say(f"   {line.proposal.why}")
    if line.lost:
        say(f"   not found any more: {', '.join(line.lost)}")


def line_values(line: "FindingLine", coders: dict[str, str]) -> dict[str, Any]:
    """Return a finding as values for JSON."""
    finding, proposal = line.finding, line.proposal
    return {
        "key": finding.key,
        "statement": finding.statement,
        "status": finding.status,
        "questions": [q.key for q in line.questions],
        "themes": [t.name for t in line.themes],
        "for": [_passage(p) for p in line.supporting],
        "negative cases": [{**_passage(n.passage), "explained": n.explained or None} for n in line.negative],
        "not found any more": line.lost,
        "source types": [tally_values(t) for t in line.tallies],
        "families": line.families,
        "accounts of one family": {f: types for f, types in line.accounts.items() if len(types) > 1},
        "proposed": {
            "confidence": proposal.confidence or None,
            "source types that agree": proposal.source_types,
            "independent accounts": proposal.accounts,
            "negative cases": proposal.negative,
            "unexplained": proposal.unexplained,
            "searches for negative cases": proposal.searches,
        },
        "judged": {
            "confidence": finding.confidence or None,
            "by": coders.get(finding.judged_by or ""),
            "adequacy": finding.adequacy,
            "coherence": finding.coherence,
            "relevance": finding.relevance,
            "limitations": finding.limitations,
        },
        "id": finding.id,
    }


def _passage(passage: "Passage") -> dict[str, Any]:
    return {"reference": passage.reference, "source": passage.source, "words": passage.words}


@findings.command()
@KEY
@json_option
@options
def show(session: Session, key: str, as_json: bool) -> None:
    """Show a finding with all its passages, its negative cases and how they are explained."""
    from tbcp_qual.analysis.confidence import RULE
    from tbcp_qual.analysis.passages import shortened
    from tbcp_qual.tasks.evidence import finding_line

    with session.reading() as (project, viewer):
        line = finding_line(project, key, viewer=viewer)
        coders = {coder.id: coder.name for coder in project.records("coder")}
    if as_json:
        print_json(line_values(line, coders) | {"rule": RULE})
        return
    say_finding(line, coders)
    for name in ("adequacy", "coherence", "relevance", "limitations"):
        if words := getattr(line.finding, name):
            say(f"   {name}: {words}")
    several = {family: types for family, types in line.accounts.items() if len(types) > 1}
    if several:
        said = "; ".join(f"{family} ({', '.join(types)})" for family, types in several.items())
        say(f"   accounts of one family: {said}")
    say()
    rows = [["for", p.reference, p.source_type, shortened(p.words, SHOWN)] for p in line.supporting]
    against = [case.passage for case in line.negative]
    rows += [["negative", p.reference, p.source_type, shortened(p.words, SHOWN)] for p in against]
    print_table(rows, ["", "Passage", "Source type", "Words"])
    for case in line.negative:
        say(f"{case.passage.reference} explained: {case.explained or 'not yet'}")
    remark(RULE)


@findings.command()
@click.argument("statement")
@click.option("--key", default="", metavar="KEY", help="What it is called; else the next number.")
@QUESTIONS
@THEMES
@options
def add(session: Session, statement: str, key: str, questions: tuple[str, ...], themes: tuple[str, ...]) -> None:
    """State a finding; it is a draft until `findings edit --agreed`."""
    from tbcp_qual.tasks.evidence import add_finding

    with session.writing() as (project, coder):
        made = add_finding(project, statement, coder=coder, key=key, questions=questions, themes=themes)
    remark(f"Finding {made.key}.")
    warn_of_claims(statement)


def warn_of_claims(statement: str) -> None:
    """Say so where a statement claims more than a study without a comparison group can."""
    from tbcp_qual.analysis.confidence import overclaims

    if found := overclaims(statement):
        remark(f"“{found[0]}”: without a comparison group say change, or promise.")


@findings.command()
@KEY
@click.option("--statement", metavar="WORDS", help="What it says.")
@click.option("--key", "called", metavar="KEY", help="What it is called from now on.")
@QUESTIONS
@THEMES
@click.option("--agreed/--draft", "agreed", default=None, help="Whether the team has agreed on it.")
@options
def edit(
    session: Session,
    key: str,
    statement: str | None,
    called: str | None,
    questions: tuple[str, ...],
    themes: tuple[str, ...],
    agreed: bool | None,
) -> None:
    """Change a finding; questions and themes that are named take the place of those before."""
    from tbcp_qual.tasks.evidence import edit_finding

    with session.writing() as (project, coder):
        done = edit_finding(
            project,
            key,
            coder=coder,
            statement=statement,
            called=called,
            questions=questions or None,
            themes=themes or None,
            status=None if agreed is None else "agreed" if agreed else "draft",
        )
    say_done(done)
    warn_of_claims(statement or "")


@findings.command()
@KEY
@options
def delete(session: Session, key: str) -> None:
    """Take a finding away, with its evidence and what was judged of it; `undo` brings it back."""
    from tbcp_qual.tasks.evidence import delete_finding

    with session.writing() as (project, coder):
        done = delete_finding(project, key, coder=coder)
    say_done(done)


@findings.command()
@KEY
@PASSAGES
@options
def support(session: Session, key: str, passages: tuple[str, ...]) -> None:
    """Bring passages forward that speak for a finding."""
    from tbcp_qual.tasks.evidence import add_evidence

    with session.writing() as (project, coder):
        _, new = add_evidence(project, key, passages, coder=coder)
    remark(f"{some(new, 'passage')} for finding {key}.")


@findings.command()
@KEY
@PASSAGES
@click.option("--explained", default="", metavar="WORDS", help="How it is explained; leave out while it is not.")
@options
def negative(session: Session, key: str, passages: tuple[str, ...], explained: str) -> None:
    """Bring passages forward that speak against a finding, and say how that is explained."""
    from tbcp_qual.tasks.evidence import add_evidence

    with session.writing() as (project, coder):
        _, new = add_evidence(project, key, passages, coder=coder, negative=True, explained=explained)
    remark(f"{some(new, 'negative case')} of finding {key} new or changed.")


@findings.command()
@KEY
@PASSAGES
@options
def remove(session: Session, key: str, passages: tuple[str, ...]) -> None:
    """Take passages back that were brought forward for a finding or against it."""
    from tbcp_qual.tasks.evidence import remove_evidence

    with session.writing() as (project, coder):
        done = remove_evidence(project, key, passages, coder=coder)
    say_done(done)


@findings.command()
@KEY
@click.argument("confidence", type=click.Choice(["high", "moderate", "low", "open"]))
@click.option("--adequacy", metavar="WORDS", help="Whether there is enough, and rich enough, to say it.")
@click.option("--coherence", metavar="WORDS", help="How well it fits what it rests on.")
@click.option("--relevance", metavar="WORDS", help="How near those heard are to those the question is about.")
@click.option("--limitations", metavar="WORDS", help="What the sources themselves cannot tell.")
@options
def judge(session: Session, key: str, confidence: str, **why: str | None) -> None:
    """Judge how sure one may be of a finding, and say why; `findings show` ends with the rule that proposes."""
    from tbcp_qual.tasks.evidence import judge as judge_finding

    judged: Any = "" if confidence == "open" else confidence
    with session.writing() as (project, coder):
        done = judge_finding(project, key, judged, coder=coder, **why)
    say_done(done)


@findings.command("import")
@click.argument("file", type=FILE)
@options
def import_(session: Session, file: Path) -> None:
    """Bring in summaries, findings, answers and judgements from a YAML FILE, as one act.

    What is there under the same name takes what the file says. `transcripts_sample/findings.yaml` is an example.
    """
    from tbcp_qual.tasks.findings import import_findings

    with session.writing() as (project, coder):
        brought = import_findings(project, file, coder=coder)
    remark(brought.in_words)
