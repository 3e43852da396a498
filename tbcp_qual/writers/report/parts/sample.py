"""The sample of cases that was read closely, and how it stands beside the whole cohort."""

from tbcp_qual.analysis.suppression import hidden_counts
from tbcp_qual.writers.report.blocks import Block, Heading, Part, plain_table, say, to_write
from tbcp_qual.writers.report.material import Material


def part(material: Material) -> Part:
    """Return how the sample was drawn and how far it is like the cohort."""
    blocks: list[Block] = [Heading(1, "The sample and the cohort")]
    if not material.samples:
        blocks.append(to_write("how cases were chosen for closer reading; no draw is in the record."))
    for told in material.samples:
        blocks.append(say("name", told.name[:1].upper() + told.name[1:]))
        blocks.append(say("normal", told.statement))
        if told.attributes:
            blocks.append(
                plain_table(
                    f"{told.name.capitalize()}: what is known of the cases, beside the cohort",
                    "A row is one value of one attribute; counts are cases.",
                    ("Attribute", "Value", "Sample", "Cohort", "Standardised difference"),
                    told.attributes,
                    (0.28, 0.24, 0.14, 0.14, 0.2),
                )
            )
        if told.measures:
            blocks.append(
                plain_table(
                    f"{told.name.capitalize()}: scores, beside the cohort",
                    "A row is a measure at one time point; means with standard deviations.",
                    ("Measure", "Sample", "Cohort", "Standardised difference"),
                    told.measures,
                    (0.34, 0.23, 0.23, 0.2),
                )
            )
        note = (
            "The sample is part of the cohort it stands beside. Differences are in standard deviations; cases of which "
            "a value is not known take no part in them."
        )
        if told.hidden:
            note += f" {hidden_counts(material.largest)}"
        blocks.append(say("note", note))
    if material.samples:
        blocks.append(to_write("what the differences mean for how far the findings carry."))
    return Part(key="sample", blocks=tuple(blocks))
