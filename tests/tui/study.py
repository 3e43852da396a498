"""A small study to chart and to find in: two families, two questions, two themes, codings by two people."""

from textual.widgets import Input, TextArea

from tbcp_qual.coding.changes import create, update
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Attribute, Case, Question, Theme, attribute_id
from tbcp_qual.store import Project

from ..conftest import Sample
from .driving import Over, coded, coding

TRUST, WORK = "Trust", "One worker"


def study(sample: Sample) -> None:
    """Give the small project families, questions and themes, and close it."""
    coded(sample)
    seven, nine = Case(id=new_id(), label="F07"), Case(id=new_id(), label="F09")
    first = Question(id=new_id(), key="1", short="Engagement", text="Does it engage families?")
    sub = Question(id=new_id(), key="1a", text="How?", parent=first.id)
    second = Question(id=new_id(), key="2", short="Feasibility", text="Can it be done?", position=1)
    trust = Theme(
        id=new_id(),
        name=TRUST,
        definition="Whether they are trusted.",
        codes=(sample.listened.id, sample.mistrust.id),
        questions=(first.id,),
    )
    work = Theme(id=new_id(), name=WORK, codes=(sample.key_worker.id,), questions=(second.id,), position=1)
    known = [
        Attribute(id=attribute_id(case.id, "need"), case=case.id, name="need", value=value)
        for case, value in ((seven, "acute"), (nine, "complex"))
    ]
    with Project.open(sample.path) as project:
        documents = project.records("document")
        about = [
            update(d, cases=(seven.id,), time_point="first") if d.name == "P07" else update(d, cases=(nine.id,))
            for d in documents
        ]
        project.apply(
            "study set up",
            [*(create(r) for r in (seven, nine, first, sub, second, trust, work, *known)), *about],
            coder="",
            undoable=False,
        )


def add_coding(sample: Sample, words: str, code: str, coder: str) -> None:
    """Let somebody code words of the parent's transcript."""
    with Project.open(sample.path) as project:
        meant = project.snapshot(coder).codebook.by_id[code]
        project.apply("coded", [create(coding(sample, words, meant, coder))], coder=coder)


async def put(made: Over, words: str) -> None:
    """Write words into the field that has the focus, as if they were pasted."""
    field = made.app.focused
    if isinstance(field, TextArea):
        field.insert(words)
    else:
        assert isinstance(field, Input)
        field.insert_text_at_cursor(words)
    await made.pilot.pause()
