"""The annex of quotations: speaker, role, source type and place of each, with the themes it stands under."""

from itertools import groupby

from tbcp_qual.writers.report.blocks import Block, Heading, Paragraph, Part, Text, say
from tbcp_qual.writers.report.material import Material
from tbcp_qual.writers.report.quotations import Quotation
from tbcp_qual.writers.word.wording import counted, initials, listed


def part(material: Material) -> Part:
    """Return the quotations that the report cites, or all there are."""
    if material.everything:
        for board in material.boards:
            for line in board.themes:
                for passage in material.evidences.matrix.passages.get(line.theme.id, ()):
                    material.quotes.cite(passage, line.theme.name)
    kinds = {kind: place for place, kind in enumerate(material.evidences.heard.source_types)}
    cited = sorted(material.quotes.cited, key=lambda one: kinds.get(one[0].passage.source_type, len(kinds)))
    blocks: list[Block] = [Heading(1, "Annex: quotations")]
    if not cited:
        blocks.append(say("normal", "No quotation is cited in this report."))
        return Part(key="annex", blocks=tuple(blocks))
    blocks.append(say("normal", _introduction(material, len(cited))))
    short = initials(coder.name for coder in material.now.coders)
    for kind, group in groupby(cited, key=lambda one: one[0].passage.source_type):
        theirs = list(group)
        name = kind or "without a source type"
        blocks.append(Heading(2, f"{name[:1].upper()}{name[1:]}: {counted(len(theirs), 'passage')}"))
        blocks += [_entry(material, one, themes, short) for one, themes in theirs]
    return Part(key="annex", blocks=tuple(blocks))


def _introduction(material: Material, number: int) -> str:
    said = f"{counted(number, 'passage')} {'of the study' if material.everything else 'cited in the report'}."
    if material.beyond:
        return (
            f"{said} Each is given by reference, speaker or role, and source type. References and labels were made for "
            "this report: they do not lead from one account of a family to another. Passages that may not be quoted "
            "are left out."
        )
    return (
        f"{said} Each is given by reference, speaker, role, source type and place, then the themes it stands under, "
        "its codes and who coded. Where words may only be paraphrased the paraphrase is still to be written."
    )


def _entry(material: Material, one: Quotation, themes: tuple[str, ...], short: dict[str, str]) -> Paragraph:
    passage = one.passage
    head = [Text(one.reference, "reference"), Text(f"   {one.source}", "quiet")]
    role = one.voice.role
    if role and role.casefold() not in one.source.casefold():
        head.append(Text(f", {role}", "quiet"))
    if not material.beyond and passage.about:
        about = [case for case in passage.about if case not in one.source]
        if about:
            head.append(Text(f", about {listed(about)}{'' if passage.narrowed else ', not narrowed down'}", "quiet"))
    if passage.negative:
        head += [Text(" · ", "quiet"), Text("negative case", "negative")]
    words = Text(f"\n“{one.words}”") if one.words else Text("\n[paraphrase to be written]", "quiet")
    tail = f"\n{'; '.join(themes)}" if themes else ""
    if not material.beyond:
        tail += f"\n{'; '.join(passage.codes)} · {', '.join(short.get(coder, coder) for coder in passage.coders)}"
    return Paragraph("quotation", (*head, words, Text(tail, "quiet")), one.anchor)
