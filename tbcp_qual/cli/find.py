"""Find words over the whole project, and code what was found."""

from typing import TYPE_CHECKING, cast

import click

from tbcp_qual.cli.running import Session, json_option, options
from tbcp_qual.cli.showing import print_json, print_table, remark, say
from tbcp_qual.coding.counting import some

if TYPE_CHECKING:
    from tbcp_qual.tasks.finding import Extent, InContext

KINDS = [
    "turn", "coding", "memo", "code", "theme", "question", "case", "attribute", "participant", "document", "topic",
    "summary", "finding", "evidence", "answer", "judgement", "element", "configuration",
    "item", "rating",
]  # fmt: skip

MANY = {"summary": "summaries", "evidence": "explanations"}
"""Kinds of which an s does not make many."""


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--in",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    metavar="KIND",
    help=f"Only there; repeat. Kinds: {', '.join(KINDS)}.",
)
@click.option("-n", "--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many at most.")
@click.option("--count", is_flag=True, help="Only how many, by document and source type.")
@click.option("--code", "code", metavar="CODE", help="Show what coding all hits would do; with --apply, do it.")
@click.option(
    "--extent", type=click.Choice(["words", "sentence", "turn"]), default="sentence", help="How much --code takes."
)
@click.option("--apply", "apply_", is_flag=True, help="Code what --code shows, as one act.")
@json_option
@options
def find(
    session: Session,
    words: tuple[str, ...],
    kinds: tuple[str, ...],
    limit: int,
    count: bool,
    code: str | None,
    extent: str,
    apply_: bool,
    as_json: bool,
) -> None:
    """Find WORDS in their context: in turns, memos, the codebook, cases and attributes.

    Words stand for all of them; "a phrase"; begin*; a NEAR/5 b; a OR b; a -b; ( ). Case and accents do not matter.
    """
    from tbcp_qual.tasks.finding import count_words, find_words, make_findable

    typed = " ".join(words)
    if code is not None:
        _code_hits(session, typed, code, cast("Extent", extent), apply_=apply_, as_json=as_json)
        return
    with session.reading() as (project, viewer):
        if not make_findable(project):
            remark("The file cannot be written: what was added since the last search is not found.")
        by_kind, by_document, by_type = count_words(project, typed, viewer=viewer)
        found = find_words(project, typed, viewer=viewer, kinds=kinds, limit=limit)
    if as_json:
        print_json(
            {
                "sought": typed,
                "by kind": by_kind,
                "by document": by_document,
                "by source type": by_type,
                "hits": [] if count else [_values(hit) for hit in found.hits],
            }
        )
        return
    if count:
        print_table(list(by_document.items()), ("document", "turns"))
        print_table(list(by_type.items()), ("source type", "turns"))
    for hit in () if count else found.hits:
        say(f"{hit.before:>60}»{hit.words}«{hit.after:<60}  {hit.source}".rstrip())
    counts = ", ".join(some(n, kind, MANY.get(kind, "")) for kind, n in by_kind.items())
    remark(f"Found: {counts}." if counts else "Nothing found.")
    if found.more and not count:
        remark(f"These are the first {limit}; --limit shows more.")


def _values(hit: "InContext") -> dict[str, object]:
    return {
        "kind": hit.kind,
        "record": hit.record,
        "document": hit.document or None,
        "source": hit.source,
        "source type": hit.source_type or None,
        "start": hit.span.start if hit.span else None,
        "end": hit.span.end if hit.span else None,
        "before": hit.before,
        "words": hit.words,
        "after": hit.after,
    }


def _code_hits(session: Session, typed: str, name: str, extent: "Extent", *, apply_: bool, as_json: bool) -> None:
    from tbcp_qual.coding.codebook import Codebook
    from tbcp_qual.tasks.finding import code_all, hits_to_code, make_findable

    with session.writing(known=True) as (project, coder):
        make_findable(project)
        code = Codebook(project.records("code")).find(name)
        planned = hits_to_code(project, typed, code, coder=coder, extent=extent)
        texts = project.texts({document.text for document, _ in planned.spans})
        if apply_:
            code_all(project, planned, coder=coder)
    shown = [
        (document.name, span.start, span.end, texts[document.text][span.start : span.end])
        for document, span in planned.spans
    ]
    if as_json:
        print_json([dict(zip(("document", "start", "end", "words"), row, strict=True)) for row in shown])
    else:
        for document, _, _, words in shown:
            say(f"{document}: {' '.join(words.split())}")
    left = [f"{planned.already} left that touch this code already"] if planned.already else []
    left += [f"{planned.excluded} left where a code excludes it"] if planned.excluded else []
    done = "coded; `undo` takes them back" if apply_ else "would be coded; --apply does it"
    remark(f"{some(len(shown), 'place')} {done}. {'; '.join(left)}".strip())
