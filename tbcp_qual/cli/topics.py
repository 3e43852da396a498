"""Commands on topic guides: import, list, propose, confirm, table; and whether codings were prompted."""

from pathlib import Path
from typing import cast

import click

from tbcp_qual.cli.running import FILE, Session, json_option, json_rows, options
from tbcp_qual.cli.showing import print_json, print_table, remark, remark_imported, say
from tbcp_qual.coding.counting import some
from tbcp_qual.coding.records import Asking, Prompting
from tbcp_qual.errors import UsageError

SHOWN = 60
"""Characters of the words that a table shows; --json has all."""
SIGNS = {
    "asked": "A",
    "recorded": "R",
    "not yet confirmed": "?",
    "not asked": "-",
    "not recorded": "n",
    "outside the schedule": "o",
    None: "",
}


@click.group()
def topics() -> None:
    """What was to be asked, and what was."""


@topics.command("import")
@click.argument("file", type=FILE)
@options
def import_(session: Session, file: Path) -> None:
    """Bring in topic guides from a YAML FILE: by source type and wave, each topic with its questions and themes.

    \b
    topic guides:
      - source type: parent
        wave: first                    # leave out where a guide holds for all waves
        topics:
          - topic: How it began
            ask: Who told you of the team, and when was that?
            questions: [2a]            # keys of evaluation questions
            themes: [Getting through the door]

    A topic that is there already takes what the file says.
    """
    from tbcp_qual.tasks.topics import import_topics

    with session.writing() as (project, coder):
        brought = import_topics(project, file, coder=coder)
    remark_imported(brought, "topic", file)


@topics.command("list")
@json_option
@options
def list_(session: Session, as_json: bool) -> None:
    """List the topics of all guides, with their questions and themes."""
    with session.reading() as (project, viewer):
        snapshot = project.snapshot(viewer, [])
    keys = {question.id: question.key for question in snapshot.questions}
    names = {theme.id: theme.name for theme in snapshot.themes}
    rows = [
        {
            "source_type": topic.source_type,
            "wave": topic.time_point,
            "topic": topic.key,
            "ask": topic.prompt,
            "questions": [keys[question] for question in topic.questions if question in keys],
            "themes": [names[theme] for theme in topic.themes if theme in names],
            "id": topic.id,
        }
        for topic in snapshot.topics
    ]
    if as_json:
        print_json(rows)
        return
    columns = ("source_type", "wave", "topic", "questions", "themes")
    cells = [[", ".join(v) if isinstance(v := row[column], list) else v for column in columns] for row in rows]
    print_table(
        cells,
        ["Source type", "Wave", "Topic", "Questions", "Themes"],
        nothing="There are no topics yet: tbcp-qual topics import FILE.yaml",
    )


@topics.command()
@click.argument("names", nargs=-1, metavar="[DOCUMENT]...")
@json_rows
@options
def propose(session: Session, names: tuple[str, ...], as_json: bool) -> None:
    """Say which topics seem to have been asked in documents, and show the interviewer's turn nearest to each.

    Where the words do not tell, nothing is proposed: interviewers ask in words of their own. A case file that is marked
    done is proposed as not recording what is coded nowhere in it.
    """
    from tbcp_qual.analysis.passages import shortened
    from tbcp_qual.tasks.topics import propose as proposals_for

    with session.reading() as (project, viewer):
        proposals = proposals_for(project, names, viewer=viewer)
    if as_json:
        print_json(
            [
                {
                    "document": p.document.name,
                    "topic": p.topic.key,
                    "stands": p.confirmed,
                    "proposed": p.proposed,
                    "turn": p.turn or None,
                    "score": p.score,
                    "words": p.words,
                }
                for p in proposals
            ]
        )
        return
    for document in dict.fromkeys(p.document for p in proposals):
        say(f"{document.name} ({', '.join(filter(None, (document.source_type, document.time_point)))})")
        theirs = [p for p in proposals if p.document == document]
        rows = [
            [f"  {p.topic.key}", p.confirmed, p.proposed or "", p.turn or "", shortened(p.words, SHOWN)] for p in theirs
        ]
        print_table(rows, ["  Topic", "Stands", "Proposed", "Turn", "The interviewer’s nearest turn"])
        say()
    remark("Confirm: topics confirm --proposed DOCUMENT, or topics confirm DOCUMENT TOPIC not-asked.")


@topics.command()
@click.argument("words", nargs=-1, metavar="[DOCUMENT TOPIC asked|not-asked|not-recorded|outside|unconfirmed]")
@click.option("--proposed", is_flag=True, help="Take all proposals for the documents named, or for all.")
@click.option("--others-not-asked", "others", is_flag=True, help="What is left in the interviews named was not asked.")
@click.option("--file", "file", type=FILE, metavar="CSV", help="A table with the columns document, topic, asked.")
@options
def confirm(session: Session, words: tuple[str, ...], proposed: bool, others: bool, file: Path | None) -> None:
    """Confirm whether a topic was asked in a document; what a person says stands over any proposal.

    With --proposed or --others-not-asked all words are names of documents.
    """
    from tbcp_qual.tasks.topics import ASKINGS, confirm_others, confirm_proposed, confirm_table
    from tbcp_qual.tasks.topics import confirm as confirm_one

    if proposed + others + (file is not None) > 1 or (file is not None and words):
        raise UsageError("Only one of --proposed, --others-not-asked and --file can be meant.")
    if others and not words:
        raise UsageError("Of which interviews?", "tbcp-qual topics confirm --others-not-asked DOCUMENT...")
    asked: Asking | None = None
    if not (proposed or others or file):
        if len(words) != 3:
            raise UsageError(
                "Which topic stands how, and where?", "tbcp-qual topics confirm DOCUMENT TOPIC asked|not-asked|…"
            )
        verdict = words[2].casefold().replace("-", " ")
        found = [a for a in ASKINGS if verdict in (a, a.partition(" the")[0], "outside" if a.startswith("o") else a)]
        if not found and verdict != "unconfirmed":
            raise UsageError(
                f"A topic cannot be “{words[2][:40]}”.",
                "It is asked, not-asked, not-recorded, outside (the schedule), or unconfirmed.",
            )
        asked = found[0] if found else None
    with session.writing() as (project, coder):
        if file is not None:
            _, changed = confirm_table(project, file, coder=coder)
        elif proposed:
            _, changed = confirm_proposed(project, words, coder=coder)
        elif others:
            _, changed = confirm_others(project, words, coder=coder)
        else:
            _, changed = confirm_one(project, words[0], words[1], asked, coder=coder)
    remark(f"{some(changed, 'topic')} confirmed." if changed else "Nothing to change.")


@topics.command()
@click.option(
    "--by",
    type=click.Choice(["topic", "theme", "question"]),
    default="topic",
    show_default=True,
    help="What the columns are.",
)
@json_rows
@options
def table(session: Session, by: str, as_json: bool) -> None:
    """Show what was asked in each document: a row for each, a column for each topic, theme or question."""
    from tbcp_qual.tasks.topics import asked_tables

    with session.reading() as (project, viewer):
        tables = asked_tables(project, viewer=viewer, by=by)
    if as_json:
        print_json(
            [
                {"document": name, "guide": t.guide, by: column, "stands": standing}
                for t in tables
                for name, standings in t.rows
                for column, standing in zip(t.columns, standings, strict=True)
            ]
        )
        return
    for t in tables:
        if t.guide:
            say(t.guide[:1].upper() + t.guide[1:])
        numbered = by != "question"
        if numbered:
            for number, column in enumerate(t.columns, 1):
                say(f"  {number:>2} {column}")
        heads = [str(number) for number in range(1, len(t.columns) + 1)] if numbered else list(t.columns)
        print_table([[name, *(SIGNS[s] for s in standings)] for name, standings in t.rows], ["Document", *heads])
        say()
    remark("A asked, - not asked, R recorded, n not recorded, o outside the schedule, ? not yet confirmed.")


@click.command()
@click.argument("words", nargs=-1, metavar="[ID...] [prompted|volunteered|unsaid]")
@click.option("--document", metavar="NAME", help="Only in this document.")
@click.option("--turn", type=click.IntRange(min=1), metavar="N", help="All that begin in this turn of the document.")
@click.option("--proposed", is_flag=True, help="Take all proposals of which nothing was said yet.")
@json_option
@options
def prompted(
    session: Session, words: tuple[str, ...], document: str | None, turn: int | None, proposed: bool, as_json: bool
) -> None:
    """Say of your codings whether they were prompted or volunteered, or list what has been said.

    A coding is proposed as prompted where the question before it asks for a topic of its themes.
    """
    from tbcp_qual.analysis.passages import shortened
    from tbcp_qual.tasks.prompting import prompted_codings, set_prompted, take_proposed

    if not words and not proposed:
        if turn:
            raise UsageError(
                "Prompted or volunteered?", "tbcp-qual codings prompted --document P07 --turn 4 volunteered"
            )
        with session.reading() as (project, viewer):
            lines = prompted_codings(project, viewer=viewer, name=document)
        if as_json:
            names = ("id", "label", "turn", "code", "words", "prompted", "proposed", "question")
            print_json([{name: getattr(line, name) for name in names} for line in lines])
            return
        rows = [
            [line.label, line.code, line.prompted, line.proposed, line.question or "", shortened(line.words, SHOWN)]
            for line in lines
        ]
        print_table(
            rows,
            ["Source", "Code", "Said", "Proposed", "Question in turn", "Words"],
            nothing="There are no codings to say it of.",
        )
        return
    if proposed and (words or turn):
        raise UsageError(
            "With --proposed no codings are named.", "tbcp-qual codings prompted --proposed --document P07"
        )
    verdict: Prompting = "prompted"
    ids = words[:-1]
    if not proposed:
        if words[-1] not in ("prompted", "volunteered", "unsaid"):
            raise UsageError("Prompted or volunteered?", "The last word is prompted, volunteered or unsaid.")
        verdict = cast("Prompting", "" if words[-1] == "unsaid" else words[-1])
        if bool(ids) == bool(document and turn):
            raise UsageError("Which codings are meant?", "Give their ids, or --document NAME --turn N.")
    with session.writing() as (project, coder):
        if proposed:
            _, changed = take_proposed(project, coder=coder, name=document)
        elif ids:
            _, changed = set_prompted(project, verdict, coder=coder, ids=ids)
        else:
            _, changed = set_prompted(project, verdict, coder=coder, name=document, turn=turn or 0)
    remark(f"{some(changed, 'coding')} changed." if changed else "Nothing to change.")
