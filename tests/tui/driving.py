"""Driving the screens that lie over the text: a coded project, one of nasty strings, and waiting for what is read."""

import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.events import MouseMove
from textual.pilot import Pilot
from textual.widget import Widget

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import (
    Attribute,
    Case,
    Code,
    Coding,
    Document,
    Memo,
    Participant,
    Query,
    Question,
    Search,
    Theme,
    Turn,
    attribute_id,
    definition_fingerprint,
)
from tbcp_qual.coding.text import clean, one_line, text_hash
from tbcp_qual.store import Project
from tbcp_qual.tui.app import Workbench
from tbcp_qual.tui.widgets.bar import Bar

from ..conftest import Sample
from .test_workbench import NASTY, Bench

OTHER = "INT: And then?\nK03: My mother sat there. Nobody sat with her.\n"


class Over(Bench):
    """A screen over the text, driven by keys."""

    def said(self) -> str:
        return self.app.screen.query_one("#said", Bar).left

    def where(self) -> str:
        bar = self.app.screen.query_one("#where", Bar)
        return bar.strong + bar.left

    def picture(self) -> str:
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    def stored(self, kind: str) -> list:
        with Project.open(self.sample.path, read_only=True) as project:
            assert project.verify() == []
            return project.records(kind)


async def pull(pilot: Pilot, widget: Widget, offset: tuple[int, int]) -> None:
    """Move the mouse with its button down."""
    await pilot._post_mouse_events([MouseMove], widget, offset, button=1)


@asynccontextmanager
async def over(sample: Sample, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Over]:
    """Open the workbench on a project file that is closed."""
    app = Workbench(sample.path, sample.ak.id)
    async with app.run_test(size=size) as pilot:
        made = Over(sample, app, pilot)
        await made.ready()
        yield made
        app.leave()


def coding(sample: Sample, words: str, code: Code, coder: str, **values: object) -> Coding:
    """A coding of words of the sample's transcript."""
    start = sample.TEXT.index(words)
    usual = {
        "id": new_id(),
        "document": sample.document.id,
        "text": sample.document.text,
        "start": start,
        "end": start + len(words),
        "code": code.id,
        "coder": coder,
        "definition": definition_fingerprint(code),
    }
    return Coding(**(usual | values))


def coded(sample: Sample) -> list[Coding]:
    """Give the small project a second document, codings of two coders, and close it."""
    other = Document(id=new_id(), name="K03", source_type="practitioner", text=text_hash(OTHER))
    turns, place = [], 0
    for line in OTHER.splitlines():
        start = place + 5
        role = "interviewer" if line.startswith("INT") else "participant"
        turns.append(
            Turn(
                id=new_id(), document=other.id, text=other.text, head=place, start=start, end=place + len(line),
                speaker=line[:3], role=role,
            )
        )  # fmt: skip
        place += len(line) + 1
    codings = [
        coding(sample, "She just sat with me", sample.listened, sample.ak.id, memo="warm"),
        coding(sample, "just sat with me.", sample.key_worker, sample.rm.id),
        coding(sample, "It was not for the form.", sample.mistrust, sample.ak.id, negative=True),
    ]
    sample.project.apply(
        "study coded", [create(r) for r in (other, *turns, *codings)], coder="", texts=[OTHER], undoable=False
    )
    sample.project.close()
    return codings


def nasty(sample: Sample) -> None:
    """Fill the small project with strings that break screens, wherever a person can write one, and close it."""
    text = clean("\n".join(NASTY)).text
    line = [one_line(words) for words in NASTY]
    document = Document(id=new_id(), name=line[0], source_type=line[1], time_point=line[3], text=text_hash(text))
    turns, place = [], 0
    for said in text.split("\n"):
        turns.append(
            Turn(
                id=new_id(), document=document.id, text=document.text, head=place, start=place, end=place + len(said),
                speaker=one_line(said)[:50], role="participant",
            )
        )  # fmt: skip
        place += len(said) + 1
    codes = [
        Code(id=new_id(), name=words.replace(">", "")[:300], brief=words, full="\n".join(NASTY), position=n + 10)
        for n, words in enumerate(line)
    ]
    codings = [
        Coding(
            id=new_id(), document=document.id, text=document.text, start=turn.start, end=turn.end, code=code.id,
            coder=sample.ak.id, definition=definition_fingerprint(code), memo=words,
        )
        for turn, code, words in zip(turns, codes, NASTY, strict=False)
        if turn.start < turn.end
    ]  # fmt: skip
    case = Case(id=new_id(), label=line[0])
    question = Question(id=new_id(), key=line[5][:20], text=line[0])
    others = [
        case,
        question,
        Attribute(id=attribute_id(case.id, line[1]), case=case.id, name=line[1], value=line[2]),
        Participant(id=new_id(), label=line[2], role=line[3]),
        *(
            Theme(id=new_id(), name=words[:500], definition=words, codes=(code.id,), position=n)
            for n, (words, code) in enumerate(zip(line, codes, strict=True))
        ),
        *(
            Memo(id=new_id(), coder=sample.ak.id, title=words[:500], body=words, document=document.id, at="2026-01-01")
            for words in line
        ),
        Query(id=new_id(), name=line[0], wording='{"words": "[bold]"}', coder=sample.ak.id),
        Query(id=new_id(), name=line[1], wording="not a query", coder=sample.ak.id),
        Search(id=new_id(), wording="not one either", purpose=line[0], hits=3, coder=sample.ak.id, at="2026-01-01"),
    ]
    sample.project.apply(
        "nasty", [create(r) for r in (document, *turns, *codes, *codings, *others)], coder="", texts=[text]
    )
    sample.project.close()


def is_clean(picture: str) -> bool:
    """Whether nothing in a picture would be obeyed by a terminal."""
    return all(unicodedata.category(c) != "Cc" or c == "\n" for c in picture)
