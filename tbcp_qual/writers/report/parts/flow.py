"""Who took part: how many were interviewed or read, who sat in, who withdrew; and who was invited, where it is recorded."""

from tbcp_qual.writers.report.blocks import NOTHING, Block, Heading, Part, fact, plain_table, say, to_write
from tbcp_qual.writers.report.material import Material


def part(material: Material) -> Part:
    """Return the table of participant flow."""
    blocks: list[Block] = [
        Heading(1, "Who took part"),
        plain_table(
            "Participant flow, by source type",
            "A row is a source type, counted in its own unit; rows are not to be added up.",
            (
                "Source type",
                "Invited",
                "Declined",
                "Interviewed, or read",
                "Interviews or files",
                "Sat in on one",
                "Withdrew",
            ),
            (
                (
                    told.source_type[:1].upper() + told.source_type[1:] or "No source type",
                    _count(told.invited),
                    _count(told.declined),
                    f"{told.people:,} {told.unit}",
                    f"{told.documents:,}",
                    f"{told.bystanders:,}",
                    f"{told.withdrawn:,}",
                )
                for told in material.flow
            ),
            (0.2, 0.11, 0.11, 0.2, 0.14, 0.12, 0.12),
        ),
        say(
            "note",
            "Whoever says little in somebody else’s interview, an interpreter or a grandmother, sat in on it. Whoever "
            "withdrew is not counted among those interviewed, and their words are not quoted.",
        ),
    ]
    blocks += [
        fact(f"{told.source_type[:1].upper()}{told.source_type[1:]}, declined", told.note)
        for told in material.flow
        if told.note and not material.beyond
    ]
    people = [told for told in material.flow if not told.unit.endswith("files") and told.source_type]
    unknown = [told.source_type for told in people if told.invited is None]
    if unknown or not people:
        which = f" ({', '.join(unknown)})" if len(unknown) < len(people) else ""
        blocks.append(
            to_write(f"how many were invited{which}, how many declined, and why; the record does not hold it.")
        )
    return Part(key="flow", blocks=tuple(blocks))


def _count(number: int | None) -> str:
    return NOTHING if number is None else f"{number:,}"
