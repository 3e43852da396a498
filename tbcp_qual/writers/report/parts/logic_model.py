"""The logic model, element by element: supported, revised or untested by the findings; and what brings what about."""

from tbcp_qual.writers.report.blocks import Block, Heading, Part, plain_table, say
from tbcp_qual.writers.report.material import Material
from tbcp_qual.writers.word.wording import listed


def part(material: Material) -> Part:
    """Return the elements and configurations; nothing where there are none."""
    now = material.now
    keys = {finding.id: finding.key for finding in now.findings}
    blocks: list[Block] = []
    if now.elements:
        blocks += [
            say("normal", "What the programme’s logic model says, and how far the findings bear it out."),
            plain_table(
                "Elements of the logic model",
                "A row is an element: what it says, whether findings support it, and what it should say instead.",
                ("Element", "Part", "What the model says", "Borne out", "Findings"),
                (
                    (
                        element.name,
                        element.part,
                        element.text,
                        element.support + (f": {element.revision}" if element.revision else ""),
                        listed([keys[f] for f in element.findings if f in keys]),
                    )
                    for element in now.elements
                ),
                (0.2, 0.12, 0.3, 0.26, 0.12),
            ),
        ]
    if now.configurations:
        blocks += [
            Heading(2, "In which context, by which mechanism, with which outcome"),
            plain_table(
                "Configurations",
                "A row is a configuration of context, mechanism and outcome.",
                ("Configuration", "Context", "Mechanism", "Outcome", "Borne out"),
                ((c.name, c.context, c.mechanism, c.outcome, c.support) for c in now.configurations),
                (0.16, 0.25, 0.25, 0.2, 0.14),
            ),
        ]
    if blocks:
        blocks.insert(0, Heading(1, "The logic model"))
    return Part(key="logic-model", blocks=tuple(blocks))
