"""Who took part: how many were interviewed or read, who sat in, who withdrew; who was invited is not in the record."""

from tbcp_qual.writers.report.blocks import Block, Heading, Part, plain_table, say, to_write
from tbcp_qual.writers.report.material import Material


def part(material: Material) -> Part:
    """Return the table of participant flow."""
    blocks: list[Block] = [
        Heading(1, "Who took part"),
        plain_table(
            "Participant flow, by source type",
            "A row is a source type, counted in its own unit; rows are not to be added up.",
            ("Source type", "Interviewed, or read", "Interviews or files", "Sat in on one", "Withdrew"),
            (
                (
                    told.source_type[:1].upper() + told.source_type[1:] or "No source type",
                    f"{told.people:,} {told.unit}",
                    f"{told.documents:,}",
                    f"{told.bystanders:,}",
                    f"{told.withdrawn:,}",
                )
                for told in material.flow
            ),
            (0.24, 0.26, 0.2, 0.16, 0.14),
        ),
        say(
            "note",
            "Whoever says little in somebody else’s interview, an interpreter or a grandmother, sat in on it. Whoever "
            "withdrew is not counted among those interviewed, and their words are not quoted.",
        ),
        to_write("how many were invited in each group, how many declined, and why; the record does not hold it."),
    ]
    return Part(key="flow", blocks=tuple(blocks))
