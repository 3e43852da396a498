"""The items of reporting standards, with what the record can answer of each: COREQ and SRQR, or RTARG in reflexive work.

The names of items are those of Tong, Sainsbury and Craig (2007) and O'Brien et al. (2014); what Braun and Clarke (2024)
ask to be told of is grouped by its subject. The sentences are ours.
"""

from collections.abc import Iterator

from tbcp_qual.writers.report.material import Material
from tbcp_qual.writers.word.wording import counted, listed

Row = tuple[str, str, str]
TO_WRITE = "[To write]"
APPROACHES = {
    "framework": "framework analysis with a codebook",
    "coding reliability": "coding reliability",
    "reflexive": "reflexive thematic analysis",
}

COREQ = (
    "Interviewer or facilitator", "Credentials", "Occupation", "Gender", "Experience and training",
    "Relationship established", "Participant knowledge of the interviewer", "Interviewer characteristics",
    "Methodological orientation and theory", "Sampling", "Method of approach", "Sample size", "Non-participation",
    "Setting of data collection", "Presence of non-participants", "Description of sample", "Interview guide",
    "Repeat interviews", "Audio or visual recording", "Field notes", "Duration", "Data saturation",
    "Transcripts returned", "Number of data coders", "Description of the coding tree", "Derivation of themes",
    "Software", "Participant checking", "Quotations presented", "Data and findings consistent",
    "Clarity of major themes", "Clarity of minor themes",
)  # fmt: skip
SRQR = (
    "Title", "Abstract", "Problem formulation", "Purpose or research question",
    "Qualitative approach and research paradigm", "Researcher characteristics and reflexivity", "Context",
    "Sampling strategy", "Ethical issues", "Data collection methods", "Data collection instruments and technologies",
    "Units of study", "Data processing", "Data analysis", "Techniques to enhance trustworthiness",
    "Synthesis and interpretation", "Links to empirical data",
    "Integration with prior work, implications, transferability", "Limitations", "Conflicts of interest", "Funding",
)  # fmt: skip
RTARG = (
    "Theory and position of the researchers", "Reflexivity", "The data set and those who gave it",
    "How the data were generated", "How the analysis was done, as it was done", "How themes were developed",
    "Who analysed, and how they worked together", "Quality practices in keeping with the approach",
    "Themes as patterns of meaning, told with data", "Limits and implications",
)  # fmt: skip


def standards(material: Material) -> Iterator[tuple[str, list[Row]]]:
    """Give the title and the rows of each standard that suits the project."""
    if material.reflexive:
        yield "RTARG", _rows(RTARG, _rtarg(material))
        return
    yield "COREQ", _rows(COREQ, _coreq(material))
    yield "SRQR", _rows(SRQR, _srqr(material))


def _rows(items: tuple[str, ...], told: dict[str, str]) -> list[Row]:
    return [(str(n), item, told.get(item) or TO_WRITE) for n, item in enumerate(items, start=1)]


def _coreq(material: Material) -> dict[str, str]:
    now = material.now
    cited = sum(bool(one.words) for one, _ in material.quotes.cited)
    guides = {(topic.source_type, topic.time_point) for topic in now.topics}
    sat_in = sum(told.bystanders for told in material.flow)
    return {
        "Methodological orientation and theory": _approach(material),
        "Sampling": _sampling(material),
        "Sample size": _size(material),
        "Non-participation": _declined(material),
        "Presence of non-participants": f"{sat_in} sat in on an interview." if sat_in else "",
        "Description of sample": "See “The sample and the cohort”." if material.samples else "",
        "Interview guide": (
            f"{counted(len(now.topics), 'topic')} in {counted(len(guides), 'guide')}, by source type and time point."
            if now.topics
            else ""
        ),
        "Repeat interviews": _waves(material),
        "Number of data coders": _coders(material),
        "Description of the coding tree": "See “The codebook”.",
        "Derivation of themes": _origins(material),
        "Software": "tbcp-qual.",
        "Quotations presented": f"{cited} are quoted, each with its source; see the annex." if cited else "",
        "Clarity of major themes": _themes(material),
    }


def _srqr(material: Material) -> dict[str, str]:
    questions = [board.question for board in material.boards]
    return {
        "Title": material.now.project.name,
        "Purpose or research question": " ".join(f"{q.key}: {q.text}" for q in questions),
        "Qualitative approach and research paradigm": _approach(material),
        "Sampling strategy": _sampling(material),
        "Data collection instruments and technologies": (
            f"Topic guides with {counted(len(material.now.topics), 'topic')}." if material.now.topics else ""
        ),
        "Units of study": _size(material),
        "Data processing": "Transcripts and extracts were de-identified and coded in tbcp-qual.",
        "Data analysis": f"{_approach(material)} {_origins(material)}".strip(),
        "Techniques to enhance trustworthiness": _trust(material),
        "Links to empirical data": "Findings cite passages; the annex holds the quotations.",
        "Limitations": "See “Limitations”.",
    }


def _rtarg(material: Material) -> dict[str, str]:
    return {
        "Reflexivity": _memos(material),
        "The data set and those who gave it": _size(material),
        "How themes were developed": f"{_origins(material)} {_themes(material)}".strip(),
        "Who analysed, and how they worked together": _coders(material),
        "Quality practices in keeping with the approach": (
            "No coefficients of agreement, thresholds or saturation were used: they do not suit the approach."
        ),
        "Limits and implications": "See “Limitations”.",
    }


def _approach(material: Material) -> str:
    said = APPROACHES[material.now.project.approach]
    return f"{said[:1].upper()}{said[1:]}."


def _sampling(material: Material) -> str:
    return " ".join(f"{told.name.capitalize()}: {told.statement}" for told in material.samples)


def _declined(material: Material) -> str:
    told = [
        f"{one.declined} of {one.invited} invited declined ({one.source_type})"
        for one in material.flow
        if one.invited is not None
    ]
    return f"{'; '.join(told)}." if told else ""


def _size(material: Material) -> str:
    return "; ".join(f"{told.people} {told.unit}" for told in material.flow) + "." if material.flow else ""


def _waves(material: Material) -> str:
    spoken: dict[str, set[str]] = {}
    for document in material.now.documents:
        if document.kind == "interview" and document.time_point:
            for voice in material.evidences.heard.voices(document.id):
                spoken.setdefault(voice, set()).add(document.time_point)
    again = sum(len(points) > 1 for points in spoken.values())
    return f"{counted(again, 'participant')} interviewed more than once." if again else ""


def _coders(material: Material) -> str:
    if not material.coders:
        return ""
    double = f"; {material.double_coded} of {counted(material.coded, 'document')} were finished by two or more"
    return f"{len(material.coders)}: {listed([coder.name for coder in material.coders])}{double}."


def _origins(material: Material) -> str:
    codes = [code for _, code in material.now.codebook.walk()]
    if not codes:
        return ""
    told = [
        f"{number} {origin}"
        for origin in ("a priori", "inductive", "in vivo")
        if (number := sum(code.origin == origin for code in codes))
    ]
    return f"Codes: {listed(told)}."


def _themes(material: Material) -> str:
    themes = len(material.now.themes)
    return f"{counted(themes, 'theme')}, each with a definition and its codes." if themes else ""


def _memos(material: Material) -> str:
    reflexive = sum(memo.kind == "reflexive" for memo in material.now.memos)
    return (
        f"{counted(reflexive, 'reflexive memo')} in the record; what they come to is to be written."
        if reflexive
        else ""
    )


def _trust(material: Material) -> str:
    said = []
    if material.double_coded:
        said.append(f"{material.double_coded} documents coded by two or more")
    blind = sum(told.round.blind for told in material.rounds)
    if blind:
        said.append(counted(blind, "blind round"))
    if material.now.searches:
        said.append(counted(len(material.now.searches), "logged search", "logged searches"))
    if material.now.judgements:
        said.append("triangulation judged by named people")
    return f"{'; '.join(said)}." if said else ""
