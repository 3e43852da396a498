"""How the source types bear on each finding, or on each theme where there are no findings yet."""

from tbcp_qual.analysis.triangulation import Bearing
from tbcp_qual.writers.report.blocks import NOTHING, Block, Cell, Heading, Part, Table, say
from tbcp_qual.writers.report.material import Material

_EXPLAINED = (
    "Agreement: meaning and examples match those of another source type. Partial: one of the two does. Silence: asked, "
    "and nothing said. Dissonance: they speak against it. The codings propose; two people judge. A parent, her worker "
    "and her file are accounts of one family: where they agree it is one family that is seen from several sides."
)


def part(material: Material) -> Part:
    """Return the table."""
    kinds = material.evidences.heard.source_types
    blocks: list[Block] = [Heading(1, "Triangulation"), say("normal", _EXPLAINED)]
    statements = {finding.id: finding.statement for finding in material.now.findings}
    rows: list[tuple[Cell, ...]] = []
    for one in material.triangulated:
        name = [say("cell name", one.name[:1].upper() + one.name[1:])]
        if one.finding is not None:
            name.append(say("cell detail", statements.get(one.finding.id, "")))
        by_kind = {bearing.source_type: bearing for bearing in one.bearings}
        rows.append((tuple(name), *(_cell(material, by_kind.get(kind)) for kind in kinds)))
    if not rows or not kinds:
        blocks.append(say("normal", "There is neither a finding nor a theme to set the source types beside."))
        return Part(key="triangulation", blocks=tuple(blocks))
    what = "finding" if material.triangulated[0].finding is not None else "theme"
    share = 0.66 / len(kinds)
    blocks.append(
        Table(
            title=f"Each {what} by source type",
            description=f"A row is a {what}, a column a source type; a cell says how the source type bears on it.",
            headings=(what.capitalize(), *(kind.capitalize() or "No source type" for kind in kinds)),
            rows=tuple(rows),
            widths=(0.34, *(share for _ in kinds)),
        )
    )
    return Part(key="triangulation", blocks=tuple(blocks))


def _cell(material: Material, bearing: Bearing | None) -> Cell:
    if bearing is None:
        return (say("cell", NOTHING),)
    if bearing.verdict:
        return (say("cell", bearing.verdict, look="label"), *_notes(bearing))
    if bearing.judgements:
        names = material.now.coder_by_id
        said = (
            f"{judgement.verdict}" + (f" ({names[judgement.coder].name})" if judgement.coder in names else "")
            for judgement in bearing.judgements
        )
        return (say("cell", "; ".join(said)), say("cell detail", bearing.open), *_notes(bearing))
    return (say("cell", bearing.proposed), say("cell detail", "proposed, not yet judged"))


def _notes(bearing: Bearing) -> Cell:
    return tuple(say("cell detail", note) for note in dict.fromkeys(j.note for j in bearing.judgements) if note)
