"""Every kind of record has a table that fits it, and comes back as it went in."""

import sqlite3
import typing
from dataclasses import fields
from pathlib import Path

import pytest

from tbcp_qual.coding.changes import create, remove
from tbcp_qual.coding.ids import new_id
from tbcp_qual.coding.records import ANCHORED, KINDS, REFERENCES, Placement, Record
from tbcp_qual.coding.text import text_hash
from tbcp_qual.store import Project
from tests.conftest import Sample


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_has_the_fields_and_references_of_its_record(kind: str, sample: Sample) -> None:
    connection = sqlite3.connect(sample.path)
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{kind}")')]
    foreign = {row[3]: row[2] for row in connection.execute(f'PRAGMA foreign_key_list("{kind}")') if row[2] != "text"}
    hints = typing.get_type_hints(KINDS[kind])
    single = {name: to for name, to in REFERENCES[kind].items() if typing.get_origin(hints[name]) is not tuple}
    connection.close()
    assert columns == [f.name for f in fields(KINDS[kind])]
    assert foreign == single


def test_every_kind_with_a_span_is_followed_through_corrections() -> None:
    with_spans = {k for k, made in KINDS.items() if {"text", "start", "end"} <= {f.name for f in fields(made)}}
    assert with_spans - {"placement"} == set(ANCHORED)
    assert {"text", "start", "end"} <= {f.name for f in fields(Placement)}


def one_of(kind: str, sample: Sample) -> Record:
    """Make a record in which no field has its default value, as far as that can be."""
    known = {
        "coder": sample.ak.id,
        "document": sample.document.id,
        "code": sample.listened.id,
        "turn": sample.turns[1].id,
    }
    texts = {"text", "before", "after", "body"} if kind not in ("memo", "question") else {"text"}
    values: dict[str, object] = {"id": new_id()}
    for name, hint in typing.get_type_hints(KINDS[kind]).items():
        options = [o for o in typing.get_args(hint) if o is not type(None)]
        if name == "id":
            continue
        if name in REFERENCES[kind]:
            target = known.get(REFERENCES[kind][name])
            if target and name not in ("parent", "merged_into"):
                values[name] = (target,) if typing.get_origin(hint) is tuple else target
        elif name in texts and hint is str:
            values[name] = text_hash(sample.TEXT)
        elif typing.get_origin(hint) is tuple:
            inner = typing.get_args(hint)[0]
            values[name] = ("a [b]",) if inner is str else ((0, 0, 5),) if inner != tuple[str, str] else (("x", "y"),)
        elif typing.get_origin(hint) is typing.Literal:
            values[name] = options[-1]
        else:
            plain = options[0] if options else hint
            values[name] = {str: "ein “Wort”\n", int: 7, float: 1.5, bool: True}[plain]
    return KINDS[kind](**values)


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "project"])
def test_a_record_comes_back_as_it_went_in_and_goes(kind: str, sample: Sample) -> None:
    record = one_of(kind, sample)
    needed = []
    for name, to in REFERENCES[kind].items():
        if getattr(record, name) == "":
            target = KINDS[to](id=new_id())
            needed.append(create(target))
            object.__setattr__(record, name, target.id)
    sample.project.apply("made", [*needed, create(record)], coder=sample.ak.id)
    assert sample.project.verify() == []
    now = sample.project.snapshot(sample.ak.id)
    by_snapshot = {
        "coding": "codings",
        "review": "reviews",
        "memo": "memos",
        "summary": "summaries",
        "rating": "ratings",
    }
    held = getattr(now, by_snapshot.get(kind, "evidence")) if kind in (*by_snapshot, "evidence") else None
    if held is None:
        held = tuple(sample.project.records(kind))
    assert record in held
    if kind not in ("document", "coder", "code", "turn"):
        sample.project.apply("gone", [remove(record)], coder=sample.ak.id)
        sample.project.undo(sample.ak.id)
    sample.project.undo(sample.ak.id)
    assert sample.project.verify() == []


def test_what_belongs_to_a_viewer_leaves_by_one_door(sample: Sample, tmp_path: Path) -> None:
    for kind in ("coding", "review", "memo", "summary", "evidence", "rating"):
        with pytest.raises(ValueError, match="snapshot"):
            sample.project.records(kind)
        with pytest.raises(ValueError, match="snapshot"):
            sample.project.record(kind, "x")
    assert Project.open(sample.path, read_only=True).records("case") == []
