"""Retrieval: codings by code, filter and what lies beside them; saved queries; the record of what was looked for."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tbcp_qual.cli.releasing import audience_named, audience_options, keep_record, say_concerns
from tbcp_qual.cli.running import FILE, Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark, say
from tbcp_qual.coding.counting import some

if TYPE_CHECKING:
    from tbcp_qual.analysis.retrieval import Retrieved
    from tbcp_qual.coding.snapshot import Snapshot

COLUMNS = ("reference", "source", "code", "coder", "words", "memo", "negative")


@click.command("find")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--only", is_flag=True, help="Not what lies below the codes.")
@click.option("--by", "coders", multiple=True, metavar="CODER", help="Only by this coder; repeat.")
@click.option("--document", "documents", multiple=True, metavar="NAME", help="Only in this document; repeat.")
@click.option("--source-type", "source_types", multiple=True, metavar="TYPE", help="Only of this source type; repeat.")
@click.option("--time-point", "time_points", multiple=True, metavar="WHEN", help="Only at this time point; repeat.")
@click.option("--attribute", "attributes", multiple=True, metavar="NAME=VALUE", help="By or about such cases; repeat.")
@click.option("--round", "round_name", default="", metavar="NAME", help="Only of this round.")
@click.option("--negative/--not-negative", default=None, help="Only negative cases, or none of them.")
@click.option("--prompted", type=click.Choice(["prompted", "volunteered"]), default=None, help="Only such passages.")
@click.option("--words", default="", help="Only with these words in them, as `find` reads them.")
@click.option("--with", "beside", multiple=True, metavar="CODE[@WHERE]", help="Only beside this code; repeat.")
@click.option("--without", multiple=True, metavar="CODE[@WHERE]", help="Only where this code is not; repeat.")
@click.option("--save", metavar="NAME", help="Keep the query under a name.")
@click.option("--query", metavar="NAME", help="Run a saved query instead.")
@click.option("--log", "purpose", metavar="PURPOSE", help="Keep in the record that you looked, and what for.")
@click.option("--csv", "to_csv", type=FILE, metavar="FILE", help="Write them as CSV too.")
@audience_options
@json_option
@options
def find(
    session: Session,
    codes: tuple[str, ...],
    query: str | None,
    save: str | None,
    purpose: str | None,
    to_csv: Path | None,
    as_json: bool,
    prompted: str | None,
    audience: str,
    reason: str,
    **asked: object,
) -> int:
    """Retrieve codings of CODE, with all below it, by filters and by what lies beside them.

    WHERE is overlapping, within, around, near (near/300), turn, answer, document or case. Before a CSV is written the
    disclosure check says what it would give away; beyond the team nothing is written while it has findings (exit code
    1), unless you say why it goes out.
    """
    from tbcp_qual.analysis.retrieval import in_words
    from tbcp_qual.tasks.querying import log_search, query_named, run, save_query, wanted_by_name
    from tbcp_qual.tasks.releasing import check_release, matter_of_codings, may_leave

    with session.reading() as (project, viewer):
        wanted = (
            query_named(project, query)[1]
            if query
            else wanted_by_name(project, codes=codes, prompted=prompted or "", **asked)  # type: ignore[arg-type]
        )
        found = run(project, wanted, viewer=viewer)
        readers = audience_named(audience)
        now = project.snapshot(viewer, None if to_csv is not None else [])
        concerns = check_release(project, now, matter_of_codings(now, found), readers) if to_csv is not None else []
    if save or purpose is not None:
        with session.writing(known=True) as (project, coder):
            if save:
                save_query(project, save, wanted, coder=coder)
            if purpose is not None:
                log_search(project, wanted, len(found), purpose=purpose, coder=coder)
    rows = [_row(one, now) for one in found]
    say_concerns(concerns, readers, reason)
    if to_csv is not None:
        if not may_leave(concerns, readers, reason):
            return 1
        _write_csv(to_csv, rows)
        keep_record(session, to_csv, "list of codings", readers, concerns, reason)
    if as_json:
        print_json({"asked": in_words(wanted, now), "found": [_values(one, now) for one in found]})
        return 1 if concerns and readers != "team" else 0
    for row in rows:
        mark = " (negative case)" if row[6] else ""
        say(f"{row[0]}  {row[2]} · {row[3]}{mark}\n    {' '.join(row[4].split())}\n    — {row[1]}")
    documents = len({one.coding.document for one in found})
    remark(f"{in_words(wanted, now)}: {some(len(found), 'coding')} in {some(documents, 'document')}.")
    return 1 if concerns and readers != "team" else 0


def _row(one: "Retrieved", now: "Snapshot") -> tuple[str, ...]:
    coder = now.coder_by_id[one.coding.coder].name
    negative = "negative" if one.coding.negative else ""
    return (one.reference, one.source, one.code, coder, one.words, one.coding.memo, negative)


def _values(one: "Retrieved", now: "Snapshot") -> dict[str, object]:
    return {
        "id": one.coding.id,
        **dict(zip(COLUMNS[:-1], _row(one, now)[:-1], strict=True)),
        "negative": one.coding.negative,
        "document": now.document_by_id[one.coding.document].name,
        "start": one.coding.start,
        "end": one.coding.end,
        "beside": list(one.partners),
    }


def _write_csv(path: Path, rows: "list[tuple[str, ...]]") -> None:
    from tbcp_qual.writers.whole import whole_file

    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow(COLUMNS)
    # A spreadsheet must not take words for a formula.
    lines.writerows([f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell for cell in row] for row in rows)
    with whole_file(path) as file:
        file.write(("\ufeff" + out.getvalue()).encode())


@click.group()
def queries() -> None:
    """Saved retrievals, and the record of what was looked for."""


@queries.command("list")
@json_option
@options
def list_(session: Session, as_json: bool) -> None:
    """List the saved queries with what they ask."""
    from tbcp_qual.analysis.retrieval import from_wording, in_words

    with session.reading() as (project, viewer):
        now = project.snapshot(viewer, [])
        saved = sorted(project.records("query"), key=lambda query: query.name.casefold())
        rows = [(q.name, now.coder_by_id[q.coder].name, in_words(from_wording(q.wording), now)) for q in saved]
    if as_json:
        print_json([dict(zip(("name", "coder", "asks"), row, strict=True)) for row in rows])
        return
    print_table(rows, ("name", "coder", "asks"), nothing="No query is saved: tbcp-qual codings find … --save NAME")


@queries.command("log")
@json_option
@options
def log(session: Session, as_json: bool) -> None:
    """List what was looked for, by whom, when, what for, and how much there was."""
    from tbcp_qual.analysis.retrieval import from_wording, in_words

    with session.reading() as (project, viewer):
        now = project.snapshot(viewer, [])
        rows = [
            (
                one.at[:16].replace("T", " "),
                now.coder_by_id[one.coder].name,
                one.purpose,
                one.hits,
                in_words(from_wording(one.wording), now),
            )
            for one in sorted(now.searches, key=lambda search: search.at)
        ]
    names = ("when (UTC)", "who", "what for", "found", "what")
    if as_json:
        print_json([dict(zip(names, row, strict=True)) for row in rows])
        return
    print_table(rows, names, nothing="Nothing was looked for with a purpose: tbcp-qual codings find … --log PURPOSE")


@queries.command("delete")
@click.argument("name")
@options
def delete(session: Session, name: str) -> None:
    """Take a saved query away; the record of searches stays."""
    from tbcp_qual.tasks.querying import delete_query

    with session.writing(known=True) as (project, coder):
        delete_query(project, name, coder=coder)
    remark(f"Deleted the query {name}. `undo` takes that back.")
