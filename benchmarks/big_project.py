"""Whole projects of any size for benchmarks; the words are drawn, not anybody's."""

import random
from pathlib import Path

from big_transcript import codings as drawn_marks
from big_transcript import transcript

from tbcp_qual.coding.changes import Change, create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Code, Coder, Coding, Document, Turn
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project
from tbcp_qual.tui.palette import NAMES


def _codes(number: int) -> list[Code]:
    tops = [Code(id=new_id(), name=f"branch {n}", position=n, colour=NAMES[n % 10]) for n in range(number // 8 + 1)]
    leaves = [
        Code(id=new_id(), name=f"code number {n}", position=n, parent=tops[n % len(tops)].id)
        for n in range(number - len(tops))
    ]
    return [*tops, *leaves]


def _as_records(document: Document, text: str, turns: list[Turn]) -> tuple[list[Turn], str]:
    made = [
        Turn(
            id=new_id(), document=document.id, text=document.text, head=t.head, start=t.start, end=t.end,
            speaker=t.speaker, role=t.role, time=t.time,
        )
        for t in turns
    ]  # fmt: skip
    return made, text


def big_transcript_project(path: Path, *, lines: int = 20_000, codings: int = 5_000) -> str:
    """Make a project of one long transcript with overlapping codings; return the id of its coder."""
    coder, codes = Coder(id=new_id(), name="AK"), _codes(60)
    text, turns = transcript(lines)
    document = Document(id=new_id(), name="P01 long", source_type="parent", text=text_hash(text))
    made, _ = _as_records(document, text, turns)
    draw = random.Random(5)
    marks = [
        Coding(
            id=new_id(), document=document.id, text=document.text, start=m.start, end=m.end,
            code=draw.choice(codes).id, coder=coder.id,
        )
        for m in drawn_marks(turns, codings)
    ]  # fmt: skip
    with Project.create(path, name="Benchmark") as project:
        records = [coder, *codes, document, *made, *marks]
        project.apply("made", [create(r) for r in records], coder="", texts=[text], undoable=False)
    return coder.id


def many_documents_project(path: Path, *, documents: int = 1000, codings: int = 100_000) -> str:
    """Make a project of many documents and codings; return the id of its first coder."""
    coders, codes = [Coder(id=new_id(), name="AK"), Coder(id=new_id(), name="RM")], _codes(60)
    draw = random.Random(9)
    with Project.create(path, name="Benchmark") as project:
        project.apply("made", [create(r) for r in (*coders, *codes)], coder="", undoable=False)
        for n in range(documents):
            text, turns = transcript(60, seed=n)
            kind = ("parent", "practitioner", "partner", "case file")[n % 4]
            document = Document(id=new_id(), name=f"D{n:04}", source_type=kind, text=text_hash(text))
            made, _ = _as_records(document, text, turns)
            changes: list[Change] = [create(r) for r in (document, *made)]
            for place in range(codings // documents):
                turn = draw.choice(made)
                coding = Coding(
                    id=new_id(), document=document.id, text=document.text, start=turn.start, end=turn.end,
                    code=draw.choice(codes).id, coder=coders[place % 2].id,
                )  # fmt: skip
                changes.append(create(coding))
            project.apply("made", changes, coder="", texts=[text], undoable=False)
    return coders[0].id
