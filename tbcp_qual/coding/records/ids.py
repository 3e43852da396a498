"""Ids that follow from what a record is about, so that two copies of a project mean the same record."""

from hashlib import sha256


def _derived(*parts: str) -> str:
    """Return one id for what the parts name, so that two copies of a project mean the same record."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def attribute_id(case: str, name: str) -> str:
    """One id per case and attribute name."""
    return _derived("attribute", case, name)


def variable_id(name: str) -> str:
    """One id per attribute name."""
    return _derived("variable", name)


def measure_id(case: str, scale: str, time_point: str) -> str:
    """One id per case, scale and time point."""
    return _derived("measure", case, scale, time_point)


def about_id(document: str, text: str, start: int, end: int, case: str) -> str:
    """One id per stretch and case."""
    return _derived("about", document, text, str(start), str(end), case)


def asked_id(document: str, topic: str) -> str:
    """One id per document and topic."""
    return _derived("asked", document, topic)


def turn_id(document: str, text: str, head: int) -> str:
    """One id per place in a corrected text."""
    return _derived("turn", document, text, str(head))


def forward_id(document: str, before: str, after: str) -> str:
    """One id per document and pair of texts."""
    return _derived("forward", document, before, after)


def placement_id(record: str, text: str) -> str:
    """One id per record and text."""
    return _derived("placement", record, text)


def review_id(turn: str, coder: str) -> str:
    """One id per turn and coder."""
    return _derived("review", turn, coder)


def done_id(document: str, coder: str) -> str:
    """One id per document and coder."""
    return _derived("done", document, coder)


def ruling_id(kind: str, digest: str, document: str | None) -> str:
    """One id per kind of finding, words and place."""
    return _derived("ruling", kind, digest, document or "")


def summary_id(case: str | None, group: str, theme: str, wave: str) -> str:
    """One id per cell of the framework matrix and wave."""
    return _derived("summary", case or "", group, theme, wave)


def evidence_id(finding: str, coding: str) -> str:
    """One id per finding and passage, which goes by the first of its codings."""
    return _derived("evidence", finding, coding)


def answer_id(question: str) -> str:
    """One id per question."""
    return _derived("answer", question)


def judgement_id(finding: str | None, theme: str | None, source_type: str, coder: str) -> str:
    """One id per finding or theme, source type and coder."""
    return _derived("judgement", finding or "", theme or "", source_type, coder)


def rating_id(item: str, document: str, coder: str | None) -> str:
    """One id per item, document and rater; without a rater that of what they settled."""
    return _derived("rating", item, document, coder or "")


def invitation_id(source_type: str) -> str:
    """One id per source type."""
    return _derived("invitation", source_type.casefold())
