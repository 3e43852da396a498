"""A check of the whole file costs as much as there is in it, not the square of that."""

import time
from pathlib import Path

from tbcp_qual.coding.changes import create
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import Document, Turn
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project


def seconds_to_verify(path: Path, turns: int) -> float:
    text = "x\n" * turns
    document = Document(id=new_id(), name="P07", text=text_hash(text))
    with Project.create(path, name="Long") as project:
        made = [
            Turn(id=new_id(), document=document.id, text=document.text, head=2 * n, start=2 * n, end=2 * n + 1)
            for n in range(turns)
        ]
        project.apply("imported", [create(document), *map(create, made)], coder="", texts=[text])
        begun = time.perf_counter()
        assert project.verify() == []
        return time.perf_counter() - begun


def test_thirty_times_the_turns_do_not_take_nine_hundred_times_as_long(tmp_path: Path) -> None:
    few = min(seconds_to_verify(tmp_path / f"{n}.tbcp", 1_000) for n in range(3))
    assert seconds_to_verify(tmp_path / "many.tbcp", 30_000) < 300 * few
