"""What the record itself knows of the limits of the study; the rest is for the author."""

from tbcp_qual.writers.report.blocks import Block, Heading, Part, fact, say, to_write
from tbcp_qual.writers.report.material import Material
from tbcp_qual.writers.word.wording import counted, listed


def part(material: Material) -> Part:
    """Return the limits that the record knows of, and a place for the others."""
    facts = list(_known(material))
    blocks: list[Block] = [Heading(1, "Limitations"), say("normal", "What the record of the analysis shows:")]
    blocks += facts or [say("normal", "Nothing stands open in the record of the analysis.")]
    blocks.append(
        to_write(
            "the limits of design, access and sources; there was no comparison group, so change cannot be attributed."
        )
    )
    return Part(key="limitations", blocks=tuple(blocks))


def _known(material: Material) -> list[Block]:
    now = material.now
    said: list[Block] = []
    documents = len(now.documents)
    if material.uncoded:
        names = "" if material.beyond else f": {listed(material.uncoded)}"
        said.append(fact("Not coded", f"{len(material.uncoded)} of {counted(documents, 'document')}{names}"))
    single = material.coded - material.double_coded
    if material.coded and single:
        said.append(
            fact(
                "One coder only",
                f"{single} of {counted(material.coded, 'coded document')} ({single / material.coded:.0%}) were "
                "finished by one coder or none; the others by two or more",
            )
        )
    if material.unplaced:
        said.append(
            fact("Not placed", f"{counted(material.unplaced, 'coding')} of words that a corrected text no longer holds")
        )
    if material.unrecorded:
        said.append(
            fact(
                "Permission",
                f"of {counted(material.unrecorded, 'speaker')} it is not recorded what may be done with their words",
            )
        )
    unjudged = sum(not finding.confidence for finding in now.findings)
    if unjudged:
        said.append(fact("Not judged", f"confidence of {unjudged} of {counted(len(now.findings), 'finding')}"))
    gaps = len({line.theme.id for board in material.boards for line in board.gaps})
    if gaps:
        said.append(fact("Gaps", f"{counted(gaps, 'theme')} with passages and no finding yet"))
    unsearched = {line.finding.id for board in material.boards for line in board.findings if not line.searches}
    if unsearched:
        said.append(
            fact(
                "Negative cases",
                f"for {len(unsearched)} of {counted(len(now.findings), 'finding')} the record holds no search for any",
            )
        )
    if now.topics and not now.asked:
        said.append(fact("What was asked", "nobody has confirmed from the transcripts which topics were raised"))
    stale = material.chart.stale()
    if stale and not material.beyond:
        said.append(fact("Summaries", f"{stale} in the matrix rest on passages that have changed since"))
    return said
