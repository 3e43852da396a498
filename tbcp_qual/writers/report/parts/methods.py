"""How the analysis was done, drawn from the record, and the items of a reporting standard as far as it can answer them."""

from collections.abc import Iterator

from tbcp_qual.analysis.confidence import RULE
from tbcp_qual.analysis.retrieval import from_wording, in_words
from tbcp_qual.coding.records import Search
from tbcp_qual.errors import BadInput
from tbcp_qual.writers.report.blocks import Block, Heading, Part, fact, plain_table, say, to_write
from tbcp_qual.writers.report.material import Material, days
from tbcp_qual.writers.report.parts.standards import APPROACHES, standards
from tbcp_qual.writers.word.wording import counted, listed


def part(material: Material) -> Part:
    """Return the methods appendix."""
    blocks: list[Block] = [
        Heading(1, "Methods, as the record has them"),
        *_coding(material),
        *_codebook(material),
        *_rounds(material),
        *_searches(material),
    ]
    if material.now.findings:
        blocks += [Heading(2, "How confidence is judged"), say("normal", RULE)]
    for title, rows in standards(material):
        blocks.append(Heading(2, title))
        blocks.append(
            plain_table(
                f"{title}: what the record answers",
                "A row is an item of the standard, with what the record says or what is to be written.",
                ("Item", "What to report", "In this study"),
                rows,
                (0.09, 0.31, 0.6),
            )
        )
    return Part(key="methods", blocks=tuple(blocks))


def _coding(material: Material) -> Iterator[Block]:
    now = material.now
    yield Heading(2, "Who coded what, and when")
    yield fact("Approach", APPROACHES[now.project.approach])
    if material.coders:
        yield plain_table(
            "Coders and their work",
            "A row is a coder; dates are those of the record.",
            ("Coder", "Documents coded", "Finished", "Codings", "First and last day"),
            (
                (
                    coder.name,
                    f"{coder.documents:,}",
                    f"{coder.done:,}",
                    f"{coder.codings:,}",
                    _period(coder.first, coder.last),
                )
                for coder in material.coders
            ),
            (0.22, 0.16, 0.13, 0.13, 0.36),
        )
    share = f" ({material.double_coded / material.coded:.0%})" if material.coded else ""
    yield fact(
        "Double-coded",
        f"{material.double_coded:,} of {counted(material.coded, 'coded document')}{share} finished by two coders or more",
    )
    yield fact("Software", "tbcp-qual; agreement, matrix and this appendix are computed from its record")
    yield fact("Suggestions used", _suggestions(material))


def _suggestions(material: Material) -> str:
    """Say what the program proposed and people decided; it never proposes a code."""
    now = material.now
    decided = []
    if now.asked:
        decided.append(f"what was asked, or recorded in a file ({len(now.asked):,} times)")
    if now.judgements:
        decided.append(f"how a source type bears on a finding or theme ({counted(len(now.judgements), 'judgement')})")
    judged = sum(bool(finding.confidence) for finding in now.findings)
    if judged and not material.reflexive:
        decided.append(f"how sure a finding is ({judged} of {len(now.findings)})")
    none = "No code was proposed by the program."
    return f"{none} Proposed by a stated rule and decided by a person: {listed(decided)}." if decided else none


def _period(first: str, last: str) -> str:
    if not first:
        return "not in the record"
    return days(first) if first[:10] == last[:10] else f"{days(first)} to {days(last)}"


def _codebook(material: Material) -> Iterator[Block]:
    yield Heading(2, "Versions of the codebook")
    if not material.versions:
        yield say("normal", "No version of the codebook has been agreed and kept.")
        return
    yield plain_table(
        "Versions that were agreed",
        "A row is a version.",
        ("Version", "Agreed on", "By", "Codes"),
        ((version.name, days(version.at), version.by, f"{version.codes:,}") for version in material.versions),
        (0.4, 0.26, 0.2, 0.14),
    )


def _rounds(material: Material) -> Iterator[Block]:
    yield Heading(2, "Rounds of double coding, and decisions")
    if not material.rounds:
        yield say("normal", "No round of double coding was opened.")
        return
    yield plain_table(
        "Rounds",
        "A row is a round.",
        ("Round", "Purpose", "Documents", "Coders", "Locked", "Settled"),
        (
            (
                told.round.name,
                f"{told.round.purpose}, {'blind' if told.round.blind else 'open'}",
                f"{told.documents:,}",
                listed(told.coders),
                days(told.round.locked_at) or "not yet",
                f"{told.account.settled} of {told.account.passages}" if told.account else "",
            )
            for told in material.rounds
        ),
        (0.2, 0.2, 0.13, 0.17, 0.17, 0.13),
    )


def _searches(material: Material) -> Iterator[Block]:
    yield Heading(2, "Searches kept in the record")
    searches = material.now.searches
    if not searches:
        yield say("normal", "None.")
        if material.now.findings:
            yield to_write("how negative cases were looked for.")
        return
    names = {coder.id: coder.name for coder in material.now.coders}
    yield plain_table(
        "Searches",
        "A row is a search.",
        ("What was asked", "Why", "Hits", "By", "On"),
        (
            (_asked(material, one), one.purpose, f"{one.hits:,}", names.get(one.coder, ""), days(one.at))
            for one in searches
        ),
        (0.32, 0.3, 0.08, 0.12, 0.18),
    )


def _asked(material: Material, search: Search) -> str:
    try:
        return in_words(from_wording(search.wording), material.now)
    except BadInput:
        return search.wording
